//! The geometry and the words of the band of time: one horizontal band, time from left to right, *now* at its right edge.

mod changes;

pub use changes::{Hairline, change_words, hairlines};

use super::time::{day_month, local};
use crate::domain::manual_backup::ManualBackup;
use crate::domain::order::Order as _;
use crate::domain::outlook::{Reach, ReachCause};
use crate::domain::retention::{Certainty, Gap, Use, Window};
use crate::domain::said::Said;
use crate::words::Say;
use chrono::{DateTime, Duration, NaiveTime, Utc};

/// How far back every small band reaches, so that they can be compared: the longest retention that exists (a test holds it to the
/// editions), in days.
pub const SPAN_DAYS: u32 = 28;

/// The stretch of time that a band shows, UTC. `from < until` always.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Scale {
    /// From `from` to `until`; a stretch that is empty or turned round becomes the minute before `until`.
    pub fn new(from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        let from = if from < until { from } else { until - Duration::minutes(1) };
        Self { from, until }
    }
    /// The common scale: the [`SPAN_DAYS`] days before `now`.
    pub fn common(now: DateTime<Utc>) -> Self {
        Self::new(now - Duration::days(i64::from(SPAN_DAYS)), now)
    }
    pub fn from(&self) -> DateTime<Utc> {
        self.from
    }
    pub fn until(&self) -> DateTime<Utc> {
        self.until
    }
    fn length(&self) -> f64 {
        seconds(self.until - self.from).max(1.0)
    }
    /// Where `at` lies: 0 at the left edge, 1 at the right; clamped.
    pub fn x(&self, at: DateTime<Utc>) -> f64 {
        (seconds(at - self.from) / self.length()).clamp(0.0, 1.0)
    }
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at <= self.until
    }
    /// The instant at a fraction of the width, to the minute; clamped.
    pub fn at(&self, fraction: f64) -> DateTime<Utc> {
        let fraction = if fraction.is_finite() { fraction.clamp(0.0, 1.0) } else { 1.0 };
        let minutes = (self.length() / 60.0 * fraction).round();
        #[allow(clippy::cast_possible_truncation)] // a fraction of a scale of some weeks
        let minutes = minutes as i64;
        self.from + Duration::minutes(minutes)
    }
}

#[allow(clippy::cast_precision_loss)] // seconds of some years fit an f64
fn seconds(d: Duration) -> f64 {
    d.num_seconds() as f64
}

/// What a stretch of the band is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandPart {
    /// A restore is guaranteed: solid.
    Guaranteed,
    /// It is only possible: hatched.
    Possible,
    /// It cannot be chosen while this is a Sandbox, and may come back (K6): outlined.
    Dormant,
    /// It is kept, and cannot be restored in any way of the page (Default, trials): outlined.
    Kept,
    /// Nothing is left: empty.
    Gone,
}

impl BandPart {
    pub fn words(self) -> &'static str {
        match self {
            BandPart::Guaranteed => "guaranteed",
            BandPart::Possible => "only possible",
            BandPart::Dormant => "not to be chosen while this is a Sandbox",
            BandPart::Kept => KEPT_ONLY,
            BandPart::Gone => "gone",
        }
    }
}

/// A stretch of the band: fractions of the width, and the instants they stand for (UTC).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub part: BandPart,
    pub x: f64,
    pub width: f64,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// The stretches of a window on a scale, oldest first, without gaps, overlaps or empty ones.
pub fn segments(window: &Window, scale: Scale) -> Vec<Segment> {
    let end = window.until.min(scale.until);
    let guaranteed = window.guaranteed_from.unwrap_or(window.until).min(end);
    let possible = window.possible_from.unwrap_or(guaranteed).min(guaranteed);
    let dormant = window.dormant_from.unwrap_or(possible).min(possible);
    let edges = [
        (BandPart::Gone, scale.from, dormant),
        (BandPart::Dormant, dormant, possible),
        (BandPart::Possible, possible, if window.guaranteed_from.is_some() { guaranteed } else { end }),
        (BandPart::Guaranteed, guaranteed, end),
    ];
    let mut out = Vec::with_capacity(4);
    for (part, from, until) in edges {
        let (nothing, sure) = (window.possible_from.is_none(), window.guaranteed_from.is_some());
        let part = match part {
            BandPart::Possible if nothing => BandPart::Gone,
            BandPart::Guaranteed if !sure => continue,
            p => p,
        };
        let part = if part == BandPart::Possible && window.is_kept_only() { BandPart::Kept } else { part };
        for (part, from, until) in with_gaps(window, part, from, until) {
            let (from, until) = (from.max(scale.from), until.min(scale.until));
            if from >= until {
                continue;
            }
            let (x, right) = (scale.x(from), scale.x(until));
            out.push(Segment { part, x, width: right - x, from, until });
        }
    }
    out
}

/// A stretch with the gaps that lie in it; what is guaranteed has none.
fn with_gaps(
    window: &Window,
    part: BandPart,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<(BandPart, DateTime<Utc>, DateTime<Utc>)> {
    let mut out = Vec::new();
    let mut rest = from;
    let inside = |gap: &&Gap| gap.from < until && gap.before > from;
    for gap in window
        .gaps
        .iter()
        .filter(|_| matches!(part, BandPart::Possible | BandPart::Kept | BandPart::Dormant))
        .filter(inside)
    {
        let of_gap = if gap.asleep { BandPart::Dormant } else { BandPart::Gone };
        let (start, end) = (gap.from.max(rest), gap.before.min(until));
        out.extend([(part, rest, start), (of_gap, start, end)]);
        rest = end.max(rest);
    }
    out.push((part, rest, until));
    out.retain(|(_, from, until)| from < until);
    out
}

/// Which part of the band an instant lies in.
pub fn part_at(window: &Window, at: DateTime<Utc>) -> Option<BandPart> {
    match window.certainty(at) {
        Certainty::Future => None,
        Certainty::Guaranteed => Some(BandPart::Guaranteed),
        Certainty::Possible if window.is_kept_only() => Some(BandPart::Kept),
        Certainty::Possible => Some(BandPart::Possible),
        Certainty::Dormant => Some(BandPart::Dormant),
        Certainty::Gone => Some(BandPart::Gone),
    }
}

/// A mark on the axis: a local midnight, as a fraction of the width and in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub x: f64,
    pub label: String,
}

/// Up to about `most` marks at local midnights (every day, second day, week … as fits), or at full hours or every ten minutes on a short scale.
/// `offset_minutes` is that of the local zone at the scale's end; a change of summer time inside the scale moves older marks
/// by an hour, which no eye sees on a scale of weeks.
pub fn ticks(scale: Scale, offset_minutes: i32, most: usize) -> Vec<Tick> {
    // In minutes.
    const DAY: i64 = 24 * 60;
    const STEPS: [i64; 12] = [10, 60, 180, 360, 720, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY];
    let minutes = (scale.until - scale.from).num_minutes().max(1);
    let most = i64::try_from(most.max(1)).unwrap_or(1);
    let step = STEPS.into_iter().find(|s| minutes / s <= most).unwrap_or(56 * DAY);
    let shift = Duration::minutes(i64::from(offset_minutes));
    let last = local(scale.until, offset_minutes).date().and_time(NaiveTime::MIN).and_utc() - shift;
    let mut at = if step < DAY { last + Duration::days(1) } else { last };
    let mut out = Vec::new();
    while at > scale.from {
        if at < scale.until {
            let here = local(at, offset_minutes);
            let label =
                if here.time() == NaiveTime::MIN { day_month(here.date()) } else { super::time::clock(here.time()) };
            out.push(Tick { x: scale.x(at), label });
        }
        at -= Duration::minutes(step);
    }
    out.reverse();
    out
}

/// A mark for a manual backup on the scale.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupMark {
    pub id: String,
    pub at: DateTime<Utc>,
    pub x: f64,
    pub label: String,
}

/// The manual backups on the scale, oldest first.
pub fn marks(backups: &[ManualBackup], scale: Scale) -> Vec<BackupMark> {
    let mut out: Vec<BackupMark> = backups
        .iter()
        .filter(|b| scale.holds(b.point))
        .map(|b| BackupMark { id: b.id.clone(), at: b.point, x: scale.x(b.point), label: format!("“{}”", b.label) })
        .collect();
    out.order_by_key(|m| m.at);
    out
}

/// Where a label stands: the row above the band it fits in, and which end of it is at the mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    pub row: usize,
    /// The text ends at the mark, because it would run out of the picture on the right.
    pub before: bool,
}

/// Puts labels (fraction of the width, length in characters) into `rows` rows without overlap, from left to right, for a
/// picture of `width` pixels; `None` where no row has room: its text stands in the list beside the picture.
pub fn place(labels: &[(f64, usize)], rows: usize, width: f64) -> Vec<Option<Placed>> {
    const CHARACTER: f64 = 6.2;
    const GAP: f64 = 10.0;
    let mut taken = vec![f64::MIN; rows];
    labels
        .iter()
        .map(|&(x, length)| {
            #[allow(clippy::cast_precision_loss)] // a label has some tens of characters
            let wide = length as f64 * CHARACTER;
            let at = x * width;
            let before = at + wide + GAP > width;
            let (left, right) = if before { (at - wide - GAP, at) } else { (at, at + wide + GAP) };
            if left < 0.0 {
                return None;
            }
            let row = taken.iter().position(|t| *t <= left)?;
            if let Some(t) = taken.get_mut(row) {
                *t = right;
            }
            Some(Placed { row, before })
        })
        .collect()
}

/// The instants that can be chosen: from the first full minute of what is possible to the last full minute. `None`: nothing.
pub fn choosable(window: &Window) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let from = window.possible_from?;
    let (first, last) = (next_full_minute(from), full_minute(window.until));
    (first <= last).then_some((first, last))
}

/// The hours to show so that a point so long ago stands well apart from now: `chosen`, or the shortest of the stretches (hours) that
/// holds it where it would lie too near to now.
pub fn close_up(ago: Duration, chosen: i64, stretches: impl Iterator<Item = i64>) -> i64 {
    if ago <= Duration::zero() || ago * NEAR > Duration::hours(chosen) {
        return chosen;
    }
    stretches.filter(|hours| Duration::hours(*hours) > ago).min().unwrap_or(chosen)
}

/// A point is too near to now within this part of the stretch.
const NEAR: i32 = 12;

/// The full minute at or after an instant: a beginning is shown never earlier than it is.
pub fn next_full_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let floor = full_minute(at);
    if floor < at { floor + Duration::minutes(1) } else { floor }
}

/// The full minute at or before an instant.
pub fn full_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let past = Duration::seconds(at.timestamp().rem_euclid(60))
        + Duration::nanoseconds(i64::from(at.timestamp_subsec_nanos()));
    at - past
}

/// `15 Nov`, there where it is so many minutes east of UTC.
pub fn day_month_of(at: DateTime<Utc>, offset_minutes: i32) -> String {
    day_month(local(at, offset_minutes).date())
}

/// How far back in a few characters, for a table cell: `28 days`, `7, perhaps 28 days`, `perhaps 7 days`, `kept 7 days`, `nothing`.
/// What is not behind a *perhaps* or a *kept* is sure; everything is rounded down.
pub fn reach(window: &Window, now: DateTime<Utc>) -> String {
    let (text, unit) = reach_and_unit(window, now);
    if unit.is_empty() { text } else { format!("{text} {unit}") }
}

/// As [`reach`], with the unit apart where two numbers share it: the first to go where there is no room.
pub fn reach_and_unit(window: &Window, now: DateTime<Utc>) -> (String, &'static str) {
    let back = |from: DateTime<Utc>| now - from;
    let text = match (window.guaranteed_from.map(back), window.possible_from.map(back)) {
        (_, None) => "nothing".to_string(),
        // A span of no minute is none yet.
        (_, Some(most)) if most.num_minutes() < 1 => "nothing yet".to_string(),
        (Some(sure), Some(most)) if sure.num_minutes() < 1 => format!("perhaps {}", length(most)),
        (None, Some(most)) if window.is_kept_only() => format!("kept {}", length(most)),
        (None, Some(most)) => format!("perhaps {}", length(most)),
        (Some(sure), Some(most)) => match (length(sure), length(most)) {
            (said, same) if said == same => said,
            _ if in_days(sure) => return (format!("{}, perhaps {}", sure.num_days(), most.num_days()), "days"),
            (sure, most) => format!("{sure}, perhaps {most}"),
        },
    };
    (text, "")
}

/// Why it is no further, in words beside [`reach`]: each bound with its first reason. `None` where no reason is known.
pub fn reach_why(reach: &Reach) -> Option<String> {
    let said = |word: &str, reasons: &[Said<ReachCause>]| {
        reasons.first().map(|r| {
            let rule = r.rule().map(|rule| format!(" ({rule})")).unwrap_or_default();
            format!("{word}{}{rule}", r.says().sentence())
        })
    };
    let (window, sure, possible) = (&reach.window, &reach.sure_reasons(), &reach.possible_reasons());
    if window.is_kept_only() {
        return said("", sure);
    }
    match (window.guaranteed_from, window.possible_from) {
        (_, None) => said("", possible),
        (Some(from), Some(most)) if most >= from => said("", sure),
        (from, Some(_)) => {
            let first = said(if from.is_some() { "Surely: " } else { "Not surely: " }, sure);
            let both: Vec<String> = first.into_iter().chain(said("Perhaps: ", possible)).collect();
            (!both.is_empty()).then(|| both.join(" "))
        }
    }
}

fn length(d: Duration) -> String {
    match d.num_hours() {
        ..=0 => format!("{} min", d.num_minutes().max(0)),
        _ if in_days(d) => format!("{} days", d.num_days()),
        hours => format!("{hours} h"),
    }
}

/// Whether a length is said in days; what is longer is so too.
fn in_days(d: Duration) -> bool {
    d.num_hours() > 47
}

/// What is said of backups that no way of the page restores.
pub const KEPT_ONLY: &str = "kept, not restorable this way";

/// What a window is good for, in a few words; `None` where its points can be restored.
pub fn usage_words(usage: Use) -> Option<&'static str> {
    match usage {
        Use::Restorable => None,
        Use::Unknown => Some("unknown: the kind is not known"),
        Use::KeptOnly => Some(KEPT_ONLY),
        Use::OntoItselfOnly => Some("onto itself only"),
        Use::Nothing => Some("nothing is kept"),
    }
}

#[cfg(test)]
mod tests;
