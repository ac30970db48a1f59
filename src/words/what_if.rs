//! The words of a what-if: names, instants, lengths, and no promise.

use super::{Count, Days, List, Piece, Say, Text, begins, ends, exact};
use crate::domain::characters::one_line;
use crate::domain::said::Said;
use crate::domain::what_if::{Consequence, Fate, LeftOfLabel, Lost, MomentName, PointsLost};
use crate::text;
use chrono::{DateTime, TimeDelta, Utc};

/// The moment, as it begins a clause.
impl Say for MomentName {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            MomentName::RightAfter => "right after",
            MomentName::RightAfterSwitch => "right after the switch",
            MomentName::AfterSwitchingBack => "after switching back",
            MomentName::DayLater => "24 hours later",
            MomentName::FullLength => "when its window has its full length",
            MomentName::RecoveryOver => "when it can no longer be recovered",
        });
    }
}

fn labelled(label: &str, point: DateTime<Utc>) -> Text {
    text!(Piece::Name(one_line(label, 60)), " (", exact(point), ")")
}

/// What is lost: a clause.
impl Say for PointsLost {
    fn say(&self, text: &mut Text) {
        match &self.what {
            Lost::Points { from, until } => {
                let fate = match self.fate {
                    Fate::Lost => ", are lost",
                    Fate::AtRisk => ", are no longer guaranteed and may be lost",
                    Fate::NotWhileSandbox => ", cannot be chosen while it is a Sandbox, and may be lost",
                };
                let span = length(*until - *from);
                text!(span, " of restore points, from ", begins(*from), " to ", ends(*until), fate)
            }
            Lost::Backup { label, point } => {
                let fate = match self.fate {
                    Fate::Lost => " is lost",
                    Fate::AtRisk => " is no longer guaranteed and may be lost",
                    Fate::NotWhileSandbox => " cannot be chosen while it is a Sandbox, and may be lost",
                };
                text!("the manual backup ", labelled(label, *point), fate)
            }
            Lost::Label { label, point, left } => {
                let at = text!("the same instant, ", exact(*point), ", ");
                let left = match left {
                    LeftOfLabel::Sure(until) => {
                        text!("stays restorable as a system restore point until ", exact(*until))
                    }
                    LeftOfLabel::Possible(until) => {
                        text!("is possible as a system restore point until ", exact(*until), ", but not guaranteed")
                    }
                    LeftOfLabel::Asleep => {
                        text!("cannot be chosen as a system restore point either while this is a Sandbox")
                    }
                    LeftOfLabel::Nothing => {
                        text!("is not in the window of system restore points: nothing else leads back to it")
                    }
                };
                text!("the label of the manual backup ", labelled(label, *point), " is deleted for good; ", at, left)
            }
        }
        .say(text);
    }
}

/// `21 days`, `6 days 12 hours`, `5 hours`, `20 minutes`. Cut off, never rounded up.
fn length(of: TimeDelta) -> String {
    let unit = |n: i64, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    let (days, hours, minutes) = (of.num_days(), of.num_hours() % 24, of.num_minutes() % 60);
    match (days, hours) {
        (0, 0) => unit(minutes.max(0), "minute"),
        (0, _) => unit(hours, "hour"),
        (_, 0) => unit(days, "day"),
        _ => format!("{} {}", unit(days, "day"), unit(hours, "hour")),
    }
}

/// Losses, counted: system points by their length, manual backups by name and date.
fn counted(losses: &[PointsLost]) -> Text {
    let mut said = Vec::new();
    for same in losses.chunk_by(|a, b| a.fate == b.fate) {
        let is_points = |l: &&PointsLost| matches!(l.what, Lost::Points { .. });
        said.extend(same.iter().filter(is_points).map(Say::says));
        let labels: Vec<Text> = same
            .iter()
            .filter_map(|l| match &l.what {
                Lost::Backup { label, point } => Some(labelled(label, *point)),
                _ => None,
            })
            .collect();
        let fate = match same.first().map(|l| l.fate) {
            Some(Fate::Lost) => " lost: ",
            Some(Fate::NotWhileSandbox) => " not to be chosen while it is a Sandbox, and perhaps lost: ",
            _ => " no longer guaranteed: ",
        };
        if !labels.is_empty() {
            let count = Count::of(labels.len(), "manual backup", "manual backups");
            said.push(text!(count, fate, List::joined(labels, ", ")));
        }
    }
    List::joined(said, "; ").says()
}

impl Said<Consequence> {
    /// A clause, or a sentence or more where it is a caution of a restore, about the environment of this name.
    pub fn about(&self, name: &str) -> Text {
        let env = Piece::Bare(name.to_string());
        match &self.cause {
            Consequence::LabelDeleted(loss) => loss.says(),
            Consequence::Losses(look, losses) => text!(look, ": ", counted(losses)),
            Consequence::NothingLost => text!("no restore point of ", env, " is lost"),
            Consequence::AppliesBy(at) => text!(
                "the change may take until ",
                ends(*at),
                " to apply: until then only the shorter period is guaranteed"
            ),
            Consequence::InGroup(group) => text!(
                env,
                " belongs to the environment group ",
                Piece::Name(one_line(group, 60)),
                ": a published rule of the group may hold its retention, and then it is changed there"
            ),
            Consequence::Grows { days, until } => text!(
                "nothing that is gone comes back: the window of ",
                env,
                " then grows by one day per day and reaches ",
                Days(*days),
                " on ",
                ends(*until)
            ),
            Consequence::UsersAffected => text!("the users of ", env, " are affected while it is a Sandbox"),
            Consequence::Recoverable { sure: None, possible } => {
                text!(env, " can be recovered until ", ends(*possible))
            }
            Consequence::Recoverable { sure: Some(sure), possible } => {
                text!(env, " can surely be recovered until ", ends(*sure), ", and perhaps until ", ends(*possible))
            }
            Consequence::Recovery(cause) => cause.says(),
            Consequence::LongerPeriod(days) => text!(
                "its period is then ",
                Days(*days),
                ": what is gone already does not come back, and the window grows by one day per day"
            ),
            Consequence::Check(check) => check.with_help(),
            of_it => text!(plain(of_it)),
        }
    }
}

/// What has no values.
fn plain(consequence: &Consequence) -> &'static str {
    match consequence {
        Consequence::SwitchBackSoon => {
            "switch it back as soon as possible: no deadline is documented until which the older backups last"
        }
        Consequence::OlderMayComeBack => {
            "what is older than seven days may come back, or may be lost already: nothing promises it"
        }
        Consequence::RecoveryNeedsRoom => "recovering needs free capacity at that time",
        Consequence::NothingIsLeft => "after that nothing of it is left, neither the environment nor its backups",
        Consequence::BackupsNotPromised => {
            "whether its backups are still there after a recovery is not documented, so none is promised"
        }
        Consequence::OlderNotPromised => {
            "what a recovery brings back of its backups is documented nowhere: its older points are possible until their own \
             period ends, none is guaranteed, and new ones begin with the recovery"
        }
        Consequence::ShorterAtOnce => "the shorter retention counts at once, and turning it on again revives nothing",
        Consequence::ManagedOnly => "from then on it can be restored only to and from Managed Environments",
        _ => "",
    }
}
