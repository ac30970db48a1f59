use crate::domain::edition::Edition;
use crate::domain::environment::FactKey;
use crate::domain::merge::{FieldChange, LineKind, Preview, PreviewLine};
use crate::domain::rule::RuleId;
use crate::text;
use crate::ui::components::ask::capital;
use crate::ui::components::{InstantView, Notice, RuleChip, SaysText, Tone};
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::words::count;
use crate::words::facts;
use crate::words::merge::storage_changed;
use crate::words::{self, Say, Text};

/// How many rows of one sort are shown at first.
const MOST_ROWS: usize = 50;

/// How many environments are named for each unknown fact; all of them stand in the list by environment.
const MOST_NAMES: usize = 6;

/// What keeping a file would do, before it is done.
#[component]
pub fn PreviewView(
    preview: Shared<Preview>,
    /// What would be learned from what the service printed.
    learned: Vec<Text>,
) -> impl IntoView {
    let edition = use_app().edition();
    let Preview { lines, not_spoken_of, backups, capacity, cloud, asked_at_latest, .. } = &*preview;
    let only_lists = lines.is_empty();
    let how_many = |is: fn(&LineKind) -> bool| lines.iter().filter(|l| is(&l.what)).count();
    let [added, changed, unchanged, missing] = [ADDED, CHANGED, UNCHANGED, MISSING].map(how_many);
    let changed_lines: Vec<PreviewLine> = lines.iter().filter(|l| CHANGED(&l.what)).cloned().collect();
    let notes: Vec<Text> = lines.iter().flat_map(|l| l.notes.iter().map(move |n| text!(l.name, ": ", n))).collect();
    let backups: Vec<Text> = backups.iter().map(|change| change.says().capital()).collect();
    view! {
        <h3>"What keeping it would do"</h3>
        <p class="counts" hidden=only_lists>
            <span class="tag ok">{format!("+ {added} added")}</span>
            <span class="tag ask">{format!("~ {changed} changed")}</span>
            <span class="tag">{format!("= {unchanged} unchanged")}</span>
            {match *not_spoken_of {
                0 => view! { <span class=if missing == 0 { "tag" } else { "tag no" }>{format!("− {missing} not in the file")}</span> },
                left => view! { <span class="tag ask">{format!("? {left} not in the file")}</span> },
            }}
        </p>
        {(*not_spoken_of > 0).then(|| view! {
            <p class="hint">
                {format!("The file does not list the whole tenant, so it says nothing of {}: what is known stays as it is, and none counts as missing.",
                    count(*not_spoken_of, "other environment that is known here", "other environments that are known here"))}
            </p>
        })}
        {asked_at_latest.map(|at| view! {
            <Notice tone=Tone::Info>
                <p>
                    "This file was asked for on " <InstantView at=at /> " at the latest, by what it says of its backups: what happened since "
                    "is not in it. " <RuleChip rule=RuleId::K15 />
                </p>
            </Notice>
        })}
        <Rows title="Added" total=added rows=names(&preview, ADDED) says="" />
        <Changes lines=changed_lines />
        <Rows title="Unchanged" total=unchanged rows=names(&preview, UNCHANGED) says="" />
        <Rows title="Not in the file" total=missing rows=names(&preview, MISSING)
            says="They stay on the list: perhaps deleted, perhaps not visible to whoever made this file. You can take them off on the environments page." />
        <Rows title="Good to know" total=notes.len() rows=some_of(notes) says="" />
        <Rows title="Manual backups" total=backups.len() rows=some_of(backups) says="" />
        <Rows title="What the service listed" total=learned.len() rows=some_of(learned) says="Evidence with its date. What does not fit the history is kept and changes nothing." />
        {capacity.as_ref().map(|change| view! { <p><SaysText text=storage_changed(change).sentence() /></p> })}
        {cloud.as_ref().map(|note| view! { <p><SaysText text=note.says().sentence() /></p> })}
        {(!only_lists).then(|| view! { <Unknown preview=preview.clone() edition /> })}
    }
}

const ADDED: fn(&LineKind) -> bool = |k| matches!(k, LineKind::Added);
const CHANGED: fn(&LineKind) -> bool = |k| matches!(k, LineKind::Changed(_));
const UNCHANGED: fn(&LineKind) -> bool = |k| matches!(k, LineKind::Unchanged);
const MISSING: fn(&LineKind) -> bool = |k| matches!(k, LineKind::Missing);

/// Gives so many of the first rows of a list. Of ten thousand only those are made that are shown.
type FirstRows = Box<dyn Fn(usize) -> Vec<Text> + Send + Sync>;

fn names(preview: &Shared<Preview>, is: fn(&LineKind) -> bool) -> FirstRows {
    let preview = preview.clone();
    Box::new(move |most| preview.lines.iter().filter(|l| is(&l.what)).take(most).map(|l| text!(l.name)).collect())
}

fn some_of(rows: Vec<Text>) -> FirstRows {
    Box::new(move |most| rows.iter().take(most).cloned().collect())
}

#[component]
fn Rows(title: &'static str, total: usize, rows: FirstRows, says: &'static str) -> impl IntoView {
    (total > 0).then(|| {
        let all = RwSignal::new(false);
        let shown = move || {
            let most = if all.get() { usize::MAX } else { MOST_ROWS };
            rows(most).into_iter().map(|row| view! { <li><SaysText text=row /></li> }).collect_view()
        };
        view! {
            <details>
                <summary>{format!("{title} ({total})")}</summary>
                {(!says.is_empty()).then(|| view! { <p class="hint">{says}</p> })}
                <ul class="columns">{shown}</ul>
                <Show when=move || { total > MOST_ROWS && !all.get() }>
                    <button type="button" class="btn small" on:click=move |_| all.set(true)>{format!("Show all {total}")}</button>
                </Show>
            </details>
        }
    })
}

/// The changes, fact by fact.
#[component]
fn Changes(lines: Vec<PreviewLine>) -> impl IntoView {
    let total = lines.len();
    (total > 0).then(|| {
        let all = RwSignal::new(false);
        let lines = StoredValue::new(lines);
        let rows = move || {
            let most = if all.get() { usize::MAX } else { MOST_ROWS };
            lines.with_value(|l| l.iter().take(most).cloned().flat_map(change_rows).collect_view())
        };
        view! {
            <details open=true>
                <summary>{format!("Changed ({total})")}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label="What changes"><table>
                    <thead><tr><th>"Environment"</th><th>"Fact"</th><th>"Before"</th><th>"After"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
                <Show when=move || { total > MOST_ROWS && !all.get() }>
                    <button type="button" class="btn small" on:click=move |_| all.set(true)>{format!("Show all {total}")}</button>
                </Show>
            </details>
        }
    })
}

fn change_rows(line: PreviewLine) -> Vec<impl IntoView> {
    let LineKind::Changed(changes) = line.what else { return Vec::new() };
    changes
        .into_iter()
        .map(|FieldChange { field, from, to, overruled }| {
            view! {
                <tr>
                    <th scope="row">{line.name.clone()}</th>
                    <td>{field.says().capital().to_string()}</td>
                    <td><SaysText text=from.map_or_else(|| text!("? unknown"), |from| from.says()) /></td>
                    <td>
                        <SaysText text=to.says() />
                        {overruled.map(|at| view! { <br /> <span class="hint"><SaysText text=words::merge::overruled(at).capital() /></span> })}
                    </td>
                </tr>
            }
        })
        .collect()
}

/// The facts that matter under an edition and stay unknown of an environment.
fn unknown(line: &PreviewLine, edition: &'static Edition) -> impl Iterator<Item = FactKey> {
    line.unknown.iter().copied().filter(|fact| edition.looks_at(*fact))
}

/// Every fact that matters and stays unknown, by name.
#[component]
fn Unknown(preview: Shared<Preview>, edition: &'static Edition) -> impl IntoView {
    // How many environments, and the first of them.
    let mut by_fact: Vec<(FactKey, usize, Vec<&str>)> = Vec::new();
    let (mut facts, mut lines) = (0, 0);
    for line in &preview.lines {
        let before = facts;
        for fact in unknown(line, edition) {
            facts += 1;
            let place = by_fact.iter().position(|(f, ..)| *f == fact).unwrap_or_else(|| {
                by_fact.push((fact, 0, Vec::new()));
                by_fact.len() - 1
            });
            let Some((_, count, names)) = by_fact.get_mut(place) else { continue };
            *count += 1;
            if names.len() < MOST_NAMES {
                names.push(&line.name);
            }
        }
        lines += usize::from(facts > before);
    }
    if facts == 0 {
        return view! { <p>"✓ Every fact that matters is known."</p> }.into_any();
    }
    let summary = by_fact
        .iter()
        .map(|(fact, count, some)| {
            let more = if *count > some.len() { format!(" and {} more", count - some.len()) } else { String::new() };
            view! { <li><strong>{capital(facts::of(*fact).noun)}</strong> {format!(" ({count}): {}{more}", some.join(", "))}</li> }
        })
        .collect_view();
    let by_environment = preview.clone();
    let rows: FirstRows = Box::new(move |most| {
        let words =
            |l: &PreviewLine| unknown(l, edition).map(|fact| facts::of(fact).noun).collect::<Vec<_>>().join(", ");
        let some = by_environment.lines.iter().filter(|l| unknown(l, edition).next().is_some()).take(most);
        some.map(|l| text!(l.name, ": ", words(l))).collect()
    });
    view! {
        <Notice tone=Tone::Warning>
            <p>{format!("{} unknown. You can answer {} after keeping, for all environments at once or one by one.", count(facts, "fact that matters stays", "facts that matter stay"), if facts == 1 { "it" } else { "them" })}</p>
            <ul class="unknown-facts">{summary}</ul>
            <Rows title="By environment" total=lines rows says="" />
        </Notice>
    }
    .into_any()
}
