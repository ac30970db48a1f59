//! Everything that can be done to an environment, or recorded as done, as a menu and a form; and the command that a filled-in
//! form amounts to. Whether it may be done is judged by `domain`, never here.

use crate::domain::capacity::{Capacity, MB_PER_GB, Storage, Thousandths};
use crate::domain::command::{Command, Refusal};
use crate::domain::deed::{Deed, NewEnvironment, Setting};
use crate::domain::edition::all_choices;
use crate::domain::environment::{Environment, EnvironmentId, Key, Kind, Operation, Region};
use crate::domain::life::decide;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::moment::Moment;
use crate::domain::readiness::Trouble;
use crate::domain::restore::{Point, RestoreRequest};
use crate::domain::rule::RuleId;
use crate::domain::values::is_environment_id;
use crate::json::decimal;
use crate::words::deed;
use crate::words::readiness::of_trouble;
use chrono::{DateTime, Utc};

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    BackUp,
    /// The manual backup with this id.
    DeleteBackup(String),
    /// What is to be set is chosen in the form.
    SetRetention,
    SetKey,
    Set(Setting),
    /// A restore onto it was begun; for recording only, for whoever wants to begin one plans it first (R3).
    Restore,
    /// The restore that runs onto it has ended, or failed.
    EndRestore {
        failed: bool,
    },
    /// What was going on with it, other than a restore, has ended.
    EndActivity,
    Delete,
    Recover,
    /// A new environment; belongs to the tenant.
    Create,
    /// The storage is another; belongs to the tenant.
    SetCapacity,
}

/// What is typed and chosen for an act. Text fields hold what was typed, also where it is not valid yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The label of a manual backup.
    pub label: String,
    /// The restore point that the service gave a manual backup, UTC (M9), or what is wrong with what was typed; `None`: that of
    /// the moment of asking.
    pub point: Option<Result<DateTime<Utc>, String>>,
    /// Days of retention.
    pub days: Option<u32>,
    /// Whether a customer-managed key is applied.
    pub customer_key: bool,
    /// Which one; empty: not known.
    pub key: String,
    pub new: NewForm,
    /// Of a restore: whose backup was taken.
    pub source: Option<EnvironmentId>,
    /// Of a restore: whether audit logs were copied.
    pub audit_logs: bool,
    /// Gigabytes as typed, in the order of [`STORAGE`].
    pub storage: [String; 6],
}

/// The fields of the storage.
pub const STORAGE: [&str; 6] =
    ["Database, entitled", "Database, used", "Log, entitled", "Log, used", "File, entitled", "File, used"];

/// What is typed for a new environment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewForm {
    pub name: String,
    pub id: String,
    /// A kind's name; empty: not chosen.
    pub kind: String,
    pub region: String,
    /// `None`: not known.
    pub dataverse: Option<bool>,
    pub dynamics: Option<bool>,
    pub managed: Option<bool>,
}

/// Whether the retention is set to the most already: that it keeps less is for want of what lets the setting count (K3).
fn is_longest(env: &Environment) -> bool {
    env.retention_setting.get().copied() == all_choices().max()
}

impl Act {
    /// What can be done to `env` as it is, in the order of a menu. What is refused stays in it: the reason is worth reading.
    ///
    /// `records`: it is recorded and not done.
    pub fn of(env: &Environment, records: bool) -> Vec<Act> {
        if env.deleted.is_some() {
            return vec![Act::Recover];
        }
        let mut all = Vec::new();
        let restoring = env.activity.as_ref().is_some_and(|a| a.what == Operation::Restoring);
        if env.running.is_some() || restoring {
            all.extend([Act::EndRestore { failed: false }, Act::EndRestore { failed: true }]);
        } else {
            all.extend(env.activity.is_some().then_some(Act::EndActivity));
            all.extend(records.then_some(Act::Restore));
        }
        all.extend([Act::BackUp, Act::SetRetention]);
        all.push(Act::Set(Setting::Kind(match env.kind.get() {
            Some(Kind::Sandbox) => Kind::Production,
            _ => Kind::Sandbox,
        })));
        for of in [Setting::AdministrationMode, Setting::Managed] {
            // The other state, or both where it is not known.
            let differs = |on: &bool| of(*on).now(env) != Some(of(*on));
            all.extend([true, false].into_iter().filter(differs).map(|on| Act::Set(of(on))));
        }
        all.push(Act::SetKey);
        if Setting::Dataverse.now(env).is_none() {
            all.push(Act::Set(Setting::Dataverse));
        }
        all.push(Act::Delete);
        all
    }

    /// What is done to `env` to mend a trouble of it; `None`: nothing that can be done to it now.
    pub fn that_mends(trouble: Trouble, env: &Environment) -> Option<Act> {
        let act = match trouble {
            Trouble::NoDataverse => Act::Set(Setting::Dataverse),
            Trouble::OnlySevenDays | Trouble::NewestKeepsLess if is_longest(env) => Act::Set(Setting::Managed(true)),
            Trouble::OnlySevenDays | Trouble::NewestKeepsLess => Act::SetRetention,
            Trouble::FormerProduction => Act::Set(Setting::Kind(Kind::Production)),
            Trouble::AdministrationMode => Act::Set(Setting::AdministrationMode(false)),
            Trouble::Occupied => {
                let ends = |act: &Act| matches!(act, Act::EndActivity | Act::EndRestore { failed: false });
                return Act::of(env, true).into_iter().find(ends);
            }
            _ => return None,
        };
        Act::of(env, true).contains(&act).then_some(act)
    }

    /// On the button that mends a trouble: as the trouble says it, where this is that mend.
    pub fn mends(&self, trouble: Trouble) -> String {
        match (trouble, self) {
            (Trouble::OnlySevenDays | Trouble::NewestKeepsLess, Act::Set(_)) => self.title(),
            _ => of_trouble(trouble).act.to_string(),
        }
    }

    /// The form with which it is tried out whether the act is refused whatever is typed.
    pub fn probe(&self, env: &Environment) -> Option<Form> {
        let form = self.form(Some(env));
        match self {
            Act::BackUp => Some(Form { label: "x".into(), ..form }),
            Act::SetRetention => {
                let now = env.retention_setting.get().copied();
                Some(Form { days: all_choices().find(|days| Some(*days) != now), ..form })
            }
            Act::Create | Act::Restore | Act::SetCapacity => None,
            _ => Some(form),
        }
    }

    /// Why `env` refuses the act at this moment whatever is typed; `None`: it does not, or that hangs on what is typed.
    pub fn refused(&self, moment: Moment<'_>, env: &Environment) -> Option<Refusal> {
        let form = self.probe(env)?;
        let Ok(Command::Do(deed)) = self.command(&env.id, &form, "probe") else { return None };
        decide(moment.edition, moment.tenant, &deed, moment.now).err()
    }

    /// What can be recorded of `env` as done before the last import: what its windows need to know of the past.
    pub fn before_the_import(env: &Environment) -> Vec<Act> {
        if env.deleted.is_some() {
            return Vec::new();
        }
        let mut all = vec![Act::SetRetention];
        if matches!(env.kind.get(), Some(Kind::Production | Kind::Sandbox)) {
            all.extend([Kind::Sandbox, Kind::Production].map(|kind| Act::Set(Setting::Kind(kind))));
        }
        all.extend([true, false].map(|on| Act::Set(Setting::Managed(on))));
        all.extend([Act::SetKey, Act::BackUp, Act::Restore]);
        all
    }

    /// The rules that are worth reading before it, in their own words.
    pub fn rules(&self) -> &'static [RuleId] {
        use RuleId::*;
        match self {
            Act::BackUp => &[M2, M3, M6, M9],
            Act::DeleteBackup(_) => &[M5, M7],
            Act::SetRetention => &[K4, K5, K9],
            Act::Set(setting) => setting.rules(),
            Act::SetKey => &[T5],
            Act::Restore => &[R1, R5, R9],
            Act::EndRestore { failed: false } => &[R9],
            Act::EndRestore { failed: true } => &[R20],
            Act::EndActivity => &[T9, R7],
            Act::Delete => &[X1, X3],
            Act::Recover => &[X1, X2, X3],
            Act::Create => &[R15, K8],
            Act::SetCapacity => &[T7, R15, D12],
        }
    }

    /// In the menu and at the head of the form: imperative, without a name.
    pub fn title(&self) -> String {
        match self {
            Act::BackUp => "Create a manual backup".into(),
            Act::DeleteBackup(_) => "Delete a manual backup".into(),
            Act::SetRetention => "Change the retention".into(),
            Act::SetKey => "Apply or remove a customer-managed key".into(),
            Act::Set(setting) => deed::title(setting),
            Act::Restore => "Restore a backup onto it".into(),
            Act::EndRestore { failed: false } => "End the restore: it succeeded".into(),
            Act::EndRestore { failed: true } => "End the restore: it failed".into(),
            Act::EndActivity => "End what is going on with it".into(),
            Act::Delete => "Delete it".into(),
            Act::Recover => "Recover it".into(),
            Act::Create => "Create an environment".into(),
            Act::SetCapacity => "Change the storage".into(),
        }
    }

    /// What it was, for recording: "Record that …".
    pub fn past(&self) -> String {
        match self {
            Act::BackUp => "a manual backup was created".into(),
            Act::DeleteBackup(_) => "a manual backup was deleted".into(),
            Act::SetRetention => "the retention was changed".into(),
            Act::SetKey => "a customer-managed key was applied or removed".into(),
            Act::Set(setting) => deed::past(setting),
            Act::Restore => "a restore onto it was begun".into(),
            Act::EndRestore { failed: false } => "the restore onto it succeeded".into(),
            Act::EndRestore { failed: true } => "the restore onto it failed".into(),
            Act::EndActivity => "what was going on with it has ended".into(),
            Act::Delete => "it was deleted".into(),
            Act::Recover => "it was recovered".into(),
            Act::Create => "an environment was created".into(),
            Act::SetCapacity => "the storage is another".into(),
        }
    }

    /// What the form is called: where nothing can be done, it is recorded.
    pub fn heading(&self, play: bool) -> String {
        if play { self.title() } else { format!("Record that {}", self.past()) }
    }

    /// The form as it begins for `env`.
    pub fn form(&self, env: Option<&Environment>) -> Form {
        let has_key = env.is_some_and(|e| matches!(e.key.get(), Some(Key::Customer(_))));
        Form { customer_key: !has_key, ..Form::default() }
    }

    /// The command that the form amounts to. `new_id` is for what the act makes.
    ///
    /// # Errors
    /// What is still missing, for people.
    pub fn command(&self, environment: &EnvironmentId, form: &Form, new_id: &str) -> Result<Command, String> {
        let environment = environment.clone();
        let set = |setting| Deed::Set { environment: environment.clone(), setting };
        let deed = match self {
            Act::BackUp => {
                if form.label.trim().is_empty() {
                    return Err("type a label".to_string());
                }
                let (id, label) = (new_id.to_string(), form.label.clone());
                let point = form.point.clone().transpose()?;
                Deed::CreateManualBackup { environment, id, label, point }
            }
            Act::DeleteBackup(backup) => Deed::DeleteManualBackup { environment, backup: backup.clone() },
            Act::SetRetention => set(Setting::Retention(form.days.ok_or("choose the days")?)),
            Act::Set(setting) => set(setting.clone()),
            Act::SetKey => {
                let named = Some(form.key.trim().to_string()).filter(|k| !k.is_empty());
                let key = if form.customer_key { Key::Customer(named) } else { Key::Microsoft };
                set(Setting::Key(key))
            }
            Act::Restore => {
                let source = form.source.clone().ok_or("choose whose backup was restored")?;
                let point = form.point.clone().transpose()?.ok_or("type the restore point")?;
                let request = RestoreRequest {
                    source,
                    target: environment,
                    point: Point::System(point),
                    include_audit_logs: form.audit_logs,
                    new_name: None,
                    special_apps: Vec::new(),
                };
                Deed::StartRestore { request, ends: None, fails: false }
            }
            Act::EndRestore { failed } => Deed::EndRestore { target: environment, failed: *failed },
            Act::EndActivity => Deed::EndActivity { environment },
            Act::Delete => Deed::Delete { environment },
            Act::Recover => Deed::Recover { environment },
            Act::Create => Deed::Create(form.new.made(new_id)?),
            Act::SetCapacity => return Ok(Command::SetCapacity(read_storage(&form.storage)?)),
        };
        Ok(Command::Do(deed))
    }
}

const NO_ID: &str =
    "type the id that the service gave it: 32 letters a to f and digits, in five parts with hyphens between";

impl NewForm {
    fn made(&self, new_id: &str) -> Result<NewEnvironment, &'static str> {
        if self.name.trim().is_empty() {
            return Err("type a name");
        }
        if self.kind.is_empty() {
            return Err("choose a kind");
        }
        let id = if self.id.trim().is_empty() { new_id } else { self.id.trim() };
        if !is_environment_id(id) {
            return Err(NO_ID);
        }
        Ok(NewEnvironment {
            id: EnvironmentId::new(id),
            name: self.name.clone(),
            kind: Kind::read(&self.kind),
            region: Some(Region::new(&self.region)).filter(|r| !r.as_str().is_empty()),
            dataverse: self.dataverse,
            dynamics: self.dynamics,
            managed: self.managed,
            key: None,
            policies: None,
        })
    }
}

/// Gigabytes with a point or a comma.
fn read_storage(typed: &[String; 6]) -> Result<Capacity, &'static str> {
    let read = |text: &String| {
        let gigabytes = decimal::read(&text.trim().replace(',', "."));
        gigabytes.filter(|n| *n >= 0.0).map(|n| n * MB_PER_GB)
    };
    let [Some(de), Some(du), Some(le), Some(lu), Some(fe), Some(fu)] = typed.each_ref().map(read) else {
        return Err("type all six numbers in gigabytes, such as 102.4");
    };
    let of = |entitled_mb, used_mb| Storage { entitled_mb, used_mb };
    Ok(Capacity { database: of(de, du), log: of(le, lu), file: of(fe, fu) })
}

/// The storage as it would be typed: as few digits as say the same to the thousandth of a megabyte.
pub fn write_storage(capacity: &Capacity) -> [String; 6] {
    let gb = |mb: f64| {
        let written = |digits: i32| (mb / MB_PER_GB * 10f64.powi(digits)).round() / 10f64.powi(digits);
        let same = |gb: &f64| Thousandths::of_mb(gb * MB_PER_GB) == Thousandths::of_mb(mb);
        format!("{}", (3..7).map(written).find(same).unwrap_or_else(|| written(7)))
    };
    let Capacity { database: d, log: l, file: f } = capacity;
    [d.entitled_mb, d.used_mb, l.entitled_mb, l.used_mb, f.entitled_mb, f.used_mb].map(gb)
}

/// The manual backup that an act is about.
pub fn backup_of<'a>(act: &Act, env: &'a Environment) -> Option<&'a ManualBackup> {
    match act {
        Act::DeleteBackup(id) => env.backups.iter().find(|b| b.id == *id),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
