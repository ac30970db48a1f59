use chrono::{DateTime, Utc};
use restore_desk::domain::edition::{EDITIONS};
use restore_desk::domain::environment::Kind;
use restore_desk::domain::told::{Told, answer};
use restore_desk::words::Say;
#[test]
fn look() {
    let now: DateTime<Utc> = "2026-11-27T14:42:00Z".parse().unwrap();
    for edition in EDITIONS { for kind in Kind::NAMED { for (d, m, days) in [(None, None, None), (Some(true), Some(true), Some(28)), (Some(false), Some(false), None)] {
        let told = Told { kind: kind.clone(), dynamics: d, managed: m, days, point: "2026-11-26T13:00:00Z".parse().unwrap() };
        let a = answer(edition, &told, now).unwrap();
        println!("== {} {kind} {d:?} {m:?} {days:?}: {:?} sure {:?} poss {:?} from {:?} {:?} onto {:?} itself {} asks {:?} newest {:?}", edition.id, a.certainty, a.sure_until, a.possible_until, a.reach.window.guaranteed_from, a.reach.window.possible_from, a.onto, a.itself, a.asks, a.newest.map(|n| n.says().to_string()));
        for w in &a.advice.ways { println!("   {:?} {:?} {} | {:?} until {:?} start {:?}", w.standing, w.certainty, w.title(), w.doubt, w.sure_until, w.start_before);
          if edition.id.starts_with("2024") && days.is_none() && d.is_some() { for (n, l) in [("lost", &w.lost), ("over", &w.overwritten), ("against", &w.against), ("open", &w.open), ("heed", &w.heed)] { for x in l { println!("        {n}: {}", x.says_and_help().0); } } } }
    }}}
}
