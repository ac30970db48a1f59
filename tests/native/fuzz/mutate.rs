//! Chance that can be repeated, and what it does to texts.

/// Numbers that follow from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// A number below `n`; 0 where there is none.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.number() % n as u64) as usize }
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A stretch of something that is `len` long, mostly a short one.
    fn stretch(&mut self, len: usize) -> (usize, usize) {
        let start = self.below(len + 1);
        let most = if self.below(4) == 0 { len - start } else { (len - start).min(12) };
        (start, start + self.below(most + 1))
    }
}

/// No text grows beyond this, in bytes, so that thousands are tried in a second.
const LONGEST: usize = 60_000;

/// Numbers at which things tip over.
const NUMBERS: [&str; 30] = [
    "0",
    "-0",
    "-1",
    "1",
    "7",
    "28",
    "255",
    "256",
    "65535",
    "2147483647",
    "2147483648",
    "-2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "9007199254740993",
    "1e308",
    "1e309",
    "-1e-400",
    "0.1",
    "0.30000000000000004",
    "2.2250738585072011e-308",
    "123456.78901234567",
    "1e5",
    "00012",
    "99999999999999999999999999999999",
];

/// Letters at which things tip over: directions, joiners, ends of lines, what changes its length with its case, halves, nothing.
const LETTERS: [&[u8]; 25] = [
    "\u{feff}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{2028}".as_bytes(),
    "\u{0}".as_bytes(),
    "\u{7f}".as_bytes(),
    "\u{85}".as_bytes(),
    "\u{a0}".as_bytes(),
    "İ".as_bytes(),
    "ß".as_bytes(),
    "K".as_bytes(),
    "e\u{301}".as_bytes(),
    "漢字".as_bytes(),
    "\u{1F980}".as_bytes(),
    "\u{10ffff}".as_bytes(),
    "\u{fffd}".as_bytes(),
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\\u0000",
    b"\r\n",
    b"\n",
    b"\r",
    b"\t",
];

/// Words that mean something to many readers.
const WORDS: [&str; 36] = [
    "null",
    "true",
    "false",
    "\"\"",
    "{}",
    "[]",
    "[{}]",
    "{\"value\":[",
    "]}",
    ",",
    ":",
    "\"",
    "\\",
    "\\\"",
    "'",
    "@'\n",
    "\n'@",
    "`",
    "$(",
    ";",
    "...",
    "…",
    "\"app\":\"restore-desk\"",
    "P7D",
    "2026-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z",
    "+262143-01-01T00:00:00Z",
    "2026-03-29T02:30:00+14:00",
    "1970-01-01",
    "00000000-0000-0000-0000-000000000000",
    "Sandbox",
    "Production",
    "%",
    "%2F",
    "NaN",
];

/// Changes `text` some times; `other` is another text of the same sort.
pub fn mutate(chance: &mut Chance, text: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = text.to_vec();
    for _ in 0..1 + chance.below(6) {
        once(chance, &mut out, other);
        out.truncate(LONGEST);
    }
    out
}

fn once(chance: &mut Chance, out: &mut Vec<u8>, other: &[u8]) {
    let len = out.len();
    match chance.below(17) {
        0 if len > 0 => {
            let at = chance.below(len);
            out[at] ^= 1 << chance.below(8);
        }
        1 if len > 0 => {
            let at = chance.below(len);
            out[at] = chance.number() as u8;
        }
        2 => out.truncate(chance.below(len + 1)),
        3 => {
            let (start, end) = chance.stretch(len);
            out.drain(start..end);
        }
        4 => {
            let (start, end) = chance.stretch(len);
            let again = out[start..end].repeat(1 + chance.below(if end - start < 50 { 40 } else { 3 }));
            out.splice(end..end, again);
        }
        5 => {
            let (from, to) = chance.stretch(other.len());
            let (start, end) = chance.stretch(len);
            out.splice(start..end, other[from..to].iter().copied());
        }
        6 => {
            // The head of one and the tail of the other.
            out.truncate(chance.below(len + 1));
            out.extend(&other[chance.below(other.len() + 1)..]);
        }
        7 | 8 => {
            if let Some((start, end)) = token(chance, out, |b| b.is_ascii_digit() || b"+-.eE".contains(&b)) {
                out.splice(start..end, chance.pick(&NUMBERS).bytes());
            }
        }
        9 => {
            let (letters, at) = (*chance.pick(&LETTERS), chance.below(len + 1));
            out.splice(at..at, letters.iter().copied());
        }
        10 => {
            let (word, at) = (*chance.pick(&WORDS), chance.below(len + 1));
            out.splice(at..at, word.bytes());
        }
        11 => {
            let (start, end) = chance.stretch(len);
            let most = if chance.below(6) == 0 { 300 } else { 4 };
            let deep = 1 + chance.below(most);
            let (open, close) = *chance.pick(&[("[", "]"), ("{\"a\":", "}"), ("\"", "\""), ("(", ")")]);
            out.splice(end..end, close.repeat(deep).bytes());
            out.splice(start..start, open.repeat(deep).bytes());
        }
        12 | 13 => {
            // A word where another one stood.
            let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b >= 0x80;
            let new = if chance.below(3) == 0 {
                chance.pick(&WORDS).as_bytes().to_vec()
            } else {
                let from = if chance.below(2) == 0 { other } else { out.as_slice() };
                token(chance, from, is_word).map_or_else(Vec::new, |(start, end)| from[start..end].to_vec())
            };
            if let Some((start, end)) = token(chance, out, is_word) {
                out.splice(start..end, new);
            }
        }
        14 => {
            let mut lines: Vec<&[u8]> = out.split_inclusive(|b| *b == b'\n').collect();
            let (a, b) = (chance.below(lines.len()), chance.below(lines.len()));
            if a < lines.len() && b < lines.len() {
                if chance.below(2) == 0 {
                    lines.swap(a, b)
                } else {
                    lines.insert(a, lines[b])
                }
                *out = lines.concat();
            }
        }
        15 => {
            let (start, end) = chance.stretch(len);
            let upper = chance.below(2) == 0;
            out[start..end]
                .iter_mut()
                .for_each(|b| *b = if upper { b.to_ascii_uppercase() } else { b.to_ascii_lowercase() });
        }
        _ => {
            let (start, end) = chance.stretch(len);
            let (from, to) = (out[start..end].to_vec(), chance.below(len + 1));
            out.splice(to..to, from);
        }
    }
}

/// One of the stretches of such bytes, the first one behind a place that is chosen.
fn token(chance: &mut Chance, text: &[u8], belongs: impl Fn(u8) -> bool) -> Option<(usize, usize)> {
    let from = chance.below(text.len());
    let start = from + text.get(from..)?.iter().position(|b| belongs(*b))?;
    let end = text[start..].iter().position(|b| !belongs(*b)).map_or(text.len(), |n| start + n);
    Some((start, end))
}
