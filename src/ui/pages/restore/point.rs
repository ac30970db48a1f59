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
use crate::ui::components::{
    AskCards, BandPicker, InstantView, Notice, ReasonList, SaysText, TimeField, Tone, TypedTime,
};
use crate::ui::prelude::*;
use crate::view_model::far::less_restorable;
use crate::words::Say;
use crate::workspace::Goal;
use crate::workspace::local_time::{Zone, relative, show_offset};
use crate::workspace::typed::write_local;
use crate::workspace::wizard::point::{PointView, pick_instant, settle, type_instant, write_out};
use crate::workspace::wizard::{Field, WizardStep};
use chrono::{DateTime, Utc};

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
        <TypedField ready />
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
    view! {
        <BandPicker window backups history now value=value on_pick=pick restorable />
    }
    .into_any()
}

/// The field; the draft keeps what is typed in it, also what is no time yet.
#[component]
fn TypedField(ready: Memo<bool>) -> impl IntoView {
    let wizard = use_wizard();
    let app = wizard.app;
    // Where a draft is opened again: `yesterday` is another day tomorrow.
    app.update_draft(|d| write_out(d, &BrowserZone));
    let kept = wizard.memo(|d| {
        // An earlier version had a field for UTC.
        let utc = if d.typed_in_utc && !d.instant_typed.trim().is_empty() { " UTC" } else { "" };
        (format!("{}{utc}", d.instant_typed), d.instant, d.chosen_at)
    });
    let time = TypedTime::maybe(None);
    // What is picked on the band, comes from another tab, or is of another restore.
    let take = move |(text, at, typed_at): (String, Option<DateTime<Utc>>, Option<DateTime<Utc>>)| {
        if untrack(|| text != time.text() || at != time.at().ok()) {
            time.take(text, at, typed_at);
        }
    };
    take(untrack(|| kept.get()));
    Effect::new(move |_| take(kept.get()));
    Effect::new(move |_| {
        let (text, at) = (time.text(), time.at());
        let now = app.now_untracked();
        app.update_draft(|d| {
            if d.instant_typed != text || d.typed_in_utc {
                type_instant(d, text, false, &BrowserZone, now);
            }
            if let Ok(at) = at
                && d.instant != Some(at)
            {
                settle(d, at, now);
            }
        });
    });
    let problem = wizard.problem_at(Field::LocalTime);
    // What is wrong with the text itself stands beside it already.
    let beside = Memo::new(move |_| problem.get().filter(|_| time.is_blank() || time.at().is_ok()));
    let zone = move || {
        let offset = show_offset(BrowserZone.offset_minutes(wizard.app.now()));
        match zone_name() {
            Some(name) if name != "UTC" => {
                format!("Times are read as {name} ({offset}); for UTC write it behind: 14:00 utc.")
            }
            _ => format!("Times are read as {offset}; for another zone write the time in UTC: 14:00 utc."),
        }
    };
    view! {
        <div class="wizard-field">
            <TimeField time id=Field::LocalTime.dom_id() label="Go back to" chips=true>
                <p class="hint">{zone}</p>
                <FieldError id="wizard-local-time-error" says=beside />
                {live(move || ready.get().then(|| view! { <Picker /> }))}
            </TimeField>
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
