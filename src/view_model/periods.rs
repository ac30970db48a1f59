//! Retention tables in words.

use crate::domain::edition::{Edition, Period, RetentionRow};
use crate::domain::environment::{Environment, Kind};
use crate::domain::retention::table_period;
use crate::words::{List, Say};

/// The kind of a row with what it is for: "Production with Dynamics 365 apps, managed".
pub fn row_words(row: &RetentionRow) -> String {
    let dynamics = match row.dynamics {
        Some(true) => " with Dynamics 365 apps",
        Some(false) => " without Dynamics 365 apps",
        None => "",
    };
    let managed = match row.managed {
        Some(true) => ", managed",
        Some(false) => ", not managed",
        None => "",
    };
    format!("{}{dynamics}{managed}", row.kind)
}

/// A period in words. [`Period::Contested`] is marked by the caller.
pub fn period_words(edition: &Edition, period: Period) -> String {
    match period {
        Period::Days(days) | Period::Contested(days) => format!("{days} days"),
        Period::BySetting => {
            format!(
                "{} days by setting; {} until it is set",
                List::or(edition.choices.iter().map(u32::to_string)).says(),
                edition.base_days
            )
        }
        Period::NotSupported => "not supported".to_string(),
        Period::NotBackedUp => "not backed up".to_string(),
    }
}

/// A combination of facts that has its own row in at least one edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub kind: Kind,
    pub dynamics: bool,
    pub managed: bool,
    pub words: String,
}

/// The cases that the editions tell apart between them, in the order of the tables: those by which several editions can be
/// laid side by side.
pub fn cases(editions: &[&Edition]) -> Vec<Case> {
    let mut out = Vec::new();
    for kind in &Kind::NAMED {
        let rows = || editions.iter().flat_map(|e| e.retention.iter()).filter(|r| r.kind == *kind);
        let by_dynamics = rows().any(|r| r.dynamics.is_some());
        let choices = |split: bool| if split { vec![true, false] } else { vec![false] };
        for dynamics in choices(by_dynamics) {
            let fits = |r: &&RetentionRow| r.dynamics.is_none_or(|d| d == dynamics);
            let by_managed = rows().filter(fits).any(|r| r.managed.is_some());
            for managed in choices(by_managed) {
                let row = RetentionRow {
                    kind: kind.clone(),
                    dynamics: by_dynamics.then_some(dynamics),
                    managed: by_managed.then_some(managed),
                    system: Period::NotBackedUp,
                    manual: Period::NotSupported,
                };
                out.push(Case { kind: kind.clone(), dynamics, managed, words: row_words(&row) });
            }
        }
    }
    out
}

/// The periods, system and manual, of a case under an edition.
pub fn periods(edition: &Edition, case: &Case) -> Option<(Period, Period)> {
    table_period(edition, &case.kind, case.dynamics, case.managed)
}

/// The rows of the table that may hold for an environment: one where its facts are known, several where one is missing, none
/// for a kind that the table does not have.
pub fn rows_for<'e>(edition: &'e Edition, env: &Environment) -> Vec<&'e RetentionRow> {
    let Some(kind) = env.kind.get() else { return Vec::new() };
    let fits = |own: Option<bool>, known: Option<&bool>| own.is_none() || known.is_none() || own.as_ref() == known;
    edition
        .retention
        .iter()
        .filter(|r| r.kind == *kind && fits(r.dynamics, env.dynamics.get()) && fits(r.managed, env.managed.get()))
        .collect()
}

/// The stored setting in days where it counts for nothing, because no row that may hold goes by the setting (K3), and it is
/// another number than the one that holds.
pub fn ignored_setting(edition: &Edition, env: &Environment) -> Option<u32> {
    let setting = *env.retention_setting.get()?;
    let rows = rows_for(edition, env);
    let fixed = !rows.is_empty() && rows.iter().all(|r| r.system != Period::BySetting);
    let differs = rows.iter().any(|r| r.system != Period::Days(setting));
    (fixed && differs).then_some(setting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edition::EDITIONS;
    use crate::domain::fact::{Fact, Origin};
    use chrono::DateTime;

    #[test]
    fn the_cases_of_all_editions() {
        let words: Vec<String> = cases(EDITIONS).into_iter().map(|c| c.words).collect();
        assert_eq!(
            words,
            [
                "Production with Dynamics 365 apps, managed",
                "Production with Dynamics 365 apps, not managed",
                "Production without Dynamics 365 apps, managed",
                "Production without Dynamics 365 apps, not managed",
                "Sandbox",
                "Developer",
                "Teams",
                "Default",
                "Trial",
                "Trial (subscription-based)"
            ]
        );
        for edition in EDITIONS {
            assert!(cases(EDITIONS).iter().all(|c| periods(edition, c).is_some()));
        }
    }

    fn known<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Sample, DateTime::UNIX_EPOCH)
    }

    #[track_caller]
    fn check(
        kind: Kind,
        dynamics: Option<bool>,
        managed: Option<bool>,
        setting: u32,
        rows: usize,
        ignored: Option<u32>,
    ) {
        let mut env = Environment { kind: known(kind), retention_setting: known(setting), ..Environment::new("e") };
        env.dynamics = dynamics.map_or_else(Fact::unknown, known);
        env.managed = managed.map_or_else(Fact::unknown, known);
        let edition = Edition::default_edition();
        assert_eq!((rows_for(edition, &env).len(), ignored_setting(edition, &env)), (rows, ignored));
    }

    #[test]
    fn a_setting_counts_only_where_the_table_says_so() {
        check(Kind::Production, Some(false), Some(false), 21, 1, Some(21));
        check(Kind::Production, Some(false), Some(true), 21, 1, None);
        check(Kind::Production, Some(false), None, 21, 2, None);
        check(Kind::Production, None, None, 21, 3, None);
        check(Kind::Sandbox, None, None, 28, 1, Some(28));
        check(Kind::Sandbox, None, None, 7, 1, None);
        check(Kind::Other("Platform".into()), None, None, 21, 0, None);
    }

    #[test]
    fn words() {
        let edition = Edition::default_edition();
        assert_eq!(period_words(edition, Period::BySetting), "7, 14, 21 or 28 days by setting; 7 until it is set");
        assert_eq!(period_words(edition, Period::Days(28)), "28 days");
    }
}
