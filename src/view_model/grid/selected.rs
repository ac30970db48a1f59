//! What is chosen in the matrix: a pair, an environment with a class of targets, or two classes.

use super::{Grid, GridCell, how_many};
use crate::domain::eligibility::Outcome;
use crate::domain::environment::EnvironmentId;
use crate::view_model::words::{count, named, thousands};

/// How much is meant by the pair that an address names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    #[default]
    Pair,
    /// The source, and all targets of the class of the target.
    Targets,
    /// Both classes.
    Classes,
}

impl Span {
    /// As it stands in an address.
    pub fn word(self) -> &'static str {
        match self {
            Span::Pair => "",
            Span::Targets => "targets",
            Span::Classes => "classes",
        }
    }

    /// Any other word is the pair alone.
    pub fn read(word: &str) -> Self {
        [Span::Targets, Span::Classes].into_iter().find(|span| span.word() == word).unwrap_or_default()
    }
}

/// The most pairs of a class that are named.
const NAMED: usize = 200;

/// What is chosen, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// "Production, managed onto HR Test".
    pub title: String,
    /// The pairs that share its answer, by their ids and names; at most some hundred.
    pub pairs: Vec<[(EnvironmentId, String); 2]>,
    /// How many there are.
    pub all: usize,
}

impl Selected {
    /// "3 pairs: Contoso HR, Contoso Sales, Operations"; `None` for one.
    pub fn says(&self) -> Option<String> {
        if self.all < 2 {
            return None;
        }
        let differ = |side: usize| {
            self.pairs
                .iter()
                .filter_map(|p| p.get(side))
                .any(|(id, _)| self.pairs.first().and_then(|p| p.get(side)).is_some_and(|(first, _)| first != id))
        };
        let side = match (differ(0), differ(1)) {
            (true, false) => 0,
            (false, true) => 1,
            _ => return Some(count(self.all, "pair", "pairs")),
        };
        let names: Vec<&str> =
            self.pairs.iter().filter_map(|p| p.get(side)).take(3).map(|(_, name)| name.as_str()).collect();
        Some(format!("{}: {}", count(self.all, "pair", "pairs"), named(&names, self.all)))
    }
}

impl Grid {
    /// What an accessible cell is called: "Sales onto UAT: eligible".
    pub fn named(&self, source: &str, target: &str, cell: &GridCell) -> String {
        let outcome = outcome_word(cell.outcome());
        let pairs = cell.pairs();
        if cell.only_itself() {
            return format!("{source} onto itself: {outcome}");
        }
        let many = if pairs > 1 { format!(", {} pairs", thousands(pairs)) } else { String::new() };
        let but =
            cell.but_itself().map(|itself| format!("; onto itself: {}", outcome_word(itself))).unwrap_or_default();
        format!("{source} onto {target}: {outcome}{many}{but}")
    }

    /// The name of a cell of two environments.
    pub fn pair_named(&self, source: usize, target: usize) -> String {
        let name = |head: usize| self.heads.get(head).map(|h| h.name.as_str()).unwrap_or_default();
        let word = outcome_word(self.outcome(source, target));
        let onto = if source == target { "itself" } else { name(target) };
        format!("{} onto {onto}: {word}", name(source))
    }

    /// A pair that has the outcome of the cell of two classes, or of an environment and a class; one of two that are `free`, where there is
    /// one: the others cannot be restored now.
    pub fn example(&self, sources: &[usize], target: usize, free: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
        let targets = self.classes.get(target)?.members.as_slice();
        let class = self.heads.get(*sources.first()?)?.class;
        let cell = match sources {
            [one] => self.cell_of(*one, target),
            _ => self.cell(class, target),
        };
        let fits = |s: usize, t: usize| (s == t) == cell.only_itself() && self.outcome(s, t) == cell.outcome();
        let pair = |sources: &[usize], targets: &[usize]| {
            sources.iter().find_map(|s| targets.iter().find(|t| fits(*s, **t)).map(|t| (*s, *t)))
        };
        let of_free = |all: &[usize]| all.iter().copied().filter(|head| free(*head)).collect::<Vec<_>>();
        pair(&of_free(sources), &of_free(targets)).or_else(|| pair(sources, targets))
    }

    /// What the pair of an address stands for; `None` where one of the two is not there.
    pub fn selected(&self, source: &EnvironmentId, target: &EnvironmentId, span: Span) -> Option<Selected> {
        let (s, t) = (self.find(source)?, self.find(target)?);
        let (head, onto) = (self.heads.get(s)?, self.heads.get(t)?);
        let outcome = self.outcome(s, t);
        let members = |class: usize| self.classes.get(class).map(|c| c.members.clone()).unwrap_or_default();
        let sources = if span == Span::Classes { members(head.class) } else { vec![s] };
        let targets = if span == Span::Pair { vec![t] } else { members(onto.class) };
        let cell = match span {
            Span::Pair => GridCell::default(),
            Span::Targets => self.cell_of(s, onto.class),
            Span::Classes => self.cell(head.class, onto.class),
        };
        let counts = if s == t { &cell.itself } else { &cell.others };
        let all = how_many(counts, outcome).max(1);
        // Within two classes the answers differ only onto itself, and by what the service listed.
        let fits = |a: usize, b: usize| (a == b) == (s == t) && self.outcome(a, b) == outcome;
        let named = |head: usize| self.heads.get(head).map(|h| (h.id.clone(), h.name.clone()));
        let pairs = sources
            .iter()
            .flat_map(|a| targets.iter().map(move |b| (*a, *b)))
            .filter(|(a, b)| fits(*a, *b))
            .filter_map(|(a, b)| Some([named(a)?, named(b)?]))
            .take(all.min(NAMED))
            .collect();
        let called = |members: &[usize], one: &str, class: usize| match members.len() {
            0 | 1 => one.to_string(),
            _ => self.title(class),
        };
        let from = called(&sources, &head.name, head.class);
        let to = if s == t { "itself".to_string() } else { called(&targets, &onto.name, onto.class) };
        Some(Selected { title: format!("{from} onto {to}"), pairs, all })
    }
}

/// The word of an outcome inside a sentence.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "eligible",
        Outcome::Unknown => "not known",
        Outcome::Refused => "refused",
    }
}
