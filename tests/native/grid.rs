//! The matrix as it is shown: by class, in blocks, with the ticks first; and where everything is on the sheet by environment.

use crate::evidence::with_lists;
use crate::laws::cases;
use crate::pair_support::{any_edition, any_tenant, edition, env};
use proptest::prelude::*;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::eligibility::{Counts, Outcome, Standing, Standings, Totals, matrix, outcome, rules_of};
use restore_desk::domain::environment::EnvironmentId;
use restore_desk::domain::outlook::is_free;
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::tenant::Tenant;
use restore_desk::view_model::grid::{Block, Grid, GridCell, GridFilter, Layout, Span, cut};

fn judged(edition: &Edition, tenant: &Tenant, grid: &Grid, source: usize, target: usize) -> Outcome {
    let env = |head: usize| tenant.get(&grid.heads[head].id).unwrap();
    outcome(edition, env(source), env(target))
}

/// The pairs of two classes, counted one by one.
fn counted(edition: &Edition, tenant: &Tenant, grid: &Grid, sources: &[usize], target: usize) -> GridCell {
    let mut cell = GridCell::default();
    for s in sources {
        for t in &grid.classes[target].members {
            let counts = if s == t { &mut cell.itself } else { &mut cell.others };
            counts.add(judged(edition, tenant, grid, *s, *t), 1);
        }
    }
    cell
}

fn outcomes(counts: &Counts) -> usize {
    [counts.eligible, counts.unknown, counts.refused].iter().filter(|n| **n > 0).count()
}

fn tenant(specs: &[(&str, &str)]) -> Tenant {
    let named = |(name, spec): &(&str, &str)| {
        let mut env = env(name, spec);
        env.name = name.to_string();
        env
    };
    Tenant { environments: specs.iter().map(named).collect(), ..Tenant::default() }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_is_counted_kin_by_kin_is_what_is_judged_class_by_class(edition in any_edition(), tenant in with_lists()) {
        let judged = matrix(edition, &tenant);
        let alone = |rule| move |standings: Standings| match standings.of(rule) {
            Standing::Met => Outcome::Eligible,
            Standing::Unknown => Outcome::Unknown,
            Standing::Broken => Outcome::Refused,
        };
        let by = |outcome: &dyn Fn(Standings) -> Outcome| {
            let none = vec![Counts::default(); judged.classes()];
            let mut expect = Totals { of_source: none.clone(), of_target: none };
            for pair in judged.verdicts() {
                expect.of_source[pair.source].add(outcome(pair.standings), pair.pairs);
                expect.of_target[pair.target].add(outcome(pair.standings), pair.pairs);
            }
            (judged.totals(outcome), expect)
        };
        let (counted, expect) = by(&Standings::outcome);
        prop_assert_eq!(counted, expect);
        for rule in rules_of(edition).chain([RuleId::T10]) {
            let (counted, expect) = by(&alone(rule));
            prop_assert_eq!(counted, expect, "{}", rule);
        }
    }

    #[test]
    fn every_environment_is_in_one_class_and_a_cell_is_its_pairs(edition in any_edition(), tenant in with_lists()) {
        let grid = Grid::new(edition, &tenant);
        prop_assert_eq!(grid.heads.len(), tenant.living().count());
        let mut members: Vec<usize> = grid.classes.iter().flat_map(|c| c.members.iter().copied()).collect();
        members.sort_unstable();
        prop_assert_eq!(members, (0..grid.heads.len()).collect::<Vec<_>>());
        let mut totals = Counts::default();
        for (s, class) in grid.classes.iter().enumerate() {
            prop_assert!(!class.members.is_empty() && class.members.iter().all(|m| grid.heads[*m].class == s));
            let listed = class.members.iter().any(|m| tenant.get(&grid.heads[*m].id).unwrap().candidates.is_some());
            for t in 0..grid.classes.len() {
                let cell = grid.cell(s, t);
                prop_assert_eq!(cell, counted(edition, &tenant, &grid, &class.members, t));
                prop_assert!(listed || outcomes(&cell.others) < 2 && outcomes(&cell.itself) < 2, "all of a class answer the same");
                for (outcome, n) in [(Outcome::Eligible, cell.others.eligible + cell.itself.eligible), (Outcome::Unknown, cell.others.unknown + cell.itself.unknown), (Outcome::Refused, cell.others.refused + cell.itself.refused)] {
                    totals.add(outcome, n);
                }
                for member in &class.members {
                    prop_assert_eq!(grid.cell_of(*member, t), counted(edition, &tenant, &grid, &[*member], t));
                }
                let free = |head: usize| is_free(tenant.get(&grid.heads[head].id).unwrap());
                let example = grid.example(&class.members, t, free);
                if cell != GridCell::default() {
                    let (a, b) = example.unwrap();
                    prop_assert_eq!(grid.outcome(a, b), cell.outcome());
                    let onto = &grid.classes[t].members;
                    let both = |a: usize, b: usize| free(a) && free(b) && (a == b) == cell.only_itself() && grid.outcome(a, b) == cell.outcome();
                    let better = class.members.iter().any(|a| onto.iter().any(|b| both(*a, *b)));
                    prop_assert_eq!(both(a, b), better, "one that can be restored now is shown where there is one");
                    prop_assert_eq!(grid.outcome(a, b), judged(edition, &tenant, &grid, a, b));
                    let (a, b) = (&grid.heads[a].id, &grid.heads[b].id);
                    let chosen = grid.selected(a, b, Span::Classes).unwrap();
                    prop_assert_eq!((chosen.all, chosen.pairs.len()), {
                        let of = if a == b { cell.itself } else { cell.others };
                        let n = match cell.outcome() { Outcome::Eligible => of.eligible, Outcome::Unknown => of.unknown, Outcome::Refused => of.refused };
                        (n, n)
                    });
                }
            }
        }
        prop_assert_eq!(totals, grid.totals);
    }

    #[test]
    fn the_blocks_hold_every_tick_and_begin_with_most(edition in any_edition(), tenant in any_tenant()) {
        let grid = Grid::new(edition, &tenant);
        let ticks = |blocks: &[Block]| {
            let mut found: Vec<(usize, usize)> = blocks
                .iter()
                .flat_map(|b| b.sources.iter().flat_map(|s| b.targets.iter().map(|t| (*s, *t))))
                .filter(|(s, t)| grid.cell(*s, *t).outcome() != Outcome::Refused)
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let all = grid.classes.len();
        let every: Vec<(usize, usize)> = (0..all)
            .flat_map(|s| (0..all).map(move |t| (s, t)))
            .filter(|(s, t)| grid.cell(*s, *t).outcome() != Outcome::Refused)
            .collect();
        let shown = grid.blocks(&GridFilter::default());
        prop_assert_eq!(ticks(&shown), every.clone());
        let whole = grid.blocks(&GridFilter { never: true, ..GridFilter::default() });
        prop_assert_eq!(ticks(&whole), every);
        prop_assert!(whole.iter().all(|b| b.never_sources == 0 && b.never_targets == 0));
        for block in &whole {
            let row = |s: &usize| (0..all).map(|t| { let c = grid.cell(*s, t); c.others.eligible + c.itself.eligible }).sum::<usize>();
            let of_region: Vec<usize> = block.sources.iter().filter(|s| grid.classes[**s].region == block.region).map(row).collect();
            prop_assert!(of_region.is_sorted_by(|a, b| a >= b), "{of_region:?}");
        }
    }

    /// Whatever is seen can be pressed, and what is gone to is seen.
    #[test]
    fn the_sheet_is_read_as_it_is_drawn(
        rows in 1..20_000_usize, columns in 1..20_000_usize, size in (330_u32..3000, 200_u32..2000),
        scrolled in (0_u32..400_000, 0_u32..400_000), narrow: bool, to in (0..20_000_usize, 0..20_000_usize),
    ) {
        let scroll = |x: u32, y: u32| (f64::from(x), f64::from(y));
        let layout = |scrolled| Layout::new(rows, columns, scroll(size.0, size.1), scrolled, narrow);
        let (row, column) = (to.0 % rows, to.1 % columns);
        let gone = layout(layout(scroll(scrolled.0, scrolled.1)).towards(row, column));
        let seen = gone.seen();
        prop_assert!(seen.rows.contains(&row) && seen.columns.contains(&column), "{seen:?}");
        let (x, y) = gone.corner(row, column);
        prop_assert_eq!(gone.at(x + 1.0, y + 1.0), (Some(row), Some(column)));
        prop_assert_eq!(gone.at(1.0, y + 1.0), (Some(row), None));
        let cells = seen.rows.len() * seen.columns.len();
        prop_assert!(cells < 10_000, "no more than is seen: {cells}");
    }
}

#[test]
fn what_a_class_is_called() {
    let tenant = tenant(&[
        ("hr", "Production managed"),
        ("ops", "Production managed"),
        ("legal", "Sandbox key:any managed:? db:? pol:?"),
    ]);
    let grid = Grid::new(edition("2024"), &tenant);
    let titles: Vec<String> = (0..grid.classes.len()).map(|c| grid.title(c)).collect();
    assert_eq!(titles, ["Production, managed", "legal"]);
    assert_eq!(grid.classes[1].facts(), "Sandbox, managed ?, own key, Dataverse ?");
    let newest = Grid::new(edition("2026"), &tenant);
    assert_eq!(newest.classes[1].facts(), "Sandbox, managed ?, own key, Dataverse ?, policies ?");
}

/// What is surely eligible onto itself alone does not hide that the others are not known.
fn tenant_of_open_keys() -> Tenant {
    tenant(&[("a", "Sandbox key:?"), ("b", "Sandbox key:?"), ("c", "Sandbox key:?")])
}

#[test]
fn what_a_cell_says() {
    let tenant = tenant(&[
        ("hr", "Production managed"),
        ("ops", "Production managed"),
        ("uat", "Sandbox managed"),
        ("test", "Sandbox managed"),
        ("chat", "Teams"),
    ]);
    let grid = Grid::new(edition("2024"), &tenant);
    let class = |name: &str| grid.heads[grid.find(&EnvironmentId::new(name)).unwrap()].class;
    let (production, sandbox, teams) = (class("hr"), class("uat"), class("chat"));
    let says = |s: usize, t: usize| {
        let cell = grid.cell(s, t);
        (grid.says(&cell, t), grid.named(&grid.title(s), &grid.title(t), &cell))
    };
    let expect = |says: &str, named: &str| (says.to_string(), named.to_string());
    assert_eq!(says(production, sandbox), expect("2", "Production, managed onto Sandbox, managed: eligible, 4 pairs"));
    assert_eq!(says(sandbox, sandbox), expect("2", "Sandbox, managed onto Sandbox, managed: eligible, 4 pairs"));
    assert_eq!(says(teams, teams), expect("itself", "chat onto itself: eligible"));
    assert_eq!(
        says(production, production),
        expect("2", "Production, managed onto Production, managed: refused, 4 pairs")
    );
    let open = tenant_of_open_keys();
    let of_open = Grid::new(edition("2024"), &open);
    let cell = of_open.cell(0, 0);
    let named = of_open.named("A", "A", &cell);
    assert_eq!((of_open.says(&cell, 0), named), expect("2", "A onto A: not known, 6 pairs; onto itself: eligible"));
    assert_eq!(
        grid.pair_named(grid.find(&EnvironmentId::new("hr")).unwrap(), grid.find(&EnvironmentId::new("chat")).unwrap()),
        "hr onto chat: refused"
    );
    let chosen = grid.selected(&EnvironmentId::new("hr"), &EnvironmentId::new("uat"), Span::Targets).unwrap();
    assert_eq!(
        (chosen.title.as_str(), chosen.says()),
        ("hr onto Sandbox, managed", Some("2 pairs: test, uat".to_string()))
    );
    assert_eq!(grid.selected(&EnvironmentId::new("hr"), &EnvironmentId::new("gone"), Span::Pair), None);
}

#[test]
fn narrowed_down_and_asked_for() {
    let tenant = tenant(&[
        ("prod", "Production managed"),
        ("uat", "Sandbox managed"),
        ("uat 2", "Sandbox managed"),
        ("trial", "Trial"),
    ]);
    let grid = Grid::new(edition("2024"), &tenant);
    let names = |heads: &[usize]| heads.iter().map(|h| grid.heads[*h].name.clone()).collect::<Vec<_>>();
    let filter = GridFilter { sources: "PROD".into(), targets: "sandbox".into(), never: false };
    let (sources, targets) = grid.sides(&filter);
    assert_eq!(
        (names(&sources), names(&targets)),
        (vec!["prod".to_string()], vec!["uat".to_string(), "uat 2".to_string()])
    );
    assert_eq!(grid.blocks(&filter)[0].sources.len(), 1);
    assert!(grid.blocks(&GridFilter { sources: "nothing".into(), ..filter })[0].sources.is_empty());
    let shown = &grid.blocks(&GridFilter::default())[0];
    assert_eq!((shown.never_sources, shown.never_targets), (1, 2));
    let meant = |text: &str| grid.meant(text).map(|h| grid.heads[h].name.clone());
    assert_eq!(
        [meant("UAT"), meant("uat 2"), meant("tri"), meant("u"), meant(" ")],
        [Some("uat".into()), Some("uat 2".into()), Some("trial".into()), None, None]
    );
}

#[test]
fn names_are_cut_in_the_middle() {
    assert_eq!((cut("Contoso Sales Dev", 9.0), cut("Short", 9.0)), ("Cont… Dev".to_string(), "Short".to_string()));
}

/// Beside the last of many narrow columns nothing stays empty; beside a few wide ones it does.
#[test]
fn the_sheet_fills_its_width() {
    let filled = |columns: usize, width: f64| {
        let layout = Layout::new(3, columns, (width, 600.0), (0.0, 0.0), false);
        layout.whole().0 >= width
    };
    assert!(filled(40, 1359.0) && filled(12, 1280.0) && filled(300, 1280.0));
    assert!(!filled(3, 1280.0));
}
