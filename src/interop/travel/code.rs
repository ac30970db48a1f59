//! Bytes as the text of a link: deflated, in the alphabet of base64url (RFC 4648, 5) without padding, with a checksum.

use super::Refused;
use crate::domain::limits::{Limit, Over};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The strongest level: a link is made once, and has to be short.
const LEVEL: u8 = 10;

pub(super) fn pack(bytes: &[u8]) -> String {
    encode(&compress_to_vec(bytes, LEVEL))
}

/// Undoes [`pack`]. Never more than `most` bytes are made, whatever the text says.
pub(super) fn unpack(text: &str, most: usize) -> Result<Vec<u8>, Refused> {
    let bytes = decode(text).ok_or(Refused::Damaged)?;
    decompress_to_vec_with_limit(&bytes, most)
        .map_err(|e| if e.status == TINFLStatus::HasMoreOutput { too_much(most) } else { Refused::Damaged })
}

/// It was stopped at the first byte beyond.
fn too_much(most: usize) -> Refused {
    Refused::TooMuch(Over { limit: Limit::Unpacked, found: most.saturating_add(1) })
}

fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        // Three bytes are four letters; one is two, and two are three.
        for place in 0..=chunk.len() {
            let six = group >> (18 - 6 * place) & 63;
            let letter = usize::try_from(six).ok().and_then(|at| ALPHABET.get(at));
            out.push(char::from(letter.copied().unwrap_or(b'A')));
        }
    }
    out
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.as_bytes().chunks(4) {
        if chunk.len() == 1 {
            return None;
        }
        let mut group = 0u32;
        for letter in chunk {
            let six = ALPHABET.iter().position(|a| a == letter)?;
            group = group << 6 | u32::try_from(six).ok()?;
        }
        group <<= 6 * (4 - chunk.len());
        let [_, bytes @ ..] = group.to_be_bytes();
        out.extend(bytes.into_iter().take(chunk.len() - 1));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(encode(&[0xFB, 0xFF]), "-_8");
        for bad in ["A", "Zg=", "Z+8", "Zm9vY", "é", "Zm 8"] {
            assert_eq!(decode(bad), None, "{bad:?}");
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
