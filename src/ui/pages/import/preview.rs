use crate::domain::environment::FactKey;
use crate::domain::merge::{FieldChange, Line, LineKind, Preview};
use crate::domain::rule::RuleId;
use crate::ui::components::ask::{capital, counted, fact_word};
use crate::ui::components::{InstantView, Notice, RuleChip, Tone};
use crate::ui::prelude::*;
use crate::ui::state::use_app;

/// How many rows of one sort are shown at first.
const MOST_ROWS: usize = 50;

/// How many environments are named for each unknown fact; all of them stand in the list by environment.
const MOST_NAMES: usize = 6;

/// What keeping a file would do, before it is done.
#[component]
pub fn PreviewView(
    preview: Preview,
    /// What would be learned from what the service printed, in sentences.
    learned: Vec<String>,
) -> impl IntoView {
    let Preview { mut lines, backups, capacity, cloud, asked_at_latest, .. } = preview;
    if !use_app().edition().policies_must_match {
        lines.iter_mut().for_each(|l| l.unknown.retain(|f| *f != FactKey::Policies));
    }
    let only_lists = lines.is_empty();
    let sort = |is: fn(&LineKind) -> bool| lines.iter().filter(|l| is(&l.what)).cloned().collect::<Vec<_>>();
    let added = sort(|k| matches!(k, LineKind::Added));
    let changed = sort(|k| matches!(k, LineKind::Changed(_)));
    let unchanged = sort(|k| matches!(k, LineKind::Unchanged));
    let missing = sort(|k| matches!(k, LineKind::Missing));
    let unknown: Vec<Line> = lines.iter().filter(|l| !l.unknown.is_empty()).cloned().collect();
    let notes: Vec<String> =
        lines.iter().flat_map(|l| l.notes.iter().map(move |n| format!("{}: {n}", l.name))).collect();
    view! {
        <h3>"What keeping it would do"</h3>
        <p class="counts" hidden=only_lists>
            <span class="tag ok">{format!("+ {} added", added.len())}</span>
            <span class="tag ask">{format!("~ {} changed", changed.len())}</span>
            <span class="tag">{format!("= {} unchanged", unchanged.len())}</span>
            <span class=if missing.is_empty() { "tag" } else { "tag no" }>{format!("− {} not in the file", missing.len())}</span>
        </p>
        {asked_at_latest.map(|at| view! {
            <Notice tone=Tone::Info>
                <p>
                    "This file was asked for on " <InstantView at=at /> " at the latest, by what it says of its backups: what happened since "
                    "is not in it. " <RuleChip rule=RuleId::K15 />
                </p>
            </Notice>
        })}
        <Rows title="Added" rows=names(&added) says="" />
        <Changes lines=changed />
        <Rows title="Unchanged" rows=names(&unchanged) says="" />
        <Rows title="Not in the file" rows=names(&missing)
            says="They stay on the list: perhaps deleted, perhaps not visible to whoever made this file. You can take them off on the environments page." />
        <Rows title="Good to know" rows=notes says="" />
        <Rows title="Manual backups" rows=backups says="" />
        <Rows title="What the service listed" rows=learned says="Evidence with its date. What does not fit the history is kept and changes nothing." />
        {capacity.map(|says| view! { <p>{says} "."</p> })}
        {cloud.map(|note| view! { <p>{note.says()} "."</p> })}
        {(!only_lists).then(|| view! { <Unknown lines=unknown /> })}
    }
}

fn names(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|l| l.name.clone()).collect()
}

#[component]
fn Rows(title: &'static str, rows: Vec<String>, says: &'static str) -> impl IntoView {
    let total = rows.len();
    (total > 0).then(|| {
        let all = RwSignal::new(false);
        let rows = StoredValue::new(rows);
        let shown = move || {
            let most = if all.get() { usize::MAX } else { MOST_ROWS };
            rows.with_value(|r| r.iter().take(most).map(|r| view! { <li>{r.clone()}</li> }).collect_view())
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
fn Changes(lines: Vec<Line>) -> impl IntoView {
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

fn change_rows(line: Line) -> Vec<impl IntoView> {
    let LineKind::Changed(changes) = line.what else { return Vec::new() };
    changes
        .into_iter()
        .map(|FieldChange { field, from, to, note }| {
            view! {
                <tr>
                    <th scope="row">{line.name.clone()}</th>
                    <td>{capital(&field)}</td>
                    <td>{from.unwrap_or_else(|| "? unknown".into())}</td>
                    <td>
                        {to}
                        {note.map(|n| view! { <br /> <span class="hint">{capital(&n)}</span> })}
                    </td>
                </tr>
            }
        })
        .collect()
}

/// Every fact that matters and stays unknown, by name.
#[component]
fn Unknown(lines: Vec<Line>) -> impl IntoView {
    let facts: usize = lines.iter().map(|l| l.unknown.len()).sum();
    if facts == 0 {
        return view! { <p>"✓ No fact that matters stays unknown."</p> }.into_any();
    }
    let mut by_fact: Vec<(FactKey, Vec<&str>)> = Vec::new();
    for (fact, name) in lines.iter().flat_map(|l| l.unknown.iter().map(|f| (*f, l.name.as_str()))) {
        match by_fact.iter_mut().find(|(f, _)| *f == fact) {
            Some((_, names)) => names.push(name),
            None => by_fact.push((fact, vec![name])),
        }
    }
    let summary = by_fact
        .iter()
        .map(|(fact, names)| {
            let (some, rest) = names.split_at(names.len().min(MOST_NAMES));
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            view! { <li><strong>{capital(fact_word(*fact))}</strong> {format!(" ({}): {}{more}", names.len(), some.join(", "))}</li> }
        })
        .collect_view();
    let rows = lines
        .iter()
        .map(|l| format!("{}: {}", l.name, l.unknown.iter().map(|f| fact_word(*f)).collect::<Vec<_>>().join(", ")))
        .collect();
    view! {
        <Notice tone=Tone::Warning>
            <p>{format!("{} unknown. You can answer them after keeping, for all at once or one by one.", counted(facts, "fact that matters stays", "facts that matter stay"))}</p>
            <ul class="unknown-facts">{summary}</ul>
            <Rows title="By environment" rows says="" />
        </Notice>
    }
    .into_any()
}
