//! The pages that the navigation and the search lead to, one line each.

use crate::ui::prelude::window;
use crate::ui::route::{EnvironmentsQuery, Page, Route};
use crate::ui::state::AppState;
use crate::ui::theme::Theme;
use crate::workspace::Workspace;

/// One page of the navigation.
pub struct PageLink {
    pub group: &'static str,
    pub name: &'static str,
    /// Other words by which the search finds it, in lower case.
    pub also: &'static str,
    /// Of the set in `index.html`.
    pub icon: &'static str,
    pub route: fn() -> Route,
    /// Whether a page belongs to it.
    pub is: fn(&Page) -> bool,
    /// What is counted beside its name; 0 says nothing.
    pub count: fn(&Workspace) -> usize,
}

pub const GROUPS: [&str; 4] = ["Now", "Tenant", "Work", "Reference"];

fn none(_: &Workspace) -> usize {
    0
}

pub static PAGES: &[PageLink] = &[
    PageLink {
        group: "Now",
        name: "Start",
        also: "dashboard overview today home",
        icon: "home",
        route: || Route::Start,
        is: |p| matches!(p, Page::Start | Page::Import),
        count: none,
    },
    PageLink {
        group: "Now",
        name: "Way back",
        also: "what happened mishap undo accident deleted records bulk deletion",
        icon: "back",
        route: || Route::way_back(None),
        is: |p| *p == Page::WayBack,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Environments",
        also: "list table inventory",
        icon: "env",
        route: Route::environments,
        is: |p| matches!(p, Page::Environments | Page::Environment(_) | Page::Unknown),
        count: |w| w.tenant.living().count(),
    },
    PageLink {
        group: "Tenant",
        name: "Targets",
        also: "matrix who may be restored to whom eligible onto what",
        icon: "matrix",
        route: Route::targets,
        is: |p| *p == Page::Targets,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Readiness",
        also: "what could not be recovered this month score report governance findings print",
        icon: "ready",
        route: Route::readiness,
        is: |p| *p == Page::Readiness,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Deadlines",
        also: "what ends next expires until when calendar print",
        icon: "clock",
        route: || Route::Deadlines,
        is: |p| *p == Page::Deadlines,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Deleted",
        also: "recover undelete bin",
        icon: "bin",
        route: || Route::Deleted,
        is: |p| *p == Page::Deleted,
        count: |w| w.tenant.environments.iter().filter(|e| e.deleted.is_some()).count(),
    },
    PageLink {
        group: "Work",
        name: "Restore",
        also: "wizard system backup manual backup go back",
        icon: "arrow",
        route: Route::restore,
        is: |p| *p == Page::Restore,
        count: none,
    },
    PageLink {
        group: "Work",
        name: "Plans",
        also: "runbook steps checklist print script",
        icon: "plan",
        route: || Route::Plans,
        is: |p| matches!(p, Page::Plans | Page::Plan(_)),
        count: |w| w.plans.len(),
    },
    PageLink {
        group: "Work",
        name: "Activity",
        also: "history log what was done",
        icon: "pulse",
        route: || Route::activity(None),
        is: |p| *p == Page::Activity,
        count: none,
    },
    PageLink {
        group: "Reference",
        name: "Rules & retention",
        also: "reference editions how long are backups kept 28 days 7 days print",
        icon: "book",
        route: || Route::Reference(None),
        is: |p| *p == Page::Reference,
        count: none,
    },
];

/// What else the search leads to.
pub struct MoreLink {
    pub name: &'static str,
    pub also: &'static str,
    pub icon: &'static str,
    /// Whether it leads anywhere now.
    pub when: fn(AppState) -> bool,
    pub go: fn(AppState),
}

fn always(_: AppState) -> bool {
    true
}

fn only(app: AppState, only: &str) {
    app.go(Route::Environments(EnvironmentsQuery { only: only.to_string(), ..EnvironmentsQuery::default() }));
}

pub static MORE: &[MoreLink] = &[
    MoreLink {
        name: "Environments that cannot be brought back",
        also: "lost not recoverable no backup could not be recovered",
        icon: "env",
        when: always,
        go: |app| only(app, "not"),
    },
    MoreLink {
        name: "Environments of which something ends in 7 days",
        also: "soon expires this week",
        icon: "env",
        when: always,
        go: |app| only(app, "ends"),
    },
    MoreLink {
        name: "Facts that are not known",
        also: "questions unknown answer",
        icon: "unk",
        when: always,
        go: |app| app.go(Route::Unknown),
    },
    MoreLink {
        name: "Rehearsal",
        also: "rehearse practise try training drill what if move the time",
        icon: "rehearse",
        when: AppState::can_rehearse,
        go: |app| app.about_rehearsal.set(true),
    },
    MoreLink {
        name: "Add an inventory",
        also: "import file upload drop paste refresh",
        icon: "load",
        when: always,
        go: |app| app.go(Route::Import),
    },
    MoreLink {
        name: "What is stored",
        also: "storage save download start over undo delete everything",
        icon: "info",
        when: always,
        go: |app| app.go(Route::Storage),
    },
    MoreLink {
        name: "Light colours",
        also: "theme appearance bright day mode colors",
        icon: "info",
        when: |app| app.theme() != Theme::Light,
        go: |app| app.set_theme(Theme::Light),
    },
    MoreLink {
        name: "Dark colours",
        also: "theme appearance night mode colors",
        icon: "info",
        when: |app| app.theme() != Theme::Dark,
        go: |app| app.set_theme(Theme::Dark),
    },
    MoreLink {
        name: "Licence",
        also: "license terms copyright open source",
        icon: "book",
        when: always,
        go: |_| drop(window().open_with_url_and_target_and_features("LICENSE.txt", "_blank", "noopener")),
    },
];
