//! A store that can fail in every way that a browser's does, at the nth call, once or from then on. What it holds survives every tab.

use restore_desk::workspace::store::{Store, StoreError};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    GetThrows,
    SetThrows,
    RemoveThrows,
    KeysThrow,
    /// There is no room for anything new.
    Full,
    /// The text is there, and nothing is given.
    GetGivesNothing,
    /// Half of the text is written, silently.
    SetCuts,
    SetDoesNothing,
    /// It is written, and an exception is thrown all the same.
    SetThrowsAndWrites,
    RemoveDoesNothing,
    KeysGiveNothing,
    /// One key is left out, chosen by the number of the call.
    KeysLeaveOneOut,
}

pub const SORTS: [Sort; 12] = [
    Sort::GetThrows,
    Sort::SetThrows,
    Sort::RemoveThrows,
    Sort::KeysThrow,
    Sort::Full,
    Sort::GetGivesNothing,
    Sort::SetCuts,
    Sort::SetDoesNothing,
    Sort::SetThrowsAndWrites,
    Sort::RemoveDoesNothing,
    Sort::KeysGiveNothing,
    Sort::KeysLeaveOneOut,
];

/// A fault: it befalls the calls that it can befall, counted from 0, from the `at`th on, for so many calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub sort: Sort,
    pub at: usize,
    pub times: usize,
}

#[derive(Debug, Default)]
pub struct Faulty {
    pub map: RefCell<BTreeMap<String, String>>,
    pub faults: RefCell<Vec<Fault>>,
    /// UTF-16 units of keys and texts that there is room for.
    pub room: Cell<Option<usize>>,
    calls: RefCell<BTreeMap<&'static str, usize>>,
    /// Every key that a text was written over at, with another text.
    pub overwritten: RefCell<Vec<String>>,
}

impl Faulty {
    /// What befalls this call, and its number among those of its name.
    fn fault(&self, call: &'static str) -> (Option<Sort>, usize) {
        let mut calls = self.calls.borrow_mut();
        let count = calls.entry(call).or_default();
        let number = *count;
        *count += 1;
        let of_call = |sort: Sort| match call {
            "get" => matches!(sort, Sort::GetThrows | Sort::GetGivesNothing),
            "set" => matches!(
                sort,
                Sort::SetThrows | Sort::Full | Sort::SetCuts | Sort::SetDoesNothing | Sort::SetThrowsAndWrites
            ),
            "remove" => matches!(sort, Sort::RemoveThrows | Sort::RemoveDoesNothing),
            _ => matches!(sort, Sort::KeysThrow | Sort::KeysGiveNothing | Sort::KeysLeaveOneOut),
        };
        let befalls = |f: &&Fault| of_call(f.sort) && number >= f.at && number - f.at < f.times;
        (self.faults.borrow().iter().find(befalls).map(|f| f.sort), number)
    }

    /// How often a call was made.
    pub fn count(&self, call: &str) -> usize {
        self.calls.borrow().get(call).copied().unwrap_or(0)
    }

    pub fn works(&self) {
        self.faults.borrow_mut().clear();
        self.room.set(None);
    }

    pub fn fails(&self, sort: Sort, times: usize) {
        let call = match sort {
            Sort::GetThrows | Sort::GetGivesNothing => "get",
            Sort::RemoveThrows | Sort::RemoveDoesNothing => "remove",
            Sort::KeysThrow | Sort::KeysGiveNothing | Sort::KeysLeaveOneOut => "keys",
            _ => "set",
        };
        let at = self.calls.borrow().get(call).copied().unwrap_or(0);
        self.faults.borrow_mut().push(Fault { sort, at, times });
    }

    pub fn all(&self) -> BTreeMap<String, String> {
        self.map.borrow().clone()
    }

    fn write(&self, key: &str, text: &str) {
        let old = self.map.borrow_mut().insert(key.into(), text.into());
        if old.is_some_and(|old| old != text) {
            self.overwritten.borrow_mut().push(key.into());
        }
    }
}

fn thrown() -> StoreError {
    StoreError::Other("it was thrown".into())
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Store for Faulty {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        match self.fault("get").0 {
            Some(Sort::GetThrows) => Err(thrown()),
            Some(Sort::GetGivesNothing) => Ok(None),
            _ => Ok(self.map.borrow().get(key).cloned()),
        }
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let fault = self.fault("set").0;
        if let Some(room) = self.room.get() {
            let map = self.map.borrow();
            let others: usize = map.iter().filter(|(k, _)| *k != key).map(|(k, v)| units(k) + units(v)).sum();
            if others + units(key) + units(value) > room {
                return Err(StoreError::Full);
            }
        }
        match fault {
            Some(Sort::SetThrows) => Err(thrown()),
            Some(Sort::Full) => Err(StoreError::Full),
            Some(Sort::SetDoesNothing) => Ok(()),
            Some(Sort::SetCuts) => {
                let half: String = value.chars().take(value.chars().count() / 2).collect();
                self.write(key, &half);
                Ok(())
            }
            Some(Sort::SetThrowsAndWrites) => {
                self.write(key, value);
                Err(thrown())
            }
            _ => {
                self.write(key, value);
                Ok(())
            }
        }
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        match self.fault("remove").0 {
            Some(Sort::RemoveThrows) => return Err(thrown()),
            Some(Sort::RemoveDoesNothing) => return Ok(()),
            _ => {}
        }
        self.map.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let (fault, number) = self.fault("keys");
        let mut keys: Vec<String> = self.map.borrow().keys().cloned().collect();
        match fault {
            Some(Sort::KeysThrow) => return Err(thrown()),
            Some(Sort::KeysGiveNothing) => keys.clear(),
            Some(Sort::KeysLeaveOneOut) if !keys.is_empty() => drop(keys.remove(number.wrapping_mul(7) % keys.len())),
            _ => {}
        }
        Ok(keys)
    }

    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        let Some(text) = self.get(from)? else { return Ok(false) };
        self.set(to, &text).map(|()| true)
    }
}
