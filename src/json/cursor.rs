//! The steps of reading that know no type.

mod number;

pub(super) use number::Number;

use super::Error;
use super::plain::plain;
use serde::de::{self, Expected, Unexpected};
use std::borrow::Cow;

/// How deep values may stand in one another.
const DEEPEST: u8 = 127;

const CONTROL: &str = "control character (\\u0000-\\u001F) found while parsing a string";

/// Where in a text the reading is.
pub struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

type Step<T = ()> = Result<T, Error>;

impl<'de> Reader<'de> {
    pub fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Nothing but space may be left.
    ///
    /// # Errors
    /// Something is.
    pub fn end_of_text(&mut self) -> Step {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.ahead("trailing characters")),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self) {
        self.at += 1;
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.byte()?;
        self.at += 1;
        Some(byte)
    }

    /// The first byte that is no space.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.eat(),
                byte => return byte,
            }
        }
    }

    /// The first byte of a value.
    pub(super) fn begin(&mut self) -> Step<u8> {
        self.peek().ok_or_else(|| self.ahead("EOF while parsing a value"))
    }

    fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        (line, before.iter().rev().take_while(|b| **b != b'\n').count())
    }

    /// An error at what was read last.
    pub(super) fn here(&self, why: &str) -> Error {
        Error::at(why, self.place(self.at), why.starts_with("EOF"))
    }

    /// An error at what comes next.
    pub(super) fn ahead(&self, why: &str) -> Error {
        Error::at(why, self.place(self.text.len().min(self.at + 1)), why.starts_with("EOF"))
    }

    /// An error that does not know where, which is here.
    pub(super) fn placed(&self, error: Error) -> Error {
        error.placed(self.place(self.at))
    }

    /// The rest of `null`, `true` and `false`, behind the first letter that was seen.
    pub(super) fn word(&mut self, rest: &str) -> Step {
        self.eat();
        for expected in rest.bytes() {
            match self.next() {
                None => return Err(self.here("EOF while parsing a value")),
                Some(byte) if byte != expected => return Err(self.here("expected ident")),
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Goes into a list or an object, at its first byte.
    pub(super) fn enter(&mut self) -> Step {
        if self.depth >= DEEPEST {
            return Err(self.ahead("recursion limit exceeded"));
        }
        self.depth += 1;
        self.eat();
        Ok(())
    }

    /// Behind the last item of a list or an object.
    pub(super) fn leave(&mut self, list: bool) -> Step {
        self.depth = self.depth.saturating_sub(1);
        match (self.peek(), list) {
            (Some(b']'), true) | (Some(b'}'), false) => {
                self.eat();
                Ok(())
            }
            (Some(b','), false) => Err(self.ahead("trailing comma")),
            (Some(b','), true) => {
                self.eat();
                let comma = self.peek() == Some(b']');
                Err(self.ahead(if comma { "trailing comma" } else { "trailing characters" }))
            }
            (Some(_), _) => Err(self.ahead("trailing characters")),
            (None, true) => Err(self.ahead("EOF while parsing a list")),
            (None, false) => Err(self.ahead("EOF while parsing an object")),
        }
    }

    /// Whether another item of a list follows; goes to it.
    pub(super) fn item(&mut self, first: bool) -> Step<bool> {
        match self.peek() {
            None => Err(self.ahead("EOF while parsing a list")),
            Some(b']') => Ok(false),
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.eat();
                match self.begin()? {
                    b']' => Err(self.ahead("trailing comma")),
                    _ => Ok(true),
                }
            }
            Some(_) => Err(self.ahead("expected `,` or `]`")),
        }
    }

    /// Whether another key of an object follows; goes to it.
    pub(super) fn key(&mut self, first: bool) -> Step<bool> {
        let next = match self.peek() {
            None => return Err(self.ahead("EOF while parsing an object")),
            Some(b'}') => return Ok(false),
            Some(byte) if first => byte,
            Some(b',') => {
                self.eat();
                match self.begin()? {
                    b'}' => return Err(self.ahead("trailing comma")),
                    byte => byte,
                }
            }
            Some(_) => return Err(self.ahead("expected `,` or `}`")),
        };
        if next == b'"' { Ok(true) } else { Err(self.ahead("key must be a string")) }
    }

    pub(super) fn colon(&mut self) -> Step {
        match self.peek() {
            Some(b':') => {
                self.eat();
                Ok(())
            }
            Some(_) => Err(self.ahead("expected `:`")),
            None => Err(self.ahead("EOF while parsing an object")),
        }
    }

    /// A text, at its opening quote.
    pub(super) fn string(&mut self) -> Step<Cow<'de, str>> {
        self.eat();
        let mut owned = String::new();
        loop {
            let from = self.at;
            self.over_plain();
            let plain = self.text.get(from..self.at).unwrap_or_default();
            match self.next() {
                Some(b'"') if owned.is_empty() => return Ok(Cow::Borrowed(plain)),
                Some(b'"') => {
                    owned.push_str(plain);
                    return Ok(Cow::Owned(owned));
                }
                Some(b'\\') => {
                    owned.push_str(plain);
                    owned.push(self.escape()?);
                }
                Some(_) => return Err(self.here(CONTROL)),
                None => return Err(self.here("EOF while parsing a string")),
            }
        }
    }

    /// Goes over a text, at its opening quote; half a character is none of its business.
    fn over_string(&mut self) -> Step {
        self.eat();
        loop {
            self.over_plain();
            match self.next() {
                Some(b'"') => return Ok(()),
                Some(b'\\') => match self.next() {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                    Some(b'u') => _ = self.hex()?,
                    Some(_) => return Err(self.here("invalid escape")),
                    None => return Err(self.here("EOF while parsing a string")),
                },
                Some(_) => return Err(self.here(CONTROL)),
                None => return Err(self.here("EOF while parsing a string")),
            }
        }
    }

    fn over_plain(&mut self) {
        self.at += plain(self.text.as_bytes().get(self.at..).unwrap_or_default());
    }

    fn escape(&mut self) -> Step<char> {
        Ok(match self.next() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            Some(_) => return Err(self.here("invalid escape")),
            None => return Err(self.here("EOF while parsing a string")),
        })
    }

    /// Behind `\u`.
    fn code_point(&mut self) -> Step<char> {
        let lone = "lone leading surrogate in hex escape";
        let first = self.hex()?;
        if !(0xD800..0xE000).contains(&first) {
            return char::from_u32(first).ok_or_else(|| self.here(lone));
        }
        if first >= 0xDC00 {
            return Err(self.here(lone));
        }
        for expected in [b'\\', b'u'] {
            match self.next() {
                None => return Err(self.here("EOF while parsing a string")),
                Some(byte) if byte != expected => return Err(self.here("unexpected end of hex escape")),
                Some(_) => {}
            }
        }
        let second = self.hex()?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(self.here(lone));
        }
        let whole = ((first - 0xD800) << 10) + (second - 0xDC00) + 0x1_0000;
        char::from_u32(whole).ok_or_else(|| self.here(lone))
    }

    fn hex(&mut self) -> Step<u32> {
        let Some(digits) = self.text.as_bytes().get(self.at..self.at + 4) else {
            self.at = self.text.len();
            return Err(self.here("EOF while parsing a string"));
        };
        self.at += 4;
        let value = digits.iter().try_fold(0, |value, b| Some(value * 16 + char::from(*b).to_digit(16)?));
        value.ok_or_else(|| self.here("invalid escape"))
    }

    /// Goes over a value of whatever type, however deep.
    pub(super) fn skip(&mut self) -> Step {
        // Of each list or object around, whether it is a list.
        let mut around: Vec<bool> = Vec::new();
        loop {
            let mut first = false;
            match self.begin()? {
                b'n' => self.word("ull")?,
                b't' => self.word("rue")?,
                b'f' => self.word("alse")?,
                b'-' | b'0'..=b'9' => _ = self.over_number()?,
                b'"' => self.over_string()?,
                open @ (b'[' | b'{') => {
                    self.eat();
                    around.push(open == b'[');
                    first = true;
                }
                _ => return Err(self.ahead("expected value")),
            }
            loop {
                let Some(list) = around.last().copied() else { return Ok(()) };
                let more = if list { self.item(first)? } else { self.key(first)? };
                if more {
                    if !list {
                        self.over_string()?;
                        self.colon()?;
                    }
                    break;
                }
                self.eat();
                around.pop();
                first = false;
            }
        }
    }

    /// The text of a value.
    pub(super) fn raw(&mut self) -> Step<&'de str> {
        self.begin()?;
        let from = self.at;
        self.skip()?;
        Ok(self.text.get(from..self.at).unwrap_or_default())
    }

    /// The error that what comes is of another type.
    pub(super) fn unexpected(&mut self, expected: &dyn Expected) -> Error {
        self.found(expected).unwrap_or_else(|error| error)
    }

    fn found(&mut self, expected: &dyn Expected) -> Step<Error> {
        let of = |found: Unexpected<'_>| <Error as de::Error>::invalid_type(found, expected);
        let error = match self.begin()? {
            b'n' => self.word("ull").map(|()| of(Unexpected::Unit))?,
            b't' => self.word("rue").map(|()| of(Unexpected::Bool(true)))?,
            b'f' => self.word("alse").map(|()| of(Unexpected::Bool(false)))?,
            b'-' | b'0'..=b'9' => match self.number()? {
                Number::Unsigned(n) => of(Unexpected::Unsigned(n)),
                Number::Negative(n) => of(Unexpected::Signed(n)),
                Number::Real(n) => of(Unexpected::Float(n)),
            },
            b'"' => of(Unexpected::Str(&self.string()?)),
            b'[' => of(Unexpected::Seq),
            b'{' => of(Unexpected::Map),
            _ => self.ahead("expected value"),
        };
        Ok(self.placed(error))
    }
}
