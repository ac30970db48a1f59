//! The smallest mend of a pair: cases, and the laws that make it the smallest.

use crate::laws::cases;
use crate::pair_support;

use pair_support::*;
use proptest::prelude::*;
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{Outcome, Role, judge, outcome};
use restore_desk::domain::environment::{Environment, EnvironmentId, Key, Kind};
use restore_desk::domain::remedy::{Cost, KeyToApply, Mend, MendingChange, Needed, least_change, mend, new_target};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::{Names, Say};

/// A mend in short: `switch(T) managed(T,on) | asks T4?T | hopeless T2`, empty parts left out; `-` for no set of changes.
fn short_mend(mend: &Mend) -> String {
    let role = |r: &Role| if *r == Role::Source { "S" } else { "T" };
    let word = |c: &MendingChange| match c {
        MendingChange::Set(Setting::Kind(_), r) => format!("switch({})", role(r)),
        MendingChange::Set(Setting::Dataverse, r) => format!("dataverse({})", role(r)),
        MendingChange::Set(Setting::Managed(on), r) => {
            format!("managed({},{})", role(r), if *on { "on" } else { "off" })
        }
        MendingChange::ApplyKey(KeyToApply::Any | KeyToApply::OfSource) => "key".to_string(),
        MendingChange::ApplyKey(KeyToApply::Named(id)) => format!("key({id})"),
        MendingChange::LinkPolicies => "policies".to_string(),
        MendingChange::Set(other, _) => unreachable!("{other:?}"),
    };
    let mut parts = vec![match &mend.changes {
        None => "-".to_string(),
        Some(changes) => changes.iter().map(|r| word(&r.change)).collect::<Vec<_>>().join(" "),
    }];
    if !mend.questions.is_empty() {
        let asks: Vec<String> = mend.questions.iter().map(|q| format!("{:?}({})", q.fact, role(&q.role))).collect();
        parts.push(format!("asks {}", asks.join(" ")));
    }
    if !mend.hopeless.is_empty() {
        let rules: Vec<String> = mend.hopeless.iter().map(ToString::to_string).collect();
        parts.push(format!("hopeless {}", rules.join(" ")));
    }
    parts.join(" | ").trim().to_string()
}

#[track_caller]
fn check(year: &str, source: &str, target: &str, expect: &str) {
    let (s, t) = pair(source, target);
    assert_eq!(short_mend(&mend(edition(year), &s, &t)), expect, "{year}: {source} -> {target}");
}

#[test]
fn an_eligible_pair_needs_nothing() {
    check("2024", "Production", "Sandbox", "");
    check("2025", "Teams", "itself", "");
}

#[test]
fn one_change() {
    check("2024", "Production", "Production", "switch(T)");
    check("2024", "Production", "itself", "switch(T)");
    check("2024", "Sandbox", "Sandbox db:no", "dataverse(T)");
    check("2024", "Sandbox managed", "Sandbox", "managed(T,on)");
    check("2024", "Sandbox", "Sandbox managed", "managed(T,off)");
    check("2024", "Sandbox key:k1", "Sandbox", "key");
    check("2025", "Sandbox key:k1", "Sandbox", "key(k1)");
    check("2025", "Sandbox key:k1", "Sandbox key:k2", "key(k1)");
    check("2025", "Sandbox pol:net=v1", "Sandbox", "policies");
    check("2025", "Sandbox pol:net=v1", "Sandbox pol:net=v2", "policies");
}

#[test]
fn several_changes() {
    check("2024", "Production managed key:k1", "Production db:no", "switch(T) dataverse(T) managed(T,on) key");
    check("2026", "Developer key:k1 pol:id=i1", "Production", "switch(T) key(k1) policies");
}

#[test]
fn what_no_change_mends() {
    check("2024", "Sandbox region:asia", "Sandbox", "- | hopeless T2");
    check("2024", "Sandbox region:asia", "Production managed", "- | hopeless T2");
    check("2024", "Sandbox", "Developer", "- | hopeless T1");
    check("2024", "Sandbox", "Teams", "- | hopeless T1");
    check("2024", "Teams", "Production", "- | hopeless T1");
    check("2024", "Trial", "itself", "- | hopeless T1 T8");
    check("2024", "Default", "Developer", "- | hopeless T1");
    check("2024", "Sandbox db:no", "Sandbox", "- | hopeless T3");
    check("2024", "Sandbox db:no", "itself", "- | hopeless T3");
    // Default may be restored to Developer only, and a Production environment becomes a Sandbox only.
    check("2025", "Default", "Production", "- | hopeless T1");
}

#[test]
fn what_is_not_known_is_asked_not_changed() {
    check("2024", "Sandbox managed:?", "Sandbox", "| asks Managed(S)");
    check("2024", "?", "Sandbox managed:?", "| asks Kind(S) Managed(T)");
    check("2024", "Production", "Production managed:?", "switch(T) | asks Managed(T)");
    check("2024", "?", "Production", "switch(T) | asks Kind(S)");
    check("2025", "Sandbox key:any", "Sandbox", "key | asks Key(S) Key(T)");
    // No answer helps where something is hopeless, so nothing is asked.
    check("2024", "Sandbox region:asia managed:?", "Sandbox", "- | hopeless T2");
}

#[test]
fn an_environment_onto_itself_changes_once() {
    let (s, t) = pair("Production managed key:k1 pol:net=v1", "itself");
    let mend = mend(edition("2025"), &s, &t);
    let changes = mend.changes.unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].mends.iter().map(ToString::to_string).collect::<Vec<_>>(), ["T1", "T8"]);
    assert_eq!(changes[0].says().to_string(), "switch the environment from Production to Sandbox");
    assert!(matches!(changes[0].cost, Cost::Sandbox { itself: true }), "{:?}", changes[0].cost);
}

#[test]
fn costs_are_said() {
    let (s, t) = pair("Production managed", "Production db:no");
    let changes = mend(edition("2024"), &s, &t).changes.unwrap();
    let said: Vec<(String, bool)> =
        changes.iter().map(|r| (format!("{}: {}", r.says(), r.cost.says()), r.cost.reversible())).collect();
    let expect = [
        (
            "switch the target from Production to Sandbox: its users are affected, and its retention falls to 7 days at once: older backups cannot be chosen while it is a Sandbox and may be lost unless it is switched back as soon as possible",
            true,
        ),
        ("add a Dataverse database to the target: it cannot be undone", false),
        (
            "turn on Managed Environments for the target: everybody who uses it needs a licence that includes Managed Environments",
            true,
        ),
    ];
    assert_eq!(said.iter().map(|(s, r)| (s.as_str(), *r)).collect::<Vec<_>>(), expect);
}

/// Turning Managed Environments off may shorten what is kept of Production only, whosever it is; another policy of one sort gives way.
#[test]
fn what_a_change_costs_and_replaces() {
    #[track_caller]
    fn check(source: &str, target: &str, expect: &str) {
        let (s, t) = pair(source, target);
        let changes = mend(edition("2025"), &s, &t).changes.unwrap();
        let costs: Vec<String> = changes.iter().map(|r| format!("{:?}", r.cost)).collect();
        assert_eq!(costs.join(", "), expect, "{source} -> {target}");
    }
    check("Sandbox", "Sandbox managed", "Unmanaged { of_source: false, shortens: false }");
    check("Sandbox managed", "Sandbox", "Managed { of_source: false }");
    check("Production", "Sandbox managed", "Unmanaged { of_source: false, shortens: false }");
    let (mut s, mut t) = pair("Sandbox pol:net=v1,id=i1", "Sandbox pol:net=v2,other=o");
    restore_desk::domain::remedy::apply(&MendingChange::LinkPolicies, &mut s, &mut t);
    let linked: Vec<String> =
        t.policies.get().unwrap().iter().map(|p| format!("{}={}", p.sort, p.id.clone().unwrap())).collect();
    assert_eq!(linked, ["identity=i1", "networkinjection=v1", "other=o"]);
}

#[track_caller]
fn check_new(year: &str, source: &str, says: Option<&str>) {
    let found = new_target(edition(year), &env("source", source)).map(|t| t.says().to_string());
    assert_eq!(found.as_deref(), says, "{year}: {source}");
}

#[test]
fn what_to_create() {
    check_new(
        "2024",
        "Production",
        Some("create a Sandbox environment that is not managed, with Dataverse, in Europe"),
    );
    check_new(
        "2024",
        "Developer managed",
        Some("create a Sandbox environment that is managed, with Dataverse, in Europe"),
    );
    check_new(
        "2024",
        "Production key:k1",
        Some(
            "create a Sandbox environment that is not managed, with Dataverse, in Europe; apply a customer-managed key to it",
        ),
    );
    check_new(
        "2025",
        "Production key:k1 pol:net=v1",
        Some(
            "create a Sandbox environment that is not managed, with Dataverse, in Europe; apply the customer-managed key `k1` to it; link the source's enterprise policies to it",
        ),
    );
    check_new(
        "2025",
        "Production region:? managed:? key:? pol:?",
        Some(
            "create a Sandbox environment, with Dataverse, in the source's region, which is not known yet; managed if the source is, which is not known yet; if the source has a customer-managed key, which is not known yet, apply the same key to it; link the source's enterprise policies to it, if it has any, which is not known yet",
        ),
    );
    check_new(
        "2025",
        "Default",
        Some(
            "create a Developer environment that is not managed, with Dataverse, in Europe; the page adds that the admin center does not offer such a restore",
        ),
    );
    check_new("2024", "Default", None);
    check_new("2024", "Teams", None);
    check_new("2024", "Trial", None);
    check_new("2024", "Platform", None);
    check_new("2024", "Production db:no", None);
}

// ---------------------------------------------------------------------------------------------------------------------------
// Laws. The changes are applied here a second time, by their meaning alone.

fn apply(change: &MendingChange, source: &mut Environment, target: &mut Environment) {
    let itself = source.id == target.id;
    let from = source.clone();
    let mut sides: Vec<&mut Environment> = match change {
        _ if itself => vec![source, target],
        MendingChange::Set(_, Role::Source) => {
            vec![source]
        }
        _ => vec![target],
    };
    for env in &mut sides {
        match change {
            MendingChange::Set(Setting::Kind(_), _) => env.kind = known(Kind::Sandbox),
            MendingChange::Set(Setting::Dataverse, _) => env.dataverse = known(true),
            MendingChange::Set(Setting::Managed(on), _) => env.managed = known(*on),
            MendingChange::ApplyKey(key) => env.key = known(key.applied()),
            MendingChange::LinkPolicies => env.policies = from.policies.clone(),
            MendingChange::Set(other, _) => unreachable!("{other:?}"),
        }
    }
}

fn after(
    edition: &Edition,
    s: &Environment,
    t: &Environment,
    changes: &[&MendingChange],
) -> restore_desk::domain::eligibility::Verdict {
    let (mut s, mut t) = (s.clone(), t.clone());
    changes.iter().for_each(|c| apply(c, &mut s, &mut t));
    judge(edition, &s, &t)
}

/// Every change that docs/RULES.md offers for a pair.
fn universe(s: &Environment, t: &Environment) -> Vec<MendingChange> {
    let mut all = vec![MendingChange::LinkPolicies];
    if t.kind.get() == Some(&Kind::Production) {
        all.push(MendingChange::Set(Setting::Kind(Kind::Sandbox), Role::Target));
    }
    if t.dataverse.get() == Some(&false) && s.id != t.id {
        all.push(MendingChange::Set(Setting::Dataverse, Role::Target));
    }
    for (role, env) in [(Role::Source, s), (Role::Target, t)] {
        if let Some(managed) = env.managed.get() {
            all.push(MendingChange::Set(Setting::Managed(!managed), role));
        }
    }
    match s.key.get() {
        Some(Key::Customer(id)) => {
            all.push(MendingChange::ApplyKey(id.clone().map_or(KeyToApply::OfSource, KeyToApply::Named)))
        }
        _ => all.push(MendingChange::ApplyKey(KeyToApply::Any)),
    }
    all
}

fn subsets(all: &[MendingChange]) -> Vec<Vec<&MendingChange>> {
    (0..1u32 << all.len())
        .map(|mask| all.iter().enumerate().filter(|(i, _)| mask & (1 << i) != 0).map(|(_, c)| c).collect())
        .collect()
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn the_mend_mends_and_nothing_smaller_does(
        edition in any_edition(), s in any_spec(), t in any_spec(), itself in proptest::bool::weighted(0.2),
    ) {
        let (s, t) = pair(&s, if itself { "itself" } else { &t });
        let mended = mend(edition, &s, &t);
        let all = universe(&s, &t);
        match &mended.changes {
            Some(changes) => {
                prop_assert!(mended.hopeless.is_empty());
                let chosen: Vec<&MendingChange> = changes.iter().map(|r| &r.change).collect();
                let verdict = after(edition, &s, &t, &chosen);
                prop_assert!(verdict.broken.is_empty(), "{:?}", verdict);
                prop_assert_eq!(verdict.questions(), mended.questions.clone());
                let outcome = if mended.questions.is_empty() { Outcome::Eligible } else { Outcome::Unknown };
                prop_assert_eq!(verdict.outcome(), outcome);
                for left_out in 0..chosen.len() {
                    let fewer: Vec<&MendingChange> =
                        chosen.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, c)| *c).collect();
                    prop_assert!(!after(edition, &s, &t, &fewer).broken.is_empty(), "without {left_out}: {chosen:?}");
                }
                for set in subsets(&all).into_iter().filter(|set| set.len() < chosen.len()) {
                    prop_assert!(!after(edition, &s, &t, &set).broken.is_empty(), "{set:?} does it too");
                }
                for remedy in changes {
                    prop_assert!(!remedy.mends.is_empty());
                    prop_assert!(!remedy.says().to_string().ends_with('.') && !remedy.cost.says().is_empty());
                }
            }
            None => {
                prop_assert!(mended.questions.is_empty());
                prop_assert!(!mended.hopeless.is_empty());
                for set in subsets(&all) {
                    prop_assert!(!after(edition, &s, &t, &set).broken.is_empty(), "{set:?} does it");
                }
            }
        }
        if outcome(edition, &s, &t) == Outcome::Eligible {
            prop_assert_eq!(mended.changes, Some(Vec::new()));
            prop_assert!(mended.questions.is_empty());
        }
    }

    #[test]
    fn what_is_created_is_never_refused(edition in any_edition(), s in any_spec()) {
        let source = env("source", &s);
        let Some(new) = new_target(edition, &source) else { return Ok(()) };
        let mut target = env("target", "");
        target.kind = known(new.kind);
        target.region = new.region.map_or(source.region.clone(), known);
        target.managed = new.managed.map_or(source.managed.clone(), known);
        target.key = known(new.key.surely().map_or(Key::Microsoft, |key| key.applied()));
        if new.policies == Needed::Yes(()) {
            target.policies = source.policies.clone();
        }
        prop_assert_ne!(outcome(edition, &source, &target), Outcome::Refused);
        let all_known = !source.kind.is_unknown()
            && !source.region.is_unknown()
            && !source.dataverse.is_unknown()
            && !source.managed.is_unknown()
            && matches!(source.key.get(), Some(Key::Microsoft | Key::Customer(Some(_))))
            && source.policies.get().is_some_and(|p| p.iter().all(|p| p.id.is_some()));
        if all_known {
            prop_assert_eq!(outcome(edition, &source, &target), Outcome::Eligible);
        }
    }
}

#[test]
fn whoever_has_an_eligible_target_is_told_what_to_create() {
    for edition in EDITIONS {
        for kind in Kind::NAMED {
            let mut source = env("source", "");
            source.kind = known(kind);
            let reachable = Kind::NAMED.into_iter().any(|kind| {
                let mut target = env("target", "");
                target.kind = known(kind);
                outcome(edition, &source, &target) == Outcome::Eligible
            });
            assert_eq!(new_target(edition, &source).is_some(), reachable, "{edition:?} {:?}", source.kind.get());
        }
    }
}

/// What is for good is said once, by the cost itself, and of nothing else.
#[test]
fn what_cannot_be_undone_says_so() {
    let both = [false, true];
    let mut all = vec![Cost::Dataverse, Cost::Key, Cost::Policies];
    for of_source in both {
        all.extend([Cost::Sandbox { itself: of_source }, Cost::Managed { of_source }]);
        all.extend(both.map(|shortens| Cost::Unmanaged { of_source, shortens }));
    }
    for cost in all {
        let said = cost.says().to_string().matches("cannot be undone").count();
        assert_eq!(said, usize::from(!cost.reversible()), "{cost:?}");
    }
}

/// The environment that is changed, and what it is said to cost.
#[test]
fn the_change_that_costs_least_is_named_where_nothing_is_open() {
    let check = |source: &str, others: &[(&str, &str)], expect: Option<&str>| {
        let mut all = vec![env("here", source)];
        all.extend(others.iter().map(|(id, spec)| env(id, spec)));
        all.iter_mut().for_each(|e| e.name = e.id.as_str().to_string());
        let tenant = Tenant { environments: all.into_iter().collect(), ..Tenant::default() };
        let ids: Vec<EnvironmentId> = others.iter().map(|(id, _)| EnvironmentId::new(*id)).collect();
        let least = least_change(edition("2024"), &tenant, &EnvironmentId::new("here"), &ids, false);
        let says = least.map(|least| {
            let (here, other) = (tenant.get(&EnvironmentId::new("here")), tenant.get(&least.other));
            least.says(&Names::of(here.unwrap(), other.unwrap())).to_string()
        });
        match expect {
            None => assert_eq!(says, None),
            Some(part) => assert!(says.as_ref().is_some_and(|says| says.contains(part)), "{part}: {says:?}"),
        }
    };
    // No Production environment is switched where turning Managed on would do; nothing is done for good where something else would.
    check("Sandbox managed", &[("a", "Production managed"), ("b", "Sandbox")], Some("“b”"));
    check("Sandbox managed", &[("a", "Production managed")], Some("7 days at once"));
    check("Sandbox", &[("a", "Sandbox db:no"), ("b", "Sandbox managed")], Some("“b”"));
    check("Sandbox", &[("a", "Sandbox db:no")], Some("cannot be undone"));
    check("Sandbox", &[("a", "Sandbox region:asia")], None);
    check("Sandbox", &[], None);
}
