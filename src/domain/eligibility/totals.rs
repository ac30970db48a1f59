//! How many pairs of a whole tenant stand how, counted kin by kin: a key of one's own costs little more than none.

use super::super::slowly::at_once;
use super::classes::{As, ClassRow};
use super::counts::Counts;
use super::kin::Kins;
use super::matrix::{ClassMove, Matrix};
use super::outcome::Outcome;
use super::standings::Standings;

/// For each class of a matrix how the pairs of all its members with all living environments stand, onto themselves too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub of_source: Vec<Counts>,
    pub of_target: Vec<Counts>,
}

/// What is counted of a kin.
#[derive(Clone, Debug, Default)]
struct Kin {
    classes: Vec<usize>,
    /// How many environments are targets, and how many are judged as sources by their kin: those without a list of candidates (T10).
    targets: usize,
    sources: usize,
    /// How all sources stand with one of these targets, where it is not refused, as if none had its key or were itself.
    onto_one: Counts,
}

/// For one target of a class: what its kin says too much of it, and what is true instead.
#[derive(Clone, Copy, Debug, Default)]
struct Corrected {
    apart: Counts,
    together: Counts,
}

impl Matrix {
    /// In one go; see [`Matrix::totals_slowly`].
    pub fn totals(&self, outcome: impl Fn(Standings) -> Outcome) -> Totals {
        at_once(self.totals_slowly(outcome, &mut async || true)).unwrap_or_default()
    }

    /// All pairs, counted by `outcome`: [`Standings::outcome`], or what one rule alone says. In steps; `None`: `goes_on`, which is asked
    /// after each, stopped it.
    pub async fn totals_slowly(
        &self,
        outcome: impl Fn(Standings) -> Outcome,
        goes_on: &mut impl AsyncFnMut() -> bool,
    ) -> Option<Totals> {
        let kins = Kins::new(self);
        if !goes_on().await {
            return None;
        }
        let mut count = Count::new(self, &kins);
        for (kin, row) in kins.rows() {
            if !goes_on().await {
                return None;
            }
            count.kin(kin, &row, &outcome);
        }
        for class in (0..self.classes()).filter(|class| self.has_list(*class)) {
            if !goes_on().await {
                return None;
            }
            count.listed(class, &outcome);
        }
        Some(count.done())
    }
}

impl Totals {
    /// Of each class as a source, and as a target.
    pub fn by_class(&self) -> impl Iterator<Item = (Counts, Counts)> {
        self.of_source.iter().copied().zip(self.of_target.iter().copied())
    }

    /// What is true after one living environment of a class is there or gone, as `matrix` knows already. No environment has a list of candidates.
    pub(super) fn follow(&mut self, matrix: &Matrix, class: usize, moved: ClassMove) {
        let (as_source, as_target) = (matrix.beside_one(class, As::Source), matrix.beside_one(class, As::Target));
        // What each other class is as a source goes by how it stands with this one as the target.
        let of_source = (&mut self.of_source, as_target.0, as_source.1);
        let of_target = (&mut self.of_target, as_source.0, as_target.1);
        for (of, outcomes, own) in [of_source, of_target] {
            of.resize(matrix.classes(), Counts::default());
            for (other, (counts, outcome)) in of.iter_mut().zip(outcomes).enumerate() {
                match moved {
                    _ if other == class => *counts = own.times(matrix.living(class)),
                    ClassMove::In => counts.add(outcome, matrix.living(other)),
                    ClassMove::Out => counts.take(outcome, matrix.living(other)),
                }
            }
        }
    }
}

struct Count<'a> {
    matrix: &'a Matrix,
    kins: &'a Kins,
    of_kin: Vec<Kin>,
    /// How many living environments each class has.
    living: Vec<usize>,
    /// How many targets there are, and sources without a list.
    targets: usize,
    sources: usize,
    corrected: Vec<Corrected>,
    /// What is counted for good: each class as a source, and what sources that have a list add to each target.
    totals: Totals,
}

impl<'a> Count<'a> {
    fn new(matrix: &'a Matrix, kins: &'a Kins) -> Self {
        let living: Vec<usize> = matrix.facts().map(|(_, living)| living).collect();
        let mut of_kin = vec![Kin::default(); kins.len()];
        for (class, living) in living.iter().enumerate().filter(|(_, living)| **living > 0) {
            let Some(kin) = kins.of(class).and_then(|kin| of_kin.get_mut(kin)) else { continue };
            kin.targets += living;
            if !matrix.has_list(class) {
                kin.sources += living;
                kin.classes.push(class);
            }
        }
        let none = vec![Counts::default(); living.len()];
        let totals = Totals { of_source: none.clone(), of_target: none };
        let targets = of_kin.iter().map(|kin| kin.targets).sum();
        let sources = of_kin.iter().map(|kin| kin.sources).sum();
        let corrected = vec![Corrected::default(); living.len()];
        Self { matrix, kins, of_kin, corrected, living, targets, sources, totals }
    }

    fn living(&self, class: usize) -> usize {
        self.living.get(class).copied().unwrap_or(0)
    }

    /// The sources of a kin.
    fn kin(&mut self, kin: usize, row: &ClassRow<'_>, outcome: &impl Fn(Standings) -> Outcome) {
        let Some((sources, classes)) = self.of_kin.get(kin).map(|k| (k.sources, k.classes.clone())) else { return };
        if sources == 0 {
            return;
        }
        let mut onto_all = Counts { refused: self.targets, ..Counts::default() };
        for (target, standings) in row.open(outcome) {
            let (apart, Some(target)) = (outcome(standings), self.of_kin.get_mut(target)) else { continue };
            if apart != Outcome::Refused {
                onto_all.refused = onto_all.refused.saturating_sub(target.targets);
                onto_all.add(apart, target.targets);
                target.onto_one.add(apart, sources);
            }
        }
        let standings = |of: usize| self.kins.of(of).map(|kin| row.at(kin)).unwrap_or_default();
        let apart = |of: usize| outcome(standings(of));
        for class in classes {
            let (mut counts, living) = (onto_all, self.living(class));
            let same_key = self.kins.with_its_key(class);
            if same_key.is_empty() {
                // It is none of its own others.
                counts.take(apart(class), 1);
                self.corrected.get_mut(class).into_iter().for_each(|c| c.apart.add(apart(class), 1));
            }
            // What is refused whatever its key is stays so.
            let first = |of: usize| self.kins.of(of).map(|kin| row.first(kin)).unwrap_or_default();
            let may_differ = |of: &&usize| **of == class || outcome(first(**of)) != Outcome::Refused;
            for other in same_key.iter().filter(may_differ) {
                let (own, many) = (usize::from(*other == class), self.living(*other));
                // No other rule looks at the key.
                let (apart, together) = (apart(*other), outcome(standings(*other).with_the_same_key()));
                counts.take(apart, many);
                counts.add(together, many.saturating_sub(own));
                if let Some(corrected) = self.corrected.get_mut(*other) {
                    corrected.apart.add(apart, living);
                    corrected.together.add(together, living.saturating_sub(own));
                }
            }
            let itself = outcome(self.matrix.alone(class));
            counts.add(itself, 1);
            self.corrected.get_mut(class).into_iter().for_each(|c| c.together.add(itself, 1));
            self.totals.of_source.get_mut(class).into_iter().for_each(|of| *of = counts.times(living));
        }
    }

    /// A class of which the service listed the candidates: pair by pair.
    fn listed(&mut self, class: usize, outcome: &impl Fn(Standings) -> Outcome) {
        for pair in self.matrix.pairs_of(class) {
            let outcome = outcome(pair.standings);
            let of_source = self.totals.of_source.get_mut(class);
            let of_target = self.totals.of_target.get_mut(pair.target);
            of_source.into_iter().chain(of_target).for_each(|of| of.add(outcome, pair.pairs));
        }
    }

    fn done(mut self) -> Totals {
        let targets = self.totals.of_target.iter_mut().zip(&self.corrected).zip(&self.living);
        for (class, ((of_target, corrected), living)) in targets.enumerate() {
            let Some(kin) = self.kins.of(class).and_then(|kin| self.of_kin.get(kin)) else { continue };
            let refused = self.sources.saturating_sub(kin.onto_one.all());
            let onto_one = Counts { refused, ..kin.onto_one };
            let onto_one = onto_one.plus(corrected.together).minus(corrected.apart);
            *of_target = of_target.plus(onto_one.times(*living));
        }
        self.totals
    }
}
