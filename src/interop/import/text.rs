//! From bytes to text: byte-order marks, UTF-16, and files that are no text at all.

use super::SLICE;
use std::borrow::Cow;

/// What the bytes are.
pub enum Decoded<'a> {
    Text {
        text: Cow<'a, str>,
        /// What to know about the encoding, if anything.
        caution: Option<&'static str>,
    },
    /// A file that is no text: what it is, with article, such as "a PNG picture".
    Binary(&'static str),
    Empty,
}

/// First bytes and what they mean.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document such as an Excel workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document such as an .xls workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x00asm", "a WebAssembly program"),
];

/// What stands somewhere in a text. It is looked for part by part: of a large file each look at the whole takes longer than a frame.
#[derive(Clone, Copy, Default)]
struct Marks {
    escape: bool,
    carriage_return: bool,
}

impl Marks {
    /// Looks at the next part.
    fn look(&mut self, part: &[u8]) {
        self.escape |= part.contains(&0x1b);
        self.carriage_return |= part.contains(&b'\r');
    }
}

/// Decodes a whole file; `None` where `watch` stopped it.
pub async fn decode<'b, W: AsyncFnMut(usize, usize) -> bool>(bytes: &'b [u8], watch: &mut W) -> Option<Decoded<'b>> {
    let (text, caution) = match of_bytes(bytes) {
        Decoded::Text { text, caution } => (text, caution),
        other => return Some(other),
    };
    let mut marks = Marks::default();
    for part in text.as_bytes().chunks(SLICE) {
        marks.look(part);
        if !watch(0, text.len()).await {
            return None;
        }
    }
    Some(settle(text, marks, caution))
}

fn of_bytes(bytes: &[u8]) -> Decoded<'_> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        let workbook = bytes.starts_with(b"PK") && contains(bytes, b"xl/workbook");
        return Decoded::Binary(if workbook { "an Excel workbook" } else { what });
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Decoded::Binary("a WebP picture");
    }
    let (text, caution) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [b, 0, c, 0, ..] if *b != 0 && *c != 0 => utf16(bytes, u16::from_le_bytes),
        [0, b, 0, c, ..] if *b != 0 && *c != 0 => utf16(bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    };
    Decoded::Text { text, caution }
}

/// The text as it is read, by what stands in it.
fn settle<'a>(text: Cow<'a, str>, marks: Marks, caution: Option<&'static str>) -> Decoded<'a> {
    let text = if marks.escape { Cow::Owned(without_colours(&text)) } else { text };
    let text = if marks.carriage_return { with_lines(text) } else { text };
    if text.trim().is_empty() {
        return Decoded::Empty;
    }
    let controls =
        text.chars().take(4096).filter(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}' | '\u{1b}'));
    let seen = text.chars().take(4096).count();
    if is_in_two_encodings(&text) {
        return Decoded::Binary("a text in two encodings, UTF-16 behind another");
    }
    if controls.count().saturating_mul(20) > seen {
        return Decoded::Binary("a binary file");
    }
    Decoded::Text { text, caution }
}

/// Whether about every second character is nothing, and the others are those of a text: `>>` of Windows PowerShell writes UTF-16 behind
/// whatever a file began with.
fn is_in_two_encodings(text: &str) -> bool {
    const FEWEST: usize = 20;
    let (mut nothing, mut letters) = (0_usize, 0_usize);
    for c in text.chars().take(4096) {
        match c {
            '\0' => nothing += 1,
            c if c.is_control() && !c.is_whitespace() => return false,
            _ => letters += 1,
        }
    }
    nothing >= FEWEST && nothing <= letters && nothing.saturating_mul(3) > letters
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

fn utf8(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => {
            // Windows tools that know no UTF-8 write code page 1252; in it every byte is a character.
            let text = bytes.iter().map(|b| windows_1252(*b)).collect::<String>();
            (
                Cow::Owned(text),
                Some("the file is not UTF-8; it was read as Windows-1252, so letters with accents may be wrong"),
            )
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (Cow<'static, str>, Option<&'static str>) {
    let units = bytes.chunks_exact(2).filter_map(|c| <[u8; 2]>::try_from(c).ok()).map(unit);
    let mut broken = bytes.len() % 2 == 1;
    let text: String = char::decode_utf16(units)
        .map(|c| {
            c.unwrap_or_else(|_| {
                broken = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    (Cow::Owned(text), broken.then_some("some characters of this UTF-16 file are broken and were replaced"))
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

/// Lines that end as those of old Macs do, as lines.
fn with_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\n') { text } else { Cow::Owned(text.replace('\r', "\n")) }
}

/// Takes out the colour sequences of terminals, which are copied along with coloured output.
fn without_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            out.push(c);
        } else if chars.peek() == Some(&'[') {
            chars.next();
            // Parameters, then one letter that ends the sequence.
            while chars.next_if(|c| c.is_ascii_digit() || matches!(c, ';' | '?')).is_some() {}
            chars.next_if(char::is_ascii_alphabetic);
        }
    }
    out
}
