//! Bytes as the text of a link: deflated, in the alphabet of base64url (RFC 4648, 5) without padding, with a checksum.

use super::Refused;
use crate::domain::limits::{Limit, Over};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// The strongest level: a link is made once, and has to be short.
const LEVEL: u8 = 10;

pub(super) fn pack(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(compress_to_vec(bytes, LEVEL))
}

/// Undoes [`pack`]. Never more than `most` bytes are made, whatever the text says.
pub(super) fn unpack(text: &str, most: usize) -> Result<Vec<u8>, Refused> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refused::Damaged)?;
    decompress_to_vec_with_limit(&bytes, most)
        .map_err(|e| if e.status == TINFLStatus::HasMoreOutput { too_much(most) } else { Refused::Damaged })
}

/// It was stopped at the first byte beyond.
fn too_much(most: usize) -> Refused {
    Refused::TooMuch(Over { limit: Limit::Unpacked, found: most.saturating_add(1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_no_base64url_is_damaged() {
        for bad in ["A", "Zg=", "Z+8", "Zm9vY", "é", "Zm 8"] {
            assert_eq!(unpack(bad, 100), Err(Refused::Damaged), "{bad:?}");
        }
    }

    #[test]
    fn what_inflates_to_too_much_is_stopped() {
        let bomb = pack(&vec![0; 5_000_000]);
        assert!(bomb.len() < 16_000);
        assert_eq!(unpack(&bomb, 400_000), Err(too_much(400_000)));
        assert_eq!(unpack(&pack(b"abc"), 3), Ok(b"abc".to_vec()));
        assert_eq!(unpack(&pack(b"abcd"), 3), Err(too_much(3)));
        assert_eq!(unpack("Zm9v", 100), Err(Refused::Damaged));
        assert_eq!(unpack("", 100), Err(Refused::Damaged));
    }
}
