//! Readiness without a screen: how a finding is mended, the bar of all environments, and the words of the page.

mod rows;
mod table;

pub use rows::{COLUMNS, Filter, Row, USUAL, onto_words, row, rows, to_when};
pub use table::Table;

use super::acts::Act;
use crate::domain::edition::{Basis, Edition};
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::order::Order as _;
use crate::domain::readiness::{Back, Finding, Readiness, Tenths, Trouble};
use crate::domain::tenant::Tenant;
use crate::words::readiness::{of_trouble, why_capped};

/// The answers, best first, with the word of each in an address.
pub const ANSWERS: [(Back, &str); 4] =
    [(Back::Surely, "surely"), (Back::Possibly, "possibly"), (Back::NotKnown, "unknown"), (Back::Not, "not")];

/// Symbol, word and tone of an answer.
pub fn look(back: Back) -> (&'static str, &'static str, &'static str) {
    match back {
        Back::Surely => ("✓", "Surely", "ok"),
        Back::Possibly => ("~", "Possibly", "ask"),
        Back::NotKnown => ("?", "Not known", "ask"),
        Back::Not => ("✕", "No", "no"),
    }
}

/// How many have an answer: "can surely be brought back today".
pub fn counted(back: Back) -> &'static str {
    match back {
        Back::Surely => "surely",
        Back::Possibly => "possibly",
        Back::NotKnown => "not known",
        Back::Not => "cannot",
    }
}

/// How a finding is mended from its row.
#[derive(Clone, Debug, PartialEq)]
pub enum Mend {
    /// One question, whose answer is yes or no.
    Answer(FactKey),
    /// Something to be done to an environment, or (`None`) to the tenant.
    Do(Option<EnvironmentId>, Act),
    /// Every way back of an environment.
    WayBack(EnvironmentId),
    /// Those that are no longer listed.
    Unlisted,
    /// What ends, by its time.
    Deadlines,
    /// It takes more than a click: the row opens.
    Details,
}

/// The mend of a finding.
pub fn mend(tenant: &Tenant, finding: &Finding) -> Mend {
    let one = match finding.environments.as_slice() {
        [place] => tenant.environments.get(*place),
        _ => None,
    };
    match (finding.trouble, finding.asks.as_slice(), one) {
        (_, [(fact, _)], _) if fact.is_yes_or_no() => Mend::Answer(*fact),
        (Trouble::NoTarget, ..) => Mend::Do(None, Act::Create),
        (Trouble::FailedRestore, _, Some(env)) => Mend::WayBack(env.id.clone()),
        (Trouble::NoLongerListed, ..) => Mend::Unlisted,
        (Trouble::EndsByItself, ..) => Mend::Deadlines,
        (trouble, _, Some(env)) => {
            Act::that_mends(trouble, env).map_or(Mend::Details, |act| Mend::Do(Some(env.id.clone()), act))
        }
        _ => Mend::Details,
    }
}

/// Up to this many environments stand in the bar one by one; more are lengths.
pub const ONE_BY_ONE: usize = 40;

/// The environments by their answers, the worst first: the names where they stand one by one, and how many.
pub fn stacked(tenant: &Tenant, readiness: &Readiness) -> Vec<(Back, usize, Vec<String>)> {
    let few = readiness.prospects.len() <= ONE_BY_ONE;
    ANSWERS
        .into_iter()
        .rev()
        .map(|(back, _)| {
            let of = readiness.prospects.iter().filter(|p| few && p.today == back);
            let mut names: Vec<String> =
                of.filter_map(|p| tenant.environments.get(p.place)).map(|e| e.name.clone()).collect();
            names.order_by_cached_key(|name| name.to_lowercase());
            (back, readiness.count(back), names)
        })
        .filter(|(_, n, _)| *n > 0)
        .collect()
}

/// "100 − 6.4 − 4.0 = 89.6".
pub fn sum(readiness: &Readiness) -> Option<String> {
    let score = readiness.score?;
    let costs: String =
        readiness.findings.iter().filter(|f| f.costs.0 > 0).map(|f| format!(" − {}", f.costs)).collect();
    Some(format!("100{costs} = {score}"))
}

/// What a finding costs now, and why so much.
pub fn points(finding: &Finding) -> String {
    let (points, why) = (finding.weight().points, of_trouble(finding.trouble).why);
    if points == 0 {
        return format!("It is not in the score: {why}.");
    }
    let costs = format!("It costs {} now. ", finding.costs);
    let takes = format!("It takes {points} of an environment's 100 points: {why}.");
    match finding.trouble.cap() {
        Some(most) => {
            let holds = if finding.capped { "which is what most of that is" } else { "which it is already" };
            format!("{costs}{takes} Beside it the score is at most {most}, {holds}: {}.", why_capped(finding.trouble))
        }
        None => costs + &takes,
    }
}

/// What a change of the score is called: "3.2 points more", "1.0 points less", "the same".
pub fn moved(then: Tenths, now: Tenths) -> String {
    match now.0.cmp(&then.0) {
        std::cmp::Ordering::Greater => format!("{} points more", Tenths(now.0 - then.0)),
        std::cmp::Ordering::Less => format!("{} points less", Tenths(then.0 - now.0)),
        std::cmp::Ordering::Equal => "the same".to_string(),
    }
}

/// The edition with how sure it is, for the report.
pub fn edition_words(edition: &Edition) -> String {
    match edition.basis {
        Basis::FullPage => format!("{}, the whole page was read", edition.title),
        Basis::ChangeNotes => {
            format!("{}, from published change notes only: the whole page was not read", edition.title)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deed::Setting;
    use crate::domain::environment::{Environment, Kind, Region};
    use crate::domain::fact::{Fact, Origin};
    use crate::domain::moment::Moment;
    use crate::domain::readiness::assess;
    use crate::domain::slowly::at_once;
    use crate::view_model::sheet::{Here, csv_head, csv_line, heads};
    use chrono::{DateTime, Utc};

    fn at(day: u32) -> DateTime<Utc> {
        DateTime::from_timestamp(1_767_225_600 + i64::from(day) * 86_400, 0).unwrap()
    }

    fn tenant() -> Tenant {
        let env = |id: &str, kind: Kind, dataverse: Option<bool>| {
            let known = |v| Fact::known(v, Origin::Sample, at(0));
            let mut e = Environment::new(id);
            e.kind = Fact::known(kind, Origin::Sample, at(0));
            e.region = Fact::known(Region::new("europe"), Origin::Sample, at(0));
            e.dataverse = dataverse.map_or(Fact::unknown(), known);
            e.created = Fact::known(at(0), Origin::Sample, at(0));
            e
        };
        let environments = vec![
            env("=box", Kind::Sandbox, Some(true)),
            env("prod", Kind::Production, Some(false)),
            env("dev", Kind::Developer, None),
        ];
        Tenant { environments: environments.into(), ..Tenant::default() }
    }

    fn all() -> (Vec<Row>, Readiness) {
        let readiness = assess(Moment::new(Edition::default_edition(), &tenant(), at(30)));
        (rows(&tenant(), &readiness), readiness)
    }

    #[track_caller]
    fn check(search: &str, only: &str, finding: &str, expect: &[&str]) {
        let (rows, readiness) = all();
        let filter = Filter { search: search.into(), only: only.into(), finding: finding.into(), ..Filter::default() };
        let table = at_once(Table::slowly(&tenant(), &readiness, async || true)).unwrap();
        let found: Vec<&str> =
            table.arranged(&tenant(), &readiness, &filter).iter().map(|i| rows[*i].name.as_str()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn the_worst_comes_first_and_filters_narrow_down() {
        check("", "", "", &["prod", "dev", "=box"]);
        check("", "not", "", &["prod"]);
        check("", "unknown", "", &["dev"]);
        check("", "possibly", "", &[]);
        check("", "surely", "", &["=box"]);
        check("", "nonsense", "nonsense", &["prod", "dev", "=box"]);
        check("EUROPE sandbox", "", "", &["=box"]);
        check("", "", "no-dataverse", &["prod"]);
        check("", "", "unknown-storage", &["prod", "dev", "=box"]);
    }

    #[test]
    fn each_column_sorts() {
        let (rows, readiness) = all();
        let table = at_once(Table::slowly(&tenant(), &readiness, async || true)).unwrap();
        let by = |sort: &str| {
            let filter = Filter { sort: sort.into(), ..Filter::default() };
            let order = table.arranged(&tenant(), &readiness, &filter);
            order.iter().map(|i| rows[*i].name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(by("name"), ["=box", "dev", "prod"]);
        assert_eq!(by("-name"), ["prod", "dev", "=box"]);
        assert_eq!(by("-today"), ["=box", "dev", "prod"]);
        assert_eq!(by("nonsense"), by("today"));
        assert_eq!(by("band"), by(""), "a picture has no order");
    }

    #[test]
    fn a_line_has_a_cell_for_each_head_and_says_why() {
        let (rows, _) = all();
        let here = Here { now: at(30), relative: |_, _| String::new(), stamp: |at| at.to_rfc3339() };
        let line = |row: &Row| csv_line(&COLUMNS, &heads(&COLUMNS), row, &here);
        for row in &rows {
            assert_eq!(line(row).len(), csv_head(&COLUMNS, &heads(&COLUMNS)).len());
        }
        let of_box = line(&rows[0]);
        assert_eq!(of_box[4..8], ["Surely", "", "2026-01-24T00:00:00Z", "2026-01-24T00:00:00Z"]);
        assert_eq!(line(&rows[1])[4], "No");
        assert_eq!(line(&rows[1])[6], "never");
    }

    #[test]
    fn a_finding_is_mended_from_its_row() {
        let (_, readiness) = all();
        let of =
            |trouble: Trouble| readiness.findings.iter().find(|f| f.trouble == trouble).map(|f| mend(&tenant(), f));
        assert_eq!(
            of(Trouble::NoDataverse),
            Some(Mend::Do(Some(EnvironmentId::new("prod")), Act::Set(Setting::Dataverse)))
        );
        assert_eq!(of(Trouble::UnknownStorage), Some(Mend::Details));
        assert_eq!(of(Trouble::UnknownWhether), Some(Mend::Answer(FactKey::Dataverse)));
    }

    #[test]
    fn the_bar_has_the_worst_first_and_every_environment_once() {
        let (_, readiness) = all();
        let bar = stacked(&tenant(), &readiness);
        let expect = [(Back::Not, 1, "prod"), (Back::NotKnown, 1, "dev"), (Back::Surely, 1, "=box")];
        assert_eq!(bar, expect.map(|(back, n, name)| (back, n, vec![name.to_string()])));
    }

    #[test]
    fn the_sum_is_written_out() {
        let (_, readiness) = all();
        let text = sum(&readiness).unwrap();
        assert!(text.starts_with("100 − ") && text.ends_with(&format!("= {}", readiness.score.unwrap())), "{text}");
        assert_eq!(sum(&assess(Moment::new(Edition::default_edition(), &Tenant::default(), at(0)))), None);
    }

    #[test]
    fn how_the_score_moved() {
        assert_eq!(
            [moved(Tenths(10), Tenths(42)), moved(Tenths(42), Tenths(32)), moved(Tenths(5), Tenths(5))],
            ["3.2 points more", "1.0 points less", "the same"]
        );
    }
}
