//! Adding an inventory: what was understood, what would change, and only then keeping it.

mod asked;
mod findings;
pub mod foreign;
mod of_plans;
mod own_export;
mod preview;

use crate::domain::environment::EnvironmentId;
use crate::interop::travel::Came;
use crate::ui::components::ask::capital;
use crate::ui::components::{CHOOSE_FILES, DropZone, HowTo, Notice, SaysText, Tone, UnknownFacts};
use crate::ui::intake::{Given, Item, Keeping, Staging};
use crate::ui::pages::plan::offer::PlanOffer;
use crate::ui::pages::shared::BrokenPlan;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::words::{self, Text};
use crate::workspace::desk::standing::Standing;
use crate::workspace::desk::{TabDid, Way};
use crate::workspace::keys::{Place, Slot};
use asked::ChooseDate;
use findings::Understood;
use foreign::{Doubts, ForeignFile};
use of_plans::OfPlans;
use own_export::OwnExport;
use preview::PreviewView;

/// Files and texts become a preview, and after a decision a part of the tenant.
#[component]
pub fn ImportPage() -> impl IntoView {
    let app = use_app();
    // The user's own workspace, for nothing real is ever kept in the sample.
    let staging = Staging::start(app);
    let numbers = move || app.intake.items().into_iter().map(|i| i.number).collect::<Vec<_>>();
    // What was read is new: the focus goes to the first of it, unless it is somewhere else by now.
    Effect::new(move |seen: Option<u32>| {
        let (given, reading) = (numbers(), app.intake.is_reading());
        let last = given.iter().copied().max().unwrap_or_default();
        let seen = seen.unwrap_or(last);
        let Some(new) = given.into_iter().find(|number| *number > seen).filter(|_| !reading) else { return seen };
        request_animation_frame(move || {
            if focus_is_lost() || document().active_element().is_some_and(|at| at.id() == CHOOSE_FILES) {
                focus_on(&heading_of(new));
            }
        });
        last
    });
    view! {
        <h1>"Add an inventory"</h1>
        <p class="sub">"The format is recognised. Nothing is kept before you say so, and nothing leaves this browser."</p>
        <Show when=move || app.saving.slot() == Slot::Rehearsal>
            <Notice tone=Tone::Info>
                <p>"What you keep goes to your own tenant, which is then open. The rehearsal stays as it is; you can go on with it or take a new copy."</p>
            </Notice>
        </Show>
        <Kept />
        <DropZone />
        <For each=numbers key=|n| *n let:number>
            <ItemCard number staging />
        </For>
        <Show when=move || !app.intake.is_empty()>
            <Decision staging />
        </Show>
        <Show when=move || app.intake.is_empty()>
            <HowTo />
        </Show>
    }
}

/// What the last keeping did, and what to do next.
#[component]
fn Kept() -> impl IntoView {
    let app = use_app();
    let standing = Memo::new(move |_| app.saving.standing());
    let ends = move || standing.with(Standing::ends_with_the_tab);
    let kept = Memo::new(move |_| {
        match app.intake.kept() {
            // It was tried again, and is kept now.
            Keeping::InMemory { says, place, .. } if !ends() && app.saving.since().is_some() => {
                Keeping::Kept { says, place }
            }
            // It was undone, here or elsewhere.
            Keeping::Kept { place, .. } if app.saving.steps().is_adding(Way::Redo, &place) => Keeping::Nothing,
            kept => kept,
        }
    });
    // What was pressed is gone: the focus goes to what comes next, unless it is somewhere else by now.
    Effect::new(move |before: Option<bool>| {
        let writing = kept.with(|kept| *kept == Keeping::Writing);
        if before == Some(true) && !writing {
            request_animation_frame(|| {
                if focus_is_lost() {
                    focus_on("after-keeping");
                }
            });
        }
        writing
    });
    // Which place is open tells which of it is shown.
    let kept_in = move |_: Place| kept.get();
    view! {
        {live(move || match kept_in(app.saving.place()) {
            Keeping::Nothing => ().into_any(),
            Keeping::Writing => view! {
                <p role="status"><span class="spinner" aria-hidden="true"></span>"Writing it to this browser …"</p>
            }.into_any(),
            Keeping::Kept { says, place } if !app.saving.moved_away(&place).is_empty() => view! {
                <KeptElsewhere says went=app.saving.moved_away(&place) />
            }.into_any(),
            // What is open is another one: what was kept says where.
            Keeping::Kept { says, place } if app.saving.place() != place => {
                let name = app.saving.name_of(&place);
                let place = StoredValue::new(place);
                view! {
                    <div role="status">
                        <Notice tone=Tone::Ok>
                            <p>{format!("In {name}, which is not open now:")}</p>
                            {says.into_iter().map(|says| view! { <p>{says} "."</p> }).collect_view()}
                            <p class="actions">
                                <button type="button" class="btn" on:click=move |_| app.saving.open_soon(place.get_value())>"Open it"</button>
                                <CloseKept />
                            </p>
                        </Notice>
                    </div>
                }.into_any()
            }
            Keeping::Kept { says, .. } => view! {
                <div role="status">
                    <Notice tone=if standing.with_untracked(Standing::ends_with_the_tab) { Tone::Warning } else { Tone::Ok }>
                        {says.into_iter().map(|says| view! { <p>{says} "."</p> }).collect_view()}
                        {live(move || match standing.get() {
                            // It was read back out of a store before it was called kept.
                            Standing::NotSaved { .. } => Some("What was changed since is in the memory of this tab only."),
                            other if other.ends_with_the_tab() => Some("It is in this tab only, and gone when you close it."),
                            _ => None,
                        }.map(|says| view! { <p>{says}</p> }))}
                        <AfterKeeping />
                    </Notice>
                </div>
                <h2>"What the inventory does not say"</h2>
                <UnknownFacts />
            }.into_any(),
            Keeping::InMemory { says, why, .. } => view! {
                <div role="status">
                    <Notice tone=Tone::Error>
                        <p>{format!("Read, but not kept yet: {why}. It is in the memory of this tab only, and is tried again by itself.")}</p>
                        {says.into_iter().map(|says| view! { <p>{says} "."</p> }).collect_view()}
                        <p class="actions"><button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download what is here"</button></p>
                        <AfterKeeping />
                    </Notice>
                </div>
            }.into_any(),
        })}
    }
}

/// Where it went when another tab put something else in the place that it was kept in.
#[component]
fn KeptElsewhere(says: Vec<String>, went: Vec<TabDid>) -> impl IntoView {
    let app = use_app();
    let home = went.iter().rev().find_map(|what| match what {
        TabDid::Housed { home, .. } => home.clone(),
        TabDid::Told(_) | TabDid::KeptAgain { .. } => None,
    });
    let is_open = home.as_ref() == Some(&app.saving.place_untracked());
    let there = home.is_some();
    let home = StoredValue::new(home.filter(|_| !is_open));
    view! {
        <div role="status">
            <Notice tone=Tone::Warning>
                {went.iter().map(|what| view! { <p>{what.says()}</p> }).collect_view()}
                {there.then(|| says.into_iter().map(|says| view! { <p>"There: " {says} "."</p> }).collect_view())}
                <p class="actions">
                    {home.get_value().map(|home| view! {
                        <button type="button" class="btn pri" on:click=move |_| app.saving.open_soon(home.clone())>"Open it"</button>
                    })}
                    {is_open.then(|| view! { <a class="btn pri" href=Route::environments().href()>"See the environments"</a> })}
                    <CloseKept />
                </p>
            </Notice>
        </div>
    }
}

#[component]
fn AfterKeeping() -> impl IntoView {
    let app = use_app();
    view! {
        <p class="actions">
            <a class="btn pri" id="after-keeping" href=Route::environments().href()>"See the environments"</a>
            {live(move || {
                let steps = app.saving.steps();
                let place = app.saving.place();
                steps.is_adding(Way::Undo, &place).then(|| steps.says(Way::Undo, &place)).flatten().map(|says| view! {
                    <button type="button" class="btn" disabled=move || app.saving.stepping.get()
                        on:click=move |_| { app.step(Way::Undo); focus_on(CHOOSE_FILES) }>{says}</button>
                })
            })}
            <CloseKept />
        </p>
    }
}

/// What is pressed goes with what it closes: the focus goes to where the next files are chosen.
#[component]
fn CloseKept() -> impl IntoView {
    let app = use_app();
    let close = move |_| {
        focus_on(CHOOSE_FILES);
        app.intake.forget_kept();
    };
    view! { <button type="button" class="btn" on:click=close>"Close"</button> }
}

/// Keep or discard everything that was given.
#[component]
fn Decision(staging: Staging) -> impl IntoView {
    let app = use_app();
    let Staging { staged, working } = staging;
    let reading = move || app.intake.is_reading();
    let usable = move || staged.with(|s| s.previews.len());
    let open = move || staged.with(|s| s.open);
    let foreign = move || staged.with(|s| s.foreign.len());
    let doubtful = move || staged.with(|s| s.doubtful);
    let why_not = move || match (reading(), usable(), open()) {
        (true, ..) => Some("Still reading."),
        _ if app.intake.kept() == Keeping::Writing => Some("Still writing what was kept before."),
        _ if working.get() => Some(WORKING),
        _ if doubtful() > 0 => Some("Answer the question about the file first."),
        (_, 0, 0) if foreign() > 0 => Some("There is nothing to keep here: the file is of another tenant."),
        (_, _, 1..) => Some(
            "Say first what the file does not: the environment that the list belongs to, or when it was asked for.",
        ),
        (_, 0, _) => Some("There is nothing to keep. What was there before stays as it was."),
        _ => None,
    };
    view! {
        <div class="decision">
            <button type="button" class="btn pri" disabled=move || why_not().is_some() on:click=move |_| app.intake.keep(app)>
                "Keep"
            </button>
            <button type="button" class="btn" on:click=move |_| app.intake.discard_all()>"Discard"</button>
            <span class="hint" role="status">{why_not}</span>
        </div>
    }
}

/// What is said while what keeping would do is being worked out.
const WORKING: &str = "Working out what would change …";

/// The id of the heading of what was given.
fn heading_of(number: u32) -> String {
    format!("given-{number}")
}

#[component]
fn ItemCard(number: u32, staging: Staging) -> impl IntoView {
    let app = use_app();
    let Staging { staged, working } = staging;
    let item = Memo::new(move |_| app.intake.items().into_iter().find(|i| i.number == number));
    let name = move || item.get().map(|i| i.name).unwrap_or_default();
    let what = Memo::new(move |_| item.get().map(|i| i.what));
    let preview =
        Memo::new(move |_| staged.with(|s| s.previews.iter().find(|(n, _)| *n == number).map(|(_, p)| p.clone())));
    let foreign =
        Memo::new(move |_| staged.with(|s| s.foreign.iter().find(|(n, _)| *n == number).map(|(_, f)| f.clone())));
    let learned = Memo::new(move |_| {
        staged.with(|s| {
            let (_, preview) = s.previews.iter().find(|(n, _)| *n == number)?;
            Some(preview.learned.iter().map(|l| words::merge::learned(l, &s.tenant).capital()).collect::<Vec<Text>>())
        })
    });
    view! {
        <section class="card pad item" aria-label=name>
            <div class="head">
                <h2 id=heading_of(number) tabindex="-1">{name}</h2>
                <button type="button" class="btn small" aria-label=move || format!("Discard {}", name())
                    on:click=move |_| app.intake.discard(number)>"✕ Discard"</button>
            </div>
            {live(move || match what.get() {
                None => ().into_any(),
                Some(Given::Reading) => {
                    let size = item.with_untracked(|i| i.as_ref().map(|i| size(i.bytes)).unwrap_or_default());
                    view! { <Reading number name=name() size progress=move || app.intake.progress(number) /> }.into_any()
                }
                Some(Given::Failed(why)) => view! {
                    <Notice tone=Tone::Error>
                        <p>{format!("The browser could not read this file: {why}.")}</p>
                        <p>"Copy it to a folder of this computer and choose it again. What was there before stays as it was."</p>
                    </Notice>
                }.into_any(),
                Some(Given::Plan(parcel)) => {
                    let done = Callback::new(move |()| app.intake.discard(number));
                    view! { <PlanOffer parcel=(*parcel).clone() kept=done refused=done /> }.into_any()
                }
                Some(Given::BrokenPlan(why)) => view! { <BrokenPlan why came=Came::File /> }.into_any(),
                Some(Given::BrokenWorkspace(why)) => view! {
                    <Notice tone=Tone::Error>
                        <p>{capital(&why.to_string())} "."</p>
                        <p>"What was there before stays as it was. Use another copy of the file, or a newer version of Restore Desk."</p>
                    </Notice>
                }.into_any(),
                Some(Given::Workspace(envelope)) => view! { <OwnExport number envelope /> }.into_any(),
                Some(Given::Read(read)) => view! {
                    <Understood read=read.clone() />
                    <ChooseEnvironment item staging />
                    <ChooseDate item />
                    <OfPlans item />
                    {live(move || item.get().and_then(|i| i.refused).map(|r| view! {
                        <Notice tone=Tone::Error><p role="alert"><SaysText text=r.with_help() /></p></Notice>
                    }))}
                    {live(move || foreign.get().map(|foreign| view! { <ForeignFile number foreign /> }))}
                    <Doubts item preview />
                    {live(move || (working.get() && preview.with(Option::is_none)).then(|| view! {
                        <p role="status"><span class="spinner" aria-hidden="true"></span>{WORKING}</p>
                    }))}
                    {live(move || preview.get().map(|preview| view! { <PreviewView preview learned=learned.get().unwrap_or_default() /> }))}
                }.into_any(),
            })}
        </section>
    }
}

/// How far the reading has come, and the way to stop it.
#[component]
fn Reading(
    number: u32,
    name: String,
    size: String,
    progress: impl Fn() -> u8 + Send + Sync + Copy + 'static,
) -> impl IntoView {
    let app = use_app();
    let label = format!("Reading {name}");
    view! {
        <div class="reading">
            <p role="status"><span class="spinner" aria-hidden="true"></span>{format!("Reading {name} ({size}) …")}</p>
            <progress max="100" value=progress aria-label=label>{move || format!("{} %", progress())}</progress>
            <button type="button" class="btn small" on:click=move |_| app.intake.discard(number)>"Stop reading"</button>
        </div>
    }
}

/// Asks to which environment a list belongs that does not say so itself.
#[component]
fn ChooseEnvironment(item: Memo<Option<Item>>, staging: Staging) -> impl IntoView {
    let app = use_app();
    let staged = staging.staged;
    let asks = Memo::new(move |_| item.with(|i| i.as_ref().is_some_and(Item::asks_environment)));
    let choices = Memo::new(move |_| {
        if !asks.get() {
            return Vec::new();
        }
        staged.with(|s| s.tenant.living().map(|e| (e.id.to_string(), e.name.clone())).collect::<Vec<_>>())
    });
    let choose = move |event| {
        let id = event_target_value(&event);
        if let Some(number) = item.with_untracked(|i| i.as_ref().map(|i| i.number)) {
            app.intake.choose_environment(number, (!id.is_empty()).then(|| EnvironmentId::new(id)));
        }
    };
    let field = move || format!("belongs-to-{}", item.with_untracked(|i| i.as_ref().map_or(0, |i| i.number)));
    view! {
        <Show when=move || asks.get()>
            <div class="field">
                <label for=field>"Which environment does this list belong to? The file does not say."</label>
                {live(move || if choices.with(Vec::is_empty) {
                    view! { <p class="hint">"There are no environments yet: add a list of environments first, together with this file or before it."</p> }.into_any()
                } else {
                    let chosen = item.with_untracked(|i| i.as_ref().and_then(|i| i.environment.clone())).map(|id| id.to_string());
                    view! {
                        <select id=field class="input" on:change=choose>
                            <option value="">"Choose …"</option>
                            {choices.get().into_iter().map(|(id, name)| {
                                let selected = chosen.as_ref() == Some(&id);
                                view! { <option value=id selected=selected>{name}</option> }
                            }).collect_view()}
                        </select>
                    }.into_any()
                })}
            </div>
        </Show>
    }
}

/// Bytes for people.
fn size(bytes: f64) -> String {
    const MEGA: f64 = 1_000_000.0;
    if bytes >= MEGA { format!("{:.1} MB", bytes / MEGA) } else { format!("{:.0} kB", (bytes / 1000.0).max(1.0)) }
}
