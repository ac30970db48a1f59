use crate::interop::import::{Finding, Read, Severity};
use crate::ui::components::ask::capital;
use crate::ui::components::{Notice, Prose, Tone};
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::view_model::words::thousands;

/// How many findings of one sort are shown at first.
const MOST_FINDINGS: usize = 20;

/// The recognised format and everything that is to be said about the text.
#[component]
pub fn Understood(read: Shared<Read>) -> impl IntoView {
    let Read { inventory, findings, .. } = &*read;
    let of = |severity: Severity| findings.iter().filter(|f| f.severity == severity).cloned().collect::<Vec<_>>();
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    let nothing = inventory.is_none();
    view! {
        {inventory.as_ref().map(|i| {
            let count = match (i.environments.len(), i.backups.iter().map(|b| b.backups.len()).sum::<usize>()) {
                (0, 0) => String::new(),
                (0, 1) => ", 1 manual backup".into(),
                (0, backups) => format!(", {backups} manual backups"),
                (1, _) => ", 1 environment".into(),
                (n, _) => format!(", {n} environments"),
            };
            view! { <p>"Recognised as " <strong>{i.format.clone()}</strong> {count} "."</p> }
        })}
        {(!errors.is_empty()).then(|| view! {
            <Notice tone=Tone::Error>
                <Findings findings=errors />
                {nothing.then(|| view! { <p>"Nothing of it is kept; what was there before stays as it was."</p> })}
            </Notice>
        })}
        <Folded title="Cautions" class="tag ask" symbol="!" findings=warnings open=true />
        <Folded title="Notes" class="tag" symbol="i" findings=notes open=false />
    }
}

#[component]
fn Folded(
    title: &'static str,
    class: &'static str,
    symbol: &'static str,
    findings: Vec<Finding>,
    open: bool,
) -> impl IntoView {
    (!findings.is_empty()).then(|| {
        view! {
            <details open=open>
                <summary><span class=class>{format!("{symbol} {title}: {}", thousands(findings.len()))}</span></summary>
                <Findings findings />
            </details>
        }
    })
}

/// A list of findings, the first ones at first.
#[component]
fn Findings(findings: Vec<Finding>) -> impl IntoView {
    let total = findings.len();
    let all = RwSignal::new(false);
    let findings = StoredValue::new(findings);
    let rows = move || {
        let most = if all.get() { usize::MAX } else { MOST_FINDINGS };
        findings.with_value(|f| f.iter().take(most).cloned().map(|f| view! { <FindingRow finding=f /> }).collect_view())
    };
    view! {
        <ul class="findings">{rows}</ul>
        <Show when=move || { total > MOST_FINDINGS && !all.get() }>
            <button type="button" class="btn small" on:click=move |_| all.set(true)>{format!("Show all {total}")}</button>
        </Show>
    }
}

/// Place, field and value, what is wrong, and what to do now.
#[component]
fn FindingRow(finding: Finding) -> impl IntoView {
    let Finding { place, field, value, says, help, .. } = finding;
    let whereabouts = [place, field].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <li>
            {(!whereabouts.is_empty()).then(|| view! { <code class="where">{whereabouts}</code> " " })}
            <Prose text=format!("{}.", capital(&says)) />
            {(!value.is_empty()).then(|| view! { " " <code class="value">{value}</code> })}
            {(!help.is_empty()).then(|| view! { <br /> <span class="hint"><Prose text=format!("{}.", capital(&help)) /></span> })}
        </li>
    }
}
