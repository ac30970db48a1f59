//! Reading a record ahead, in slices, so that the page stays alive where one is opened or another tab wrote one.
//!
//! What looks at the store ([`super::look()`], [`Keeper::follow`]) does so in one go, and stays so: it sees one state of the store. What takes
//! long in it is reading one large text. That is done beforehand, and whoever comes to that very text is given what was read; where
//! it is another text by then, it is read as ever. So reading ahead changes nothing but the time that it takes.

use super::keeper::Keeper;
use super::look;
use super::record::{self, Head, Record};
use super::slices::RecordReading;
use crate::workspace::envelope::SCHEMA;
use crate::workspace::keys::Place;
use crate::workspace::store::{Store, StoreError};
use std::cell::RefCell;

/// The newest record of a place, being read.
#[derive(Debug)]
pub struct Ahead {
    head: Head,
    text: String,
    reading: Option<RecordReading>,
}

/// Bytes of text that are read in one go: no more than a few milliseconds.
const SMALL: usize = 256 * 1024;

impl Ahead {
    /// Begins to read what opening a place will read. `None`: there is nothing, it is small, or it is left to whoever opens it to say what
    /// is wrong with it.
    pub fn of(store: &impl Store, place: &Place) -> Option<Self> {
        let survey = look::survey(store, place).ok()?;
        let key = survey.records.first()?;
        let text = store.get(&key.to_string()).ok().flatten()?;
        let head = record::read_head(&text, key).ok()?;
        if head.gone || head.schema > SCHEMA || head.text < SMALL {
            return None;
        }
        let reading = RecordReading::new(body(&text), head.bytes, head.text).ok()?;
        Some(Self { head, text, reading: Some(reading) })
    }

    /// Works on about `budget` bytes; `true`: it is done.
    pub fn step(&mut self, budget: usize) -> bool {
        let Some(reading) = &mut self.reading else { return true };
        match reading.step(body(&self.text), budget) {
            Ok(done) => done,
            Err(_) => {
                self.reading = None;
                true
            }
        }
    }

    /// How many environments there are.
    pub fn environments(&self) -> usize {
        self.head.environments
    }

    /// How much of it was read, in per cent.
    pub fn percent(&self) -> usize {
        let done = self.reading.as_ref().map_or(0, RecordReading::done);
        done.saturating_mul(100)
            .checked_div(self.text.len().saturating_add(self.head.text.saturating_mul(2)))
            .unwrap_or(100)
    }

    /// What was read. What is left is read now. `None`: it cannot be.
    pub fn finish(mut self) -> Option<ReadAhead> {
        while !self.step(SMALL) {}
        let record = self.reading?.record(self.head).ok()?;
        Some(ReadAhead { text: self.text, record: Box::new(record) })
    }
}

fn body(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, body)| body)
}

/// A record that was read ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAhead {
    text: String,
    record: Box<Record>,
}

impl ReadAhead {
    pub fn head(&self) -> &Head {
        &self.record.head
    }

    /// The text of the record.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Keeper {
    /// Whether [`Keeper::follow`] would read a whole record, as far as the list of keys and the entries tell.
    pub fn reads_a_record(&self, store: &impl Store) -> bool {
        self.list(store).is_ok_and(|survey| self.has_news(store, &survey))
    }
}

/// A store of which one record was read ahead.
#[derive(Debug)]
pub struct With<'a, S> {
    store: &'a S,
    read: RefCell<Option<ReadAhead>>,
}

impl<'a, S: Store> With<'a, S> {
    pub fn new(store: &'a S, read: Option<ReadAhead>) -> Self {
        Self { store, read: RefCell::new(read) }
    }
}

impl<S: Store> Store for With<'_, S> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.store.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.store.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.store.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.store.keys()
    }
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        self.store.copy(from, to)
    }
    fn read_ahead(&self, head: &Head, text: &str) -> Option<Record> {
        let is_it = |read: &ReadAhead| read.text == text && read.record.head == *head;
        self.read.borrow_mut().take_if(|read| is_it(read)).map(|read| *read.record)
    }
}
