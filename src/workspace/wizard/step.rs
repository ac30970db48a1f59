//! The steps of the wizard, and the fields in them.

/// A step of the wizard, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WizardStep {
    Source,
    Point,
    Target,
    Options,
    Review,
}

impl WizardStep {
    pub const ALL: [WizardStep; 5] =
        [WizardStep::Source, WizardStep::Point, WizardStep::Target, WizardStep::Options, WizardStep::Review];

    /// 0-based.
    pub fn index(self) -> u8 {
        match self {
            WizardStep::Source => 0,
            WizardStep::Point => 1,
            WizardStep::Target => 2,
            WizardStep::Options => 3,
            WizardStep::Review => 4,
        }
    }
    /// The step at a 0-based index; past the end it is the last.
    pub fn at(index: u8) -> Self {
        Self::ALL.into_iter().find(|s| s.index() == index).unwrap_or(WizardStep::Review)
    }
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|s| *s > self)
    }
    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|s| *s < self)
    }
    /// Its name in the list of steps and in "Step 2 of 5: …".
    pub fn title(self, manual: bool) -> &'static str {
        match self {
            WizardStep::Source => "Source",
            WizardStep::Point if manual => "Manual backup",
            WizardStep::Point => "Point in time",
            WizardStep::Target => "Target",
            WizardStep::Options => "Options",
            WizardStep::Review => "Review",
        }
    }
}

/// A field that a problem can be mended in; every link of an error summary leads to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Source,
    LocalTime,
    Backup,
    Target,
    AuditLogs,
    NewName,
    SpecialApps,
    Checks,
    Losses,
    Confirm,
}

impl Field {
    /// The id of the element that takes the focus.
    pub fn dom_id(self) -> &'static str {
        match self {
            Field::Source => "wizard-source",
            Field::LocalTime => "wizard-local-time",
            Field::Backup => "wizard-backup",
            Field::Target => "wizard-target",
            Field::AuditLogs => "wizard-audit",
            Field::NewName => "wizard-new-name",
            Field::SpecialApps => "wizard-apps",
            Field::Checks => "wizard-checks",
            Field::Losses => "wizard-losses",
            Field::Confirm => "wizard-confirm",
        }
    }
    pub fn step(self) -> WizardStep {
        match self {
            Field::Source => WizardStep::Source,
            Field::LocalTime | Field::Backup => WizardStep::Point,
            Field::Target => WizardStep::Target,
            Field::AuditLogs | Field::NewName | Field::SpecialApps => WizardStep::Options,
            Field::Checks | Field::Losses | Field::Confirm => WizardStep::Review,
        }
    }
}
