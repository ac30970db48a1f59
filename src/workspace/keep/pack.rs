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
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// The code point that stands for fifteen zeros.
const FIRST: u32 = 0x3001;

/// How hard is tried: a record is written often, and on a slow machine.
const LEVEL: i32 = 4;

/// Bytes that are deflated at a time.
const BUFFER: usize = 32 * 1024;

/// Bits that wait for their unit.
#[derive(Clone, Copy, Debug, Default)]
struct Bits {
    held: u32,
    count: u32,
}

/// A text that is packed bit by bit, so that the page stays alive meanwhile. It may come in pieces: what is fed stands behind what was fed
/// before, and no piece is kept longer than it is needed.
pub struct Packing {
    /// What was fed and is not packed yet, from `done` on.
    fed: Vec<u8>,
    done: usize,
    /// Bytes that were fed.
    all: usize,
    /// Nothing more is fed.
    last: bool,
    deflate: Box<CompressorOxide>,
    bits: Bits,
    out: String,
    sum: Checksum,
    bytes: usize,
    units: usize,
    ended: bool,
    /// Where what is deflated goes first.
    buffer: Vec<u8>,
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
    /// A text that is there as a whole.
    pub fn new(text: String) -> Self {
        let mut packing = Self::in_pieces();
        packing.out.reserve(text.len() / 6);
        (packing.all, packing.fed, packing.last) = (text.len(), text.into_bytes(), true);
        packing
    }

    /// A text that comes in pieces; [`Packing::end`] says that all have come.
    pub fn in_pieces() -> Self {
        let flags = create_comp_flags_from_zip_params(LEVEL, 0, 0);
        Self {
            out: String::new(),
            fed: Vec::new(),
            done: 0,
            all: 0,
            last: false,
            deflate: Box::new(CompressorOxide::new(flags)),
            bits: Bits::default(),
            sum: Checksum::default(),
            bytes: 0,
            units: 0,
            ended: false,
            buffer: vec![0; BUFFER],
        }
    }

    /// Takes the next piece. What comes after the end is left out.
    pub fn feed(&mut self, piece: &str) {
        if self.last {
            return;
        }
        if self.waits() == 0 {
            self.fed.clear();
            self.done = 0;
        }
        self.fed.extend_from_slice(piece.as_bytes());
        self.all = self.all.saturating_add(piece.len());
    }

    /// There are no more pieces.
    pub fn end(&mut self) {
        self.last = true;
    }

    /// How many bytes were fed and are not packed yet.
    pub fn waits(&self) -> usize {
        self.fed.len().saturating_sub(self.done)
    }

    /// Packs at most `budget` bytes more of what was fed; `true`: it is all done, and was said to be all.
    pub fn step(&mut self, budget: usize) -> bool {
        let end = self.done.saturating_add(budget.max(1)).min(self.fed.len());
        let is_last = self.last && end == self.fed.len();
        let flush = if is_last { TDEFLFlush::Finish } else { TDEFLFlush::None };
        while !self.ended && (self.done < end || is_last) {
            let Some(input) = self.fed.get(self.done..end) else { break };
            let (status, read, made) = compress(&mut self.deflate, input, &mut self.buffer, flush);
            self.done += read;
            self.bytes += made;
            let made = self.buffer.get(..made).unwrap_or_default();
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

    /// What was packed. All that is left is done now, and nothing more can come.
    pub fn finish(mut self) -> Packed {
        self.end();
        while !self.step(usize::MAX) {}
        let Self { all, out, sum, bytes, units, .. } = self;
        Packed { body: out, text: all, bytes, units, check: sum.text() }
    }
}

impl std::fmt::Debug for Packing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Packing {{ {} bytes wait of {} }}", self.waits(), self.all)
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
    let mut unpacking = Unpacking::new(body, bytes, 0)?;
    while !unpacking.step(body, AT_ONCE)? {}
    unpacking.finish()
}

/// Bytes that are made in one step where nobody waits.
const AT_ONCE: usize = 1024 * 1024;

/// A body that is unpacked bit by bit. The body is given to each step and not held, for it may be part of a larger text.
pub struct Unpacking {
    /// Bytes of the body that were taken.
    taken: usize,
    bits: Bits,
    /// How many bytes there are to be inflated, and those that were taken out of the body.
    bytes: usize,
    packed: Vec<u8>,
    inflate: Box<DecompressorOxide>,
    inflated: usize,
    out: Vec<u8>,
    made: usize,
    ended: bool,
}

/// A workspace becomes about so many times shorter at the most.
const MOST_PACKED: usize = 32;

/// Bytes of UTF-8 of one unit.
const UNIT_BYTES: usize = 3;

impl Unpacking {
    /// `text` is how many bytes of text are said to come of it. That is believed as far as such texts are packed, and gives them their
    /// place at once; they may be more or fewer.
    ///
    /// # Errors
    /// The body cannot hold so many bytes.
    pub fn new(body: &str, bytes: usize, text: usize) -> Result<Self, NotUnpacked> {
        let most = Limit::File.most();
        // What is deflated is at most a little longer than what it stands for.
        if bytes > most.saturating_add(most / 8) || body.len() / UNIT_BYTES != bytes.saturating_mul(8).div_ceil(15) {
            return Err(NotUnpacked::Torn);
        }
        Ok(Self {
            taken: 0,
            bits: Bits::default(),
            bytes,
            packed: Vec::with_capacity(bytes.saturating_add(2)),
            inflate: Box::default(),
            inflated: 0,
            out: vec![0; text.min(bytes.saturating_mul(MOST_PACKED)).min(most)],
            made: 0,
            ended: false,
        })
    }

    /// Takes about `budget` bytes more of `body`, then makes about as many of text; `true`: it is done.
    ///
    /// # Errors
    /// It is no text that was packed.
    pub fn step(&mut self, body: &str, budget: usize) -> Result<bool, NotUnpacked> {
        if self.taken < body.len() {
            self.take(body, budget.max(1).div_ceil(UNIT_BYTES).saturating_mul(UNIT_BYTES))?;
        } else if !self.ended {
            self.inflate(budget)?;
        }
        Ok(self.ended)
    }

    fn take(&mut self, body: &str, budget: usize) -> Result<(), NotUnpacked> {
        let end = self.taken.saturating_add(budget).min(body.len());
        // Where a piece ends within a character, that is none of those that are written.
        let piece = body.get(self.taken..end).ok_or(NotUnpacked::Torn)?;
        for letter in piece.chars() {
            let value = u32::from(letter).checked_sub(FIRST).filter(|v| *v <= 0x7FFF).ok_or(NotUnpacked::Torn)?;
            self.bits.held = self.bits.held << 15 | value;
            self.bits.count += 15;
            while self.bits.count >= 8 {
                self.bits.count -= 8;
                let [.., byte] = (self.bits.held >> self.bits.count).to_be_bytes();
                self.packed.push(byte);
            }
            self.bits.held &= 0xFF >> (8 - self.bits.count);
        }
        self.taken = end;
        if end == body.len() {
            self.packed.truncate(self.bytes);
        }
        Ok(())
    }

    fn inflate(&mut self, budget: usize) -> Result<(), NotUnpacked> {
        let most = Limit::File.most();
        // Small pieces do not get it past a window that it looks back into.
        let room = self.made.saturating_add(budget.max(1024)).min(most);
        if self.out.len() < room {
            self.out.resize(room, 0);
        }
        let input = self.packed.get(self.inflated..).unwrap_or_default();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let out = self.out.get_mut(..room).unwrap_or_default();
        let (status, read, made) = decompress(&mut self.inflate, input, out, self.made, flags);
        self.inflated = self.inflated.saturating_add(read);
        self.made = self.made.saturating_add(made);
        match status {
            TINFLStatus::Done => self.ended = true,
            TINFLStatus::HasMoreOutput if self.made < most => {}
            TINFLStatus::HasMoreOutput => {
                return Err(NotUnpacked::TooMuch(Over { limit: Limit::File, found: most.saturating_add(1) }));
            }
            _ => return Err(NotUnpacked::Torn),
        }
        Ok(())
    }

    /// How much was done so far: bytes of the body, and bytes of text.
    pub fn done(&self) -> usize {
        self.taken.saturating_add(self.made)
    }

    /// The text. All that is left is not done any more: it is torn then.
    ///
    /// # Errors
    /// It is not done, or no text.
    pub fn finish(mut self) -> Result<String, NotUnpacked> {
        if !self.ended {
            return Err(NotUnpacked::Torn);
        }
        self.out.truncate(self.made);
        String::from_utf8(self.out).map_err(|_| NotUnpacked::Torn)
    }
}

impl std::fmt::Debug for Unpacking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unpacking {{ {} of {} bytes, {} made }}", self.inflated, self.bytes, self.made)
    }
}

#[cfg(test)]
mod tests;
