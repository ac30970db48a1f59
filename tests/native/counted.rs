//! Pairs that were counted on from one state of a tenant to the next are those that are counted at once.

use crate::laws::cases;
use crate::pair_support::{any_edition, any_spec, any_tenant, at, edition, env};
use proptest::prelude::*;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::CountedPairs;
use restore_desk::domain::slowly::at_once;
use restore_desk::domain::tenant::Tenant;
use restore_desk::view_model::grid::{Grid, GridFilter};

/// All that is counted and said of each environment, whatever numbers the classes have.
fn told(pairs: &CountedPairs, tenant: &Tenant) -> Vec<String> {
    let places = 0..tenant.environments.len();
    let of = |place: usize| {
        let class = pairs.matrix.class_of(place).unwrap();
        let stands: Vec<_> = places
            .clone()
            .map(|other| (pairs.matrix.standings(place, other), pairs.matrix.verdict(place, other)))
            .collect();
        let counts = (pairs.matrix.targets_of(place), pairs.matrix.sources_of(place));
        let totals = tenant.environments[place]
            .deleted
            .is_none()
            .then(|| (pairs.totals.of_source[class], pairs.totals.of_target[class]));
        format!("{stands:?} {counts:?} {totals:?}")
    };
    places.clone().map(of).collect()
}

/// What happens to a tenant: an environment that is as this says, and whether it lives.
type Step = (usize, String, bool);

fn changed(tenant: &Tenant, (place, spec, lives): &Step) -> Tenant {
    let mut changed = tenant.clone();
    let place = place % changed.environments.len();
    let id = changed.environments[place].id.to_string();
    *changed.environments.get_mut(place).unwrap() = env(&id, spec);
    changed.environments.get_mut(place).unwrap().deleted = (!lives).then(|| at(1, 0).into());
    changed
}

fn nothing_is_left_of_empty_classes(pairs: &CountedPairs) -> bool {
    let living: Vec<usize> = pairs.matrix.members().iter().map(Vec::len).collect();
    pairs
        .totals
        .by_class()
        .zip(living)
        .all(|((of_source, of_target), living)| living > 0 || of_source.all() + of_target.all() == 0)
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn pairs_that_are_counted_on_are_those_that_are_counted_at_once(
        edition in any_edition(),
        first in any_tenant(),
        steps in prop::collection::vec((0_usize..12, any_spec(), prop::bool::weighted(0.8)), 1..6),
        two_at_once in any::<bool>(),
    ) {
        let mut tenant = first;
        let mut pairs = CountedPairs::new(edition, &tenant);
        let mut grid = Grid::new(edition, &tenant);
        for (n, step) in steps.iter().enumerate() {
            tenant = changed(&tenant, step);
            if two_at_once && n % 2 == 0 {
                continue;
            }
            pairs = pairs.onward(edition, &tenant);
            prop_assert_eq!(told(&pairs, &tenant), told(&CountedPairs::new(edition, &tenant), &tenant));
            prop_assert!(nothing_is_left_of_empty_classes(&pairs));
            grid = at_once(Grid::slowly(edition, &tenant, Some(&grid), async || true)).unwrap();
            let anew = Grid::new(edition, &tenant);
            let blocks = |grid: &Grid| {
                let named = |class: &usize| grid.title(*class);
                let block = |b: &restore_desk::view_model::grid::Block| (b.region.clone(), b.sources.iter().map(named).collect::<Vec<_>>(), b.targets.iter().map(named).collect::<Vec<_>>());
                (grid.totals, grid.blocks(&Default::default()).iter().map(block).collect::<Vec<_>>())
            };
            prop_assert_eq!(blocks(&grid), blocks(&anew));
        }
    }
}

/// What cannot be counted on is counted anew.
#[test]
fn another_edition_more_environments_and_many_changes_are_counted_anew() {
    let specs =
        ["Sandbox region:europe db:yes managed:yes key:ms", "Production region:europe db:yes managed:no key:k1"];
    let of = |n: usize| Tenant {
        environments: (0..n).map(|i| env(&format!("e{i}"), specs[i % 2])).collect(),
        ..Tenant::default()
    };
    let (first, last): (&Edition, &Edition) = (EDITIONS[0], EDITIONS[EDITIONS.len() - 1]);
    let check = |before: &Tenant, edition: &Edition, tenant: &Tenant| {
        let onward = CountedPairs::new(first, before).onward(edition, tenant);
        assert_eq!(told(&onward, tenant), told(&CountedPairs::new(edition, tenant), tenant));
    };
    check(&of(6), last, &of(6));
    check(&of(6), first, &of(7));
    check(&of(40), first, &of(40));
    // A list of candidates comes, and goes.
    let mut listed = of(6);
    let offered = [listed.environments[1].id.clone()].into_iter().collect();
    listed.environments.get_mut(0).unwrap().candidates =
        Some(restore_desk::domain::service::Candidates { asked: at(2, 0), offered });
    check(&of(6), first, &listed);
    check(&listed, first, &of(6));
}

/// Two classes that are called alike stand in the same order, however they were counted.
#[test]
fn classes_that_are_called_alike_keep_their_order() {
    let other = "Sandbox region:europe db:yes managed:yes key:ms pol:net=v2";
    let tenant = |first: &str| Tenant {
        environments: [env("e0", first), env("e1", other)].into_iter().collect(),
        ..Tenant::default()
    };
    let edition = edition("2025-06-24");
    let before = tenant("Developer region:europe db:yes managed:yes key:ms");
    let after = tenant("Sandbox region:europe db:yes managed:yes key:ms pol:net=v1");
    let mut changed = before.clone();
    *changed.environments.get_mut(0).unwrap() = after.environments[0].clone();
    let grid = Grid::new(edition, &before);
    let onward = at_once(Grid::slowly(edition, &changed, Some(&grid), async || true)).unwrap();
    let sources = |grid: &Grid| {
        let blocks = grid.blocks(&GridFilter { never: true, ..GridFilter::default() });
        blocks
            .iter()
            .flat_map(|b| b.sources.iter().map(|class| grid.title(*class)).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    assert_eq!(sources(&onward), sources(&Grid::new(edition, &changed)));
}
