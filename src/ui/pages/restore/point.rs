//! Step 2 of a system restore: an instant, picked on the band or typed, and how sure it is.

use super::entry::choose_goal;
use super::pieces::{FieldError, certainty_tag, chips};
use super::{StepHeading, use_wizard};
use crate::domain::compare::newest_is_worse_for_window;
use crate::domain::environment::FactKey;
use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::moment::Moment;
use crate::domain::outlook::outlook;
use crate::domain::restore::Weight;
use crate::domain::retention::{Certainty, Window, window};
use crate::domain::rule::RuleId;
use crate::platform::clock::{BrowserZone, zone_name};
use crate::ui::components::time_field::{clocks_legend, focus_field, understood};
use crate::ui::components::{AskCards, BandPicker, InstantView, Notice, Readings, ReasonList, SaysText, Tone};
use crate::ui::prelude::*;
use crate::view_model::far::less_restorable;
use crate::words::{Say, Text, capital};
use crate::workspace::Goal;
use crate::workspace::local_time::{Zone, relative, show_both, show_offset};
use crate::workspace::typed::{Choice, TypedError, write_local, write_utc};
use crate::workspace::wizard::point::{PointView, Typed, pick_instant, settle, type_instant, typed, write_out};
use crate::workspace::wizard::{Field, WizardStep};
use chrono::{DateTime, Duration, Utc};

#[component]
pub fn PointStep() -> impl IntoView {
    let wizard = use_wizard();
    let name = Memo::new(move |_| wizard.desk(|d| d.source().map(|s| s.name.clone())));
    let question = Signal::derive(move || match name.get() {
        Some(name) => format!("When should {name} go back to?"),
        None => "When should it go back to?".to_string(),
    });
    let ready = Memo::new(move |_| name.with(Option::is_some));
    view! {
        <StepHeading step=WizardStep::Point question />
        {live(move || ready.get().then(|| view! { <Picker /> }))}
        <TypedFields />
        <Verdict />
    }
}

#[component]
fn Picker() -> impl IntoView {
    let wizard = use_wizard();
    let about = Memo::new(move |_| {
        wizard.desk(|d| d.source().map(|s| (window(d.edition, s, d.now), s.backups.clone(), s.history.clone())))
    });
    let value = wizard.memo(|d| d.instant);
    let now = Signal::derive(move || wizard.app.now());
    let pick = Callback::new(move |at: DateTime<Utc>| {
        let now = wizard.app.now();
        wizard.app.update_draft(|d| pick_instant(d, at, write_local(at, &BrowserZone), now));
    });
    let nothing: Option<(Window, Vec<ManualBackup>, Vec<Change>)> = untrack(|| about.get());
    let Some(first) = nothing else { return ().into_any() };
    let (w, b, h) = (first.0.clone(), first.1.clone(), first.2.clone());
    let window = Signal::derive(move || about.get().map_or_else(|| w.clone(), |a| a.0));
    let backups = Signal::derive(move || about.get().map_or_else(|| b.clone(), |a| a.1));
    let history = Signal::derive(move || about.get().map_or_else(|| h.clone(), |a| a.2));
    let restorable = Memo::new(move |_| {
        wizard.desk(|d| less_restorable(&outlook(Moment::new(d.edition, d.tenant, d.now), &d.source()?.id)?))
    });
    let ago = move |label: &'static str, back: Duration| {
        view! {
            <button type="button" class="btn small" on:click=move |_| {
                let at = crate::view_model::band::full_minute(wizard.app.now() - back);
                pick.run(at);
            }>{label}</button>
        }
    };
    view! {
        <BandPicker window backups history now value=value on_pick=pick restorable />
        <p class="actions wizard-field">
            <span class="hint">"Choose quickly:"</span>
            {ago("An hour ago", Duration::hours(1))}
            {ago("A day ago", Duration::days(1))}
            {ago("Three days ago", Duration::days(3))}
        </p>
    }
    .into_any()
}

/// Two fields for one instant: typing in one fills the other.
#[component]
fn TypedFields() -> impl IntoView {
    let wizard = use_wizard();
    let state = wizard.memo(|d| (d.instant_typed.clone(), d.typed_in_utc, d.instant));
    let text = move |utc: bool| {
        let (typed, in_utc, instant) = state.get();
        match (in_utc == utc, instant) {
            (true, _) => typed,
            (false, None) => String::new(),
            (false, Some(at)) if utc => write_utc(at),
            (false, Some(at)) => write_local(at, &BrowserZone),
        }
    };
    let on_input = move |utc: bool, text: String| {
        let now = wizard.app.now_untracked();
        wizard.app.update_draft(|d| type_instant(d, text, utc, &BrowserZone, now));
    };
    // Once it is left, and where a draft is opened again: `yesterday` is another day tomorrow.
    let write = move || wizard.app.update_draft(|d| write_out(d, &BrowserZone));
    Effect::new(move |_| untrack(write));
    let zone = move || {
        let at = state.get().2.unwrap_or_else(|| wizard.app.now());
        let offset = show_offset(BrowserZone.offset_minutes(at));
        match zone_name() {
            Some(name) if name != "UTC" => format!("{name} ({offset})"),
            _ => offset,
        }
    };
    // What is wrong is said while it is typed only once something that is a whole date stands there; else on going on.
    let local_problem = wizard.problem_at(Field::LocalTime);
    let utc_problem = wizard.problem_at(Field::UtcTime);
    let field = move |utc: bool, field: Field, label: &'static str, problem: Memo<Option<Text>>, hint: AnyView| {
        let id = field.dom_id();
        let error_id = if utc { "wizard-utc-time-error" } else { "wizard-local-time-error" };
        let hint_id = if utc { "wizard-utc-time-hint" } else { "wizard-local-time-hint" };
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <span class="hint" id=hint_id>{hint}</span>
                <input
                    type="text"
                    id=id
                    class="input num wizard-time"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || text(utc)
                    on:input=move |e| on_input(utc, event_target_value(&e))
                    on:change=move |_| write()
                    aria-describedby=format!("{hint_id} {error_id}")
                    aria-invalid=move || problem.get().is_some().then_some("true")
                />
                <FieldError id=error_id says=problem />
            </div>
        }
    };
    view! {
        <fieldset class="wizard-field">
            <legend>"Or type it"</legend>
            <p class="hint">"Such as yesterday 14:00, 27 nov 2pm, 3 h ago or 2026-11-15 14:05. Typing in one field fills the other."</p>
            <div class="wizard-pair">
                {field(false, Field::LocalTime, "Local time", local_problem, view! { {zone} }.into_any())}
                {field(true, Field::UtcTime, "UTC", utc_problem, view! { "the time that the service keeps" }.into_any())}
            </div>
            <ReadBackLine />
            <Clocks />
        </fieldset>
    }
}

/// What was understood, or what has to be asked, while it is typed.
#[component]
fn ReadBackLine() -> impl IntoView {
    let wizard = use_wizard();
    let reading =
        Memo::new(move |_| wizard.desk(|d| (typed(d.draft, d.zone, d.now), d.draft.instant, d.draft.typed_in_utc)));
    let pick = Callback::new(move |choice: Choice| {
        let now = wizard.app.now_untracked();
        let utc = reading.with_untracked(|r| r.2);
        wizard.app.update_draft(|d| match choice {
            Choice::At(at) => pick_instant(d, at, write_local(at, &BrowserZone), now),
            Choice::Day(_) => type_instant(d, choice.text(&BrowserZone), utc, &BrowserZone, now),
        });
        let field = if utc && matches!(choice, Choice::Day(_)) { Field::UtcTime } else { Field::LocalTime };
        focus_field(field.dom_id().to_string());
    });
    // Going on says it beside the field.
    let (local, utc) = (wizard.problem_at(Field::LocalTime), wizard.problem_at(Field::UtcTime));
    let said = move || local.with(Option::is_some) || utc.with(Option::is_some);
    view! {
        <div class="wizard-field time-read" aria-live="polite">
            {live(move || match reading.get() {
                (Typed::Asked(question), ..) => Some(view! {
                    {(!said()).then(|| view! { <p class="hint">{capital(&question.says())} "."</p> })}
                    <Readings question pick />
                }.into_any()),
                (Typed::Wrong(e @ TypedError::Future(_)), ..) if !said() => {
                    Some(view! { <p class="field-error">{capital(&e.says(&BrowserZone))} "."</p> }.into_any())
                }
                (Typed::Nothing | Typed::Wrong(_), ..) => None,
                (_, Some(at), _) => Some(view! { <p class="hint num">{understood(at, wizard.app.now())}</p> }.into_any()),
                _ => None,
            })}
        </div>
    }
}

/// Asks where the clocks make a local time happen twice or never.
#[component]
fn Clocks() -> impl IntoView {
    let wizard = use_wizard();
    let which = Memo::new(move |_| {
        wizard.desk(|d| match typed(d.draft, d.zone, d.now) {
            Typed::Twice(a, b) => Some((true, a, b)),
            Typed::Never(a, b) => Some((false, a, b)),
            _ => None,
        })
    });
    let chosen = wizard.memo(|d| d.instant);
    let choice = move |id: &'static str, at: DateTime<Utc>| {
        view! {
            <div class="radio-line">
                <input
                    type="radio"
                    id=id
                    name="wizard-clocks"
                    prop:checked=move || chosen.get() == Some(at)
                    on:change=move |_| {
                        let now = wizard.app.now();
                        wizard.app.update_draft(|d| settle(d, at, now));
                    }
                />
                <label for=id>{show_both(at, &BrowserZone)}</label>
            </div>
        }
    };
    view! {
        <div aria-live="polite">
            {live(move || {
                which.get().map(|(twice, a, b)| {
                    let legend = clocks_legend(twice);
                    view! {
                        <div class="wizard-ask" role="radiogroup" aria-labelledby="wizard-clocks-title">
                            <p id="wizard-clocks-title"><strong>{legend}</strong></p>
                            {choice("wizard-clock-a", a)}
                            {choice("wizard-clock-b", b)}
                        </div>
                    }
                })
            })}
        </div>
    }
}

/// How sure the chosen instant is, said at once.
#[component]
fn Verdict() -> impl IntoView {
    let wizard = use_wizard();
    let view = Memo::new(move |_| wizard.desk(|d| d.point_view()));
    let newest =
        Memo::new(move |_| wizard.desk(|d| d.source().and_then(|s| newest_is_worse_for_window(d.edition, s, d.now))));
    let source = wizard.memo(|d| d.source.clone());
    view! {
        <div class="point-verdict" aria-live="polite">
            {move || view.get().map(|v| verdict(&v, wizard.app.now()))}
        </div>
        <PointChecks />
        {live(move || newest.get().map(|worse| view! { <Notice tone=Tone::Warning><p><SaysText text=worse.says() /></p></Notice> }))}
        {live(move || {
            // A card that was answered stays until another source is chosen.
            let id = source.get()?;
            let asks = Memo::new(move |_| {
                let facts: Vec<FactKey> = view.with(|v| v.as_ref().map(|v| v.window.asks.clone()).unwrap_or_default());
                facts.into_iter().map(|fact| (id.clone(), fact)).collect::<Vec<_>>()
            });
            let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || asks.with(|a| !a.is_empty()));
            Some(view! {
                <Show when=move || asked.get()>
                    <div class="wizard-ask">
                        <p>"An answer may make more of the window sure:"</p>
                        <AskCards asks />
                    </div>
                </Show>
            })
        })}
    }
}

/// What the checks of the whole request say about the point, as soon as there is a whole request: that it ends soon (R22), that
/// the way through Sandbox reaches seven days back only (R16), what changed since it.
#[component]
fn PointChecks() -> impl IntoView {
    let wizard = use_wizard();
    let checks = Memo::new(move |_| {
        wizard.desk(|d| {
            let mut all = d.checks_of(WizardStep::Point);
            // Whether the window holds the point is said above already.
            all.retain(|c| {
                c.weight < Weight::Note && !c.doubts_point() && !matches!(c.rule(), Some(RuleId::R1 | RuleId::K1))
            });
            all
        })
    });
    let through = wizard.memo(|d| d.goal == Goal::ToProduction);
    view! {
        <ul class="reason-list wizard-field" aria-live="polite">
            {live(move || {
                checks
                    .get()
                    .into_iter()
                    .map(|c| {
                        let (symbol, class) = if c.weight <= Weight::Ask { ("✕", "r") } else { ("!", "a") };
                        view! {
                            <li class="reason">
                                <span class=class aria-hidden="true">{symbol}</span>
                                <span><SaysText text=c.says() /> " " <span class="reason-help"><SaysText text=c.help() /></span></span>
                                {chips(c.said.rules)}
                            </li>
                        }
                    })
                    .collect_view()
            })}
        </ul>
        {live(move || {
            (through.get() && checks.with(|c| c.iter().any(|c| c.is_of(RuleId::R16) && c.weight <= Weight::Ask)))
                .then(|| view! {
                    <p class="actions wizard-field">
                        <button type="button" class="btn small" on:click=move |_| choose_goal(wizard, Goal::Restore)>
                            "Plan an ordinary restore"
                        </button>
                    </p>
                })
        })}
    }
}

fn verdict(v: &PointView, now: DateTime<Utc>) -> impl IntoView + use<> {
    let window = &v.window;
    let old_region = window.of_old_region(v.at).is_some();
    let (headline, reasons) = match v.certainty {
        _ if old_region => (
            "This point is from before the source moved to another region: it cannot be restored.",
            window.possible_reasons.clone(),
        ),
        Certainty::Guaranteed => ("The backup of the source holds this point.", window.why(v.at)),
        Certainty::Possible => {
            ("This point may already be gone: nothing guarantees it. Have another way back ready.", window.why(v.at))
        }
        Certainty::Dormant => (
            "While the source is a Sandbox this point cannot be chosen. It may be there again after switching back to Production.",
            window.why(v.at),
        ),
        Certainty::Gone if window.possible_from.is_some_and(|from| v.at >= from) => {
            ("This point is gone, although older ones may still be there.", window.why(v.at))
        }
        Certainty::Gone => ("This point lies before what can be restored.", window.why(v.at)),
        Certainty::Future => ("This point lies after the end of what can be restored.", Vec::new()),
    };
    let was = v.was.map(|was| {
        let was = match was {
            Certainty::Guaranteed => "guaranteed",
            _ => "possible",
        };
        let now = match v.certainty {
            Certainty::Possible => "only possible now",
            _ => "out of reach now",
        };
        format!("When you chose it it was {was}; it is {now}.")
    });
    let ends = v.ends().map(|at| {
        let what = match v.certainty {
            Certainty::Guaranteed if v.guaranteed_until.is_some() => "Guaranteed until",
            _ => "Possible until",
        };
        view! {
            <p>
                {what} " " <InstantView at=at /> " if nothing changes. " {chips(vec![RuleId::K1])}
            </p>
        }
    });
    view! {
        <p class="point-line">
            {if old_region {
                view! { <span class="tag no">"✕ Of the old region"</span> }.into_any()
            } else {
                certainty_tag(v.certainty).into_any()
            }} " " <strong>{headline}</strong> " " <span class="hint">{relative(v.at, now)}</span></p>
        {was.map(|w| view! { <Notice tone=Tone::Warning><p>{w}</p></Notice> })}
        {ends}
        <details>
            <summary>"Why"</summary>
            <ReasonList reasons />
        </details>
    }
}
