//! How a deed is done in the service, beside recording that it was done.

use crate::domain::cloud;
use crate::domain::command::Command;
use crate::domain::plan::{Action, action_of};
use crate::interop::commands::Shell;
use crate::ui::components::CommandBox;
use crate::ui::components::command_box::{Chosen, ToolChoice};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::words::Text;

/// The command for what is typed, folded; nothing where no tool has one.
#[component]
pub fn How(command: Signal<Result<Command, String>>) -> impl IntoView {
    let app = use_app();
    let shell = RwSignal::new(Shell::PowerShell);
    let known = Memo::new(move |_| app.with(|w| cloud::of_tenant(&w.tenant).known()).into());
    provide_context(Chosen { shell: shell.into(), known });
    let action = Memo::new(move |_| match command.get() {
        Ok(Command::Do(deed)) => action_of(&deed),
        _ => None,
    });
    view! {
        <Show when=move || action.with(Option::is_some)>
            <details class="act-rules">
                <summary>"How it is done, as a command"</summary>
                <ToolChoice shell choose=Callback::new(move |tool| shell.set(tool)) label="Tool" />
                <CommandBox action=Action::SignIn of="signing in" by_hand=Text::default() />
                {live(move || action.get().map(|action| view! { <CommandBox action of="what is recorded" by_hand=Text::default() /> }))}
            </details>
        </Show>
    }
}
