//! The words of a pair: every rule met, broken or unknown, and the gates of the moment. About *the source* and *the target*.

use super::text::{Names, Piece, Say, Text, begins, code, ends};
use super::{List, basics, occupied};
use crate::domain::edition::KeyMatch;
use crate::domain::eligibility::{
    Cause, Caution, Compared, Deleted, Differing, Failed, Going, GoingOn, KindTargets, ListStanding, Listing, Standing,
};
use crate::domain::environment::{Environment, Key, Kind, Operation, Policy, Region};
use crate::domain::occupied::Occupied;
use crate::domain::said::{Role, Said};
use crate::text;

const SOURCE: Role = Role::Source;
const TARGET: Role = Role::Target;

impl Names {
    /// The names of a pair in quotation marks, in sentences; one environment keeps "the environment".
    pub fn of(source: &Environment, target: &Environment) -> Self {
        Self::quoted(&basics::name(source), &basics::name(target))
    }

    /// The names of a pair without marks, where the pair is what is shown.
    pub fn bare_of(source: &Environment, target: &Environment) -> Self {
        Self::bare(&source.name, &target.name, source.id == target.id)
    }
}

impl<C: Say> Say for Said<C> {
    fn say(&self, text: &mut Text) {
        self.cause.say(text);
    }
}

impl Say for Cause {
    fn say(&self, text: &mut Text) {
        match self {
            Cause::Kinds(of, reach) => kinds(of, reach.as_ref()),
            Cause::Two => text!("source and target are two environments"),
            Cause::Itself { standing, kind } => itself(*standing, kind.as_ref()),
            Cause::Regions(of) => regions(of),
            Cause::Databases(of) => databases(of),
            Cause::Managed(of) => managed(of),
            Cause::Keys(of, key_match) => keys(of, *key_match),
            Cause::Policies(of, differing) => policies(of, differing),
            Cause::Listed { listing, beside, itself } => listed(*listing, *beside, *itself),
            Cause::SettledByList(cause, at) => {
                text!(**cause, "; what the service offered at ", ends(*at), " settles it")
            }
            Cause::DoubtedByList(cause, at) => text!(**cause, "; but the service offered it at ", ends(*at)),
            Cause::Deleted(which) => match which {
                None => text!("both are deleted; it has to be recovered first"),
                Some(which) => text!(which, " is deleted; it has to be recovered first"),
            },
            Cause::Storage(None) => {
                text!("the free capacity of the tenant is not known; a restore needs 1 GB of database")
            }
            Cause::Storage(Some(balance)) => text!(balance),
            Cause::Going { on, of_one } => going(on, *of_one),
            Cause::LeftDisabled => text!(GoingOn::LeftDisabled),
            Cause::Failed(failed) => text!(failed),
            Cause::Caution(caution) => text!(caution),
        }
        .say(text);
    }
}

impl Say for Deleted {
    fn say(&self, text: &mut Text) {
        match self {
            Deleted::Itself => text.push(Piece::Itself),
            Deleted::One(role) => role.say(text),
        }
    }
}

/// "the kind of the source is not known" and its like.
fn not_known<T>(of: &Compared<T>, what: &str) -> Text {
    match (of.source.is_none(), of.target.is_none()) {
        _ if of.itself => text!(what, " of ", Piece::Itself, " is not known"),
        (true, true) => text!(what, " is not known of either ", SOURCE, " or ", TARGET),
        (true, false) => text!(what, " of ", SOURCE, " is not known"),
        _ => text!(what, " of ", TARGET, " is not known"),
    }
}

impl KindTargets {
    fn of(&self, source: &Kind) -> Text {
        match self {
            KindTargets::To(kinds) => {
                text!("a ", source, " environment can be restored only to ", List::or(kinds), " environments")
            }
            KindTargets::Itself => text!("a ", source, " environment can be restored only onto itself"),
            KindTargets::Nothing => text!("a ", source, " environment is never a source"),
        }
    }
}

fn kinds(of: &Compared<Kind>, reach: Option<&KindTargets>) -> Text {
    let reach = |source: &Kind| reach.map(|reach| reach.of(source));
    match (of.standing, &of.source, &of.target) {
        (Standing::Unknown, Some(s), None) => text!(SOURCE, " is ", s, ", ", not_known(of, "the kind")),
        (Standing::Unknown, None, Some(t)) => text!(TARGET, " is ", t, ", ", not_known(of, "the kind")),
        (Standing::Met, Some(s), Some(_)) if of.itself => text!(s, " onto itself: allowed"),
        (_, Some(s), Some(_)) if of.itself => text!(s, " onto itself: not allowed, ", reach(s)),
        (Standing::Met, Some(s), Some(t)) => text!(SOURCE, " is ", s, ", ", TARGET, " is ", t, ": allowed"),
        (_, Some(s), Some(t)) => text!(SOURCE, " is ", s, ", ", TARGET, " is ", t, ": ", reach(s)),
        (_, Some(s), None) => text!(SOURCE, " is ", s, ": ", reach(s)),
        (_, None, Some(t)) => text!(TARGET, " is ", t, ": no other environment can be restored to it"),
        (_, None, None) => not_known(of, "the kind"),
    }
}

fn itself(standing: Standing, kind: Option<&Kind>) -> Text {
    match standing {
        Standing::Met => text!("a ", kind, " environment can be restored onto itself"),
        Standing::Unknown => {
            text!("whether ", Piece::Itself, " can be restored onto itself depends on its kind, which is not known")
        }
        Standing::Broken if kind == Some(&Kind::Production) => {
            text!("a Production environment can never be restored onto itself; it has to be switched to Sandbox first")
        }
        Standing::Broken => text!("a ", kind, " environment cannot be restored onto itself"),
    }
}

fn regions(of: &Compared<Region>) -> Text {
    match (of.standing, &of.source, &of.target) {
        _ if of.itself => text!("source and target are the same environment, in the same region"),
        (Standing::Unknown, s, t) => {
            let known = |role: Role, r: &Option<Region>| r.as_ref().map(|r| text!(role, " is in ", r, ", "));
            text!(known(SOURCE, s), known(TARGET, t), not_known(of, "the region"))
        }
        (Standing::Met, Some(s), _) => text!("both are in ", s),
        (_, Some(s), Some(t)) => text!(SOURCE, " is in ", s, ", ", TARGET, " is in ", t),
        _ => not_known(of, "the region"),
    }
}

fn databases(of: &Compared<bool>) -> Text {
    let lacks = |d: Option<bool>| d == Some(false);
    let no_source = || text!(SOURCE, " has no Dataverse, so there is no backup of it");
    match of.standing {
        Standing::Met if of.itself => text!(Piece::Itself, " has Dataverse"),
        Standing::Met => text!("both have Dataverse"),
        Standing::Broken if of.itself => text!(Piece::Itself, " has no Dataverse, so there is no backup of it"),
        Standing::Broken => match (lacks(of.source), lacks(of.target)) {
            (true, true) => text!("neither ", SOURCE, " nor ", TARGET, " has Dataverse"),
            (true, false) => no_source(),
            _ => text!(TARGET, " has no Dataverse"),
        },
        Standing::Unknown if of.itself => text!("whether ", Piece::Itself, " has Dataverse is not known"),
        Standing::Unknown => match (of.source.is_none(), of.target.is_none()) {
            (true, true) => text!("whether ", SOURCE, " and ", TARGET, " have Dataverse is not known"),
            (true, false) => text!(TARGET, " has Dataverse; whether ", SOURCE, " has it is not known"),
            _ => text!(SOURCE, " has Dataverse; whether ", TARGET, " has it is not known"),
        },
    }
}

fn managed(of: &Compared<bool>) -> Text {
    let word = |m: Option<bool>| if m == Some(true) { "managed" } else { "not managed" };
    let (s, t) = (of.source, of.target);
    match of.standing {
        _ if of.itself => text!("source and target are the same environment, managed or not"),
        Standing::Met if s == Some(true) => text!("both are managed"),
        Standing::Met => text!("neither is managed"),
        Standing::Broken => text!(SOURCE, " is ", word(s), ", ", TARGET, " is ", word(t)),
        Standing::Unknown => match (s, t) {
            (None, None) => text!("whether ", SOURCE, " and ", TARGET, " are managed is not known"),
            (None, _) => text!(TARGET, " is ", word(t), "; whether ", SOURCE, " is managed is not known"),
            _ => text!(SOURCE, " is ", word(s), "; whether ", TARGET, " is managed is not known"),
        },
    }
}

fn key_of(role: Role, key: Option<&Key>) -> Text {
    match key {
        None => text!("whether ", role, " has a customer-managed key is not known"),
        Some(Key::Microsoft) => text!(role, " has no customer-managed key"),
        Some(Key::Customer(None)) => text!(role, " has a customer-managed key, which one is not known"),
        Some(Key::Customer(Some(id))) => text!(role, " has the customer-managed key ", code(id.as_str())),
    }
}

fn keys(of: &Compared<Key>, key_match: KeyMatch) -> Text {
    let (s, t) = (of.source.as_ref(), of.target.as_ref());
    match of.standing {
        _ if of.itself => text!("source and target are the same environment, with the same key"),
        Standing::Met if s == Some(&Key::Microsoft) => {
            text!(SOURCE, " has no customer-managed key, so ", TARGET, " may have one or none")
        }
        Standing::Met if key_match == KeyMatch::Any => {
            text!(TARGET, " has a customer-managed key; under this edition any key will do")
        }
        Standing::Met => text!("both have the same customer-managed key"),
        Standing::Broken | Standing::Unknown => match (s, t) {
            (None, None) => text!("whether ", SOURCE, " and ", TARGET, " have a customer-managed key is not known"),
            (Some(Key::Customer(a)), Some(Key::Customer(b))) if of.standing == Standing::Unknown => {
                let word = |id: &Option<String>| id.as_deref().map_or_else(|| text!("not known"), |id| text!(code(id)));
                let start = "both have a customer-managed key; ";
                text!(start, SOURCE, "'s is ", word(a), ", ", TARGET, "'s is ", word(b))
            }
            (s, t) => text!(key_of(SOURCE, s), "; ", key_of(TARGET, t)),
        },
    }
}

fn policies(of: &Compared<Vec<Policy>>, differing: &Differing) -> Text {
    let list = |of: &[Policy]| List::joined(of, ", ").says();
    match (of.standing, &of.source, &of.target) {
        _ if of.itself => text!("source and target are the same environment, with the same policies"),
        (Standing::Met, Some(s), _) if s.is_empty() => text!(SOURCE, " has no enterprise policies"),
        (Standing::Met, Some(s), _) => text!(SOURCE, "'s policies are linked to ", TARGET, " too: ", list(s)),
        (Standing::Broken, Some(_), Some(_)) => text!("not linked to ", TARGET, ": ", list(&differing.missing)),
        (_, Some(_), Some(_)) => text!("not known to be the same policy on both: ", list(&differing.open)),
        (_, Some(s), None) => {
            text!(SOURCE, "'s policies: ", list(s), "; which are linked to ", TARGET, " is not known")
        }
        (_, None, Some(_)) => text!("which enterprise policies ", SOURCE, " has is not known"),
        (_, None, None) => text!("which enterprise policies ", SOURCE, " and ", TARGET, " have is not known"),
    }
}

fn listed(listing: Listing, beside: ListStanding, itself: bool) -> Text {
    let target = match itself {
        true => text!(Piece::Itself, " as a target of itself"),
        false => text!(TARGET),
    };
    let (verb, at) = match listing {
        Listing::Nothing => return text!(),
        Listing::Offered(at) => ("the service offered ", at),
        Listing::LeftOut(at) => ("the service did not offer ", at),
    };
    let left_out = matches!(listing, Listing::LeftOut(_));
    let rest = match beside {
        ListStanding::Agrees if left_out => " either",
        ListStanding::Agrees => "",
        ListStanding::Settles => ": that settles what is not known",
        ListStanding::Contradicts if left_out => {
            ", although every rule is met: only a try without carrying it out (a dry run) tells which holds"
        }
        ListStanding::Contradicts => {
            ", against the rules: only a try without carrying it out (a dry run) tells which holds"
        }
    };
    text!(verb, target, " when it was asked at ", ends(at), rest)
}

fn going(on: &[Going], of_one: bool) -> Text {
    let stops: Vec<&Going> = on.iter().filter(|going| going.what.stops()).collect();
    if !stops.is_empty() {
        return List::joined(stops, "; ").says();
    }
    match on {
        [] if of_one => text!("nothing is known to be going on with ", Piece::Itself),
        [] => text!("nothing is known to be going on with either"),
        on => List::joined(on, "; ").says(),
    }
}

impl Say for Going {
    fn say(&self, text: &mut Text) {
        let who = self.role.map_or(Piece::Itself, Piece::Role);
        match &self.what {
            GoingOn::Deleted => text!(who, " is deleted; it has to be recovered first"),
            GoingOn::Missing => {
                text!(
                    "the last import of the whole tenant did not list ",
                    who,
                    "; whether it is still there is not known"
                )
            }
            GoingOn::LeftDisabled => text!(GoingOn::LeftDisabled),
            GoingOn::Occupied(Occupied::Surely(Operation::Restoring)) => text!(who, " is being restored"),
            GoingOn::Occupied(Occupied::Surely(Operation::Copying)) => text!(who, " is being copied"),
            GoingOn::Occupied(Occupied::Surely(Operation::Switching)) => {
                text!("the kind of ", who, " is being switched")
            }
            GoingOn::Occupied(Occupied::Surely(Operation::Recovering)) => text!(who, " is being recovered"),
            GoingOn::Occupied(Occupied::Reported(raw) | Occupied::Surely(Operation::Other(raw))) => {
                let start = "the service reports ";
                text!(start, code(raw.as_str()), " on ", who, "; whether that stops a restore is not known")
            }
            GoingOn::Occupied(Occupied::Perhaps(activity)) => {
                text!(who, " ", occupied::was(activity), "; whether that has ended is not known")
            }
        }
        .say(text);
    }
}

impl Say for GoingOn {
    fn say(&self, text: &mut Text) {
        match self {
            GoingOn::LeftDisabled => {
                let rest = " disabled: until that is mended it can be restored onto, not from";
                text!("a failed restore left ", SOURCE, rest).say(text);
            }
            what => Going { role: None, what: what.clone() }.say(text),
        }
    }
}

impl Say for Failed {
    fn say(&self, text: &mut Text) {
        match self {
            Failed::NotDescribed => text!(
                "a restore onto ",
                TARGET,
                " failed; what that leaves behind is not described in this edition, later editions say that ",
                TARGET,
                " stays disabled"
            ),
            Failed::Disabled { wait, itself } => {
                let itself = itself.then_some("; whether its own backup can then be the source is not said");
                let start = "a failed restore left ";
                match wait {
                    Some(until) => {
                        text!(start, TARGET, " disabled: wait until ", begins(*until), " before you retry", itself)
                    }
                    None => text!(
                        start,
                        TARGET,
                        " disabled; a retry with the same target is documented, otherwise reset it, delete it or copy onto it",
                        itself
                    ),
                }
            }
        }
        .say(text);
    }
}

impl Say for Caution {
    fn say(&self, text: &mut Text) {
        match self {
            Caution::NotOffered(kind) => text!(
                "the page allows a ",
                kind,
                " environment as a source and says in the same breath that the admin center does not offer it"
            ),
            Caution::SandboxToDeveloper => {
                text!("Sandbox to Developer is refused: the matrix and the text of the page agree")
            }
            Caution::DeveloperTarget => text!(
                "one sentence of the page says that only a Sandbox can be restored to, its matrix also has Developer: the matrix counts"
            ),
            Caution::TeamsItself => text!(
                "the text of the page names Production, Sandbox and Developer as sources, its matrix lets Teams be restored onto itself: the matrix counts"
            ),
            Caution::RegionsMust => {
                text!("the page says both that the regions must and that they should be the same: must counts")
            }
            Caution::ManagedToUnmanaged => text!(
                "that a managed environment cannot be restored to one that is not managed is said in one list of the page only: both directions are refused"
            ),
            Caution::AnyKey => text!(
                "the page does not say whether the same customer-managed key is needed: any key counts here, later editions ask for the same"
            ),
        }
        .say(text);
    }
}
