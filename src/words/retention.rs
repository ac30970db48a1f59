//! The words of what is kept: why a period, a bound or a manual backup is what it is. Clauses, about "it".

use super::{Days, Say, Text, basics, begins, code, ends};
use crate::domain::retention::{self, Cause, Hint, Move, Moved, Movement, NothingYet, Past, PastWhy, RowGroup, Sort};
use crate::text;

impl Say for Cause {
    fn say(&self, text: &mut Text) {
        match self {
            Cause::NoDatabase => text!("it has no Dataverse database, so nothing is backed up"),
            Cause::DatabaseNotKnown => {
                text!("whether it has a Dataverse database is not known, and without one nothing is backed up")
            }
            Cause::Deleted => text!("it is deleted: it has to be recovered first, and nothing of it is promised"),
            Cause::KindNotKnown(days) => text!("its kind is not known, so ", days),
            Cause::KindNotNamed(kind) => text!(
                "the documentation names no environments of the kind ",
                code(kind.to_string()),
                ", so no backups can be counted on"
            ),
            Cause::NotOffered(kind) => text!(
                "the page allows restoring a ",
                kind,
                " environment and says itself that the admin center does not offer it, so nothing is promised"
            ),
            Cause::NoSource(kind) => text!(
                "backups of a ",
                kind,
                " environment are kept, but cannot be restored this way, so nothing is promised"
            ),
            Cause::SupportOnly => text!(
                "the page has no way back for the Default environment: Microsoft support is what is left, without a promise"
            ),
            Cause::ManualContested => text!(
                "manual backups of a managed Production environment are kept for 7 days in one place of the page and for as long as the setting says in another, so only 7 days are guaranteed"
            ),
            Cause::AppsNotKnown { with, without } => {
                text!("whether it has Dynamics 365 apps is not known: with them ", with, ", without them ", without)
            }
            Cause::ManagedNotKnown { managed, unmanaged } => {
                text!("whether it is managed is not known: if it is, ", managed, ", if not, ", unmanaged)
            }
            Cause::SettingNotKnown => text!("its retention setting is not known: it may be 7, 14, 21 or 28 days"),
            Cause::OddSetting(days) => text!(
                "its stored retention setting is ",
                Days(*days),
                ", which is none of 7, 14, 21 and 28, so what really holds is not known"
            ),
            Cause::SettingIgnored { stored, fixed } => text!(
                "its stored retention setting of ",
                Days(*stored),
                " has no effect: the fixed ",
                Days(*fixed),
                " hold"
            ),
            Cause::Whatever(kind, days) => text!("whatever is not known of this ", kind, " environment, ", days),
            Cause::Kept(sort, group, days) => text!(sort, " of ", group, " are kept for ", Days(*days)),
            Cause::KeptBySetting(sort, group, days) => {
                let days = days.map(|days| text!(": ", Days(days)));
                text!(sort, " of ", group, " are kept for as long as the retention setting says", days)
            }
            Cause::Contested(group, days) => text!(
                "the table says that backups of ",
                group,
                " are kept for ",
                Days(*days),
                ", the text says that there are none: nothing is guaranteed and ",
                Days(*days),
                " are possible"
            ),
            Cause::NotBackedUp(group) => text!(group, " is not backed up"),
            Cause::NotSupported(group, kept) => {
                let kept = kept.map(|days| {
                    text!(": one that exists may last as long as the system backup, ", Days(days))
                });
                text!(Sort::Manual, " of ", group, " are not supported", kept)
            }
            Cause::Moving(movement, days) => match movement.what {
                Moved::Setting { .. } => text!(movement, "; until then ", days),
                _ => text!(movement, ", so ", days),
            },
            Cause::BackTo(cause, at) => text!(**cause, ", back to ", begins(*at)),
            Cause::Past(past) => text!(past),
            Cause::Created(at) => text!("it was created on ", ends(*at)),
            Cause::ReportedOldest(at) => text!("the service reported ", ends(*at), " as its oldest backup"),
            Cause::MovedRegion { moved, guaranteed } => moved_region(moved, *guaranteed),
            Cause::NothingYet(why) => text!(why),
            Cause::Offered { from, asked, days } => text!(
                "its points from ",
                begins(*from),
                " to ",
                ends(*asked),
                " are possible for ",
                Days(*days),
                ", because the service offered them on ",
                ends(*asked),
                " at the latest"
            ),
            Cause::ThereBy(at) => text!(
                "when it was created is not known, only that it was not after ",
                ends(*at),
                ": nothing before that is guaranteed"
            ),
            Cause::NeverProven => text!(
                "when it was created is not known, and nothing proves that it existed earlier: nothing is guaranteed"
            ),
            Cause::Over { deleted, until } => text!(
                "it was deleted ",
                basics::when_deleted(deleted, "on", ends),
                " and could be recovered until ",
                ends(*until),
                ": nothing of it is left"
            ),
            Cause::EndedBy(deleted) => text!(
                "it was deleted ",
                basics::when_deleted(deleted, "on", ends),
                ": there are no points after that"
            ),
            Cause::Asleep { from, until } => text!(
                "it was a Production environment: its points from ",
                begins(*from),
                " to ",
                ends(*until),
                " cannot be chosen while it is a Sandbox; once it is switched back to Production they may come back, or may already be lost"
            ),
            Cause::Processing { usable, ready } => text!(
                "it is being processed and has no status: do not restore from it before ",
                ends(*usable),
                ", better not before ",
                ends(*ready)
            ),
            Cause::PerhapsNotReady => text!("it is less than 15 minutes old: it may not be ready yet"),
            Cause::Expiry { guaranteed, possible } => {
                let until = match guaranteed {
                    Some(sure) if sure == possible => text!("it is kept until "),
                    Some(sure) => text!("it is guaranteed until ", ends(*sure), " and possible until "),
                    None => text!("it is not guaranteed, and possible until "),
                };
                text!(until, ends(*possible), ", by its restore point and the retention of its environment since")
            }
            Cause::ReportedExpiry { at, by_rules } => {
                let beside = |what| by_rules.map(|ours| text!(what, " than the ", ends(ours), " of the rules: the earlier counts"));
                let beside = match by_rules {
                    Some(ours) if at < ours => beside("earlier"),
                    Some(ours) if at > ours => beside("later"),
                    Some(_) => Some(text!("as the rules do")),
                    None => Some(text!("but the rules guarantee nothing")),
                };
                text!("the service reported that it expires on ", ends(*at), ", ", beside)
            }
            Cause::Listed { until, printed } => {
                let by = match printed {
                    true => "the expiry that the service printed",
                    false => "by the period of the system backup",
                };
                text!(
                    "the service lists it, so it is kept and may be restored from until ",
                    ends(*until),
                    ", ",
                    by,
                    "; no rule guarantees it"
                )
            }
            Cause::WasDeleted(deleted) => text!("it was deleted ", basics::when_deleted(deleted, "on", ends)),
            Cause::NoBackups => text!("it has no Dataverse database, so it has no backups of either sort"),
        }
        .say(text);
    }
}

/// "7 days are kept", "7 days are guaranteed and 28 days possible".
impl Say for retention::Days {
    fn say(&self, text: &mut Text) {
        match (self.guaranteed, self.possible) {
            (Some(sure), Some(possible)) if sure == possible => text!(Days(sure), " are kept"),
            (Some(sure), Some(possible)) => text!(Days(sure), " are guaranteed and ", Days(possible), " possible"),
            (_, Some(possible)) => text!("nothing is guaranteed and ", Days(possible), " are possible"),
            (_, None) => text!("nothing is kept"),
        }
        .say(text);
    }
}

impl Say for Sort {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            Sort::System => "system backups",
            Sort::Manual => "manual backups",
        });
    }
}

/// With an article: "a managed Production environment without Dynamics 365 apps".
impl Say for RowGroup {
    fn say(&self, text: &mut Text) {
        let managed = match self.managed {
            Some(true) => "a managed ",
            Some(false) => "an unmanaged ",
            None => "a ",
        };
        let apps = match self.dynamics {
            Some(true) => " with Dynamics 365 apps",
            Some(false) => " without Dynamics 365 apps",
            None => "",
        };
        text!(managed, self.kind, " environment", apps).say(text);
    }
}

impl Say for Movement {
    fn say(&self, text: &mut Text) {
        let Movement { not_before, at, what } = self;
        let when = match not_before == at {
            true => text!("on ", ends(*at)),
            false => text!("some time between ", ends(*not_before), " and ", ends(*at)),
        };
        let enabled = |to: &bool| if *to { "enabled " } else { "removed " };
        match what {
            Moved::Kind { from, to } => {
                let from = from.as_ref().map(|from| text!(" from ", from));
                text!("its kind changed", from, " to ", to, " ", when)
            }
            Moved::Dynamics(to) => text!("Dynamics 365 apps were ", enabled(to), when),
            Moved::Managed(true) => text!("it was made a Managed Environment ", when),
            Moved::Managed(false) => text!("it stopped being a Managed Environment ", when),
            Moved::Setting { from, to, settles } => {
                let from = from.map(|from| text!(" from ", Days(from)));
                let rest = text!(" and may take until ", ends(*settles), " to apply");
                text!("the retention setting was changed", from, " to ", Days(*to), " ", when, rest)
            }
        }
        .say(text);
    }
}

impl Say for Past {
    fn say(&self, text: &mut Text) {
        let (end, switched) = match self.until {
            Some(at) => (text!(ends(at)), None),
            None => (text!("it is changed"), Some("until it is switched it is a ")),
        };
        let until = || text!("until ", end, " ");
        let was_a = || match switched {
            Some(is) => text!(is),
            None => text!(until(), "it was a "),
        };
        let kept = || {
            let verb = if self.guaranteed { " guaranteed" } else { " kept" };
            match self.days {
                Some(days) => text!("no more than ", Days(days), " were", verb),
                None => text!("nothing was", verb),
            }
        };
        let why = match &self.why {
            PastWhy::NoDatabase => text!(until(), "it had no Dataverse database"),
            PastWhy::Deleted => {
                let documented = ", and what that did to its older backups is not documented";
                text!("it was deleted until ", end, documented)
            }
            PastWhy::DatabaseNotKnown => {
                text!("whether it had a Dataverse database before ", end, " is not known")
            }
            PastWhy::Sandbox => {
                text!(was_a(), "Sandbox, where 7 days hold at once, and switching back guarantees nothing older")
            }
            PastWhy::PerhapsSandbox => text!(until(), "it may have been a Sandbox, where 7 days hold at once"),
            PastWhy::Settling(movement) => text!(movement, ", and until then ", kept()),
            PastWhy::LowerSetting => text!(until(), kept(), ", and raising the retention brings nothing back"),
            PastWhy::Changed => text!(until(), kept(), ", and what changed then revives nothing"),
            PastWhy::Kind(None) => text!(until(), kept()),
            PastWhy::Kind(Some(kind)) => text!(was_a(), kind, " environment and ", kept()),
        };
        let left = if self.guaranteed { " is guaranteed" } else { " is left" };
        text!(why, ", so nothing before ", begins(self.nothing_before), left).say(text);
    }
}

fn moved_region(moved: &Move, guaranteed: bool) -> Text {
    let Move { from, to, surely_after, perhaps_after } = moved;
    let start = text!("it moved from ", from, " to ", to);
    let old = ": a backup of before belongs to the old region";
    if surely_after == perhaps_after {
        return text!(start, " on ", ends(*surely_after), old, " and cannot be restored");
    }
    let rest = match guaranteed {
        true => ", so nothing before the end of that time is guaranteed",
        false => " and cannot be restored",
    };
    text!(start, " between ", ends(*perhaps_after), " and ", ends(*surely_after), old, rest)
}

impl Say for NothingYet {
    fn say(&self, text: &mut Text) {
        let start = match self {
            NothingYet::FirstDay { created, .. } => text!("it was created on ", ends(*created)),
            NothingYet::PerhapsFirstDay { seen, .. } => {
                text!("when it was created is not known, only that it was not after ", ends(*seen))
            }
            NothingYet::Asked(asked) => text!(
                "the service offered nothing to restore yet when it was asked, on ",
                ends(*asked),
                " at the latest"
            ),
            NothingYet::Hinted(asked) => text!(
                "the service offered nothing to restore when it was asked, on ",
                ends(*asked),
                " at the latest by what the file says of its backups"
            ),
            NothingYet::NeverShown { asked, .. } => {
                text!("the service offered nothing to restore when it was asked, on ", ends(*asked), " at the latest")
            }
        };
        let rest = match self {
            NothingYet::FirstDay { .. } | NothingYet::PerhapsFirstDay { .. } => text!(
                ", and a new environment may have nothing to restore in its first 24 hours: nothing is guaranteed before ",
                self.ends().map(begins)
            ),
            NothingYet::Asked(_) => text!(": nothing from before that is guaranteed"),
            NothingYet::Hinted(_) => {
                text!("; that is a hint: what there is of it is only possible until a newer list shows a point")
            }
            NothingYet::NeverShown { surely_old, .. } => {
                let age = match surely_old {
                    true => ", although it was more than 24 hours old: what was made since is only possible",
                    false => {
                        ", and whether it was in its first 24 hours then is not known: what there is of it is only possible"
                    }
                };
                text!(age, " until a newer list shows a point")
            }
        };
        text!(start, rest).say(text);
    }
}

/// What a printed period hints at, to stand beside the question "Does it have Dynamics 365 apps?".
impl Say for Hint {
    fn say(&self, text: &mut Text) {
        let (Hint::Dynamics { days } | Hint::WasManaged { days }) = *self;
        let rest = match self {
            Hint::Dynamics { .. } => {
                "under the rules of 2024 and 2025 only Dynamics 365 apps give that, so it probably has some. Look before you answer."
            }
            Hint::WasManaged { .. } => {
                "that was probably set while it was managed, and says nothing about Dynamics 365 apps. Was it managed before?"
            }
        };
        text!("the service printed ", Days(days), " for it although it is not managed: ", rest).say(text);
    }
}
