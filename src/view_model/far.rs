//! How far back in words, where there are two answers to that: what is *kept* of an environment, and what can be *brought back* of it
//! by the ways that there are (`domain::outlook`). Where both reach alike neither is named. And the holes inside a window, which the
//! two ends do not tell of.

use super::time::{clock, day_month, local};
use crate::domain::outlook::{Outlook, Reach};
use crate::domain::retention::{Reason, Window};
use chrono::{DateTime, Duration, Utc};

/// The head of the bound of what no way of the page brings back (Default, trials).
pub const KEPT_ONLY_BACK_TO: &str = "Kept, not restorable this way, back to";

/// What a window speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Far {
    /// What is kept and what can be brought back: the two reach alike, or the screen tells one of them only.
    #[default]
    Plain,
    /// What can be brought back.
    Restorable,
    /// What is kept, whatever the ways are.
    Kept,
}

impl Far {
    /// The head of the sure bound.
    pub fn sure(self) -> &'static str {
        match self {
            Far::Plain => "Surely back to",
            Far::Restorable => "Restorable, surely back to",
            Far::Kept => "Kept, surely back to",
        }
    }

    /// The head of the possible bound.
    pub fn possible(self) -> &'static str {
        match self {
            Far::Plain => "Possibly back to",
            Far::Restorable => "Restorable, possibly back to",
            Far::Kept => "Kept, possibly back to",
        }
    }

    /// Both bounds and the holes in one line; `stamp` puts an instant in words, `offset` tells the minutes east of UTC.
    pub fn line(
        self,
        window: &Window,
        stamp: impl Fn(DateTime<Utc>) -> String,
        offset: impl Fn(DateTime<Utc>) -> i32,
    ) -> String {
        let sure = |at| format!("{} {}", self.sure(), stamp(at));
        let said = match (window.guaranteed_from, window.possible_from) {
            (Some(from), Some(most)) if most < from => format!("{}, possibly back to {}", sure(from), stamp(most)),
            (Some(from), _) => sure(from),
            (None, Some(most)) if window.is_kept_only() => format!("{} {}", KEPT_ONLY_BACK_TO, stamp(most)),
            (None, Some(most)) => match self {
                Far::Plain => format!("Nothing is sure; possibly back to {}", stamp(most)),
                Far::Restorable => format!("Nothing is surely restorable; possibly back to {}", stamp(most)),
                Far::Kept => format!("Nothing is surely kept; possibly back to {}", stamp(most)),
            },
            (None, None) => "Nothing can be chosen".to_string(),
        };
        match holes_text(window, offset) {
            Some(holes) => format!("{said}; {holes}"),
            None => said,
        }
    }
}

/// What can be brought back, where that is less sure than what is kept; `None` where the two reach alike.
pub fn less_restorable(outlook: &Outlook) -> Option<Reach> {
    let reach = outlook.reach();
    (reach.window.guaranteed_from != outlook.window.guaranteed_from && !outlook.window.is_kept_only()).then_some(reach)
}

/// Points inside a window that are not there: from `from` on (UTC).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    pub from: DateTime<Utc>,
    /// UTC; `None`: all later ones.
    pub before: Option<DateTime<Utc>>,
    /// They sleep (K6); else they are gone.
    pub asleep: bool,
    pub reasons: Vec<Reason>,
}

impl Hole {
    /// What has become of them.
    pub fn fate(&self) -> &'static str {
        if self.asleep { "not to be chosen while this is a Sandbox" } else { "gone" }
    }

    /// In days, or in times where it is within one: `not 16 to 26 Apr: gone`. `offset` tells the minutes east of UTC.
    fn says(&self, offset: &impl Fn(DateTime<Utc>) -> i32) -> String {
        let here = |at: DateTime<Utc>| local(at, offset(at));
        let first = here(self.from);
        let Some(before) = self.before else {
            return format!("not from {} on: {}", day_month(first.date()), self.fate());
        };
        let last = here(before - Duration::seconds(1));
        let span = if first.date() == last.date() {
            format!("{} {} to {}", day_month(first.date()), clock(first.time()), clock(here(before).time()))
        } else {
            let (from, until) = (day_month(first.date()), day_month(last.date()));
            match (from.split_once(' '), until.split_once(' ')) {
                (Some((day, month)), Some((_, same))) if month == same => format!("{day} to {until}"),
                _ => format!("{from} to {until}"),
            }
        };
        format!("not {span}: {}", self.fate())
    }
}

/// The holes of a window, oldest first. None where nothing can be chosen at all.
pub fn holes(window: &Window) -> Vec<Hole> {
    let Some(possible) = window.possible_from else { return Vec::new() };
    let oldest = window.dormant_from.map_or(possible, |dormant| dormant.min(possible));
    let end = window.guaranteed_from.map_or(window.until, |sure| sure.min(window.until));
    window
        .gaps
        .iter()
        .filter(|gap| gap.from >= oldest && gap.from < end)
        .map(|gap| Hole {
            from: gap.from,
            before: (gap.before <= window.until || window.guaranteed_from.is_some()).then(|| gap.before.min(end)),
            asleep: gap.asleep,
            reasons: gap.reasons.clone(),
        })
        .collect()
}

/// The holes in a few words: `not 16 to 26 Apr: gone`. `None` where there are none. `offset` tells the minutes east of UTC.
pub fn holes_text(window: &Window, offset: impl Fn(DateTime<Utc>) -> i32) -> Option<String> {
    let all: Vec<String> = holes(window).iter().map(|hole| hole.says(&offset)).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

#[cfg(test)]
mod tests;
