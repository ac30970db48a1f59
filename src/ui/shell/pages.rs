//! The pages that the navigation and the search lead to, one line each.

use crate::ui::route::{Page, Route};
use crate::workspace::Workspace;

/// One page of the navigation.
pub struct PageLink {
    pub group: &'static str,
    pub name: &'static str,
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
        icon: "home",
        route: || Route::Start,
        is: |p| matches!(p, Page::Start | Page::Import),
        count: none,
    },
    PageLink {
        group: "Now",
        name: "Way back",
        icon: "back",
        route: || Route::way_back(None),
        is: |p| *p == Page::WayBack,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Environments",
        icon: "env",
        route: Route::environments,
        is: |p| matches!(p, Page::Environments | Page::Environment(_) | Page::Unknown),
        count: |w| w.tenant.living().count(),
    },
    PageLink {
        group: "Tenant",
        name: "Targets",
        icon: "matrix",
        route: Route::targets,
        is: |p| *p == Page::Targets,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Readiness",
        icon: "ready",
        route: Route::readiness,
        is: |p| *p == Page::Readiness,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Deadlines",
        icon: "clock",
        route: || Route::Deadlines,
        is: |p| *p == Page::Deadlines,
        count: none,
    },
    PageLink {
        group: "Tenant",
        name: "Deleted",
        icon: "bin",
        route: || Route::Deleted,
        is: |p| *p == Page::Deleted,
        count: |w| w.tenant.environments.iter().filter(|e| e.deleted.is_some()).count(),
    },
    PageLink {
        group: "Work",
        name: "Restore",
        icon: "arrow",
        route: Route::restore,
        is: |p| *p == Page::Restore,
        count: none,
    },
    PageLink {
        group: "Work",
        name: "Plans",
        icon: "plan",
        route: || Route::Plans,
        is: |p| matches!(p, Page::Plans | Page::Plan(_)),
        count: |w| w.plans.len(),
    },
    PageLink {
        group: "Work",
        name: "Activity",
        icon: "pulse",
        route: || Route::activity(None),
        is: |p| *p == Page::Activity,
        count: none,
    },
    PageLink {
        group: "Reference",
        name: "Rules & retention",
        icon: "book",
        route: || Route::Reference(None),
        is: |p| *p == Page::Reference,
        count: none,
    },
];
