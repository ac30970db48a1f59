//! "What happened?" and every way back, best first. The address holds the answers, so that the page can be sent to a colleague.

mod making;
mod way;
mod ways;
mod when;
mod which;

use crate::domain::advice::{Case, Mishap, MishapTime};
use crate::platform::clock::BrowserZone;
use crate::ui::components::NoEnvironments;
use crate::ui::components::rule_chip::EditionBasis;
use crate::ui::pages::start::WithoutFile;
use crate::ui::prelude::*;
use crate::ui::route::{Route, WayBackQuery};
use crate::ui::state::{AppState, use_app};
use crate::view_model::advice::{mishap_words, when_words, which_words};
use crate::view_model::words::inside;
use crate::workspace::local_time::show_both;
use ways::Ways;
use when::WhenBody;
use which::{WhichAnswer, WhichBody};

/// One of the three questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MishapQuestion {
    What,
    Where,
    When,
}

/// The answers, read from the address and written back to it.
#[derive(Clone, Copy)]
struct ToldMishap {
    app: AppState,
    query: Memo<WayBackQuery>,
    /// The question that is open; the others are a line each.
    open: RwSignal<Option<MishapQuestion>>,
    /// Whether the time is asked for, which may stay open where it is not needed.
    asks_time: Memo<bool>,
    /// Whether what is typed as a time cannot be read: nothing is answered for another one meanwhile.
    unread: RwSignal<bool>,
}

impl ToldMishap {
    /// Changes an answer; the address follows without a new entry in the browser's history.
    fn change(self, change: impl FnOnce(&mut WayBackQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        if query != self.query.get_untracked() {
            self.app.replace(Route::WayBack(query));
        }
    }

    /// Goes on to the first question that has no answer yet, or to the ways.
    fn go_on(self) {
        let next = self.query.with_untracked(|q| match q.mishap {
            None => Some(MishapQuestion::What),
            Some(m) if m.needs_environment() && q.environment.is_none() => Some(MishapQuestion::Where),
            _ if q.from.is_none() && untrack(|| self.asks_time.get()) => Some(MishapQuestion::When),
            _ => None,
        });
        self.show(next);
    }

    /// Opens a question and moves the focus into it; to the ways where there is none.
    fn show(self, asked: Option<MishapQuestion>) {
        self.open.set(asked);
        let first = match asked {
            Some(MishapQuestion::What) => "mishap-records",
            Some(MishapQuestion::Where) => "which-search",
            Some(MishapQuestion::When) => "when-from",
            None => "ways-title",
        };
        focus_soon(first.to_string());
    }

    /// What is told, as far as it goes; `None` before it is told what happened. Reactive.
    fn case(self) -> Option<Case> {
        self.query.with(|q| {
            let when =
                q.from.map(|earliest| MishapTime { earliest, latest: q.until.unwrap_or(earliest).max(earliest) });
            // Nothing has a time where nothing is restored.
            let when = when.filter(|_| q.mishap != Some(Mishap::Leave));
            Some(Case { mishap: q.mishap?, environment: q.environment.clone(), when })
        })
    }
}

#[component]
pub fn AdvicePage() -> impl IntoView {
    let app = use_app();
    // Kept while the page is left: the address may already be that of the next one.
    let query = Memo::new(move |before: Option<&WayBackQuery>| match app.route() {
        Route::WayBack(q) => q,
        _ => before.cloned().unwrap_or_default(),
    });
    let some = Memo::new(move |_| app.with(|w| !w.tenant.environments.is_empty()));
    let mishap = Memo::new(move |_| query.with(|q| q.mishap));
    let chosen = Memo::new(move |_| query.with(|q| q.environment.is_some()));
    // A deletion that is on the list has its time there.
    let deleted = Memo::new(move |_| {
        let id = query.with(|q| q.environment.clone());
        app.with(|w| id.and_then(|id| w.tenant.get(&id)).is_some_and(|e| e.deleted.is_some()))
    });
    let asks_time = Memo::new(move |_| {
        chosen.get()
            && match mishap.get() {
                Some(Mishap::Deleted) => !deleted.get(),
                Some(m) => m.needs_time() || m == Mishap::NeedCopy,
                None => false,
            }
    });
    let told = ToldMishap { app, query, open: RwSignal::new(None), asks_time, unread: RwSignal::new(false) };
    let listed = Memo::new(move |_| {
        query.with(|q| q.environment.clone()).is_none_or(|id| app.with(|w| w.tenant.get(&id).is_some()))
    });
    // What has to be answered stands open, and stays so while it is being answered.
    let needed = Memo::new(move |_| {
        query.with(|q| match q.mishap {
            None => Some(MishapQuestion::What),
            Some(m) if m.needs_environment() && (q.environment.is_none() || !listed.get()) => {
                Some(MishapQuestion::Where)
            }
            Some(m) if m.needs_time() && q.from.is_none() => Some(MishapQuestion::When),
            _ => None,
        })
    });
    Effect::new(move |_| {
        if let Some(asked) = needed.get() {
            told.open.set(Some(asked));
        }
    });
    // A link from the page of an environment has it chosen before anything is asked.
    let which = move || mishap.get().map_or_else(|| chosen.get(), Mishap::needs_environment);
    let begin_again = move |_| {
        told.change(|q| *q = WayBackQuery::default());
        told.show(Some(MishapQuestion::What));
    };
    let what = Memo::new(move |_| mishap.get().map(|m| mishap_words(m).0.to_string()));
    let when = Memo::new(move |_| {
        let (from, until) = query.with(|q| (q.from, q.until));
        let from = show_both(from?, &BrowserZone);
        Some(match until {
            Some(until) => format!("between {from} and {}", show_both(until, &BrowserZone)),
            None => from,
        })
    });
    view! {
        <div class="page-head">
            <h1>"Way back"</h1>
            <Show when=move || mishap.get().is_some()>
                <button type="button" class="btn plain small" on:click=begin_again>"Begin again"</button>
            </Show>
        </div>
        {live(move || {
            if some.get() {
                view! {
                    <div class="told-all">
                        <Question told asked=MishapQuestion::What name="What happened" says=Signal::derive(String::new) answered=Signal::derive(move || what.get().is_some())
                            answer=ViewFn::from(move || what.get()) body=ViewFn::from(move || view! { <WhatBody told mishap /> }) />
                        <Show when=which>
                            <Question told asked=MishapQuestion::Where name="Where" says=Signal::derive(move || which_words(mishap.get().unwrap_or(Mishap::RecordsLost)).to_string()) answered=Signal::derive(move || chosen.get() && listed.get())
                                answer=ViewFn::from(move || view! { <WhichAnswer told /> }) body=ViewFn::from(move || view! { <WhichBody told /> }) />
                        </Show>
                        <Show when=move || asks_time.get()>
                            <Question told asked=MishapQuestion::When name="When" says=Signal::derive(move || when_words(mishap.get().unwrap_or(Mishap::RecordsLost)).to_string()) answered=Signal::derive(move || when.get().is_some())
                                answer=ViewFn::from(move || view! { <span class="num">{when.get()}</span> }) body=ViewFn::from(move || view! { <WhenBody told /> }) />
                        </Show>
                    </div>
                    <Ways told />
                    <p class="hint">
                        {move || format!("By the {}. ", inside(app.edition().title))}
                        {live(move || view! { <EditionBasis edition=app.edition() /> })}
                    </p>
                }
                .into_any()
            } else {
                view! {
                    <NoEnvironments says="The ways back of your own environments need an inventory. Without one, a few answers about one environment tell what the rules promise.">
                        <WithoutFile />
                    </NoEnvironments>
                }
                .into_any()
            }
        })}
    }
}

/// A question: a line with its answer, and while it is open what it is answered with.
#[component]
fn Question(
    told: ToldMishap,
    asked: MishapQuestion,
    name: &'static str,
    /// The question in full; empty: its name says it.
    says: Signal<String>,
    answered: Signal<bool>,
    #[prop(into)] answer: ViewFn,
    #[prop(into)] body: ViewFn,
) -> impl IntoView {
    let is_open = Memo::new(move |_| told.open.get() == Some(asked));
    let toggle = move |_| if is_open.get_untracked() { told.show(None) } else { told.show(Some(asked)) };
    let (answer, body) = (StoredValue::new(answer), StoredValue::new(body));
    // Choosing folds it by itself; a time is told when it is told.
    let word = move || match (is_open.get(), answered.get()) {
        (true, true) => Some("Done"),
        (false, true) => Some("Change"),
        (false, false) => Some("Answer"),
        (true, false) => None,
    };
    view! {
        <section class="told" class:open=move || is_open.get()>
            <div class="told-line">
                <span class="told-mark" aria-hidden="true">{move || if answered.get() { "✓" } else { "?" }}</span>
                <h2 class="told-name">{name}</h2>
                <div class="told-answer">
                    {live(move || if answered.get() {
                        answer.with_value(ViewFn::run).into_any()
                    } else {
                        view! { <span class="hint">{says.get()}</span> }.into_any()
                    })}
                </div>
                {live(move || word().map(|word| view! {
                    <button type="button" class="btn link" aria-expanded=is_open.get().to_string() on:click=toggle>
                        {word} <span class="visually-hidden">": " {name}</span>
                    </button>
                }))}
            </div>
            <Show when=move || is_open.get()>
                <div class="told-body" role="group" aria-label=move || Some(says.get()).filter(|s| !s.is_empty()).unwrap_or_else(|| format!("{name}?"))>{body.with_value(ViewFn::run)}</div>
            </Show>
        </section>
    }
}

/// Choosing puts the list away, so arrow keys must not choose: each is a button of its own.
#[component]
fn WhatBody(told: ToldMishap, mishap: Memo<Option<Mishap>>) -> impl IntoView {
    let card = move |value: Mishap| {
        let (title, says) = mishap_words(value);
        view! {
            <li class="choice way" class:on=move || mishap.get() == Some(value)>
                <button type="button" class="which-one" id=format!("mishap-{}", value.word())
                    aria-pressed=move || (mishap.get() == Some(value)).to_string()
                    on:click=move |_| { told.change(|q| q.mishap = Some(value)); told.go_on(); }>
                    <span class="choice-name">{title}</span>
                    <span class="choice-about">{says}</span>
                </button>
            </li>
        }
    };
    view! { <ul class="choices">{Mishap::ALL.into_iter().map(card).collect_view()}</ul> }
}
