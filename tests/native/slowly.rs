//! Work on a whole tenant in steps gives what it gives in one go, and stops when it is told to.

use crate::support::*;
