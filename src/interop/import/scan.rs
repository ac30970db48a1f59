//! One walk over a JSON value: where its rows stand, whether it is whole, and whether it keeps within the limits. Nothing is built
//! of what stands inside the rows; each is parsed alone, later.
//!
//! Architecture invariant: every byte is looked at once, and memory grows with the number of rows only.

use super::span::Span;
use super::work::look;
use crate::domain::limits::{Limit, Over};
use crate::json::plain;

/// A value that was walked over.
pub struct Value {
    pub span: Span,
    pub what: What,
    /// How many values it holds, with itself.
    pub values: usize,
}

pub enum What {
    Scalar,
    /// Its items; those of a list inside it stand in its place, as PowerShell nests a list in a list now and then.
    List(Vec<Span>),
    Map(Vec<Member>),
}

/// A key of the outermost object, with its value.
pub struct Member {
    /// The key without quotation marks, as it is written.
    pub key: Span,
    pub value: Span,
    /// How many values it holds, with itself.
    pub values: usize,
    /// The rows, where the value is a list of the sort that [`Scan`] was told to look into.
    pub rows: Option<Vec<Span>>,
}

/// Why a value is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The text ends in the middle.
    End,
    /// No JSON at this byte.
    At(usize),
    /// Too much of something, at this byte.
    Over(usize, Over),
}

enum Expect {
    Value,
    /// Behind `[`.
    ValueOrEnd,
    /// Behind `{`.
    KeyOrEnd,
    /// Behind a comma in an object.
    Key,
    Colon,
    CommaOrEnd,
}

struct Frame {
    list: bool,
    from: usize,
    keys: usize,
}

/// How much white space is gone over as one token.
const AT_ONCE: usize = 1024;

fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// The walk, in slices.
pub struct Scan<'t> {
    bytes: &'t [u8],
    /// Whether a key of the outermost object names a list of rows.
    looks_into: fn(&[u8]) -> bool,
    start: usize,
    at: usize,
    frames: Vec<Frame>,
    expect: Expect,
    what: What,
    key: Span,
    /// The depth at which items are rows, while the walk is inside a list of rows.
    base: Option<usize>,
    rows: Vec<Span>,
    /// How many rows all lists together have.
    all_rows: usize,
    /// Depth and beginning of the row that is being walked over, and how many values it has.
    row: Option<(usize, usize)>,
    cells: usize,
    values: usize,
    /// How many values there were before the member of the outermost object that is being walked over.
    before: usize,
}

impl<'t> Scan<'t> {
    /// A walk over the value that begins at byte `start`, which is no white space.
    pub fn new(text: &'t str, start: usize, looks_into: fn(&[u8]) -> bool) -> Self {
        Self {
            bytes: text.as_bytes(),
            looks_into,
            start,
            at: start,
            frames: Vec::new(),
            expect: Expect::Value,
            what: What::Scalar,
            key: Span::new(start, start),
            base: None,
            rows: Vec::new(),
            all_rows: 0,
            row: None,
            cells: 0,
            values: 0,
            before: 0,
        }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes on for some `budget` bytes. `None`: there is more to come.
    pub fn step(&mut self, budget: usize) -> Option<Result<Value, Broken>> {
        let from = self.at;
        let done = loop {
            if self.at - from >= budget {
                break None;
            }
            match self.token() {
                Ok(false) => {}
                Ok(true) => {
                    let what = std::mem::replace(&mut self.what, What::Scalar);
                    break Some(Ok(Value { span: Span::new(self.start, self.at), what, values: self.values }));
                }
                Err(broken) => break Some(Err(broken)),
            }
        };
        look(self.at - from);
        done
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// One token. `Ok(true)`: the value has ended.
    fn token(&mut self) -> Result<bool, Broken> {
        let Some(byte) = self.peek() else { return Err(Broken::End) };
        if is_space(&byte) {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += rest.iter().take(AT_ONCE).take_while(|b| is_space(b)).count();
            return Ok(false);
        }
        match (&self.expect, byte) {
            (Expect::ValueOrEnd, b']') | (Expect::KeyOrEnd, b'}') => self.close(byte),
            (Expect::CommaOrEnd, b']' | b'}') => self.close(byte),
            (Expect::Value | Expect::ValueOrEnd, _) => self.value(byte),
            (Expect::KeyOrEnd | Expect::Key, b'"') => {
                let from = self.at + 1;
                self.text()?;
                if let Some(frame) = self.frames.last_mut() {
                    frame.keys += 1;
                    Limit::Keys.hold(frame.keys).map_err(|over| Broken::Over(from, over))?;
                }
                self.key = if self.frames.len() == 1 { Span::new(from, self.at - 1) } else { self.key };
                self.expect = Expect::Colon;
                Ok(false)
            }
            (Expect::Colon, b':') => {
                self.at += 1;
                self.expect = Expect::Value;
                Ok(false)
            }
            (Expect::CommaOrEnd, b',') => {
                self.at += 1;
                let list = self.frames.last().is_some_and(|f| f.list);
                self.expect = if list { Expect::Value } else { Expect::Key };
                Ok(false)
            }
            _ => Err(Broken::At(self.at)),
        }
    }

    /// The beginning of a value, or the whole of one that has nothing inside.
    fn value(&mut self, byte: u8) -> Result<bool, Broken> {
        let from = self.at;
        self.begin(byte == b'[')?;
        match byte {
            b'[' | b'{' => {
                let depth = self.frames.len() + 1;
                Limit::Depth.hold(depth).map_err(|over| Broken::Over(from, over))?;
                let list = byte == b'[';
                if depth == 1 {
                    self.what = if list { What::List(Vec::new()) } else { What::Map(Vec::new()) };
                    self.base = list.then_some(1);
                }
                self.frames.push(Frame { list, from, keys: 0 });
                self.at += 1;
                self.expect = if list { Expect::ValueOrEnd } else { Expect::KeyOrEnd };
                return Ok(false);
            }
            b'"' => self.text()?,
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word(b"true")?,
            b'f' => self.word(b"false")?,
            b'n' => self.word(b"null")?,
            _ => return Err(Broken::At(from)),
        }
        self.end(from)
    }

    /// Counts a value that begins, and notices where a row or a list of rows does.
    fn begin(&mut self, list: bool) -> Result<(), Broken> {
        let depth = self.frames.len();
        if depth == 1 {
            self.before = self.values;
        }
        self.values += 1;
        if depth == 1 && list && self.frames.last().is_some_and(|f| !f.list) && (self.looks_into)(self.key_bytes()) {
            self.base = Some(2);
        }
        let inside = |base: usize| {
            (depth == base && !list) || (depth == base + 1 && self.frames.get(base).is_some_and(|f| f.list))
        };
        if self.row.is_none() && self.base.is_some_and(|base| depth >= base && inside(base)) {
            self.row = Some((depth, self.at));
            self.cells = 0;
        }
        self.cells += usize::from(self.row.is_some());
        Limit::Cells.hold(self.cells).map_err(|over| Broken::Over(self.at, over))
    }

    fn key_bytes(&self) -> &[u8] {
        self.bytes.get(self.key.from()..self.key.to()).unwrap_or_default()
    }

    fn close(&mut self, byte: u8) -> Result<bool, Broken> {
        match self.frames.pop() {
            Some(frame) if frame.list == (byte == b']') => {
                self.at += 1;
                self.end(frame.from)
            }
            _ => Err(Broken::At(self.at)),
        }
    }

    /// The end of a value that began at `from`.
    fn end(&mut self, from: usize) -> Result<bool, Broken> {
        let depth = self.frames.len();
        self.expect = Expect::CommaOrEnd;
        if let Some((_, row)) = self.row.filter(|(at, _)| *at == depth) {
            (self.row, self.cells) = (None, 0);
            self.all_rows += 1;
            Limit::Rows.hold(self.all_rows).map_err(|over| Broken::Over(row, over))?;
            self.rows.push(Span::new(row, self.at));
        }
        if depth == 1
            && let What::Map(members) = &mut self.what
        {
            let rows = self.base.take().map(|_| std::mem::take(&mut self.rows));
            let values = self.values - self.before;
            members.push(Member { key: self.key, value: Span::new(from, self.at), values, rows });
        }
        if depth == 0
            && let What::List(rows) = &mut self.what
        {
            *rows = std::mem::take(&mut self.rows);
        }
        Ok(depth == 0)
    }

    /// A text: the walk stands at its first quotation mark, and then behind its last.
    fn text(&mut self) -> Result<(), Broken> {
        let from = self.at + 1;
        self.at = from;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let longest = rest.get(..=Limit::Text.most()).unwrap_or(rest);
            self.at += plain(longest);
            Limit::Text.hold(self.at - from).map_err(|over| Broken::Over(from, over))?;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(_) => return Err(Broken::At(self.at)),
                None => return Err(Broken::End),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Broken> {
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                Ok(())
            }
            Some(b'u') => {
                let at = self.at;
                match self.unit()? {
                    // Half a character beyond U+FFFF: the other half has to follow.
                    0xd800..=0xdbff => match self.bytes.get(self.at..self.at + 2) {
                        Some(b"\\u") => {
                            self.at += 1;
                            match self.unit()? {
                                0xdc00..=0xdfff => Ok(()),
                                _ => Err(Broken::At(at)),
                            }
                        }
                        Some(_) => Err(Broken::At(at)),
                        None => Err(Broken::End),
                    },
                    0xdc00..=0xdfff => Err(Broken::At(at)),
                    _ => Ok(()),
                }
            }
            Some(_) => Err(Broken::At(self.at)),
            None => Err(Broken::End),
        }
    }

    /// `u` and four digits.
    fn unit(&mut self) -> Result<u32, Broken> {
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            let byte = self.peek().ok_or(Broken::End)?;
            unit = unit * 16 + char::from(byte).to_digit(16).ok_or(Broken::At(self.at))?;
        }
        self.at += 1;
        Ok(unit)
    }

    fn digits(&mut self) -> Result<(), Broken> {
        let from = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        match self.peek() {
            _ if self.at > from => Limit::Text.hold(self.at - from).map_err(|over| Broken::Over(from, over)),
            Some(_) => Err(Broken::At(self.at)),
            None => Err(Broken::End),
        }
    }

    fn number(&mut self) -> Result<(), Broken> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
            if self.peek().is_some_and(|b| b.is_ascii_digit()) {
                return Err(Broken::At(self.at));
            }
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Broken> {
        for expected in word {
            match self.peek() {
                Some(byte) if byte == *expected => self.at += 1,
                Some(_) => return Err(Broken::At(self.at)),
                None => return Err(Broken::End),
            }
        }
        Ok(())
    }
}
