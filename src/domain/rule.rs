//! Every rule by its id, with its sentence in our own words and the section of the page it comes from.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of a rule, as on screen, in tests and in docs/RULES.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[rustfmt::skip]
pub enum RuleId {
    K1, K2, K3, K4, K5, K6, K7, K8, K9, K10, K11, K12, K13, K14, K15, K16,
    M1, M2, M3, M4, M5, M6, M7, M8, M9, M10,
    T1, T2, T3, T4, T5, T6, T7, T8, T9, T10,
    R1, R2, R3, R4, R5, R6, R7, R8, R9, R10, R11, R12, R13, R14, R15, R16, R17, R18, R19, R20, R21, R22, R23, R24, R25, R26, R27,
    X1, X2, X3, X4, X5,
    G1, L1,
    D1, D2, D3, D4, D5, D6, D7, D8, D9, D10, D11, D12, D13,
}

/// A rule for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleText {
    pub id: RuleId,
    /// In our own words, one or a few sentences.
    pub sentence: &'static str,
    /// The section of the documentation page, or why there is none.
    pub section: &'static str,
}

/// Where a section stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionPlace {
    /// On a page of the documentation, with its address.
    Page(&'static str),
    /// On none: what the service reports, what the field taught, or our own reading.
    Elsewhere,
}

/// Sections that begin so stand on no page.
const ON_NO_PAGE: [&str; 4] = ["Reported by", "Our reading", "What the field taught", "Not in this edition"];

/// The page on which most of it stands, and the one about deleted environments.
const BACKUPS: &str = "https://learn.microsoft.com/power-platform/admin/backup-restore-environments";
const RECOVERY: &str = "https://learn.microsoft.com/power-platform/admin/recover-environment";

impl SectionPlace {
    /// Where the section of a [`RuleText`] stands.
    pub fn of(section: &str) -> Self {
        match section {
            _ if ON_NO_PAGE.iter().any(|begins| section.starts_with(begins)) => SectionPlace::Elsewhere,
            "Recover environment" => SectionPlace::Page(RECOVERY),
            _ => SectionPlace::Page(BACKUPS),
        }
    }
}

/// The text of a rule as most editions have it; ask [`super::edition::Edition::rule`], which knows the exceptions.
pub fn common(id: RuleId) -> RuleText {
    CATALOGUE.iter().find(|t| t.id == id).copied().unwrap_or(RuleText { id, sentence: "", section: "" })
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl RuleId {
    /// Reads an id such as `T4`, without case.
    pub fn parse(raw: &str) -> Option<RuleId> {
        CATALOGUE.iter().map(|t| t.id).find(|id| id.to_string().eq_ignore_ascii_case(raw.trim()))
    }
}

/// All rules, in the order of docs/RULES.md.
#[rustfmt::skip]
pub static CATALOGUE: &[RuleText] = &[
    RuleText { id: RuleId::K1, section: "Supported retention period",
        sentence: "Backups are kept for the days in the retention table, by the kind of environment, its Dynamics 365 apps and whether it is managed." },
    RuleText { id: RuleId::K2, section: "Set the retention period",
        sentence: "The retention setting is one of 7, 14, 21 or 28 days." },
    RuleText { id: RuleId::K3, section: "Change the backup retention period",
        sentence: "The retention setting counts only where the table says so; elsewhere the fixed number holds, whatever the stored setting says." },
    RuleText { id: RuleId::K4, section: "Change the backup retention period",
        sentence: "A changed retention setting applies to existing and future backups and may take up to 24 hours. For those 24 hours only the shorter period is guaranteed." },
    RuleText { id: RuleId::K5, section: "Change the backup retention period",
        sentence: "Raising the retention brings nothing back: what has expired stays gone, and the window then grows by one day per day." },
    RuleText { id: RuleId::K6, section: "Can I restore to a production environment?",
        sentence: "Switching a Production environment to Sandbox makes seven days the rule at once. Older backups cannot be chosen while it is a Sandbox, and may be lost unless it is switched back as soon as possible." },
    RuleText { id: RuleId::K7, section: "Back up and restore environments",
        sentence: "An environment without Dataverse has no backups." },
    RuleText { id: RuleId::K8, section: "Change the backup retention period",
        sentence: "Nothing can be restored from before the environment was created." },
    RuleText { id: RuleId::K9, section: "Change the backup retention period",
        sentence: "Changing the retention needs the Power Platform admin or Dynamics 365 admin role, and the id of the environment." },
    RuleText { id: RuleId::K10, section: "Reported by the service",
        sentence: "The oldest backup that the service itself reports bounds the window, over any rule." },
    RuleText { id: RuleId::K11, section: "System backups",
        sentence: "Also where the table gives a number, the environment needs a database." },
    RuleText { id: RuleId::K12, section: "Supported retention period",
        sentence: "The status of the moment decides: losing Dynamics 365 apps or Managed Environments shortens retention at once, and gaining them revives nothing." },
    RuleText { id: RuleId::K13, section: "Change the backup retention period",
        sentence: "A point of exactly the retention period's age, in whole 24-hour days, is still inside the window." },
    RuleText { id: RuleId::K14, section: "What the field taught; the page is silent",
        sentence: "A new environment has nothing to restore at first: up to 24 hours after its creation its points are possible, not guaranteed. A reported oldest backup of the year 1 without a period means nothing yet at that moment." },
    RuleText { id: RuleId::K15, section: "Reported by the service",
        sentence: "What the service offered when it was asked is guaranteed as long as the rules reach it, and otherwise possible until the period that it printed has passed (28 days where it printed none)." },
    RuleText { id: RuleId::K16, section: "Reported by the service",
        sentence: "A reported period of 28 days on a Production environment that is not managed is a strong hint at Dynamics 365 apps, and no fact; 14 or 21 days there were probably set while it was managed." },
    RuleText { id: RuleId::M1, section: "About manual backups",
        sentence: "Manual backups can be created of Production and Sandbox environments that have Dataverse, never of Default or trial environments." },
    RuleText { id: RuleId::M2, section: "About manual backups",
        sentence: "A manual backup has a label that is typed once. Its restore point is the closest available time to its creation and can never be edited." },
    RuleText { id: RuleId::M3, section: "Manual backups",
        sentence: "There is no status while a manual backup is being processed, which may take up to 10 minutes. Do not restore from it in the first 10 to 15 minutes." },
    RuleText { id: RuleId::M4, section: "About manual backups",
        sentence: "A manual backup expires at its restore point plus the retention of its environment as it then is: a change of setting or kind moves the expiry." },
    RuleText { id: RuleId::M5, section: "Delete a manual backup",
        sentence: "A manual backup can be deleted, a system backup cannot." },
    RuleText { id: RuleId::M6, section: "About manual backups",
        sentence: "There is no limit on how many manual backups you make, and they do not count against storage." },
    RuleText { id: RuleId::M7, section: "How are manual, on-demand backups taken?",
        sentence: "Deleting a manual backup deletes its label alone: while the same instant is in the window it can still be restored as a system restore point." },
    RuleText { id: RuleId::M8, section: "Manual backups",
        sentence: "Under 10 minutes old a manual backup is being processed, from 10 to 15 minutes it may be used with caution, from 15 minutes it is ready." },
    RuleText { id: RuleId::M9, section: "About manual backups",
        sentence: "The restore point of a manual backup is the closest available time, which may lie after the moment of asking." },
    RuleText { id: RuleId::M10, section: "What the field taught; the page is silent",
        sentence: "A manual backup that the service lists for a kind that supports none is kept and may be restored from: until the expiry that the service printed, else for the system period." },
    RuleText { id: RuleId::T1, section: "Don't see your environment to restore to?",
        sentence: "A Production or Sandbox environment can be restored to a Sandbox, a Developer environment to a Sandbox or a Developer environment, a Teams environment onto itself only." },
    RuleText { id: RuleId::T2, section: "Don't see your environment to restore to?",
        sentence: "Source and target must be in the same region." },
    RuleText { id: RuleId::T3, section: "Don't see your environment to restore to?",
        sentence: "Source and target must both have Dataverse." },
    RuleText { id: RuleId::T4, section: "Don't see your environment to restore to?",
        sentence: "A Managed Environment can be restored only to a Managed Environment, and one that is not managed only to one that is not." },
    RuleText { id: RuleId::T5, section: "Don't see your environment to restore to?",
        sentence: "If a customer-managed encryption key is applied to the source, a customer-managed key must be applied to the target." },
    RuleText { id: RuleId::T6, section: "Don't see your environment to restore to?",
        sentence: "This edition asks nothing about enterprise policies." },
    RuleText { id: RuleId::T7, section: "Is there a database size restriction?",
        sentence: "A restore needs at least 1 GB of free capacity in the tenant." },
    RuleText { id: RuleId::T8, section: "Don't see your environment to restore to?",
        sentence: "Sandbox, Developer and Teams environments can be restored onto themselves; a Production environment never, until it is switched to Sandbox." },
    RuleText { id: RuleId::T9, section: "Our reading; the page is silent",
        sentence: "Neither environment is being restored, copied, switched or recovered at that moment, and the target is not deleted." },
    RuleText { id: RuleId::T10, section: "Reported by the service",
        sentence: "A list of restore candidates is evidence with a date: what it offers was allowed then, what it leaves out was not, if it existed, was not busy and is not the source. It settles what is unknown; where it contradicts a rule the outcome is unknown, and a dry run is the way to know." },
    RuleText { id: RuleId::R1, section: "Restore system backups",
        sentence: "A system restore names an instant inside the source's window; a manual restore names a manual backup that is ready and has not expired." },
    RuleText { id: RuleId::R2, section: "Can I restore to a production environment?",
        sentence: "The source's window is judged by what the source is now: a Production environment that was switched to Sandbox offers seven days." },
    RuleText { id: RuleId::R3, section: "Restore system backups",
        sentence: "The target is overwritten whole. Nothing starts before the target is named in a confirmation." },
    RuleText { id: RuleId::R4, section: "Restore system backups",
        sentence: "The target may be given a new name (Edit details)." },
    RuleText { id: RuleId::R5, section: "Restore audit logs",
        sentence: "Audit logs are left out unless you opt in, and including them can add a lot of time. The command-line tools do the opposite: they copy audit logs unless told to skip them." },
    RuleText { id: RuleId::R6, section: "Restore system backups",
        sentence: "Restored onto itself, an environment keeps all its audit logs, also those written after the restore point." },
    RuleText { id: RuleId::R7, section: "About system backups",
        sentence: "A restore may take more than a day, with much data or with audit logs." },
    RuleText { id: RuleId::R8, section: "About system backups",
        sentence: "Only apps and flows in a Dataverse solution are part of a backup and a restore." },
    RuleText { id: RuleId::R9, section: "Why is my organization in administration mode after a restore?",
        sentence: "After a restore the target is in administration mode until somebody turns it off." },
    RuleText { id: RuleId::R10, section: "What steps are needed after a restore?",
        sentence: "Solution flows that the target had are deleted, its other flows stay. Restored solution flows are off: turn them on." },
    RuleText { id: RuleId::R11, section: "What steps are needed after a restore?",
        sentence: "Connection references need new connections; custom connectors are reviewed, and deleted and installed again where needed." },
    RuleText { id: RuleId::R12, section: "Do apps that are shared with Everyone continue to be shared?",
        sentence: "Apps shared with Everyone are no longer shared with Everyone; sharing with a security group stays." },
    RuleText { id: RuleId::R13, section: "Are app identifiers the same?",
        sentence: "Canvas apps have other app ids after a restore." },
    RuleText { id: RuleId::R14, section: "If I restore my environment, will previous backups remain available?",
        sentence: "All earlier backups inside the retention period stay available after a restore." },
    RuleText { id: RuleId::R15, section: "Is there a database size restriction?",
        sentence: "Over capacity, restoring, creating and copying are blocked (1 GB each); backing up never is." },
    RuleText { id: RuleId::R16, section: "Can I restore to a production environment?",
        sentence: "To restore to Production: switch it to Sandbox, restore a point of the past seven days, switch back as soon as possible and leave administration mode. For an older point leave it Production and restore to another Sandbox." },
    RuleText { id: RuleId::R17, section: "How can I restore records after a bulk deletion?",
        sentence: "After a bulk deletion, without overwriting: create a new, empty environment, restore there and carry the records over." },
    RuleText { id: RuleId::R18, section: "How can I download a copy of my backup?",
        sentence: "A copy of a backup cannot be downloaded. Moving on-premises is a data migration: Excel for small data, a migration tool for large." },
    RuleText { id: RuleId::R19, section: "Apps-specific backups",
        sentence: "Some apps have procedures of their own: Dynamics 365 Marketing, Finance, Customer Service (omnichannel), Azure Synapse Link and Power Apps portals." },
    RuleText { id: RuleId::R20, section: "Not in this edition",
        sentence: "What a failed restore leaves behind is not described in this edition. Later editions say that the target stays disabled." },
    RuleText { id: RuleId::R21, section: "Restore system backups",
        sentence: "Prefer a service admin role with fewer rights over Global admin." },
    RuleText { id: RuleId::R22, section: "Our reading of R7 and K1",
        sentence: "An operation can outlast a day while the restore point ages: less than 24 hours before a point leaves the window, start at once or not at all." },
    RuleText { id: RuleId::R23, section: "Our reading; the page is silent",
        sentence: "A restore from another environment overwrites the target's own audit logs and its apps outside solutions: documented for neither, so announced as a possible loss." },
    RuleText { id: RuleId::R24, section: "Our reading of R10",
        sentence: "Onto itself too, every solution flow is replaced and turned off; those made after the restore point do not come back." },
    RuleText { id: RuleId::R25, section: "Why is my organization in administration mode after a restore?",
        sentence: "Administration mode can be set for Sandbox and Production; for Developer and Teams targets turning it off is not documented. After switching back to Production it may still be on." },
    RuleText { id: RuleId::R26, section: "What the field taught; the page is silent",
        sentence: "The end of a task or a command is no proof of how a restore ended: look at the History in the admin center, then at the operations of the environment." },
    RuleText { id: RuleId::R27, section: "What the field taught; the page is silent",
        sentence: "A restore brings the data of the source to the users of the target: choose who may enter it, by its security group, in the request or before anybody is let in." },
    RuleText { id: RuleId::X1, section: "How can I restore a deleted environment?",
        sentence: "A deleted environment can be recovered within 7 days of its deletion, a Production environment with Dynamics 365 apps within 28." },
    RuleText { id: RuleId::X2, section: "How can I restore a deleted environment?",
        sentence: "It is recovered in the admin center or with Recover-AdminPowerAppEnvironment." },
    RuleText { id: RuleId::X3, section: "Recover environment",
        sentence: "A longer retention setting does not lengthen the time for recovery; the kind at deletion decides. The Default environment cannot be deleted. Under 1 GB of free capacity recovery may be refused." },
    RuleText { id: RuleId::X4, section: "What the field taught; the page is silent",
        sentence: "A trial ends, and an unused environment is disabled and then deleted, by itself. Backups and what administrators do are no use. A deleted trial can be recovered for 7 days, and then nothing is left." },
    RuleText { id: RuleId::X5, section: "What the field taught; the page is silent",
        sentence: "Where the page has no way back for the Default environment, Microsoft support is what is left, without a promise." },
    RuleText { id: RuleId::G1, section: "What the field taught; the page is silent",
        sentence: "A published rule of an environment group may hold the retention setting of its members. Where it does, the setting is changed at the group." },
    RuleText { id: RuleId::L1, section: "What the field taught; the page is silent",
        sentence: "An environment that is linked to finance and operations has Dynamics 365 apps, and both sides are restored by their own procedure." },
    RuleText { id: RuleId::D1, section: "Supported retention period; System backups",
        sentence: "Trials: the table says 7 days, the text says trials have no system backups. Shown as possible, never promised, and never a source." },
    RuleText { id: RuleId::D2, section: "Restore system backups",
        sentence: "One sentence says that only Sandbox environments can be restored to, the matrix also has Developer and Teams. The matrix counts." },
    RuleText { id: RuleId::D3, section: "Don't see your environment to restore to?",
        sentence: "The text names Production, Sandbox and Developer as sources, the matrix lets Teams restore onto itself. Teams onto itself counts, nothing else." },
    RuleText { id: RuleId::D4, section: "Supported retention period; About manual backups",
        sentence: "Manual backups of managed Production environments: 7 days in one place, up to 28 in another. The setting governs both; for manual backups the part above 7 days is possible, not guaranteed." },
    RuleText { id: RuleId::D5, section: "Don't see your environment to restore to?",
        sentence: "That a managed environment cannot be restored to one that is not managed is said in one list only. Both directions are refused." },
    RuleText { id: RuleId::D6, section: "Restore system backups",
        sentence: "The page says both must and should about the same region. Must counts." },
    RuleText { id: RuleId::D7, section: "Don't see your environment to restore to?",
        sentence: "Whether the same customer-managed key is needed is not said. Any key counts here; later editions ask for the same." },
    RuleText { id: RuleId::D8, section: "Don't see your environment to restore to?",
        sentence: "Sandbox to Developer: matrix and text agree that it is refused." },
    RuleText { id: RuleId::D9, section: "Can I restore to a production environment?",
        sentence: "What switching to Sandbox and back does to backups older than seven days is not said exactly. See K6: never guaranteed from the switch on." },
    RuleText { id: RuleId::D10, section: "Restore audit logs",
        sentence: "The audit-log opt-in is described for manual restores only. It is offered for system restores as well." },
    RuleText { id: RuleId::D11, section: "Delete a manual backup",
        sentence: "Deleting a manual backup asks to confirm deletion of the environment: a slip of the page, only the backup is deleted." },
    RuleText { id: RuleId::D12, section: "Is there a database size restriction?",
        sentence: "Whether a gigabyte is 1000 or 1024 megabytes is not said: 1024 MB of database capacity counts." },
    RuleText { id: RuleId::D13, section: "Change the backup retention period",
        sentence: "Global admin, Power Platform admin and Dynamics 365 admin are named; with another admin role take care." },
];
