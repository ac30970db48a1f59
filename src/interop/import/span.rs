//! A stretch of a text.

/// From where to where something stands in the text, in bytes. A file has at most [`crate::domain::limits::Limit::File`], so that half a word is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    from: u32,
    to: u32,
}

impl Span {
    pub fn new(from: usize, to: usize) -> Self {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { from: small(from), to: small(to) }
    }

    pub fn from(self) -> usize {
        usize::try_from(self.from).unwrap_or(usize::MAX)
    }

    pub fn to(self) -> usize {
        usize::try_from(self.to).unwrap_or(usize::MAX)
    }

    pub fn of(self, text: &str) -> &str {
        text.get(self.from()..self.to()).unwrap_or_default()
    }
}
