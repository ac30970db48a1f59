//! Everything that happened, newest first, narrowed down, and as a table.

use super::Workspace;
use super::log::{Log, LogEntry, LoggedEvent};
use crate::domain::command::EventSort;
use crate::domain::environment::EnvironmentId;
use chrono::{DateTime, SecondsFormat, Utc};

/// What the list is narrowed down to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub environment: Option<EnvironmentId>,
    pub sort: Option<EventSort>,
}

impl Filter {
    fn lets(&self, event: &LoggedEvent) -> bool {
        self.sort.is_none_or(|s| s == event.sort)
            && self.environment.as_ref().is_none_or(|e| event.environment.as_ref() == Some(e))
    }
}

/// How a sort is spelled in an address.
pub fn sort_word(sort: EventSort) -> String {
    format!("{sort:?}").to_lowercase()
}

/// Undoes [`sort_word`]; `None` for any other word.
pub fn read_sort(word: &str) -> Option<EventSort> {
    EventSort::ALL.into_iter().find(|s| sort_word(*s) == word)
}

/// One entry with those of its events that the filter lets through.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub entry: LogEntry,
    pub events: Vec<LoggedEvent>,
}

/// The entries with an event that the filter lets through, newest first: at most `most`, and how many there are.
pub fn rows(log: &Log, filter: &Filter, most: usize) -> (Vec<Row>, usize) {
    let matching = log.entries.iter().rev().filter(|e| e.events.iter().any(|event| filter.lets(event)));
    let all = matching.clone().count();
    let rows = matching
        .take(most)
        .map(|entry| Row {
            entry: entry.clone(),
            events: entry.events.iter().filter(|e| filter.lets(e)).cloned().collect(),
        })
        .collect();
    (rows, all)
}

/// The head of [`table`].
pub const HEADER: [&str; 8] = [
    "Done (UTC)",
    "Recorded (UTC)",
    "Environment",
    "Environment id",
    "About",
    "What happened",
    "By itself",
    "Step of plan",
];

/// One line for each event that the filter lets through, newest first.
pub fn table(workspace: &Workspace, filter: &Filter) -> Vec<Vec<String>> {
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let line = |(entry, event): (&LogEntry, &LoggedEvent)| {
        let id = event.environment.as_ref();
        let name = id.and_then(|id| workspace.tenant.get(id)).map(|e| e.name.clone()).unwrap_or_default();
        vec![
            stamp(event.at),
            stamp(entry.recorded),
            name,
            id.map(ToString::to_string).unwrap_or_default(),
            event.sort.title().to_string(),
            event.says.clone(),
            if entry.by_itself { "yes" } else { "no" }.to_string(),
            entry.step.as_ref().map(|s| format!("plan {}, {}", s.plan, s.id)).unwrap_or_default(),
        ]
    };
    workspace.log.events().filter(|(_, event)| filter.lets(event)).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::edition::Edition;
    use crate::domain::environment::{Answer, Environment};

    fn workspace() -> Workspace {
        let edition = Edition::default_edition();
        let at = |s: i64| DateTime::from_timestamp(1_767_268_800 + s, 0).unwrap();
        let mut w = Workspace::default();
        w.tenant.environments = vec![Environment::new("a"), Environment::new("b")].into();
        let answer =
            |id: &str| Command::Answer { environments: vec![EnvironmentId::new(id)], answer: Answer::Managed(true) };
        w.run(edition, answer("a"), at(0), at(0), None).unwrap();
        w.run(edition, Command::Rename("T".into()), at(1), at(1), None).unwrap();
        w.run(edition, answer("b"), at(2), at(60), None).unwrap();
        w
    }

    #[track_caller]
    fn check(environment: Option<&str>, sort: Option<EventSort>, expect: &[u32]) {
        let w = workspace();
        let filter = Filter { environment: environment.map(EnvironmentId::new), sort };
        let (found, all) = rows(&w.log, &filter, 10);
        assert_eq!(found.iter().map(|r| r.entry.number).collect::<Vec<_>>(), expect);
        assert_eq!((all, table(&w, &filter).len()), (expect.len(), expect.len()));
    }

    #[test]
    fn narrowed_down_newest_first() {
        check(None, None, &[3, 2, 1]);
        check(Some("A"), None, &[1]);
        check(None, Some(EventSort::Answer), &[3, 1]);
        check(Some("b"), Some(EventSort::List), &[]);
        assert_eq!(rows(&workspace().log, &Filter::default(), 2).0.len(), 2);
    }

    #[test]
    fn every_sort_has_a_word_of_its_own() {
        for sort in EventSort::ALL {
            assert_eq!(read_sort(&sort_word(sort)), Some(sort));
        }
        assert_eq!(read_sort("nothing"), None);
    }

    #[test]
    fn a_line_tells_when_it_was_done_and_when_recorded() {
        let lines = table(&workspace(), &Filter::default());
        assert_eq!(lines[0][..2], ["2026-01-01T12:00:02Z", "2026-01-01T12:01:00Z"]);
        assert_eq!(lines[0].len(), HEADER.len());
    }
}
