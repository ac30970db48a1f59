//! Reading a text of the envelope in slices, so that a page that does so stays alive.
//!
//! What is large in a workspace is two lists: its environments, and the entries of its log. They are found by walking over the text once,
//! each of their rows is read alone as soon as it was walked over, and what is left of the text, with two empty lists in it, is read at the
//! end by [`super::read`]'s own code. What is in any way out of the ordinary is given to [`super::read`] as it is, so that
//! what is understood, and what is said of a text that cannot be, is the same (`tests/native/envelope.rs`).

use super::{Envelope, MIGRATIONS, Parts, Unreadable, as_it_stands, as_they_stand, read};
use crate::domain::environment::Environment;
use crate::domain::environments::Environments;
use crate::domain::limits::Limit;
use crate::json;
use crate::workspace::door::is_sound;
use crate::workspace::log::LogEntry;

/// A text being read. It is given to each step and not held, for it may be part of a larger one; it has to be the same each time.
#[derive(Debug, Default)]
pub struct Slowly {
    /// Bytes that were walked over.
    at: usize,
    /// The objects and lists that are open and lead to a list of rows, the outermost first.
    way: Vec<Node>,
    /// How many are open below the last of them.
    below: usize,
    /// Within a text.
    quoted: bool,
    /// Behind a backslash in it.
    escaped: bool,
    /// Where the last text of the object at the end of the way stands, without its quotes.
    word: (usize, usize),
    /// The key whose value comes, in the same way.
    key: Option<(usize, usize)>,
    /// Where the row that is being walked over begins.
    row: Option<usize>,
    /// Where the last row that was read begins, in a list that is open or was the last one.
    last_row: Option<usize>,
    /// Behind a row no other begins before a comma.
    after_row: bool,
    /// The nodes that were open once. None is there twice.
    seen: Vec<Node>,
    /// What stands between the brackets of the lists of rows.
    holes: Vec<(usize, usize)>,
    environments: Environments,
    entries: Vec<LogEntry>,
    /// Something in an entry is to be mended.
    unsound: bool,
    /// The end of the envelope was seen.
    whole: bool,
    /// It is to be read at once, for whatever reason.
    odd: bool,
    /// Bytes of the longest text that is walked over.
    most: usize,
}

/// What leads to a list of rows, and the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Envelope,
    Workspace,
    Tenant,
    Log,
    Environments,
    Entries,
}

impl Node {
    fn is_list(self) -> bool {
        matches!(self, Node::Environments | Node::Entries)
    }

    /// What stands under a key of it and begins with `opens`, where that leads on.
    fn child(self, key: &[u8], opens: u8) -> Option<Node> {
        match (self, key, opens) {
            (Node::Envelope, b"workspace", b'{') => Some(Node::Workspace),
            (Node::Workspace, b"tenant", b'{') => Some(Node::Tenant),
            (Node::Workspace, b"log", b'{') => Some(Node::Log),
            (Node::Tenant, b"environments", b'[') => Some(Node::Environments),
            (Node::Log, b"entries", b'[') => Some(Node::Entries),
            _ => None,
        }
    }
}

/// Rows that are nested deeper are read with all that is around them, which has a limit of its own.
const DEEP: usize = 64;

impl Slowly {
    pub fn new() -> Self {
        Self { most: Limit::File.most(), ..Self::default() }
    }

    /// How many bytes of the text are done.
    pub fn done(&self) -> usize {
        self.at
    }

    /// Goes over at most `budget` bytes more of `text`, and reads the rows that end in them; `true`: only [`Slowly::finish`] is left.
    pub fn step(&mut self, text: &str, budget: usize) -> bool {
        if self.at == 0 && text.len() > self.most {
            self.odd = true;
        }
        let end = self.at.saturating_add(budget.max(1)).min(text.len());
        let piece = text.as_bytes().get(self.at..end).unwrap_or_default();
        let mut rest = piece;
        while let [byte, after @ ..] = rest
            && !self.whole
            && !self.odd
        {
            // Most of it is within texts, where nothing but their ends says anything.
            let plain = if self.quoted && !self.escaped { json::plain(rest) } else { 0 };
            if plain == 0 {
                self.walk(*byte, text);
                self.at += 1;
                rest = after;
            } else {
                self.at += plain;
                rest = rest.get(plain..).unwrap_or_default();
            }
        }
        self.whole || self.odd || self.at >= text.len()
    }

    /// What was read. What was not walked over yet is read now.
    ///
    /// # Errors
    /// What [`super::read`] says of the text.
    pub fn finish(mut self, text: &str) -> Result<Envelope, Unreadable> {
        while !self.step(text, usize::MAX) {}
        if let Some(why) = self.cut_off(text) {
            return Err(why);
        }
        let sound = !self.unsound && self.seen.contains(&Node::Entries);
        self.put_together(text).map_or_else(|| read(text), |envelope| Ok(envelope.through_the_door_with(sound)))
    }

    /// Whether [`Slowly::finish`] would read it, where nothing more is wanted of it: nothing is mended.
    ///
    /// # Errors
    /// As there.
    pub fn understood(mut self, text: &str) -> Result<(), Unreadable> {
        while !self.step(text, usize::MAX) {}
        self.put_together(text).map_or_else(|| read(text).map(drop), |_| Ok(()))
    }

    /// What [`super::read`] says of a text that ends too early, without reading all of it once more: what stands in it is told by what
    /// is left when the rows that were read are taken out, but for the last one, behind which it may end. `None`: it does not end so.
    fn cut_off(&self, text: &str) -> Option<Unreadable> {
        if self.odd || self.whole {
            return None;
        }
        let mut rest = String::new();
        let mut from = 0;
        // A list that is open is the last one.
        let open = self.way.last().filter(|node| node.is_list()).and(self.holes.last());
        for hole in &self.holes {
            rest.push_str(text.get(from..hole.0)?);
            from = if open == Some(hole) { self.last_row.unwrap_or(hole.0) } else { hole.1 };
        }
        rest.push_str(text.get(from..)?);
        let why = Parts::read(&rest, None, as_they_stand(MIGRATIONS)).err().filter(json::Error::is_eof)?;
        let at = |(line, column): (usize, usize)| format!(" at line {line} column {column}");
        let here = why.to_string().strip_suffix(&at(end_of(&rest)))?.to_string() + &at(end_of(text));
        Some(if text.contains("\"restore-desk\"") { Unreadable::Damaged(here) } else { Unreadable::NotOurs })
    }

    /// The envelope with its rows, where nothing is out of the ordinary.
    fn put_together(self, text: &str) -> Option<Envelope> {
        if self.odd || !self.whole {
            return None;
        }
        let mut rest = String::new();
        let mut from = 0;
        for (begins, ends) in &self.holes {
            rest.push_str(text.get(from..*begins)?);
            from = *ends;
        }
        rest.push_str(text.get(from..)?);
        let mut envelope =
            as_it_stands(&rest, MIGRATIONS).ok().filter(|e| as_they_stand(MIGRATIONS).contains(&e.schema))?;
        let Envelope { workspace, .. } = &mut envelope;
        // What was walked over is what was read only where nothing else stands in its place.
        if !workspace.tenant.environments.is_empty() && self.seen.contains(&Node::Environments)
            || !workspace.log.entries.is_empty() && self.seen.contains(&Node::Entries)
        {
            return None;
        }
        if self.seen.contains(&Node::Environments) {
            workspace.tenant.environments = self.environments;
        }
        if self.seen.contains(&Node::Entries) {
            workspace.log.entries = self.entries;
        }
        Some(envelope)
    }

    fn walk(&mut self, byte: u8, text: &str) {
        if self.quoted {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => {
                    self.escaped = true;
                    // A key may be written in more than one way.
                    self.odd |= self.row.is_none() && self.below == 0 && self.key.is_none();
                }
                b'"' => {
                    self.quoted = false;
                    self.word.1 = self.at;
                }
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => {
                self.quoted = true;
                if self.below == 0 {
                    self.word.0 = self.at + 1;
                    self.odd |= self.way.last().is_none_or(|node| node.is_list());
                }
            }
            b'{' | b'[' => self.open(byte, text),
            b'}' | b']' => self.close(byte, text),
            _ if self.below > 0 => {}
            b':' => {
                self.odd |= self.way.last().is_none_or(|node| node.is_list());
                self.key = Some(self.word);
            }
            b',' => {
                self.key = None;
                self.odd |= self.way.last().is_some_and(|node| node.is_list()) && !std::mem::take(&mut self.after_row);
            }
            b' ' | b'\n' | b'\r' | b'\t' => {}
            // A row is an object.
            _ => self.odd |= self.way.last().is_none_or(|node| node.is_list()),
        }
    }

    fn open(&mut self, byte: u8, text: &str) {
        if self.below > 0 {
            self.below += 1;
            self.odd |= self.below > DEEP;
            return;
        }
        // That it is an object is told by whoever reads what is left.
        let Some(last) = self.way.last().copied() else { return self.enter(Node::Envelope) };
        if last.is_list() {
            self.odd |= byte != b'{' || self.after_row || !self.is_another_row(text);
            self.row = Some(self.at);
            self.below = 1;
            return;
        }
        let key = self.key.and_then(|(from, to)| text.as_bytes().get(from..to)).unwrap_or_default();
        match last.child(key, byte) {
            Some(node) => self.enter(node),
            None => self.below = 1,
        }
    }

    /// Whether a row may begin here: the first of its list, or one behind a comma; and not too many.
    fn is_another_row(&self, text: &str) -> bool {
        let rows = self.environments.len().max(self.entries.len());
        let before = text.as_bytes().get(..self.at).unwrap_or_default().trim_ascii_end().last();
        matches!(before, Some(b'[' | b',')) && rows < Limit::Rows.most()
    }

    fn enter(&mut self, node: Node) {
        self.odd |= self.seen.contains(&node);
        self.seen.push(node);
        self.way.push(node);
        self.key = None;
        self.after_row = false;
        self.last_row = None;
        if node.is_list() {
            let inside = self.at + 1;
            self.holes.push((inside, inside));
        }
    }

    fn close(&mut self, byte: u8, text: &str) {
        if self.below > 0 {
            self.below -= 1;
            if self.below == 0
                && let Some(begins) = self.row.take()
            {
                self.odd |= byte != b'}' || !self.take(text.get(begins..=self.at).unwrap_or_default());
                self.after_row = true;
                self.last_row = Some(begins);
            }
            return;
        }
        let closed = self.way.pop();
        self.key = None;
        match closed {
            Some(node) if node.is_list() => {
                // Behind a comma there is another row.
                let before = text.as_bytes().get(..self.at).unwrap_or_default().trim_ascii_end().last();
                self.odd |= byte != b']' || before == Some(&b',');
                if let Some(hole) = self.holes.last_mut() {
                    hole.1 = self.at;
                }
            }
            // What is closed by the wrong bracket is told by whoever reads what is left.
            Some(_) => {}
            None => self.odd = true,
        }
        self.whole = self.way.is_empty();
    }

    /// Reads a row; `false`: it cannot be read.
    fn take(&mut self, row: &str) -> bool {
        match self.way.last() {
            Some(Node::Environments) => json::read::<Environment>(row).map(|e| self.environments.push(e)).is_ok(),
            Some(Node::Entries) => match json::read::<LogEntry>(row) {
                Ok(entry) => {
                    self.unsound |= !is_sound(&entry);
                    self.entries.push(entry);
                    true
                }
                Err(_) => false,
            },
            _ => false,
        }
    }
}

/// The line and the column behind the last byte, as the reader of JSON counts them.
fn end_of(text: &str) -> (usize, usize) {
    let last = text.rfind('\n').map_or(0, |at| at.saturating_add(1));
    (text.bytes().filter(|b| *b == b'\n').count().saturating_add(1), text.len().saturating_sub(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;
    use crate::workspace::envelope::write;
    use chrono::DateTime;

    #[test]
    fn what_was_written_is_put_together_from_its_rows() {
        let mut w = Workspace::default();
        for n in 0..3 {
            w.tenant.environments.push(Environment::new(format!("e{n} ]}}\",")));
            w.log.entries.push(LogEntry::of_edition(w.edition.clone(), DateTime::UNIX_EPOCH));
        }
        let text = write(&w, DateTime::UNIX_EPOCH).expect("can be written");
        let mut reading = Slowly::new();
        let mut steps = 0;
        while !reading.step(&text, 10) {
            steps += 1;
            assert_eq!(reading.done(), 10 * steps);
        }
        assert_eq!(reading.done(), text.len());
        assert_eq!((reading.environments.len(), reading.entries.len(), reading.odd), (3, 3, false));
        assert_eq!(reading.put_together(&text).map(|envelope| envelope.workspace), Some(w));
    }

    #[test]
    fn what_is_cut_off_is_told_as_in_one_go_wherever_it_ends() {
        let mut w = Workspace::default();
        for n in 0..3 {
            w.tenant.environments.push(Environment::new(format!("e{n} ]}}\",\u{2028}")));
            w.log.entries.push(LogEntry::of_edition(w.edition.clone(), DateTime::UNIX_EPOCH));
        }
        let plain = write(&w, DateTime::UNIX_EPOCH).expect("can be written");
        let value: serde_json::Value = serde_json::from_str(&plain).expect("JSON");
        let pretty = serde_json::to_string_pretty(&value).expect("can be written");
        let mut told = 0;
        for text in [plain, pretty] {
            for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
                let cut = text.get(..end).expect("a boundary");
                let mut reading = Slowly::new();
                while !reading.step(cut, 100) {}
                told += usize::from(reading.cut_off(cut).is_some());
                assert_eq!(reading.finish(cut), read(cut), "{cut}");
            }
        }
        assert!(told > 1000, "only {told} were told so");
    }

    #[test]
    fn what_is_longer_than_any_file_is_not_walked_over() {
        assert_eq!(Slowly::new().most, Limit::File.most());
        for (length, walked) in [(99, 10), (100, 10), (101, 0)] {
            let text = " ".repeat(length);
            let mut reading = Slowly { most: 100, ..Slowly::new() };
            assert_eq!((reading.step(&text, 10), reading.done()), (walked == 0, walked), "{length}");
        }
    }
}
