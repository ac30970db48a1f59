//! The second copy of what is kept (IndexedDB, in `platform::mirror`), without a browser: what waits for it and in which
//! order it goes there, what was confirmed, and how safe that makes what is here.

pub mod queue;

/// The keys that have a second copy: everything that is kept since the record has revisions.
pub const KEPT: &str = "restore-desk/2/";

/// Why the second copy lacks something, or is not there at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSecond {
    /// The browser has none.
    Missing,
    /// It is switched off or forbidden, as in some private windows.
    Blocked,
    /// There is no room left.
    Full,
    /// It was asked, and has not answered for this long.
    NoAnswer { millis: u32 },
    /// It confirmed something, and did not give it back.
    NotReadBack,
    /// Anything else, in the browser's words.
    Other(String),
}

impl NoSecond {
    /// Reads a browser's exception by its name and message.
    pub fn from_exception(name: &str, message: &str) -> Self {
        match name {
            "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" | "NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR" => NoSecond::Full,
            "SecurityError" | "NotAllowedError" => NoSecond::Blocked,
            _ if message.is_empty() && name.is_empty() => NoSecond::Other("the browser gave no reason".into()),
            _ if message.is_empty() => NoSecond::Other(name.into()),
            _ => NoSecond::Other(message.into()),
        }
    }

    /// What is wrong with the second copy, as the end of a sentence.
    pub fn sentence(&self) -> String {
        match self {
            NoSecond::Missing => "this browser has no second store (IndexedDB)".into(),
            NoSecond::Blocked => "the second store (IndexedDB) is blocked in this window".into(),
            NoSecond::Full => "the second store (IndexedDB) has no room left".into(),
            NoSecond::NoAnswer { millis } => {
                format!("the second store (IndexedDB) has not answered for {} seconds", millis.div_ceil(1000))
            }
            NoSecond::NotReadBack => {
                "the second store (IndexedDB) confirms what it is given, and does not give it back".into()
            }
            NoSecond::Other(why) => format!("the second store (IndexedDB) does not work: {why}"),
        }
    }
}

/// How the second copy stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondStanding {
    /// It is being opened, or compared with the first store; so much waits already.
    Opening(usize),
    /// Everything that it was asked for is confirmed.
    Confirmed,
    /// So much is on its way.
    Pending(usize),
    /// So much was refused, or is not answered.
    Failed { count: usize, why: NoSecond },
    /// There is none, at least for now.
    Absent(NoSecond),
}

/// How safe is what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The second copy has confirmed everything. `only_there`: so many texts are there alone, since the first store
    /// (localStorage) did not take them.
    Confirmed { only_there: usize },
    /// So many texts are on their way to the second copy; so many of them are in the memory of this tab alone until it confirms them.
    OnItsWay { waiting: usize, unsure: usize },
    /// The first store alone has it: a browser that is killed within seconds may lose it.
    FirstOnly(NoSecond),
    /// So many texts are in the memory of this tab alone, and end with it.
    Memory { texts: usize, why: NoSecond },
}

/// How safe everything is, when so many texts are held in memory (`held`), of which so many are not confirmed (`unsure`).
pub fn safety(standing: &SecondStanding, held: usize, unsure: usize) -> Safety {
    match standing {
        SecondStanding::Confirmed => Safety::Confirmed { only_there: held },
        SecondStanding::Opening(waiting) | SecondStanding::Pending(waiting) => {
            Safety::OnItsWay { waiting: *waiting, unsure }
        }
        SecondStanding::Failed { why, .. } | SecondStanding::Absent(why) if unsure > 0 => {
            Safety::Memory { texts: unsure, why: why.clone() }
        }
        SecondStanding::Failed { why, .. } | SecondStanding::Absent(why) => Safety::FirstOnly(why.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_says() {
        let check = |name: &str, message: &str, expect: NoSecond| {
            assert_eq!(NoSecond::from_exception(name, message), expect);
        };
        check("QuotaExceededError", "", NoSecond::Full);
        check("SecurityError", "no", NoSecond::Blocked);
        check("UnknownError", "Internal error", NoSecond::Other("Internal error".into()));
        check("UnknownError", "", NoSecond::Other("UnknownError".into()));
        check("", "", NoSecond::Other("the browser gave no reason".into()));
        assert_eq!(
            NoSecond::NoAnswer { millis: 4000 }.sentence(),
            "the second store (IndexedDB) has not answered for 4 seconds"
        );
    }

    #[test]
    fn how_safe_it_is() {
        let absent = || SecondStanding::Absent(NoSecond::Missing);
        let failed = || SecondStanding::Failed { count: 1, why: NoSecond::Full };
        let check = |standing: SecondStanding, held: usize, unsure: usize, expect: Safety| {
            assert_eq!(safety(&standing, held, unsure), expect);
        };
        check(SecondStanding::Confirmed, 0, 0, Safety::Confirmed { only_there: 0 });
        check(SecondStanding::Confirmed, 2, 0, Safety::Confirmed { only_there: 2 });
        check(SecondStanding::Opening(3), 0, 0, Safety::OnItsWay { waiting: 3, unsure: 0 });
        check(SecondStanding::Pending(1), 1, 1, Safety::OnItsWay { waiting: 1, unsure: 1 });
        check(absent(), 0, 0, Safety::FirstOnly(NoSecond::Missing));
        check(absent(), 2, 1, Safety::Memory { texts: 1, why: NoSecond::Missing });
        check(failed(), 1, 0, Safety::FirstOnly(NoSecond::Full));
        check(failed(), 1, 1, Safety::Memory { texts: 1, why: NoSecond::Full });
    }
}
