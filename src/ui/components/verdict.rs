//! One way to show a verdict, used everywhere: what is broken first, then what is unknown with its question right there, then
//! what is met, then the way out.

use super::outcome::{outcome_now_look, tag};
use super::{Ask, FactsAge, PairNames, RuleChips, SaysText};
use crate::domain::compare::{WorsePair, newest_is_worse_for_pair};
use crate::domain::edition::Edition;
use crate::domain::eligibility::{
    AtThisMoment, Judgement, Outcome, Question, Role, Verdict, brings, doubts, gates, judge, matrix,
};
use crate::domain::environment::EnvironmentId;
use crate::domain::moment::Moment;
use crate::domain::remedy::{Mend, Remedy, mend};
use crate::domain::tenant::Tenant;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::count;
use crate::words::Say;
use crate::words::facts;

/// A verdict with all that is said beside it.
#[derive(Clone, PartialEq)]
struct Answered {
    source: EnvironmentId,
    target: EnvironmentId,
    names: PairNames,
    edition: &'static Edition,
    verdict: Verdict,
    mend: Mend,
    newest: Option<WorsePair>,
}

fn answer(
    edition: &'static Edition,
    tenant: &Tenant,
    source: &EnvironmentId,
    target: &EnvironmentId,
) -> Option<Answered> {
    let place = |id: &EnvironmentId| tenant.environments.place(id);
    let (s, t) = (place(source)?, place(target)?);
    let (from, onto) = (tenant.environments.get(s)?, tenant.environments.get(t)?);
    // The matrix alone knows what a deletion does to a pair.
    let deleted = from.deleted.is_some() || onto.deleted.is_some();
    let verdict = if deleted { matrix(edition, tenant).verdict(s, t) } else { judge(edition, from, onto) };
    Some(Answered {
        source: from.id.clone(),
        target: onto.id.clone(),
        names: PairNames::of(from, onto),
        edition,
        verdict,
        mend: mend(edition, from, onto),
        newest: newest_is_worse_for_pair(edition, from, onto),
    })
}

/// The verdict for a source and a target, with every reason and the smallest mend.
#[component]
pub fn VerdictView(
    #[prop(into)] source: Signal<EnvironmentId>,
    #[prop(into)] target: Signal<EnvironmentId>,
    /// Leave out the heading that names the pair.
    #[prop(optional)]
    bare: bool,
    /// Add what stands in the way at this moment (T7, T9) where it does.
    #[prop(optional)]
    moment: bool,
) -> impl IntoView {
    let app = use_app();
    // Compared before it is drawn again, so that a question that is being answered is not torn away by the clock.
    let answered = Memo::new(move |_| {
        let edition = app.edition();
        app.with(|w| source.with(|s| target.with(|t| answer(edition, &w.tenant, s, t))))
    });
    let now = Memo::new(move |_| moment.then(|| app.now()));
    let blocked = Memo::new(move |_| {
        let (now, edition) = (now.get()?, app.edition());
        app.with(|w| {
            let env = |id: &EnvironmentId| w.tenant.get(id).cloned();
            let (s, t) = (source.with(env)?, target.with(env)?);
            let v = gates(Moment::new(edition, &w.tenant, now), &s, &t);
            let stands = AtThisMoment::by(edition, &v, s.id == t.id);
            Some((PairNames::of(&s, &t), v.broken, v.cautions, stands))
        })
    });
    let stands = Memo::new(move |_| blocked.with(|b| b.as_ref().map_or(AtThisMoment::Open, |(.., stands)| *stands)));
    view! {
        <section class="verdict">
            {live(move || match answered.get() {
                None => {
                    view! { <p class="hint">"One of the two environments is no longer on the list."</p> }.into_any()
                }
                Some(a) => view! { <Shown answered=a bare stands /> }.into_any(),
            })}
            {live(move || {
                blocked
                    .get()
                    .filter(|(_, broken, cautions, _)| !broken.is_empty() || !cautions.is_empty())
                    .map(|(names, broken, cautions, _)| {
                        view! {
                            <h3>"At this moment"</h3>
                            <ul class="rules">
                                {broken.into_iter().map(|j| judged("✕", "Stops a restore: ", "r", &names, j, ())).collect_view()}
                                {cautions.into_iter().map(|j| judged("!", "Caution: ", "a", &names, j, ())).collect_view()}
                            </ul>
                        }
                    })
            })}
        </section>
    }
}

#[component]
fn Shown(
    answered: Answered,
    bare: bool,
    /// How it stands at this moment, where that is asked.
    stands: Memo<AtThisMoment>,
) -> impl IntoView {
    let Answered { source, target, names, edition, verdict, mend, newest } = answered;
    let itself = source == target;
    let outcome = verdict.outcome();
    let rules = verdict.met.len() + verdict.broken.len() + verdict.unknown.len();
    let says = match outcome {
        Outcome::Eligible => format!("all {rules} rules met"),
        Outcome::Unknown if verdict.questions().is_empty() => {
            "the rules and what the service listed say different things".to_string()
        }
        Outcome::Unknown => format!("{} of {rules} cannot be judged, none is broken", verdict.unknown.len()),
        Outcome::Refused => format!("{} of {rules} broken", verdict.broken.len()),
    };
    let title =
        if itself { format!("{} onto itself", names.source) } else { format!("{} → {}", names.source, names.target) };
    let Verdict { met, broken, unknown, cautions } = verdict;
    let way = way_out(outcome, &names, mend, &source, &target);
    let rests_on = Signal::stored(vec![source.clone(), target.clone()]);
    let met_count = met.len();
    view! {
        {(!bare).then(|| view! { <h2>{title}</h2> })}
        <p class="verdict-sum">
            {live(move || tag(outcome_now_look(outcome, stands.get())))}
            <span class="verdict-says">{says} " · " {edition.title} <FactsAge of=rests_on /></span>
        </p>
        {newest.map(|n| view! { <div class="note"><SaysText text=n.says() /></div> })}
        <ul class="rules">
            {broken.into_iter().map(|j| judged("✕", "Broken: ", "r", &names, j, ())).collect_view()}
            {unknown
                .into_iter()
                .map(|j| {
                    let asks = questions(&j.asks, &names, &source, &target);
                    judged("?", "Unknown: ", "a", &names, j, asks)
                })
                .collect_view()}
            {cautions.into_iter().map(|j| judged("!", "Caution: ", "a", &names, j, ())).collect_view()}
        </ul>
        {(met_count > 0)
            .then(|| {
                view! {
                    <details class="verdict-met">
                        <summary>{if met_count == rules { "Each rule".to_string() } else { count(met_count, "rule is met", "rules are met") }}</summary>
                        <ul class="rules">
                            {met.into_iter().map(|j| judged("✓", "Met: ", "g", &names, j, ())).collect_view()}
                        </ul>
                    </details>
                }
            })}
        {way}
    }
}

/// One judged rule in a list.
fn judged(
    symbol: &'static str,
    word: &'static str,
    tone: &'static str,
    names: &PairNames,
    j: Judgement,
    more: impl IntoView + 'static,
) -> AnyView {
    let more = more.into_any();
    view! {
        <li class="rule">
            <span class=format!("i {tone}") aria-hidden="true">
                {symbol}
            </span>
            <div>
                <span class="visually-hidden">{word}</span>
                <SaysText text=names.says(&j.cause) />
                {more}
            </div>
            <RuleChips rules=j.rules />
        </li>
    }
    .into_any()
}

/// The questions of an unknown rule, to be answered right there.
fn questions(
    asks: &[Question],
    names: &PairNames,
    source: &EnvironmentId,
    target: &EnvironmentId,
) -> impl IntoView + use<> {
    let app = use_app();
    // As it stands when it is asked: what is being answered is not drawn again.
    let says = move |id: &EnvironmentId, fact| {
        untrack(|| {
            let (edition, now) = (app.edition(), app.now());
            app.with(|w| facts::brings(&brings(Moment::new(edition, &w.tenant, now), id, fact)))
        })
    };
    asks.iter()
        .map(|q| {
            let (id, name) = match q.role {
                Role::Source => (source.clone(), names.source.clone()),
                Role::Target => (target.clone(), names.target.clone()),
            };
            view! {
                <div class="verdict-ask">
                    <strong>{name}</strong>
                    <Ask environments=vec![id.clone()] fact=q.fact />
                    {Some(says(&id, q.fact)).filter(|says| !says.is_empty()).map(|says| view! { <p class="hint num">{says}</p> })}
                </div>
            }
        })
        .collect_view()
}

fn way_out(
    outcome: Outcome,
    names: &PairNames,
    mend: Mend,
    source: &EnvironmentId,
    target: &EnvironmentId,
) -> Option<impl IntoView + use<>> {
    if outcome != Outcome::Refused {
        return None;
    }
    let Mend { changes, questions, hopeless, new_target } = mend;
    let changed = match changes {
        Some(changes) => {
            let title = match changes.len() {
                1 => "One change makes it eligible".to_string(),
                n => format!("{n} changes together make it eligible"),
            };
            let title =
                if questions.is_empty() { title } else { format!("{title}, if the open questions are answered so") };
            let open = questions
                .iter()
                .map(|q| {
                    let name = match q.role {
                        Role::Source => &names.source,
                        Role::Target => &names.target,
                    };
                    format!("{name}: {}", facts::of(q.fact).noun)
                })
                .collect::<Vec<_>>()
                .join("; ");
            view! {
                <h3>{title}</h3>
                <ul class="remedies">{changes.into_iter().map(|r| remedy(names, r)).collect_view()}</ul>
                {(!open.is_empty()).then(|| view! { <p class="hint">"Still not known: " {open}</p> })}
            }
            .into_any()
        }
        None => view! {
            <h3>"No change makes this pair eligible"</h3>
            {(!hopeless.is_empty())
                .then(|| view! { <p>"Nothing mends " <RuleChips rules=hopeless /></p> })}
        }
        .into_any(),
    };
    let itself = source == target;
    let other = new_target.map(|t| {
        view! {
            <h3>{if itself { "Or restore to another environment" } else { "Or create a new target" }}</h3>
            <p><SaysText text=names.says(t) /></p>
        }
    });
    Some(view! {
        {changed}
        {other}
    })
}

fn remedy(names: &PairNames, r: Remedy) -> impl IntoView + use<> {
    let undo = if r.cost.reversible() { ("tag", "can be undone") } else { ("tag no", "cannot be undone") };
    view! {
        <li>
            <div>
                <strong><SaysText text=names.says(&r) /></strong>
                " "
                <span class=undo.0>{undo.1}</span>
                " "
                <RuleChips rules=r.mends />
            </div>
            <div class="hint"><SaysText text=names.says(r.cost) /></div>
        </li>
    }
}

/// An outcome with the first reason against it, for lists of targets and sources.
#[component]
pub fn PairLine(
    source: EnvironmentId,
    target: EnvironmentId,
    /// The one of the two that the line is about.
    about: EnvironmentId,
    /// It is about restoring onto itself: say so instead of the name.
    #[prop(optional)]
    itself: bool,
) -> impl IntoView {
    let app = use_app();
    let link = Route::pair(source.clone(), target.clone()).href();
    let line = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let (s, t) = (w.tenant.get(&source)?, w.tenant.get(&target)?);
            let verdict = judge(edition, s, t);
            let moment = gates(Moment::new(edition, &w.tenant, now), s, t);
            let doubts = doubts(edition, &moment, itself);
            let stands = outcome_now_look(verdict.outcome(), AtThisMoment::of(&moment.broken, &doubts));
            let against = verdict.broken.first().or(verdict.unknown.first()).cloned();
            let at_moment = moment.broken.first().or(doubts.first()).cloned();
            let first = against.or(at_moment).or_else(|| verdict.cautions.first().cloned());
            let name = w.tenant.get(&about).map(|e| e.name.clone()).unwrap_or_default();
            let names = PairNames::of(s, t);
            Some((name, stands, first.map(|j| (names.says(&j.cause), j.rules))))
        })
    });
    move || {
        line.get().map(|(name, stands, first)| {
            view! {
                <li class="pair-line">
                    {tag(stands)}
                    <div>
                        <a href=link.clone()>{if itself { "Onto itself".to_string() } else { name }}</a>
                        {first.map(|(text, rules)| view! { <div class="pair-why"><SaysText text /> " " <RuleChips rules /></div> })}
                    </div>
                </li>
            }
        })
    }
}
