use super::*;
use crate::domain::edition::Edition;
use crate::domain::environment::Environment;
use crate::domain::retention::window as window_of;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn now() -> DateTime<Utc> {
    at("2026-01-29T00:00:00Z")
}

/// A window by days before `now`: dormant, possible, guaranteed.
fn window(dormant: Option<i64>, possible: Option<i64>, guaranteed: Option<i64>) -> Window {
    let back = |d: i64| now() - Duration::days(d);
    let mut w = window_of(Edition::default_edition(), &Environment::new("e"), now());
    w.possible_from = possible.map(back);
    w.guaranteed_from = guaranteed.map(back);
    w.dormant_from = dormant.map(back);
    w
}

/// `G7` = guaranteed for 7 days, and so on, oldest first.
#[track_caller]
fn check_segments(w: Window, expect: &str) {
    let got: Vec<String> = segments(&w, Scale::common(now()))
        .iter()
        .map(|s| {
            let letter = match s.part {
                BandPart::Guaranteed => "G",
                BandPart::Possible => "P",
                BandPart::Dormant => "D",
                BandPart::Kept => "K",
                BandPart::Gone => "-",
            };
            format!("{letter}{:.0}", s.width * 28.0)
        })
        .collect();
    assert_eq!(got.join(" "), expect);
}

#[test]
fn bands() {
    check_segments(window(None, Some(28), Some(28)), "G28");
    check_segments(window(None, Some(7), Some(7)), "-21 G7");
    check_segments(window(None, Some(28), Some(7)), "P21 G7");
    check_segments(window(None, Some(14), Some(7)), "-14 P7 G7");
    check_segments(window(Some(28), Some(7), Some(7)), "D21 G7");
    check_segments(window(Some(28), Some(14), Some(7)), "D14 P7 G7");
    check_segments(window(None, Some(7), None), "-21 P7");
    check_segments(window(None, None, None), "-28");
    check_segments(window(Some(20), None, None), "-8 D20");
    check_segments(window(None, Some(40), Some(35)), "G28");
    check_segments(window(None, Some(0), Some(0)), "-28");
}

#[test]
fn gaps_in_a_band() {
    let gap = |from: i64, before: i64, asleep| Gap {
        from: now() - Duration::days(from),
        before: now() - Duration::days(before),
        asleep,
        reasons: Vec::new(),
    };
    let with = |mut w: Window, gaps: Vec<Gap>| {
        w.gaps = gaps;
        w
    };
    // Twenty days a Sandbox; switched back; asleep among what the service offered.
    check_segments(with(window(Some(28), Some(7), Some(7)), vec![gap(20, 7, false)]), "D8 -13 G7");
    check_segments(with(window(None, Some(28), Some(7)), vec![gap(20, 7, false)]), "P8 -13 G7");
    check_segments(
        with(window(None, Some(28), Some(7)), vec![gap(20, 15, true), gap(15, 10, false)]),
        "P8 D5 -5 P3 G7",
    );
    check_segments(with(window(None, Some(28), None), vec![gap(20, -40, false)]), "P8 -20");
}

#[test]
fn what_is_kept_only_is_no_doubt() {
    let mut default = Environment::new("e");
    let known = |at| crate::domain::fact::Fact::known(at, crate::domain::fact::Origin::Answer, now());
    default.kind = crate::domain::fact::Fact::known(
        crate::domain::environment::Kind::Default,
        crate::domain::fact::Origin::Answer,
        now(),
    );
    default.dataverse = crate::domain::fact::Fact::known(true, crate::domain::fact::Origin::Answer, now());
    default.created = known(now() - Duration::days(400));
    let w = window_of(Edition::default_edition(), &default, now());
    assert_eq!((reach(&w, now()), usage_words(w.usage)), ("kept 7 days".to_string(), Some(KEPT_ONLY)));
    check_segments(w, "-21 K7");
    // A later edition calls one restore allowed and not offered: that is a doubt.
    let w = window_of(Edition::newest(), &default, now());
    assert_eq!(reach(&w, now()), "perhaps 7 days");
}

#[test]
fn segments_fill_the_scale() {
    for (d, p, g) in
        [(None, Some(28), Some(7)), (Some(25), Some(9), Some(3)), (None, None, None), (Some(9), None, None)]
    {
        let s = segments(&window(d, p, g), Scale::common(now()));
        let total: f64 = s.iter().map(|s| s.width).sum();
        assert!((total - 1.0).abs() < 1e-9, "{s:?}");
        assert!(s.windows(2).all(|w| w[0].until == w[1].from), "{s:?}");
    }
}

#[test]
fn the_scale_goes_there_and_back() {
    let s = Scale::common(now());
    for minutes in [0, 1, 1439, 20_000, 40_320] {
        let i = s.from() + Duration::minutes(minutes);
        assert_eq!(s.at(s.x(i)), i);
    }
    assert_eq!(s.at(f64::NAN), now());
    assert_eq!(s.at(-3.0), s.from());
    assert_eq!(Scale::new(now(), now()).from(), now() - Duration::minutes(1));
}

#[test]
fn only_full_minutes_inside_the_window_can_be_chosen() {
    let mut w = window(None, Some(7), Some(7));
    w.until = at("2026-01-29T00:00:42Z");
    w.possible_from = Some(at("2026-01-22T00:00:42Z"));
    assert_eq!(choosable(&w), Some((at("2026-01-22T00:01:00Z"), at("2026-01-29T00:00:00Z"))));
    w.possible_from = Some(at("2026-01-22T00:00:00.5Z"));
    assert_eq!(choosable(&w), Some((at("2026-01-22T00:01:00Z"), at("2026-01-29T00:00:00Z"))));
    w.possible_from = Some(at("2026-01-22T00:00:00Z"));
    assert_eq!(choosable(&w), Some((at("2026-01-22T00:00:00Z"), at("2026-01-29T00:00:00Z"))));
    assert_eq!(choosable(&window(None, None, None)), None);
}

#[track_caller]
fn check_ticks(days: i64, offset: i32, most: usize, expect: &str) {
    let got: Vec<String> =
        ticks(Scale::new(now() - Duration::days(days), now()), offset, most).into_iter().map(|t| t.label).collect();
    assert_eq!(got.join(" | "), expect);
}

#[test]
fn axis_marks() {
    check_ticks(28, 60, 4, "8 Jan | 15 Jan | 22 Jan | 29 Jan");
    check_ticks(7, 60, 4, "23 Jan | 25 Jan | 27 Jan | 29 Jan");
    check_ticks(1, 0, 4, "06:00 | 12:00 | 18:00");
}

#[track_caller]
fn check_place(labels: &[(f64, usize)], expect: &str) {
    let got: Vec<String> = place(labels, 2, 700.0)
        .into_iter()
        .map(|p| p.map_or("-".into(), |p| format!("{}{}", p.row, if p.before { "<" } else { ">" })))
        .collect();
    assert_eq!(got.join(" "), expect);
}

#[test]
fn labels_do_not_overlap() {
    check_place(&[(0.0, 10), (0.5, 10)], "0> 0>");
    check_place(&[(0.1, 10), (0.12, 10), (0.14, 10)], "0> 1> -");
    check_place(&[(0.95, 20)], "0<");
    check_place(&[(0.1, 200)], "-");
    check_place(&[], "");
}

#[track_caller]
fn check_reach(w: Window, expect: &str) {
    assert_eq!(reach(&w, now()), expect);
}

#[test]
fn reaches() {
    check_reach(window(None, Some(28), Some(28)), "28 days");
    check_reach(window(None, Some(28), Some(7)), "7, perhaps 28 days");
    check_reach(window(None, Some(7), None), "perhaps 7 days");
    check_reach(window(None, None, None), "nothing");
    let moment = now() - Duration::seconds(40);
    let mut new = window(None, Some(7), None);
    new.guaranteed_from = Some(moment);
    check_reach(new.clone(), "perhaps 7 days");
    new.possible_from = Some(moment);
    check_reach(new.clone(), "nothing yet");
    new.guaranteed_from = None;
    check_reach(new, "nothing yet");
    check_reach(window(None, Some(1), Some(1)), "24 h");
}

#[test]
fn a_point_near_now_is_looked_at_closely() {
    let close =
        |minutes: i64, chosen: i64| close_up(Duration::minutes(minutes), chosen, [8760, 672, 168, 24, 1].into_iter());
    // Twenty minutes in an hour, three hours in a day, 36 hours in a week.
    assert_eq!((close(20, 672), close(180, 672), close(36 * 60, 672)), (1, 24, 168));
    // Far enough away, now itself, and what is still to come: as it was chosen.
    assert_eq!((close(3 * 24 * 60, 672), close(0, 672), close(-5, 168)), (672, 672, 168));
}
