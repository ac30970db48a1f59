use super::*;

#[test]
fn a_name_is_cut_in_its_middle() {
    let check = |name: &str, head: &str, tail: &str| assert_eq!(cut(name), (head, tail), "{name}");
    check("Sales Dev", "Sales Dev", "");
    check("Contoso Sales Test", "Contoso Sales Test", "");
    check("Contoso Order Management Dev", "Contoso Order Management", " Dev");
    check("Contoso Order Handling Dev", "Contoso Order", " Handling Dev");
    check("contoso-order-management-prod", "contoso-order-management", "-prod");
    check("Contoso Finance Northern Region 1004 Prod", "Contoso Finance Northern Region", " 1004 Prod");
    check("Averyverylongnamewithoutblanks", "Averyverylongnamewithout", "blanks");
    check("Kundenverwaltungsüberprüfung", "Kundenverwaltungsüberp", "rüfung");
    check("", "", "");
}

#[test]
fn the_pool_shows_what_is_in_sight() {
    assert_eq!(window(0.0, 720.0, 36.0, 10_000, 40), 0..40);
    assert_eq!(window(3600.0, 720.0, 36.0, 10_000, 40), 91..131);
    assert_eq!(window(360_000.0, 720.0, 36.0, 10_000, 40), 9960..10_000);
    assert_eq!(window(0.0, 720.0, 36.0, 7, 40), 0..7);
    assert_eq!(window(f64::NAN, 720.0, 36.0, 7, 40), 0..7);
}

#[test]
fn a_row_keeps_its_element() {
    for start in [0, 1, 39, 40, 41, 123] {
        let window = start..start + 40;
        let mut rows: Vec<usize> = (0..40).filter_map(|slot| in_slot(&window, 40, slot)).collect();
        rows.sort_unstable();
        assert_eq!(rows, window.clone().collect::<Vec<_>>());
        assert!((0..40).all(|slot| in_slot(&window, 40, slot).is_none_or(|row| row % 40 == slot)));
    }
    assert_eq!(in_slot(&(0..7), 40, 7), None);
}

#[test]
fn keys_move_as_in_every_grid() {
    let at = At { row: 5, column: 2 };
    let to = |key: &str, control| moved(at, key, control, (100, 8), 20).map(|a| (a.row, a.column));
    assert_eq!(to("ArrowDown", false), Some((6, 2)));
    assert_eq!(to("ArrowUp", false), Some((4, 2)));
    assert_eq!(to("ArrowLeft", false), Some((5, 1)));
    assert_eq!(to("ArrowRight", false), Some((5, 3)));
    assert_eq!(to("Home", false), Some((5, 0)));
    assert_eq!(to("End", false), Some((5, 7)));
    assert_eq!(to("Home", true), Some((1, 0)));
    assert_eq!(to("End", true), Some((100, 7)));
    assert_eq!(to("PageDown", false), Some((25, 2)));
    assert_eq!(to("PageUp", false), Some((1, 2)));
    assert_eq!(to("a", false), None);
    assert_eq!(moved(At::default(), "PageUp", false, (0, 8), 20), Some(At::default()));
    assert_eq!(moved(At { row: 100, column: 7 }, "ArrowDown", false, (100, 8), 20).map(|a| a.row), Some(100));
}

#[test]
fn an_empty_column_gives_its_room_away() {
    const fn column(key: &'static str, shown: Shown, cell: fn(&u8, &Here) -> Cell) -> Column<u8> {
        Column { key, title: "Long", short: key, width: (100, 6), shown, compare: None, cell, csv: &[] }
    }
    let words = |_: &u8, _: &Here| Cell::plain("words");
    let seldom = |n: &u8, _: &Here| if *n > 7 { Cell::plain("some") } else { Cell::default() };
    let columns = [
        column("name", Shown::Always, words),
        column("onto", Shown::Usually, words),
        column("ends", Shown::Usually, seldom),
    ];
    let here = Here { now: DateTime::UNIX_EPOCH, relative: |_, _| String::new(), stamp: |_| String::new() };
    let widths = |rows: &[u8]| {
        let shared = shared_out(&columns, heads(&columns), rows, &here, &["name", "onto"]);
        shared.iter().map(|h| (h.title, h.width)).collect::<Vec<_>>()
    };
    assert_eq!(widths(&[1, 2]), [("Long", (120, 9)), ("Long", (120, 9)), ("ends", (60, 0))]);
    assert_eq!(widths(&[1, 8]), [("Long", (100, 6)); 3]);
    assert_eq!(widths(&[]), [("Long", (100, 6)); 3]);
}

#[test]
fn columns_are_chosen() {
    let head = |key, shown| ColumnHead { key, title: key, short: key, width: (80, 10), shown, sorts: true };
    let all = [head("name", Shown::Always), head("kind", Shown::Usually), head("key", Shown::Seldom)];
    let keys = |choice: &str| chosen(&all, choice).iter().map(|h| h.key).collect::<Vec<_>>();
    assert_eq!(keys(""), ["name", "kind"]);
    assert_eq!(keys("-name,-kind,key,nonsense"), ["name", "key"]);
    let off = choose(&all, "", "kind", false);
    assert_eq!((off.as_str(), keys(&off)), ("-kind", vec!["name"]));
    let on = choose(&all, &off, "key", true);
    assert_eq!((on.as_str(), keys(&on)), ("-kind,key", vec!["name", "key"]));
    assert_eq!(choose(&all, &choose(&all, &on, "kind", true), "key", false), "");
}
