//! The slider of a rehearsal: what it runs over, where it stops, and what happens there.

use crate::domain::edition::Edition;
use crate::domain::instants::later;
use crate::domain::life::{Upcoming, upcoming};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use crate::domain::tenant::Tenant;
use crate::view_model::words::{count, thousands};
use crate::words::Text;
use chrono::{DateTime, TimeDelta, Utc};

/// So far the slider reaches from where the rehearsal began: no period of any edition is longer.
const REACH: TimeDelta = TimeDelta::days(28);

/// So far it always reaches from the shown time on.
const AHEAD: TimeDelta = TimeDelta::days(7);

/// So many stops can be told apart on it. Where there are more, those that are close together are one.
const MOST: usize = 200;

/// An instant at which the slider stops.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackStop {
    /// UTC.
    pub at: DateTime<Utc>,
    /// What happens then, a whole sentence; `None` where nothing does: where it began, and where it stands.
    pub says: Option<Text>,
    /// Whether something is lost then; it is what is said.
    pub loss: bool,
    /// So many things happen besides.
    pub more: usize,
}

impl TrackStop {
    fn bare(at: DateTime<Utc>) -> Self {
        Self { at, says: None, loss: false, more: 0 }
    }

    /// What happens then, in plain text; empty where nothing does.
    pub fn plain(&self) -> String {
        let Some(says) = &self.says else { return String::new() };
        match self.more {
            0 => says.to_string(),
            more => format!("{says} And {} more.", thousands(more)),
        }
    }
}

/// What the slider runs over, from where the rehearsal began.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// UTC.
    pub began: DateTime<Utc>,
    /// UTC.
    pub ends: DateTime<Utc>,
    /// Soonest first, no two at one instant.
    pub stops: Vec<TrackStop>,
}

impl Track {
    /// The slider of a clock that began at `began` and stands at `now` (UTC). `done` is when something was done or ended by itself since, in
    /// any order.
    pub fn new(
        edition: &Edition,
        tenant: &Tenant,
        began: DateTime<Utc>,
        now: DateTime<Utc>,
        done: impl Iterator<Item = (DateTime<Utc>, Text)>,
    ) -> Self {
        let ends = later(began, REACH).max(later(now, AHEAD));
        let mut past: Vec<TrackStop> = done
            .filter(|(at, _)| began < *at && *at < now)
            .map(|(at, says)| TrackStop { at, says: Some(says), loss: false, more: 0 })
            .chain([TrackStop::bare(began), TrackStop::bare(now)])
            .collect();
        // Stable: of what was done at one instant the first is named.
        past.order_by_key(|stop| stop.at);
        let coming = upcoming(Moment::new(edition, tenant, now)).into_iter().take_while(|u| u.at <= ends);
        let mut stops = merged(past, TimeDelta::zero());
        stops.extend(ahead(coming, ends - began));
        Self { began, ends, stops: merged(stops, TimeDelta::zero()) }
    }

    /// The first stop after an instant (UTC).
    pub fn after(&self, at: DateTime<Utc>) -> Option<&TrackStop> {
        self.stops.iter().find(|stop| stop.at > at)
    }

    /// The last stop before an instant (UTC).
    pub fn before(&self, at: DateTime<Utc>) -> Option<&TrackStop> {
        self.stops.iter().rev().find(|stop| stop.at < at)
    }

    /// The stop at an instant (UTC).
    pub fn at(&self, at: DateTime<Utc>) -> Option<&TrackStop> {
        self.stops.iter().find(|stop| stop.at == at)
    }

    /// The stop that is nearest to so many minutes from the beginning.
    pub fn nearest(&self, minutes: i64) -> Option<&TrackStop> {
        let at = later(self.began, TimeDelta::minutes(minutes.clamp(0, self.length())));
        self.stops.iter().min_by_key(|stop| (stop.at - at).abs())
    }

    /// How long it is, in minutes.
    pub fn length(&self) -> i64 {
        (self.ends - self.began).num_minutes().max(1)
    }

    /// So many minutes an instant (UTC) lies from the beginning, within the slider.
    pub fn minutes(&self, at: DateTime<Utc>) -> i64 {
        (at - self.began).num_minutes().clamp(0, self.length())
    }

    /// Where an instant (UTC) lies, in per cent of the length.
    pub fn percent(&self, at: DateTime<Utc>) -> f64 {
        // Weeks of minutes, far below what is exact.
        #[allow(clippy::cast_precision_loss)]
        let share = self.minutes(at) as f64 / self.length() as f64;
        share * 100.0
    }
}

/// What is to come, merged where there is too much of it to be told apart.
fn ahead(coming: impl Iterator<Item = Upcoming>, length: TimeDelta) -> Vec<TrackStop> {
    let each = coming.map(|u| TrackStop { at: u.at, says: Some(u.told()), loss: u.is_loss(), more: 0 }).collect();
    let stops = merged(each, TimeDelta::zero());
    match stops.len() {
        0..=MOST => stops,
        _ => merged(stops, length / i32::try_from(MOST).unwrap_or(i32::MAX)),
    }
}

/// Stops that follow one within `span` are one with it, at the instant at which all of it has happened. A loss is what is said of them.
fn merged(stops: Vec<TrackStop>, span: TimeDelta) -> Vec<TrackStop> {
    let mut out: Vec<(DateTime<Utc>, TrackStop)> = Vec::new();
    for stop in stops {
        match out.last_mut().filter(|(first, _)| stop.at - *first <= span) {
            Some((_, last)) => {
                last.at = stop.at;
                last.more += stop.more + usize::from(last.says.is_some() && stop.says.is_some());
                if last.says.is_none() || stop.loss && !last.loss {
                    (last.says, last.loss) = (stop.says.or(last.says.take()), stop.loss);
                }
            }
            None => out.push((stop.at, stop)),
        }
    }
    out.into_iter().map(|(_, stop)| stop).collect()
}

/// What came true on the way: the losses first, then the rest, each soonest first.
pub fn losses_first(came_true: &[Upcoming]) -> (Vec<Upcoming>, Vec<Upcoming>) {
    came_true.iter().cloned().partition(Upcoming::is_loss)
}

/// The losses in a line; `None`: there are none.
pub fn says_losses(losses: &[Upcoming]) -> Option<String> {
    let (first, rest) = losses.split_first()?;
    let more = (!rest.is_empty()).then(|| format!(" And {}.", count(rest.len(), "more loss", "more losses")));
    Some(format!("✕ {}{}", first.told(), more.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::environment::{Environment, Kind};
    use crate::domain::fact::{Fact, Origin};
    use crate::domain::manual_backup::ManualBackup;

    fn day(n: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + n)
    }

    fn known<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Sample, day(0))
    }

    /// Sandboxes, each with a manual backup from so many hours before the beginning.
    fn tenant(hours: impl Iterator<Item = i64>) -> Tenant {
        let mut tenant = Tenant::default();
        for (n, hours) in hours.enumerate() {
            let mut env = Environment::new(format!("e{n}"));
            env.name = format!("E{n}");
            env.kind = known(Kind::Sandbox);
            env.dataverse = known(true);
            env.created = known(day(-400));
            env.backups.push(ManualBackup {
                id: "b".into(),
                label: "b".into(),
                point: day(0) - TimeDelta::hours(hours),
                asked: None,
                created_by: None,
                reported_expiry: None,
                origin: Origin::Sample,
            });
            tenant.environments.push(env);
        }
        tenant
    }

    fn track(tenant: &Tenant, now: DateTime<Utc>, done: &[(i64, &str)]) -> Track {
        let done = done.iter().map(|(n, says)| (day(*n), crate::text!((*says).to_string())));
        Track::new(Edition::default_edition(), tenant, day(0), now, done)
    }

    #[test]
    fn it_stops_where_it_began_where_it_stands_and_where_something_happens() {
        let track = track(&tenant([24, 48].into_iter()), day(1), &[(9, "later"), (0, "at first")]);
        let at: Vec<DateTime<Utc>> = track.stops.iter().map(|s| s.at).collect();
        assert_eq!(at.first(), Some(&day(0)));
        assert!(at.contains(&day(1)));
        assert!(at.windows(2).all(|w| w[0] < w[1]), "{at:?}");
        assert!(track.after(day(1)).is_some_and(|s| s.plain().contains("b")));
        assert_eq!(track.before(day(1)).map(|s| s.at), Some(day(0)));
        assert_eq!(track.ends, day(28));
        assert_eq!((track.percent(day(0)), track.percent(day(7)), track.percent(day(99))), (0.0, 25.0, 100.0));
        assert_eq!(track.nearest(10).map(|s| s.at), Some(day(0)));
        assert_eq!(track.nearest(i64::MAX).map(|s| s.at), at.last().copied());
    }

    #[test]
    fn a_loss_is_said_first_and_called_one() {
        let tenant = tenant([0, 1].into_iter());
        let coming = || upcoming(Moment::new(Edition::default_edition(), &tenant, day(0)));
        let (lost, rest) = losses_first(&coming());
        assert!(!rest.is_empty() && lost.iter().all(Upcoming::is_loss) && !rest.iter().any(Upcoming::is_loss));
        let says = |losses: &[Upcoming]| says_losses(losses).unwrap_or_default();
        assert_eq!(says(&[]), "");
        assert_eq!(says(&lost[..1]), "✕ Lost: the manual backup “b” of E1 expires.");
        assert_eq!(says(&lost[..2]), "✕ Lost: the manual backup “b” of E1 expires. And 1 more loss.");
        // Whatever comes before it at the same time.
        let stop = |u: &Upcoming| TrackStop { at: day(1), says: Some(u.told()), loss: u.is_loss(), more: 0 };
        let one = merged(vec![stop(&rest[0]), stop(&lost[0]), stop(&lost[1])], TimeDelta::zero());
        assert_eq!(one[0].plain(), "Lost: the manual backup “b” of E1 expires. And 2 more.");
    }

    #[test]
    fn what_was_done_on_the_way_is_a_stop() {
        let track = track(&Tenant::default(), day(5), &[(3, "Sold."), (3, "Bought."), (7, "Not yet.")]);
        let says: Vec<String> = track.stops.iter().map(TrackStop::plain).collect();
        assert_eq!(says, ["", "Sold. And 1 more.", ""]);
    }

    #[test]
    fn of_very_many_events_all_are_in_a_stop() {
        let tenant = tenant((0..2000).map(|n| n % 167));
        let track = track(&tenant, day(0), &[]);
        assert!(track.stops.len() <= MOST + 2, "{}", track.stops.len());
        let told: usize = track.stops.iter().filter(|s| s.says.is_some()).map(|s| s.more + 1).sum();
        let all = upcoming(Moment::new(Edition::default_edition(), &tenant, day(0)));
        assert_eq!(told, all.iter().filter(|u| u.at <= track.ends).count());
    }

    #[test]
    fn it_reaches_a_week_beyond_where_it_stands() {
        assert_eq!(track(&Tenant::default(), day(40), &[]).ends, day(47));
    }
}
