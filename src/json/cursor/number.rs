//! Numbers, as they are written and as they are read.

use super::{Reader, Step};
use crate::decimal;

pub enum Number {
    Unsigned(u64),
    Negative(i64),
    Real(f64),
}

impl Reader<'_> {
    /// Digits; `false`: there is none.
    fn digits(&mut self) -> bool {
        let from = self.at;
        while self.byte().is_some_and(|b| b.is_ascii_digit()) {
            self.eat();
        }
        self.at > from
    }

    /// Goes over a number; whether it is a whole one.
    pub(super) fn over_number(&mut self) -> Step<bool> {
        if self.byte() == Some(b'-') {
            self.eat();
        }
        match self.next() {
            Some(b'0') if self.byte().is_some_and(|b| b.is_ascii_digit()) => return Err(self.ahead("invalid number")),
            Some(b'0') => {}
            Some(b'1'..=b'9') => _ = self.digits(),
            Some(_) => return Err(self.here("invalid number")),
            None => return Err(self.here("EOF while parsing a value")),
        }
        let mut whole = true;
        if self.byte() == Some(b'.') {
            whole = false;
            self.eat();
            if !self.digits() {
                let ends = self.byte().is_none();
                return Err(self.ahead(if ends { "EOF while parsing a value" } else { "invalid number" }));
            }
        }
        if let Some(b'e' | b'E') = self.byte() {
            whole = false;
            self.eat();
            if let Some(b'+' | b'-') = self.byte() {
                self.eat();
            }
            match self.next() {
                Some(b'0'..=b'9') => _ = self.digits(),
                Some(_) => return Err(self.here("invalid number")),
                None => return Err(self.here("EOF while parsing a value")),
            }
        }
        Ok(whole)
    }

    /// A number, at its first byte.
    pub(in super::super) fn number(&mut self) -> Step<Number> {
        let from = self.at;
        let whole = self.over_number()?;
        let text = self.text.get(from..self.at).unwrap_or_default();
        if whole {
            if let Ok(number) = text.parse() {
                return Ok(Number::Unsigned(number));
            }
            if let Ok(number @ ..0) = text.parse() {
                return Ok(Number::Negative(number));
            }
        }
        decimal::read(text).map(Number::Real).ok_or_else(|| self.here("number out of range"))
    }
}
