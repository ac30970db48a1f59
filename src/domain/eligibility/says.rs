//! The words of the rules: about *the source* and *the target*, with values, never with names, so that they hold for every
//! pair with the same facts.

use super::super::edition::{Edition, KeyMatch, Pair};
use super::super::environment::{Key, Kind, Policy, Region};
use super::super::rule::RuleId;
use super::rules::{Pairing, customer_key, differing_policies};
use super::{Judgement, Standing, Verdict};

/// The verdict in words.
pub(super) fn verdict(p: &Pairing) -> Verdict {
    let mut verdict = Verdict::default();
    for rule in p.rules() {
        let ruling = p.ruling(rule);
        let says = match rule {
            RuleId::T1 => kinds(p, ruling.standing),
            RuleId::T2 => regions(p, ruling.standing),
            RuleId::T3 => databases(p, ruling.standing),
            RuleId::T4 => managed(p, ruling.standing),
            RuleId::T5 => keys(p, ruling.standing),
            RuleId::T6 => policies(p, ruling.standing),
            _ => onto_itself(p, ruling.standing),
        };
        verdict.add(ruling.standing, Judgement { rule, says, asks: ruling.asks(rule) });
    }
    verdict.cautions = cautions(p, &verdict);
    verdict
}

/// A kind in a sentence; a kind that we do not know is quoted as it came.
pub(super) fn kind_word(kind: &Kind) -> String {
    match kind {
        Kind::Other(raw) => format!("`{raw}`"),
        known => known.to_string(),
    }
}

/// "Sandbox", "Sandbox or Developer".
fn either(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} or {last}", firsts.join(", ")),
    }
}

/// What a source of this kind may be restored to.
fn reach(edition: &Edition, source: &Kind) -> String {
    let cell = |wanted: Pair| move |t: &&Kind| edition.pair(source, t) == wanted;
    let targets: Vec<String> = edition.targets.iter().filter(cell(Pair::Yes)).map(kind_word).collect();
    let source_word = kind_word(source);
    if !targets.is_empty() {
        format!("a {source_word} environment can be restored only to {} environments", either(&targets))
    } else if edition.targets.iter().any(|t| cell(Pair::ItselfOnly)(&t)) {
        format!("a {source_word} environment can be restored only onto itself")
    } else {
        format!("a {source_word} environment is never a source")
    }
}

/// "the kind of the source is not known" and its like.
fn not_known(p: &Pairing, source: bool, target: bool, what: &str) -> String {
    if p.itself {
        return format!("{what} of the environment is not known");
    }
    match (source, target) {
        (true, true) => format!("{what} is not known of either the source or the target"),
        (true, false) => format!("{what} of the source is not known"),
        _ => format!("{what} of the target is not known"),
    }
}

fn kinds(p: &Pairing, standing: Standing) -> String {
    let (source, target) = (p.source.kind, p.target.kind);
    match (standing, source, target) {
        (Standing::Unknown, Some(s), None) => {
            format!("the source is {}, {}", kind_word(s), not_known(p, false, true, "the kind"))
        }
        (Standing::Unknown, None, Some(t)) => {
            format!("the target is {}, {}", kind_word(t), not_known(p, true, false, "the kind"))
        }
        (_, Some(s), Some(_)) if p.itself => match standing {
            Standing::Met => format!("{} onto itself: allowed", kind_word(s)),
            _ => format!("{} onto itself: not allowed, {}", kind_word(s), reach(p.edition, s)),
        },
        (Standing::Met, Some(s), Some(t)) => {
            format!("the source is {}, the target is {}: allowed", kind_word(s), kind_word(t))
        }
        (_, Some(s), Some(t)) => {
            format!("the source is {}, the target is {}: {}", kind_word(s), kind_word(t), reach(p.edition, s))
        }
        (_, Some(s), None) => format!("the source is {}: {}", kind_word(s), reach(p.edition, s)),
        (_, None, Some(t)) => {
            format!("the target is {}: no other environment can be restored to it", kind_word(t))
        }
        (_, None, None) => not_known(p, true, true, "the kind"),
    }
}

fn onto_itself(p: &Pairing, standing: Standing) -> String {
    let kind = p.source.kind.map(kind_word).unwrap_or_default();
    match standing {
        Standing::Met if !p.itself => "source and target are two environments".into(),
        Standing::Met => format!("a {kind} environment can be restored onto itself"),
        Standing::Unknown => {
            "whether the environment can be restored onto itself depends on its kind, which is not known".into()
        }
        Standing::Broken if p.source.kind == Some(&Kind::Production) => {
            "a Production environment can never be restored onto itself; it has to be switched to Sandbox first".into()
        }
        Standing::Broken => format!("a {kind} environment cannot be restored onto itself"),
    }
}

fn regions(p: &Pairing, standing: Standing) -> String {
    match (standing, p.source.region, p.target.region) {
        _ if p.itself => "source and target are the same environment, in the same region".into(),
        (Standing::Unknown, s, t) => {
            let known =
                |role: &str, r: Option<&Region>| r.map(|r| format!("the {role} is in {r}, ")).unwrap_or_default();
            format!(
                "{}{}{}",
                known("source", s),
                known("target", t),
                not_known(p, s.is_none(), t.is_none(), "the region")
            )
        }
        (Standing::Met, Some(s), _) => format!("both are in {s}"),
        (_, Some(s), Some(t)) => format!("the source is in {s}, the target is in {t}"),
        _ => not_known(p, true, true, "the region"),
    }
}

fn databases(p: &Pairing, standing: Standing) -> String {
    let lacks = |d: Option<bool>| d == Some(false);
    let (s, t) = (p.source.dataverse, p.target.dataverse);
    match standing {
        Standing::Met if p.itself => "the environment has Dataverse".into(),
        Standing::Met => "both have Dataverse".into(),
        Standing::Broken if p.itself => "the environment has no Dataverse, so there is no backup of it".into(),
        Standing::Broken => match (lacks(s), lacks(t)) {
            (true, true) => "neither the source nor the target has Dataverse".into(),
            (true, false) => "the source has no Dataverse, so there is no backup of it".into(),
            _ => "the target has no Dataverse".into(),
        },
        Standing::Unknown if p.itself => "whether the environment has Dataverse is not known".into(),
        Standing::Unknown => match (s.is_none(), t.is_none()) {
            (true, true) => "whether the source and the target have Dataverse is not known".into(),
            (true, false) => "the target has Dataverse; whether the source has it is not known".into(),
            _ => "the source has Dataverse; whether the target has it is not known".into(),
        },
    }
}

fn managed(p: &Pairing, standing: Standing) -> String {
    let word = |m: Option<bool>| if m == Some(true) { "managed" } else { "not managed" };
    let (s, t) = (p.source.managed, p.target.managed);
    match standing {
        _ if p.itself => "source and target are the same environment, managed or not".into(),
        Standing::Met if s == Some(true) => "both are managed".into(),
        Standing::Met => "neither is managed".into(),
        Standing::Broken => format!("the source is {}, the target is {}", word(s), word(t)),
        Standing::Unknown => match (s, t) {
            (None, None) => "whether the source and the target are managed is not known".into(),
            (None, _) => format!("the target is {}; whether the source is managed is not known", word(t)),
            _ => format!("the source is {}; whether the target is managed is not known", word(s)),
        },
    }
}

fn key_word(role: &str, key: Option<&Key>) -> String {
    match (key, customer_key(key)) {
        (None, _) => format!("whether the {role} has a customer-managed key is not known"),
        (_, None) => format!("the {role} has no customer-managed key"),
        (_, Some(None)) => format!("the {role} has a customer-managed key, which one is not known"),
        (_, Some(Some(id))) => format!("the {role} has the customer-managed key `{id}`"),
    }
}

fn keys(p: &Pairing, standing: Standing) -> String {
    let (s, t) = (p.source.key, p.target.key);
    match standing {
        _ if p.itself => "source and target are the same environment, with the same key".into(),
        Standing::Met if s == Some(&Key::Microsoft) => {
            "the source has no customer-managed key, so the target may have one or none".into()
        }
        Standing::Met if p.edition.key_match == KeyMatch::Any => {
            "the target has a customer-managed key; under this edition any key will do".into()
        }
        Standing::Met => "both have the same customer-managed key".into(),
        Standing::Broken | Standing::Unknown => match (s, t) {
            (None, None) => "whether the source and the target have a customer-managed key is not known".into(),
            (Some(Key::Customer(a)), Some(Key::Customer(b))) if standing == Standing::Unknown => {
                let word = |id: &Option<String>| id.as_ref().map_or("not known".to_string(), |id| format!("`{id}`"));
                format!("both have a customer-managed key; the source's is {}, the target's is {}", word(a), word(b))
            }
            (s, t) => format!("{}; {}", key_word("source", s), key_word("target", t)),
        },
    }
}

/// The sort of a policy for people.
pub(super) fn policy_word(policy: &Policy) -> String {
    let sort = match policy.sort.to_ascii_lowercase().as_str() {
        "networkinjection" | "vnets" => "virtual network".to_string(),
        "privateendpoint" => "private endpoint".to_string(),
        "identity" => "identity".to_string(),
        other => format!("`{other}`"),
    };
    match policy.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => format!("{sort} (`{id}`)"),
        None => sort,
    }
}

fn policies(p: &Pairing, standing: Standing) -> String {
    let words = |list: &[&Policy]| list.iter().map(|p| policy_word(p)).collect::<Vec<_>>().join(", ");
    match (standing, p.source.policies, p.target.policies) {
        _ if p.itself => "source and target are the same environment, with the same policies".into(),
        (Standing::Met, Some(s), _) if s.is_empty() => "the source has no enterprise policies".into(),
        (Standing::Met, Some(s), _) => {
            format!("the source's policies are linked to the target too: {}", words(&s.iter().collect::<Vec<_>>()))
        }
        (Standing::Broken, Some(s), Some(t)) => {
            format!("not linked to the target: {}", words(&differing_policies(s, t).0))
        }
        (_, Some(s), Some(t)) => {
            format!("not known to be the same policy on both: {}", words(&differing_policies(s, t).1))
        }
        (_, Some(s), None) => format!(
            "the source's policies: {}; which are linked to the target is not known",
            words(&s.iter().collect::<Vec<_>>())
        ),
        (_, None, Some(_)) => "which enterprise policies the source has is not known".into(),
        (_, None, None) => "which enterprise policies the source and the target have is not known".into(),
    }
}

/// What does not decide but must be said.
fn cautions(p: &Pairing, verdict: &Verdict) -> Vec<Judgement> {
    let mut cautions = Vec::new();
    let mut note = |rule: RuleId, says: String| cautions.push(Judgement { rule, says, asks: Vec::new() });
    let broken = |rule| verdict.standing(rule) == Some(Standing::Broken);

    if let Some(source) = p.source.kind
        && p.edition.not_offered_sources.contains(source)
        && !broken(RuleId::T1)
    {
        note(
            RuleId::T1,
            format!(
                "the page allows a {} environment as a source and says in the same breath that the admin center does not offer it",
                kind_word(source)
            ),
        );
    }
    match (p.source.kind, p.target.kind) {
        (Some(Kind::Sandbox), Some(Kind::Developer)) if !p.itself && broken(RuleId::T1) => note(
            RuleId::D8,
            "Sandbox to Developer is refused: the matrix and the text of the page agree".into(),
        ),
        (_, Some(Kind::Developer)) if !broken(RuleId::T1) => note(
            RuleId::D2,
            "one sentence of the page says that only a Sandbox can be restored to, its matrix also has Developer: the matrix counts".into(),
        ),
        (Some(Kind::Teams), Some(Kind::Teams)) if p.itself => note(
            RuleId::D3,
            "the text of the page names Production, Sandbox and Developer as sources, its matrix lets Teams be restored onto itself: the matrix counts".into(),
        ),
        _ => {}
    }
    if broken(RuleId::T2) {
        note(
            RuleId::D6,
            "the page says both that the regions must and that they should be the same: must counts".into(),
        );
    }
    if broken(RuleId::T4) && p.source.managed == Some(true) {
        note(
            RuleId::D5,
            "that a managed environment cannot be restored to one that is not managed is said in one list of the page only: both directions are refused".into(),
        );
    }
    let two_keys = match (customer_key(p.source.key), customer_key(p.target.key)) {
        (Some(Some(s)), Some(Some(t))) => !s.eq_ignore_ascii_case(t),
        (Some(_), Some(_)) => true,
        _ => false,
    };
    if p.edition.key_match == KeyMatch::Any && !p.itself && two_keys {
        note(
            RuleId::D7,
            "the page does not say whether the same customer-managed key is needed: any key counts here, later editions ask for the same".into(),
        );
    }
    cautions
}
