//! The line of a rehearsal: always in sight while nothing on the screen is real, with the clock that is moved by hand.

mod menu;
mod slider;

use super::focus_heading;
use crate::domain::order::Order as _;
use crate::platform::clock::BrowserZone;
use crate::text;
use crate::ui::components::{Dialog, icon};
use crate::ui::prelude::*;
use crate::ui::state::{AppState, use_app};
use crate::view_model::rehearsal::{Track, TrackStop};
use crate::view_model::words::{count, thousands};
use crate::workspace::clock::Passed;
use crate::workspace::local_time::{relative, show_local, show_utc_beside};
use chrono::{DateTime, TimeDelta, Utc};
use menu::Menu;
use slider::Slider;

/// What a rehearsal is, and the button that begins it.
#[component]
pub fn AboutRehearsal() -> impl IntoView {
    let app = use_app();
    let open = app.about_rehearsal;
    let begin = move |_| {
        open.set(false);
        app.rehearse();
    };
    view! {
        <Dialog open title="Rehearsal">
            <p>{move || app.what_a_rehearsal_is()}</p>
            <p class="actions">
                <button type="button" class="btn pri" autofocus on:click=begin>"Begin the rehearsal"</button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
            </p>
        </Dialog>
    }
}

/// Shown where the workspace has a clock of its own.
#[component]
pub fn RehearsalBar() -> impl IntoView {
    let app = use_app();
    let on = Memo::new(move |_| app.with(|w| w.clock.is_some()));
    // Who begins or ends it pressed a button that is gone then.
    Effect::new(move |before: Option<bool>| {
        let on = on.get();
        if before.is_some_and(|before| before != on) {
            request_animation_frame(move || if on { slider::focus() } else { focus_heading() });
        }
        on
    });
    view! { <Show when=move || on.get()><Bar /></Show> }
}

/// A move that was refused: where to, and why.
type MoveRefused = Option<(DateTime<Utc>, String)>;

/// What the line moves, and what came of it.
#[derive(Clone, Copy)]
struct Moves {
    app: AppState,
    passed: RwSignal<Passed>,
    refused: RwSignal<MoveRefused>,
}

impl Moves {
    /// Moves the clock. Back over what a person did it goes only when asked once more.
    fn go(self, to: DateTime<Utc>) {
        let alone = self.is_back(to) && self.app.with_untracked(|w| w.done_after(to) == 0);
        self.tell(to, if alone { self.app.rewind_clock(to) } else { self.app.move_clock(to) });
    }

    /// Whether it lies between where the clock began and where it stands: what was done later can be taken back.
    fn is_back(self, to: DateTime<Utc>) -> bool {
        self.app.with_untracked(|w| w.clock.as_ref().is_some_and(|c| c.began <= to && to < c.at))
    }

    fn tell(self, to: DateTime<Utc>, moved: Result<Passed, String>) {
        match moved {
            Ok(done) => {
                self.refused.set(None);
                self.passed.set(done);
            }
            Err(why) => self.refused.set(Some((to, why))),
        }
    }

    /// Moves it by so much; back no further than to where it began.
    fn by(self, delta: TimeDelta) {
        let at = self.app.now_untracked();
        let to = at.checked_add_signed(delta).unwrap_or(at);
        self.go(self.app.with_untracked(|w| w.clock.as_ref().map_or(to, |c| to.max(c.began))));
    }

    /// Goes back and takes back what was done later.
    fn back(self, to: DateTime<Utc>) {
        let done = self.app.with_untracked(|w| w.done_after(to));
        let moved = self.app.rewind_clock(to);
        if moved.is_ok() {
            self.app.toast(format!("The clock went back, and {} taken back.", count(done, "thing is", "things are")));
        }
        self.tell(to, moved);
    }

    fn forget(self) {
        self.passed.set(Passed::default());
        self.refused.set(None);
    }

    fn is_at_its_beginning(self) -> bool {
        self.app.with(|w| w.clock.as_ref().is_some_and(|c| c.at <= c.began))
    }
}

/// A button that moves the clock by so much.
#[component]
fn By(moves: Moves, says: &'static str, delta: TimeDelta, children: Children, class: &'static str) -> impl IntoView {
    let back = delta < TimeDelta::zero();
    view! {
        <button type="button" class=class aria-label=says title=says disabled=move || back && moves.is_at_its_beginning()
            on:click=move |_| moves.by(delta)>{children()}</button>
    }
}

fn track(app: AppState) -> Track {
    let (edition, now) = (app.edition(), app.now());
    app.with(|w| {
        let began = w.clock.as_ref().map_or(now, |c| c.began);
        let mut done: Vec<_> = w.log.entries.iter().filter(|e| e.at > began).flat_map(|e| &e.events).collect();
        done.order_by_key(|event| event.at);
        Track::new(edition, &w.tenant, began, now, done.into_iter().map(|event| (event.at, text!(event.says.clone()))))
    })
}

#[component]
fn Bar() -> impl IntoView {
    let app = use_app();
    let moves = Moves { app, passed: RwSignal::new(Passed::default()), refused: RwSignal::new(None) };
    let menu = RwSignal::new(false);
    let track = Memo::new(move |_| track(app));
    let next = Memo::new(move |_| track.with(|t| t.after(app.now()).cloned()));
    // How many losses, and how much else.
    let happened = Memo::new(move |_| {
        moves.passed.with(|p| {
            let lost = p.came_true.iter().filter(|u| u.is_loss()).count();
            (lost, p.came_true.len() - lost)
        })
    });
    shows("rehearsal");
    view! {
        <section class="rehearsal" aria-label="Rehearsal">
            <div class="rehearsal-line">
                <p class="rehearsal-what">
                    {icon("rehearse")} <strong>"Rehearsal"</strong><span class="visually-hidden">": "</span> <small>"nothing here is real"</small>
                </p>
                <p class="rehearsal-time num">
                    <span class="visually-hidden">"Shown time "</span>
                    <strong>{move || show_local(app.now(), &BrowserZone)}</strong><span class="visually-hidden">" local"</span>
                    " " <small>"(" {move || show_utc_beside(app.now(), &BrowserZone)} ")"</small>
                </p>
                <Slider track moves />
                <p class="rehearsal-acts no-print">
                    <By moves says="Back by a day" delta=TimeDelta::days(-1) class="btn only-icon turned">{icon("right")}</By>
                    <By moves says="On by a day" delta=TimeDelta::days(1) class="btn only-icon">{icon("right")}</By>
                    <Next next moves />
                    <button type="button" class="btn" aria-haspopup="dialog" on:click=move |_| menu.set(true)>
                        {move || match happened.get() {
                            (0, 0) => "More".to_string(),
                            (0, n) => format!("{} happened", thousands(n)),
                            (lost, _) => format!("✕ {} lost", thousands(lost)),
                        }}
                        {icon("down")}
                    </button>
                    <button type="button" class="btn ends" aria-label="End rehearsal" on:click=move |_| app.end_rehearsal()>"End"</button>
                </p>
            </div>
            <p class="visually-hidden" role="status">
                {live(move || Some(happened.get()).filter(|(lost, n)| lost + n > 0).map(|(lost, n)| match lost {
                    0 => format!("{} happened on the way.", count(n, "thing", "things")),
                    lost if n == 0 => format!("{} on the way.", count(lost, "loss", "losses")),
                    lost => format!("{} on the way, and {}.", count(lost, "loss", "losses"), count(n, "other thing", "other things")),
                }))}
            </p>
            <RefusedMove moves />
        </section>
        <Menu open=menu moves />
    }
}

/// Goes to the next thing that happens by itself.
#[component]
fn Next(next: Memo<Option<TrackStop>>, moves: Moves) -> impl IntoView {
    let app = use_app();
    live(move || match next.get() {
        None => view! { <span class="rehearsal-next">"Nothing more happens by itself"</span> }.into_any(),
        Some(stop) => {
            let at = stop.at;
            let away = relative(at, app.now());
            let next = if stop.loss { "Next loss" } else { "Next" };
            view! {
                <button type="button" class="btn rehearsal-next" aria-label=format!("{next}: {away}: {}", stop.plain()) title=stop.plain()
                    on:click=move |_| moves.go(at)>{format!("{next}: {away}")}</button>
            }
            .into_any()
        }
    })
}

/// Why the clock was not moved, and the way to do it all the same.
#[component]
fn RefusedMove(moves: Moves) -> impl IntoView {
    let refused = moves.refused;
    view! {
        <div role="alert">
            {live(move || refused.get().map(|(to, why)| view! {
                <p class="rehearsal-refused">
                    "Not moved to " {show_local(to, &BrowserZone)} ": " {why} ". "
                    {moves.is_back(to).then(|| view! {
                        <button type="button" class="btn small" on:click=move |_| { moves.back(to); slider::focus() }>"Go back and take that back"</button> " "
                    })}
                    <button type="button" class="btn small" on:click=move |_| { refused.set(None); slider::focus() }>"Stay"</button>
                </p>
            }))}
        </div>
    }
}
