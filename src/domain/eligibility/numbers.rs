//! Facts by number, quickly.

use super::rules::Facts;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Facts by number.
pub(super) type Numbers<'a> = HashMap<Facts<'a>, usize, BuildHasherDefault<Mixer>>;

/// A short hash: the default one, made to withstand strangers, takes most of the time of [`matrix`]. Whoever brings facts that
/// collide slows down their own page only.
#[derive(Clone, Copy, Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.write_u64(n.into());
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    fn finish(&self) -> u64 {
        // The multiplication leaves the low bits weak; the table looks at those.
        self.0 ^ (self.0 >> 32)
    }
}
