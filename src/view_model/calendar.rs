//! The past year of an environment, day by day: which days can be brought back. One cell a day, a column a week, as the band has it.

use super::band::{BandPart, Scale, change_words, segments};
use super::time::day_month;
use super::words::count;
use crate::domain::edition::Edition;
use crate::domain::environment::Environment;
use crate::domain::manual_backup::{self, Stage};
use crate::domain::retention::Window;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

/// How many whole weeks stand before the one of today.
const WEEKS_BEFORE: u64 = 52;

/// What has become of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Every moment of it can surely be brought back.
    Sure,
    /// Some of it can perhaps, or only a part of it can surely.
    Possible,
    /// Not to be chosen while this is a Sandbox (K6).
    Asleep,
    /// Kept, and no way of the page restores it.
    Kept,
    Gone,
    /// It was not there yet.
    Before,
}

impl Fate {
    pub const ALL: [Fate; 6] = [Fate::Sure, Fate::Possible, Fate::Asleep, Fate::Kept, Fate::Gone, Fate::Before];

    pub fn words(self) -> &'static str {
        match self {
            Fate::Sure => "surely",
            Fate::Possible => "only possible, or only a part of the day",
            Fate::Asleep => BandPart::Dormant.words(),
            Fate::Kept => BandPart::Kept.words(),
            Fate::Gone => "gone",
            Fate::Before => "not there yet",
        }
    }
}

/// One day, by the calendar of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub fate: Fate,
    /// The column, from 0.
    pub week: u32,
    /// The row, Monday is 0.
    pub weekday: u32,
    /// The manual backups of the day that are there still.
    pub backups: Vec<String>,
    /// What changed on it, in a few words each.
    pub changes: Vec<String>,
}

impl Day {
    /// What the day has, for a tip.
    pub fn says(&self) -> String {
        let backups = self.backups.iter().map(|label| format!("manual backup “{label}”"));
        let rest: Vec<String> = backups.chain(self.changes.iter().cloned()).collect();
        let rest = if rest.is_empty() { String::new() } else { format!("; {}", rest.join("; ")) };
        format!("{} {}: {}{rest}", day_month(self.date), self.date.year(), self.fate.words())
    }
}

/// Days in a row with one fate, both ends included: a line of the table that says what the picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub fate: Fate,
    pub days: usize,
}

/// The year, oldest day first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year {
    pub days: Vec<Day>,
}

impl Year {
    /// The year up to `today`. `window` is what can be brought back; `midnight` tells when a local day begins, UTC.
    pub fn of(
        edition: &Edition,
        env: &Environment,
        window: &Window,
        now: DateTime<Utc>,
        today: NaiveDate,
        midnight: impl Fn(NaiveDate) -> DateTime<Utc>,
    ) -> Self {
        let monday = Days::new(WEEKS_BEFORE * 7 + u64::from(today.weekday().num_days_from_monday()));
        let first = today.checked_sub_days(monday).unwrap_or(today);
        let created = env.created.get().copied();
        let usable: Vec<(DateTime<Utc>, &str)> = env
            .backups
            .iter()
            .filter(|b| manual_backup::judge(edition, env, b, now).stage != Stage::Expired)
            .map(|b| (b.point, b.label.as_str()))
            .collect();
        let days = first.iter_days().take_while(|date| *date <= today).zip(0_u32..);
        let day = |(date, n): (NaiveDate, u32)| {
            let begins = midnight(date);
            let ends = date.succ_opt().map_or(now, &midnight);
            let within = |at: DateTime<Utc>| begins <= at && at < ends;
            Day {
                date,
                fate: fate(window, created, begins, ends.min(now)),
                week: n / 7,
                weekday: n % 7,
                backups: usable.iter().filter(|(at, _)| within(*at)).map(|(_, label)| (*label).to_string()).collect(),
                changes: env.history.iter().filter(|c| within(c.at)).filter_map(|c| change_words(&c.what)).collect(),
            }
        };
        Self { days: days.map(day).collect() }
    }

    /// How many columns there are.
    pub fn weeks(&self) -> u32 {
        self.days.last().map_or(0, |day| day.week + 1)
    }

    /// The columns in which a month begins, with its name.
    pub fn months(&self) -> Vec<(u32, String)> {
        let begins = self.days.iter().filter(|day| day.date.day() == 1);
        begins.map(|day| (day.week, day.date.format("%b").to_string())).collect()
    }

    /// The fates that occur, in their order.
    pub fn fates(&self) -> Vec<Fate> {
        Fate::ALL.into_iter().filter(|fate| self.count(*fate) > 0).collect()
    }

    fn count(&self, fate: Fate) -> usize {
        self.days.iter().filter(|day| day.fate == fate).count()
    }

    /// Newest first.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for day in self.days.iter().rev() {
            match runs.last_mut().filter(|run| run.fate == day.fate) {
                Some(run) => (run.from, run.days) = (day.date, run.days + 1),
                None => runs.push(Run { from: day.date, until: day.date, fate: day.fate, days: 1 }),
            }
        }
        runs
    }

    /// The days with a manual backup or a change, newest first.
    pub fn marked(&self) -> Vec<&Day> {
        self.days.iter().rev().filter(|day| !day.backups.is_empty() || !day.changes.is_empty()).collect()
    }

    /// The year in one sentence.
    pub fn says(&self) -> String {
        let days = |n: usize| count(n, "day", "days");
        let of = |fate: Fate, what: &str| {
            let n = self.count(fate);
            (n > 0).then(|| format!("{} {what}", days(n)))
        };
        let all: Vec<String> = [
            of(Fate::Sure, "can surely be brought back"),
            of(Fate::Possible, "only perhaps, or only in part"),
            of(Fate::Asleep, "not while this is a Sandbox"),
            of(Fate::Kept, "kept, but there is no way back"),
        ]
        .into_iter()
        .flatten()
        .collect();
        match all.is_empty() {
            true => "No day of the past year can be brought back.".to_string(),
            false => format!("Of the past year {}.", all.join(", ")),
        }
    }
}

/// What has become of a day from `begins` to `ends`: what is not so for all of it is not promised.
fn fate(window: &Window, created: Option<DateTime<Utc>>, begins: DateTime<Utc>, ends: DateTime<Utc>) -> Fate {
    if created.is_some_and(|created| ends <= created) {
        return Fate::Before;
    }
    let parts: Vec<BandPart> = segments(window, Scale::new(begins, ends)).iter().map(|s| s.part).collect();
    let has = |part: BandPart| parts.contains(&part);
    match () {
        () if has(BandPart::Guaranteed) && parts.iter().all(|part| *part == BandPart::Guaranteed) => Fate::Sure,
        () if has(BandPart::Guaranteed) || has(BandPart::Possible) => Fate::Possible,
        () if has(BandPart::Dormant) => Fate::Asleep,
        () if has(BandPart::Kept) => Fate::Kept,
        () => Fate::Gone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::environment::{Kind, ManualBackup};
    use crate::domain::fact::{Fact, Origin};
    use crate::domain::history::{Change, Changed};
    use crate::domain::retention::window;
    use chrono::{NaiveTime, TimeDelta};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Midnights one hour east of UTC.
    fn midnight(date: NaiveDate) -> DateTime<Utc> {
        date.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(1)
    }

    fn environment(kind: Kind, created: &str) -> Environment {
        let long_ago = midnight(date("2020-01-01"));
        let known = |yes| Fact::known(yes, Origin::Sample, long_ago);
        let mut env = Environment::new("e");
        env.kind = Fact::known(kind, Origin::Sample, long_ago);
        env.dataverse = known(true);
        env.dynamics = known(true);
        env.managed = known(false);
        env.created = Fact::known(midnight(date(created)), Origin::Sample, long_ago);
        env
    }

    fn year(env: &Environment, now: DateTime<Utc>) -> Year {
        let edition = Edition::default_edition();
        Year::of(edition, env, &window(edition, env, now), now, date("2026-11-27"), midnight)
    }

    #[track_caller]
    fn check(env: &Environment, runs: &[(&str, &str, Fate)]) -> Year {
        let found = year(env, "2026-11-27T14:42:00Z".parse().unwrap());
        let all: Vec<_> = found.runs().iter().map(|r| (r.from.to_string(), r.until.to_string(), r.fate)).collect();
        let expect: Vec<_> = runs.iter().map(|(a, b, f)| (a.to_string(), b.to_string(), *f)).collect();
        assert_eq!(all, expect);
        assert_eq!(found.runs().iter().map(|r| r.days).sum::<usize>(), found.days.len());
        found
    }

    #[test]
    fn a_day_is_sure_only_where_all_of_it_is() {
        // Friday: 52 weeks and five days.
        let found = check(
            &environment(Kind::Production, "2020-01-01"),
            &[
                ("2026-10-31", "2026-11-27", Fate::Sure),
                ("2026-10-30", "2026-10-30", Fate::Possible),
                ("2025-11-24", "2026-10-29", Fate::Gone),
            ],
        );
        assert_eq!((found.days.len(), found.weeks()), (369, 53));
        assert_eq!(found.days.last().map(|d| (d.week, d.weekday)), Some((52, 4)));
        assert_eq!(found.months().len(), 12);
        assert_eq!(found.months().first(), Some(&(1, "Dec".to_string())));
        assert_eq!(
            found.says(),
            "Of the past year 28 days can surely be brought back, 1 day only perhaps, or only in part."
        );
        assert_eq!(found.fates(), [Fate::Sure, Fate::Possible, Fate::Gone]);
    }

    #[test]
    fn before_it_was_made_there_was_nothing_to_lose() {
        check(
            &environment(Kind::Sandbox, "2026-11-01"),
            &[
                ("2026-11-21", "2026-11-27", Fate::Sure),
                ("2026-11-20", "2026-11-20", Fate::Possible),
                ("2026-11-01", "2026-11-19", Fate::Gone),
                ("2025-11-24", "2026-10-31", Fate::Before),
            ],
        );
        let kept = year(&environment(Kind::Default, "2020-01-01"), "2026-11-27T14:42:00Z".parse().unwrap());
        assert!(kept.says().ends_with("kept, but there is no way back."), "{}", kept.says());
        let mut none = environment(Kind::Sandbox, "2020-01-01");
        none.dataverse = Fact::known(false, Origin::Sample, midnight(date("2020-01-01")));
        assert_eq!(
            year(&none, "2026-11-27T14:42:00Z".parse().unwrap()).says(),
            "No day of the past year can be brought back."
        );
    }

    #[test]
    fn what_sleeps_and_what_was_done_stands_on_its_day() {
        let mut env = environment(Kind::Sandbox, "2020-01-01");
        let at: DateTime<Utc> = "2026-11-18T10:00:00Z".parse().unwrap();
        env.history.push(Change {
            at,
            not_before: at,
            what: Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox },
        });
        let backup = |point: &str, label: &str| ManualBackup {
            id: label.into(),
            label: label.into(),
            point: point.parse().unwrap(),
            asked: None,
            created_by: None,
            reported_expiry: None,
            origin: Origin::Sample,
        };
        env.backups.extend([backup("2026-11-25T23:30:00Z", "before"), backup("2026-03-01T12:00:00Z", "old")]);
        let found = year(&env, "2026-11-27T14:42:00Z".parse().unwrap());
        assert!(found.fates().contains(&Fate::Asleep), "{:?}", found.runs());
        // By the local calendar it was made the next day; one that has expired is no mark.
        let says: Vec<String> = found.marked().iter().map(|d| d.says()).collect();
        assert_eq!(says.len(), 2, "{says:?}");
        assert_eq!(says[0], "26 Nov 2026: surely; manual backup “before”");
        assert!(says[1].starts_with("18 Nov 2026: ") && says[1].ends_with("; Production → Sandbox"), "{says:?}");
    }
}
