//! How far a text goes on before something in it has to be looked at.

/// As many bytes as are looked at together.
const TOGETHER: usize = 8;

const EACH: u64 = u64::MAX / 0xff;
const TOPMOST: u64 = EACH * 0x80;

/// How many bytes at the beginning are neither a quotation mark nor a backslash nor a control character.
///
/// Most of a list is text, so that eight bytes are looked at together: a byte of a word is nothing where taking one from it borrows.
/// The lowest that does is one; above it a borrow may have gone on.
pub fn plain(bytes: &[u8]) -> usize {
    let nothing = |word: u64| word.wrapping_sub(EACH) & !word & TOPMOST;
    let (words, _) = bytes.as_chunks::<TOGETHER>();
    let mut at = 0;
    for word in words.iter().map(|word| u64::from_le_bytes(*word)) {
        let quote = nothing(word ^ (EACH * u64::from(b'"')));
        let escape = nothing(word ^ (EACH * u64::from(b'\\')));
        let control = nothing(word & (EACH * 0xe0));
        let found = quote | escape | control;
        if found != 0 {
            return at + usize::try_from(found.trailing_zeros() / 8).unwrap_or_default();
        }
        at += TOGETHER;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|b| !matches!(b, b'"' | b'\\' | ..0x20)).count()
}

#[cfg(test)]
mod tests {
    use super::plain;

    /// Byte by byte.
    fn slowly(bytes: &[u8]) -> usize {
        bytes.iter().position(|b| *b < 0x20 || *b == b'"' || *b == b'\\').unwrap_or(bytes.len())
    }

    #[test]
    fn it_stops_where_a_walk_byte_by_byte_stops() {
        // Each byte at each place of a word, with each of what stops or nearly does behind it.
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                for behind in [0x00, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7f, 0x80, 0xa2, 0xdc, 0xff] {
                    let mut bytes = [b'a'; 21];
                    bytes[place] = byte;
                    bytes[place + 1] = behind;
                    assert_eq!(plain(&bytes), slowly(&bytes), "{bytes:?}");
                }
            }
        }
        assert_eq!(plain(b""), 0);
    }
}
