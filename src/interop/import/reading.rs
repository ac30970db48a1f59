//! A file being read, row by row: each row goes to the format with the strongest proof, and is read at once.
//!
//! Architecture invariant: work is linear in the row, and nothing of a row is kept but what was understood.

use super::again;
use super::cells;
use super::fields::Zoneless;
use super::findings::shorten;
use super::formats::{self, FileShape, Format, Packages, Pending, Proof, Reach, Reads, Storages};
use super::node::{Node, open_cut};
use super::row::{File, Row};
use super::says::Cause;
use super::states::at_some_time;
use super::twice;
use super::unread::Unread;
use super::unused::Unused;
use super::{fields, refuse, whole};
use crate::domain::cloud;
use crate::domain::environment::{EnvironmentId, Kind};
use crate::domain::inventory::{Inventory, Observation};
use crate::domain::service::{Cloud, GroupRules, ServiceOperation, Underway};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How a file came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Json,
    Csv,
    Text,
    List,
}

/// What stands around the rows of a list, known when the last row has been read.
pub struct Around<'a> {
    pub form: Form,
    /// One object, not a list.
    pub single: bool,
    /// Rows could not be told apart and never came.
    pub lost: bool,
    /// What a tool complains of in lines before, between or after the rows.
    pub failure: Option<formats::Quoted>,
    /// A map of what stands beside the list: `nextLink`, `totalRecords`, `tenantId` …; and what [`whole::beside`] finds in a
    /// text: `command`, `listOf`.
    pub head: Node<'a>,
}

/// What the rows said so far.
#[derive(Default)]
pub struct Gathered {
    pub environments: Vec<Observation>,
    pub backups: Vec<Pending>,
    pub storages: Storages,
    pub packages: Packages,
    pub operations: Vec<ServiceOperation>,
    pub underway: Vec<Underway>,
    pub candidates: Vec<EnvironmentId>,
    pub candidate_ids: HashSet<EnvironmentId>,
    /// A row of candidates or backups could not be used: what is not among the others may be in it.
    pub lost: bool,
    pub group_rules: Vec<GroupRules>,
    /// Where each environment stands: its row, and its place in `environments`.
    first_at: HashMap<String, (usize, usize)>,
    tenants: BTreeSet<String>,
    clouds: BTreeSet<Cloud>,
    /// A row comes from an address that shows what one user sees.
    user_scope: bool,
    /// A row of an environment tells its kind itself. That of the Default environment is told by its id as well, in every list.
    kinds: bool,
}

/// A file being read.
pub struct Reading<'f> {
    file: &'f mut File,
    unit: &'static str,
    form: Form,
    gathered: Gathered,
    rows: usize,
    /// Rows of each format, in the order in which they came.
    counts: Vec<(&'static Format, usize)>,
    left: Vec<Unread>,
    /// The keys of the first row that nothing recognised.
    unknown: Option<Vec<String>>,
    /// What the first such row with ids has.
    ids: refuse::Ids,
    /// The first error answer.
    error: Option<formats::Quoted>,
    cut_ids: usize,
    /// Environments whose id could not be used.
    without_id: usize,
    /// Those of them that no format takes, because they have none at all.
    plain_without_id: usize,
    unused: Unused,
}

impl<'f> Reading<'f> {
    pub fn new(file: &'f mut File, unit: &'static str, form: Form) -> Self {
        file.zoneless = if form == Form::Json { Zoneless::Utc } else { Zoneless::Anywhere };
        Self {
            file,
            unit,
            form,
            gathered: Gathered::default(),
            rows: 0,
            counts: Vec::new(),
            left: Vec::new(),
            unknown: None,
            ids: refuse::Ids::None,
            error: None,
            cut_ids: 0,
            without_id: 0,
            plain_without_id: 0,
            unused: Unused::default(),
        }
    }

    /// Reads a row.
    pub fn row(&mut self, number: usize, node: &Node<'_>) {
        self.rows += 1;
        // PowerShell may have cut off the row itself.
        let cut = node.text().and_then(open_cut);
        let node = cut.as_ref().unwrap_or(node);
        let opened = cells::open(node);
        let node = opened.as_ref().unwrap_or(node);
        let place = place(self.unit, number, node);
        let Some((format, proof)) = formats::recognise(&self.file.formats, node, self.form) else {
            return self.unknown(place, node);
        };
        let is_environment = matches!(format.reads, Reads::Environments(_));
        if is_environment && !formats::type_fits(node, proof >= Proof::Keys) {
            return self.unknown(place, node);
        }
        // What it is, is told by its keys; what they say, only where it is one thing.
        let settled = twice::any(node).then(|| twice::settle(&mut Row::new(self.file, place.clone()), node));
        let node = settled.as_ref().unwrap_or(node);
        match self.counts.iter_mut().find(|(f, _)| *f == format) {
            Some((_, n)) => *n += 1,
            None => self.counts.push((format, 1)),
        }
        match format.reads {
            Reads::Environments(read) => self.environment(number, place, node, read),
            Reads::Facts(read) => {
                self.tenant(node, None);
                let mut row = Row::new(self.file, place);
                read(&mut self.gathered, &mut row, node);
            }
            Reads::Error(quote) => {
                let quoted = quote(node);
                self.error.get_or_insert_with(|| quoted.clone());
                self.left.push(Unread::of(place, format, Some(quoted)));
            }
            Reads::Nothing { .. } => self.left.push(Unread::of(place, format, None)),
        }
    }

    fn unknown(&mut self, place: String, node: &Node<'_>) {
        // In a table without known titles the keys are ours, not the file's.
        let ours = self.form == Form::Text && node.has("EnvironmentId") && node.has("Environment");
        if !ours && self.unknown.as_ref().is_none_or(Vec::is_empty) {
            self.unknown = Some(node.keys().iter().take(40).map(|k| shorten(k)).collect());
        }
        if formats::is_plainly(node)
            && !formats::IDS
                .iter()
                .any(|k| node.get(k).text().is_some_and(|t| fields::is_id(t) || fields::is_environment_id(t)))
        {
            self.plain_without_id += 1;
            self.without_id += 1;
            let field = formats::IDS.iter().find(|k| node.has(k) && node.get(k).text().is_none());
            let field = field.or_else(|| formats::IDS.iter().find(|k| node.has(k) && **k != "name"));
            let field = field.copied().unwrap_or("id");
            let value = node.get(field).words();
            let cause = if value.is_some() { Cause::NoId } else { Cause::WithoutId };
            return cause.tell(&mut self.file.findings, &place, field, &value.unwrap_or_default());
        }
        let ids = refuse::Ids::of(node);
        if self.ids == refuse::Ids::None {
            self.ids = ids;
        }
        self.left.push(Unread::unknown(place, node, ids));
    }

    fn environment(
        &mut self,
        number: usize,
        place: String,
        node: &Node<'_>,
        read: fn(&mut Row<'_>, &Node<'_>) -> Option<Observation>,
    ) {
        let seen = read(&mut Row::new(self.file, place.clone()), node);
        let Some(mut seen) = seen.filter(|s| fields::is_environment_id(&s.id)) else {
            let ids = ["EnvironmentName", "EnvironmentId", "name", "id"];
            let id = node.first(&ids).text().unwrap_or_default();
            let cut = ids.iter().any(|k| node.get(k).text().is_some_and(fields::is_cut_id));
            self.cut_ids += usize::from(cut);
            self.without_id += 1;
            let cause = if cut { Cause::CutId } else { Cause::NoId };
            cause.tell(&mut self.file.findings, &place, "id", id);
            return;
        };
        if fields::after_default(&seen.id).is_some() {
            // Its id says so, whatever an older field calls it.
            seen.kind = Some(Kind::Default);
        }
        self.tenant(node, Some(&seen));
        self.unused.look(node);
        let gathered = &mut self.gathered;
        let long = node.get("id").text();
        gathered.kinds |= formats::KINDS.iter().any(|k| node.get(k).text().is_some());
        gathered.user_scope |= long.is_some_and(|id| id.contains("/environments/") && !id.contains("/scopes/admin/"));
        match gathered.first_at.get(&seen.id.to_ascii_lowercase()) {
            None => {
                gathered.first_at.insert(seen.id.to_ascii_lowercase(), (number, gathered.environments.len()));
                gathered.environments.push(seen);
            }
            Some((first, at)) => {
                let (unit, first, again) = (self.unit, *first, number);
                let known = gathered.environments.get_mut(*at);
                // The case of an id says nothing.
                seen.id = known.as_ref().map(|known| known.id.clone()).unwrap_or_default();
                let known = known.filter(|known| **known != seen);
                let cause = match known.map(|known| again::settle(known, &seen)) {
                    None => Cause::Twice { unit, first, again },
                    Some(facts) => Cause::Differs { unit, first, again, facts },
                };
                cause.tell(&mut self.file.findings, &place, "id", &seen.id);
            }
        }
    }

    /// Notes whose row it is and where it lives.
    fn tenant(&mut self, node: &Node<'_>, seen: Option<&Observation>) {
        let props = node.get("properties");
        let inner = node.get("Internal");
        let named = [node, props, inner, inner.get("properties")].into_iter();
        let named = named.map(|n| n.first(&["tenantId", "tenantGuid"])).find_map(fields::id_of);
        let by_default = seen.and_then(|s| fields::after_default(&s.id)).map(str::to_string);
        self.gathered.tenants.extend(named.into_iter().chain(by_default).map(|id| id.to_ascii_lowercase()));
        self.gathered.clouds.extend(seen.and_then(|s| cloud::of_address(s.url.as_deref()?)));
    }

    /// What the file said. `None` where nothing could be used and that has been said.
    pub fn finish(mut self, name: &str, around: &Around<'_>) -> Option<Inventory> {
        if self.rows == 0 {
            refuse::empty_list(name, &around.head, &mut self.file.findings);
            return None;
        }
        // A list inside something that names itself, such as the environments of a policy, is no list of the tenant.
        let around_it =
            formats::recognise(&self.file.formats, &around.head, self.form).filter(|(_, p)| *p == Proof::Own);
        if let Some((format @ Format { reads: Reads::Nothing { .. }, .. }, _)) = around_it {
            refuse::by_name(format, 1, &mut self.file.findings);
            return None;
        }
        let understood =
            self.counts.iter().filter(|(f, _)| matches!(f.reads, Reads::Environments(_) | Reads::Facts(_)));
        let Some(main) = most(understood) else {
            self.refuse();
            return None;
        };
        let environments = !self.gathered.environments.is_empty();
        if self.cut_ids > 0 && !environments {
            refuse::cut_ids(&mut self.file.findings);
        }
        let head_tenant = around.head.first(&["tenantId", "tenantGuid"]);
        self.gathered.tenants.extend(fields::id_of(head_tenant).map(|id| id.to_ascii_lowercase()));
        if self.gathered.tenants.len() > 1 {
            refuse::several_tenants(&self.gathered.tenants, &mut self.file.findings);
            return None;
        }
        if *main == formats::capacity::FORMAT
            && around.head.first(&["environmentId", "environmentName"]).text().is_some()
        {
            refuse::by_name(&formats::others::STORAGE, self.rows, &mut self.file.findings);
            return None;
        }
        for left in &self.left {
            left.tell(&mut self.file.findings);
        }
        self.unused.tell(&mut self.file.findings);
        if whole::is_of_deleted(&around.head) {
            self.all_deleted();
        }
        let inventory = self.inventory(name, main, around);
        let empty = inventory.environments.is_empty()
            && inventory.backups.is_empty()
            && inventory.capacity.is_none()
            && inventory.applications.is_empty()
            && inventory.operations.is_empty()
            && inventory.underway.is_empty()
            && inventory.candidates.is_empty()
            && inventory.group_rules.is_empty();
        if empty {
            refuse::nothing_in(main, &mut self.file.findings);
        }
        (!empty).then_some(inventory)
    }

    /// What an answer lists that was asked for deleted environments is deleted, whatever else its rows say.
    fn all_deleted(&mut self) {
        let now = self.file.now;
        for seen in self.gathered.environments.iter_mut().filter(|seen| seen.deleted.is_none()) {
            let place = seen.name.as_deref().unwrap_or(&seen.id);
            Cause::DeletedAtSomeTime.tell(&mut self.file.findings, &shorten(place), "deletedTime", "");
            seen.deleted = Some(at_some_time(seen, now));
        }
    }

    /// Nothing was understood: the file is refused by the name of what most of its rows are.
    fn refuse(&mut self) {
        let findings = &mut self.file.findings;
        match (&self.error, most(self.counts.iter())) {
            (Some(quoted), _) => refuse::error(quoted, findings),
            (None, Some(format)) => {
                let rows = self.counts.iter().filter(|(f, _)| *f == format).map(|(_, n)| *n).sum();
                refuse::by_name(format, rows, findings);
            }
            (None, None) if self.plain_without_id > 0 => refuse::no_ids(self.plain_without_id, self.rows, findings),
            (None, None) => {
                refuse::unknown_rows(self.unknown.as_deref().unwrap_or_default(), self.ids, self.form, findings);
            }
        }
    }

    fn inventory(&mut self, name: &str, main: &'static Format, around: &Around<'_>) -> Inventory {
        let gathered = std::mem::take(&mut self.gathered);
        let file = &mut *self.file;
        let came = FileShape { form: around.form, single: around.single, kindless: !gathered.kinds };
        // `pac env list` has no kinds and lists what its user can see.
        let one_user = gathered.user_scope || ((main.called)(came) == formats::ONE_USERS_LIST);
        let left_out = around.lost || self.without_id > 0 || self.left.iter().any(Unread::may_be_environment);
        let failed = around.failure.clone().or_else(|| whole::error_beside(&around.head));
        let listed = whole::Listed {
            main,
            around,
            rows: self.rows,
            left_out,
            failed: failed.is_some(),
            seen: &gathered.environments,
            user_scope: gathered.user_scope,
            one_user,
        };
        let complete = whole::complete(file, &listed);
        if let Some(quoted) = failed {
            Cause::ErrorBeside(quoted).of_file(&mut file.findings);
        }
        let of_tenant = main.reach != Reach::None && !gathered.environments.is_empty() && !around.single && !one_user;
        let more = whole::has_more(&around.head, self.rows);
        if more && main.reach == Reach::None && gathered.candidates.is_empty() {
            Cause::OnePageOf(main.what).of_file(&mut file.findings);
        }
        let part = more || listed.failed;
        if gathered.clouds.len() > 1 {
            Cause::SeveralClouds.of_file(&mut file.findings);
        }
        let storages_seen = gathered.storages.rows > 0;
        let packages_seen = gathered.packages.rows > 0;
        formats::operations::finish(file, &gathered.operations, &gathered.underway);
        let candidates = formats::candidates::finish(file, gathered.candidates, part || left_out || gathered.lost);
        Inventory {
            format: (main.called)(came).to_string(),
            name: name.to_string(),
            backups: formats::backups::finish(file, gathered.backups, part || left_out || gathered.lost),
            capacity: storages_seen.then(|| formats::capacity::finish(file, gathered.storages)).flatten(),
            applications: packages_seen
                .then(|| formats::packages::finish(file, gathered.packages, !part && !around.single))
                .into_iter()
                .collect(),
            complete,
            of_tenant,
            tenant_id: gathered.tenants.first().filter(|_| gathered.tenants.len() == 1).cloned(),
            cloud: gathered.clouds.first().filter(|_| gathered.clouds.len() == 1).copied(),
            asked: None,
            operations: gathered.operations,
            underway: gathered.underway,
            candidates,
            group_rules: gathered.group_rules,
            environments: gathered.environments.into(),
        }
    }
}

/// The format with the most rows; among equals the one that came first.
fn most<'c>(counts: impl Iterator<Item = &'c (&'static Format, usize)>) -> Option<&'static Format> {
    counts
        .fold(None::<(&'static Format, usize)>, |best, (f, n)| match best {
            Some((_, most)) if most >= *n => best,
            _ => Some((f, *n)),
        })
        .map(|(f, _)| f)
}

fn place(unit: &str, number: usize, node: &Node<'_>) -> String {
    let name = node.at("properties.displayName").text().or_else(|| {
        node.first(&["DisplayName", "EnvironmentDisplayName", "FriendlyName", "Name", "Environment"]).text()
    });
    match name {
        Some(name) => format!("{unit} {number} ({})", shorten(name)),
        None => format!("{unit} {number}"),
    }
}
