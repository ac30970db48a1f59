//! The tour through the sample: eight pages, a quarter of a minute each, and what to see on each. Where it was left is remembered as a short text.

/// A page of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TourStop {
    Start,
    Readiness,
    Environments,
    Targets,
    WayBack,
    Plans,
    Deadlines,
    Reference,
}

/// What is said at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub stop: TourStop,
    pub title: &'static str,
    pub says: &'static str,
}

/// The stops in their order.
pub const STEPS: [Step; 8] = [
    Step {
        stop: TourStop::Start,
        title: "One look in the morning",
        says: "What cannot be brought back now, and what ends next. When something went wrong, the blue button is the way in.",
    },
    Step {
        stop: TourStop::Readiness,
        title: "What would hurt",
        says: "The sentence first, then what to mend, by effect. Where a question decides, Yes or No answers it on the spot.",
    },
    Step {
        stop: TourStop::Environments,
        title: "How far back",
        says: "A solid bar is guaranteed, a hatched one only possible. A row opens what can be done with it.",
    },
    Step {
        stop: TourStop::Targets,
        title: "Onto what",
        says: "What may be restored onto what: kinds and regions at the side, ✓ where a restore is allowed. A cell says why not, and what to do instead.",
    },
    Step {
        stop: TourStop::WayBack,
        title: "Three questions to a way back",
        says: "Say what happened, where and when: “yesterday 14” will do. The ways come ranked, with what each loses.",
    },
    Step {
        stop: TourStop::Plans,
        title: "Plan it, and rehearse it",
        says: "A way that you choose becomes a plan with its commands. “Rehearsal” in the menu tries it on a copy with a clock that you move.",
    },
    Step {
        stop: TourStop::Deadlines,
        title: "Before it is too late",
        says: "Backups that expire and plans that must begin, on one axis, and as a file for your calendar.",
    },
    Step {
        stop: TourStop::Reference,
        title: "What it all rests on",
        says: "Every rule with its source, as each edition of the documentation has it. A small mark such as K1 stands for one of them. That is all: the sample is yours.",
    },
];

/// Where the tour stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tour {
    /// Never begun, or gone to its end.
    #[default]
    None,
    /// At this step, from 0.
    At(usize),
    /// Left at this step.
    Left(usize),
}

impl Tour {
    /// Reads what [`Tour::word`] wrote; anything else is no tour.
    pub fn read(word: &str) -> Self {
        let step = |text: &str| text.parse::<usize>().ok().filter(|n| *n < STEPS.len());
        match word.strip_prefix("left ") {
            Some(left) => step(left).map_or(Tour::None, Tour::Left),
            None => step(word).map_or(Tour::None, Tour::At),
        }
    }

    /// `None`: there is nothing to remember.
    pub fn word(self) -> Option<String> {
        match self {
            Tour::None => None,
            Tour::At(n) => Some(n.to_string()),
            Tour::Left(n) => Some(format!("left {n}")),
        }
    }

    /// The step that is shown.
    pub fn step(self) -> Option<(usize, Step)> {
        match self {
            Tour::At(n) => STEPS.get(n).map(|step| (n, *step)),
            _ => None,
        }
    }

    /// Begun, or gone on with where it was left.
    #[must_use]
    pub fn begin(self) -> Self {
        match self {
            Tour::Left(n) => Tour::At(n),
            Tour::At(_) | Tour::None => Tour::At(0),
        }
    }

    /// One stop on; after the last there is none.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Tour::At(n) if n + 1 < STEPS.len() => Tour::At(n + 1),
            _ => Tour::None,
        }
    }

    /// Left; gone on with later.
    #[must_use]
    pub fn leave(self) -> Self {
        match self {
            Tour::At(n) => Tour::Left(n),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_from_stop_to_stop_and_remembers_where_it_was_left() {
        let mut tour = Tour::default().begin();
        for n in 0..STEPS.len() {
            assert_eq!(tour.step().map(|(at, _)| at), Some(n));
            assert_eq!(Tour::read(&tour.word().unwrap()), tour);
            let left = tour.leave();
            assert_eq!((left, left.step()), (Tour::Left(n), None));
            assert_eq!(Tour::read(&left.word().unwrap()).begin(), tour);
            tour = tour.next();
        }
        assert_eq!((tour, tour.word()), (Tour::None, None));
        for odd in ["", "left", "left 99", "8", "-1", "x"] {
            assert_eq!(Tour::read(odd), Tour::None, "{odd}");
        }
    }
}
