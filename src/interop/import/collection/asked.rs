//! When the questions of a collection were put, and what counts where one does not say it.

use super::super::findings::Findings;
use super::CallKind;
use super::says::Says;
use crate::domain::door::is_date;
use chrono::{DateTime, Utc};

/// When a question was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    At(DateTime<Utc>),
    /// In the future, UTC: nobody was asked then.
    Later(DateTime<Utc>),
    /// What stands there is no time.
    Unusable(String),
    Unsaid,
}

impl Asked {
    /// `latest`: what lies behind it (UTC) has not come yet.
    pub fn read(text: Option<String>, latest: DateTime<Utc>) -> Self {
        let Some(text) = text else { return Asked::Unsaid };
        match DateTime::parse_from_rfc3339(&text).map(|at| at.to_utc()) {
            Ok(at) if is_date(at) && at <= latest => Asked::At(at),
            Ok(at) if is_date(at) => Asked::Later(at),
            _ => Asked::Unusable(text),
        }
    }

    /// UTC.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        if let Asked::At(at) = self { Some(*at) } else { None }
    }
}

/// What is taken for the time of a question that does not say it in a form that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instead {
    /// Restore candidates are among what was asked for: their time decides, and is asked (T10).
    pub candidates: bool,
}

impl Instead {
    pub fn says(self) -> String {
        let kept = "the time at which the file is kept counts";
        if self.candidates {
            format!("you are asked when the restore candidates were asked for, and for the rest {kept}")
        } else {
            format!("{kept} instead")
        }
    }
}

/// Says what is wrong with the times at which questions were put.
pub fn say<'q>(questions: impl Iterator<Item = (&'q CallKind, &'q Asked)>, findings: &mut Findings) {
    let (mut later, mut unusable) = (None::<(DateTime<Utc>, usize, bool)>, None::<(String, usize, bool)>);
    for (ask, asked) in questions {
        let candidates = *ask == CallKind::Candidates;
        match asked {
            Asked::Later(at) => {
                let (first, n, before) = later.unwrap_or((*at, 0, false));
                later = Some((first, n + 1, before || candidates));
            }
            Asked::Unusable(text) => {
                let (first, n, before) = unusable.take().unwrap_or_else(|| (text.clone(), 0, false));
                unusable = Some((first, n + 1, before || candidates));
            }
            Asked::At(_) | Asked::Unsaid => {}
        }
    }
    if let Some((at, questions, candidates)) = later {
        Says::AskedLater { at, questions, instead: Instead { candidates } }.say(findings);
    }
    if let Some((text, questions, candidates)) = unusable {
        Says::AskedUnusable { text, questions, instead: Instead { candidates } }.say(findings);
    }
}
