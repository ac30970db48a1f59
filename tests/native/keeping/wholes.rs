//! What takes the place of a whole workspace while other tabs have it open: the state is always one of the two whole, and what was done
//! on the other one waits, is set aside, or has a place of its own.

use super::faulty::{Faulty, Sort};
use super::*;
use restore_desk::workspace::desk::Desk as Table;

fn sit(store: &Faulty, tab: &str) -> (Table, Workspace) {
    let (table, w, _) = Table::open(store, named_tab(tab), place());
    (table, w)
}

fn other() -> Place {
    Place::Tenant(Id::new("other").unwrap())
}

fn edit(table: &mut Table, store: &Faulty, w: &mut Workspace, edit: Edit, at: i64) -> Kept {
    let made = Made::new(edit, w, second(at));
    table.keeper_mut().edit(store, w, made).unwrap().1
}

#[test]
fn a_tab_that_comes_back_to_a_place_goes_on_counting() {
    let store = Faulty::default();
    drop(Desk::begin(&store, "first"));
    let (mut table, mut w) = sit(&store, "a");
    for (at, name) in [(1, "One"), (2, "Two"), (3, "Three"), (4, "Four")] {
        assert_eq!(edit(&mut table, &store, &mut w, rename(name, at), at), Kept::Journalled, "{name}");
        if at % 2 == 0 {
            for _ in 0..3 {
                table.keeper_mut().fold(&store, &mut w, second(at)).unwrap();
            }
        }
        table.show(&store, &mut w, other());
        while let Some((place, _)) = table.due() {
            table.seat(&mut w, &place, |keeper, w| keeper.fold(&store, w, second(at)).unwrap());
            table.give_up_kept();
        }
        table.show(&store, &mut w, place());
        assert_eq!(w.tenant.name, name);
        assert_eq!(Desk::open(&store, "anew").0.w.tenant.name, name);
    }
    store.fails(Sort::Full, 0);
}
