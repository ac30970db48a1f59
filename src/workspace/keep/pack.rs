//! Text as few UTF-16 units, and back: deflated (RFC 1951, raw), 15 bits in each unit.
//!
//! A store counts UTF-16 units. The 32,768 code points from U+3001 to U+B000 are one unit each, none is a surrogate, a white space or
//! the end of a line, and no normalisation is done by a store. The first bit of a byte is its highest; the last unit is filled
//! up with zeros, so that the number of bytes has to be known.

use crate::domain::checksum::Checksum;
use crate::domain::limits::{Limit, Over};
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// The code point that stands for fifteen zeros.
const FIRST: u32 = 0x3001;

/// How hard is tried: a record is written often, and on a slow machine.
const LEVEL: i32 = 4;

/// Bits that wait for their unit.
#[derive(Clone, Copy, Debug, Default)]
struct Bits {
    held: u32,
    count: u32,
}

/// A text that is packed bit by bit, so that the page stays alive meanwhile.
pub struct Packing {
    text: Vec<u8>,
    done: usize,
    deflate: Box<CompressorOxide>,
    bits: Bits,
    out: String,
    sum: Checksum,
    bytes: usize,
    units: usize,
    ended: bool,
}

/// A text that was packed, with what is needed to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    pub body: String,
    /// How long the text is, in bytes of UTF-8.
    pub text: usize,
    /// How many bytes it is deflated.
    pub bytes: usize,
    /// How many units the body has.
    pub units: usize,
    /// The checksum of the body.
    pub check: String,
}

impl Packing {
    pub fn new(text: String) -> Self {
        let flags = create_comp_flags_from_zip_params(LEVEL, 0, 0);
        Self {
            out: String::with_capacity(text.len() / 6),
            text: text.into_bytes(),
            done: 0,
            deflate: Box::new(CompressorOxide::new(flags)),
            bits: Bits::default(),
            sum: Checksum::default(),
            bytes: 0,
            units: 0,
            ended: false,
        }
    }

    /// How much of it is done, from 0 to 1.
    pub fn part_done(&self) -> f64 {
        match (self.ended, self.text.len()) {
            (true, _) | (_, 0) => 1.0,
            #[expect(clippy::cast_precision_loss, reason = "a part of a bar on screen")]
            (false, all) => self.done as f64 / all as f64,
        }
    }

    /// Packs at most `budget` bytes more of the text; `true`: it is done.
    pub fn step(&mut self, budget: usize) -> bool {
        let end = self.done.saturating_add(budget.max(1)).min(self.text.len());
        let flush = if end == self.text.len() { TDEFLFlush::Finish } else { TDEFLFlush::None };
        let mut buffer = vec![0; 32 * 1024];
        while !self.ended && (self.done < end || flush == TDEFLFlush::Finish) {
            let Some(input) = self.text.get(self.done..end) else { break };
            let (status, read, made) = compress(&mut self.deflate, input, &mut buffer, flush);
            self.done += read;
            self.bytes += made;
            let made = buffer.get(..made).unwrap_or_default();
            push(&mut self.out, &mut self.bits, &mut self.sum, &mut self.units, made);
            // It cannot fail: it is given room, and never told to go on after its end.
            self.ended = status != TDEFLStatus::Okay;
        }
        if self.ended && self.bits.count > 0 {
            let fill = 15 - self.bits.count;
            let last = self.bits.held << fill & 0x7FFF;
            self.bits = Bits::default();
            unit(&mut self.out, &mut self.sum, &mut self.units, last);
        }
        self.ended
    }

    /// What was packed. All that is left is done now.
    pub fn finish(mut self) -> Packed {
        while !self.step(usize::MAX) {}
        let Self { text, out, sum, bytes, units, .. } = self;
        Packed { body: out, text: text.len(), bytes, units, check: sum.text() }
    }
}

impl std::fmt::Debug for Packing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Packing {{ {} of {} bytes }}", self.done, self.text.len())
    }
}

fn push(out: &mut String, bits: &mut Bits, sum: &mut Checksum, units: &mut usize, bytes: &[u8]) {
    for byte in bytes {
        bits.held = bits.held << 8 | u32::from(*byte);
        bits.count += 8;
        if bits.count >= 15 {
            bits.count -= 15;
            unit(out, sum, units, bits.held >> bits.count & 0x7FFF);
            bits.held &= 0x7FFF >> (15 - bits.count);
        }
    }
}

fn unit(out: &mut String, sum: &mut Checksum, units: &mut usize, value: u32) {
    // All values of 15 bits are characters.
    let letter = char::from_u32(FIRST + value).unwrap_or('\u{3001}');
    let mut buffer = [0; 4];
    sum.take(letter.encode_utf8(&mut buffer).as_bytes());
    out.push(letter);
    *units += 1;
}

/// Why a body is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotUnpacked {
    /// A character in it is none that [`Packing`] writes, or it ends too early or too late.
    Torn,
    TooMuch(Over),
}

/// Undoes [`Packing`]: `bytes` is how many bytes there are to be inflated. Never more is made than a file may have.
pub fn unpack(body: &str, bytes: usize) -> Result<String, NotUnpacked> {
    let most = Limit::File.most();
    // What is deflated is at most a little longer than what it stands for.
    if bytes > most.saturating_add(most / 8) || body.len() / 3 != bytes.saturating_mul(8).div_ceil(15) {
        return Err(NotUnpacked::Torn);
    }
    let mut packed = Vec::with_capacity(bytes + 2);
    let mut bits = Bits::default();
    for letter in body.chars() {
        let value = u32::from(letter).checked_sub(FIRST).filter(|v| *v <= 0x7FFF).ok_or(NotUnpacked::Torn)?;
        bits.held = bits.held << 15 | value;
        bits.count += 15;
        while bits.count >= 8 {
            bits.count -= 8;
            let [.., byte] = (bits.held >> bits.count).to_be_bytes();
            packed.push(byte);
        }
        bits.held &= 0xFF >> (8 - bits.count);
    }
    packed.truncate(bytes);
    let text = decompress_to_vec_with_limit(&packed, most).map_err(|e| match e.status {
        TINFLStatus::HasMoreOutput => NotUnpacked::TooMuch(Over { limit: Limit::File, found: most.saturating_add(1) }),
        _ => NotUnpacked::Torn,
    })?;
    String::from_utf8(text).map_err(|_| NotUnpacked::Torn)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, budget: usize) {
        let mut packing = Packing::new(text.to_string());
        let mut steps = 0;
        while !packing.step(budget) {
            steps += 1;
            assert!(steps <= text.len() + 1);
        }
        assert!((packing.part_done() - 1.0).abs() < f64::EPSILON);
        let packed = packing.finish();
        assert_eq!((packed.text, packed.units), (text.len(), packed.body.encode_utf16().count()));
        assert_eq!(packed.check, crate::domain::checksum::checksum(packed.body.as_bytes()));
        assert!(packed.body.chars().all(|c| ('\u{3001}'..='\u{B000}').contains(&c) && !c.is_whitespace()));
        assert_eq!(unpack(&packed.body, packed.bytes).as_deref(), Ok(text));
        let mut cut = packed.body.clone();
        cut.pop();
        assert_eq!(unpack(&cut, packed.bytes), Err(NotUnpacked::Torn));
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        let long: String =
            (0..3_000u64).map(|n| format!("{:x} €\u{1F980}\n", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        for text in ["", "a", "ab", "\u{0}\u{FFFF}", long.as_str()] {
            for budget in [1_000, 40_000, usize::MAX] {
                check(text, budget);
            }
        }
        check(&"x".repeat(100_000), 7_777);
    }

    #[test]
    fn the_same_in_slices_as_at_once() {
        let text: String = (0..20_000u64).map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40).to_string()).collect();
        let whole = Packing::new(text.clone()).finish();
        let mut slices = Packing::new(text);
        while !slices.step(999) {}
        assert_eq!(slices.finish(), whole);
    }

    #[test]
    fn what_inflates_to_too_much_is_stopped() {
        let bomb = Packing::new("\0".repeat(Limit::File.most() + 1)).finish();
        assert!(matches!(unpack(&bomb.body, bomb.bytes), Err(NotUnpacked::TooMuch(_))));
    }

    #[test]
    fn a_foreign_character_is_told() {
        assert_eq!(unpack("\u{3000}", 1), Err(NotUnpacked::Torn));
        assert_eq!(unpack("\u{B001}", 1), Err(NotUnpacked::Torn));
        assert_eq!(unpack("a", 1), Err(NotUnpacked::Torn));
        assert_eq!(unpack("", usize::MAX), Err(NotUnpacked::Torn));
    }
}
