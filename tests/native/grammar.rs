//! What the app writes, read by the grammars of others: PowerShell by tree-sitter, Markdown by pulldown-cmark. No name and no label
//! ever becomes a command, a link or a heading, and what is found as a text is the text that went in.
//!
//! The grammar of PowerShell knows one apostrophe and one quotation mark, while PowerShell itself takes five apostrophes and four
//! quotation marks for the same. So everything is parsed twice: as it is, and as PowerShell's own reader sees it, with each of them
//! replaced by the plain one ([`as_powershell_sees_it`]).

use crate::laws::cases;
use crate::restore_support;

use crate::planned::{plan, said};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use restore_desk::domain::characters::one_line;
use restore_desk::domain::plan::{About, Action, EarlierTexts, End, Plan, Purpose, Remark, RestoreAction, Task};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::service::Cloud;
use restore_desk::interop::commands::{self, Printed, Shell, quoting};
use restore_desk::interop::runbook;
use restore_desk::text;
use restore_support::*;

fn print(action: &Action, shell: Shell) -> Printed {
    commands::print(action, shell, Some(Cloud::Public))
}

fn script(plan: &Plan, shell: Shell) -> Printed {
    commands::script(plan, shell, plan.cloud)
}
use tree_sitter::{Node, Tree};

fn as_powershell_sees_it(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' => '\'',
            '\u{201C}' | '\u{201D}' | '\u{201E}' => '"',
            c => c,
        })
        .collect()
}

/// The tree of a text that the grammar takes whole.
#[track_caller]
fn parse(text: &str) -> Tree {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    // The grammar wants a statement after the last comment.
    let tree = parser.parse(format!("{text}\n0\n"), None).unwrap();
    assert!(!tree.root_node().has_error(), "{}\n{text}", tree.root_node().to_sexp());
    tree
}

/// The texts of all nodes of a kind, in their order.
fn nodes(tree: &Tree, text: &str, kind: &str) -> Vec<String> {
    fn walk(node: Node<'_>, text: &str, kind: &str, found: &mut Vec<String>) {
        if node.kind() == kind {
            found.push(text[node.byte_range()].to_string());
        }
        for child in node.children(&mut node.walk()) {
            walk(child, text, kind, found);
        }
    }
    let mut found = Vec::new();
    walk(tree.root_node(), text, kind, &mut found);
    found
}

/// What the literals in single quotes of a text say.
fn literals(tree: &Tree, text: &str) -> Vec<String> {
    let inside = |literal: String| literal[1..literal.len() - 1].replace("''", "'");
    nodes(tree, text, "verbatim_string_characters").into_iter().map(inside).collect()
}

/// Parses a text both ways; what is given back is as PowerShell sees it.
#[track_caller]
fn parse_both(text: &str) -> (Tree, String) {
    parse(text);
    let seen = as_powershell_sees_it(text);
    (parse(&seen), seen)
}

/// Texts full of what breaks quoting, up to 10,000 characters.
fn nasty() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just("'".to_string()),
        Just("\u{2019}".to_string()),
        Just("\u{2018}\u{201A}\u{201B}".to_string()),
        Just("\"".to_string()),
        Just("\u{201C}\u{201D}\u{201E}".to_string()),
        Just("$(Remove-Item x)".to_string()),
        Just("${x}$x".to_string()),
        Just("`".to_string()),
        Just("```".to_string()),
        Just("\r\n".to_string()),
        Just("\n\n# x\n\n".to_string()),
        Just("\u{2028}\u{2029}\u{85}".to_string()),
        Just("\u{202E}\u{2066}\u{200F}".to_string()),
        Just("\0\u{1b}[0m".to_string()),
        Just("; Remove-Item x #".to_string()),
        Just("#>@'\n<#".to_string()),
        Just("](https://evil.example) ![x](y) <b> &lt; | a | b |".to_string()),
        Just("<https://evil.example> www.evil.example a@evil.example".to_string()),
        Just("* + - 1. > ~~~ --- === [x] $a$ **b** _c_ \\".to_string()),
        Just(":^a^ ~b~ ==c== {#id .class} ||d|| [^1] :::".to_string()),
        Just("–—―".to_string()),
        Just("{{token}}{{{".to_string()),
        Just("name".to_string()),
        Just(" ".to_string()),
        "\\PC{0,10}",
    ];
    (prop::collection::vec(bits, 0..8), prop_oneof![5 => Just(1usize), 1 => Just(2000)])
        .prop_map(|(bits, times)| bits.concat().repeat(times).chars().take(10_000).collect())
}

#[test]
fn the_grammar_finds_what_is_broken() {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    for broken in ["Write-Host 'a", "Write-Host 'it's'", "if ($x) {", "$x = @{ a = }"] {
        assert!(parser.parse(broken, None).unwrap().root_node().has_error(), "{broken}");
    }
    let seen = as_powershell_sees_it("Write-Host 'a’; Remove-Item x; ’'");
    assert_eq!(nodes(&parse(&seen), &seen, "command_name"), ["Write-Host", "Remove-Item"], "one that was not doubled");
}

/// Every command that a script may have: nothing of a text is among them.
const COMMANDS: [&str; 22] = [
    "Get-Plain",
    "Confirm-Typed",
    "Assert-Answer",
    "Read-Id",
    "Read-Text",
    "Read-Choice",
    "Set-StrictMode",
    "Get-Command",
    "Write-Host",
    "Write-Warning",
    "Read-Host",
    "pac",
    "Add-PowerAppsAccount",
    "Get-AdminPowerAppEnvironment",
    "ConvertTo-Json",
    "Get-PowerAppEnvironmentBackups",
    "Backup-PowerAppEnvironment",
    "Restore-PowerAppEnvironment",
    "Set-AdminPowerAppEnvironmentBackupRetentionPeriod",
    "Set-AdminPowerAppEnvironmentGovernanceConfiguration",
    "Set-AdminPowerAppEnvironmentRuntimeState",
    "Recover-AdminPowerAppEnvironment",
];

/// A plan in which every text that people give is hostile: what an import, a wizard or a link may bring.
fn hostile(purpose: &Purpose, name: &str, text: &str) -> Plan {
    hostile_with(purpose, name, text, text)
}

/// The same with another text for what stands in commands.
fn hostile_with(purpose: &Purpose, name: &str, text: &str, argument: &str) -> Plan {
    let tenant = edit(BOX, |e| e.name = name.to_string());
    let mut made = plan(seed(), &tenant, purpose, now()).unwrap();
    let texts = said(&made);
    made.about = About::Told(text.to_string());
    for (step, was) in made.steps.iter_mut().zip(texts) {
        step.task = Task::Told(EarlierTexts {
            title: was.title + text,
            who: was.who + text,
            admin_center: was.admin_center + text,
            verify: was.verify + text,
            consequence: was.consequence + text,
            caution: Some(text.to_string()),
        });
        match &mut step.action {
            Action::Restore(r) | Action::ValidateRestore(r) => {
                r.target_name = Some(argument.to_string());
                r.new_name = Some(argument.to_string());
            }
            Action::CreateManualBackup { label, .. } => *label = argument.to_string(),
            _ => {}
        }
    }
    for item in made.cautions.iter_mut().chain(&mut made.afterwards).chain(&mut made.assumptions) {
        item.cause = Remark::Told(text!(text));
        item.link = Some(text.to_string());
    }
    made.deadlines.iter_mut().for_each(|d| d.cause = End::Told(text!(text)));
    made
}

fn purposes() -> [Purpose; 3] {
    purposes_at(hours_ago(30))
}

/// Plans that go back to `at`; to a day that could be a month none is carried out by pac.
fn purposes_at(at: DateTime<Utc>) -> [Purpose; 3] {
    let point = Point::System(at);
    let request = |source, target| RestoreRequest { point: point.clone(), ..request(source, target, at) };
    [
        Purpose::Restore(request(PROD, BOX)),
        Purpose::RestoreToProduction(request(PROD, PROD)),
        Purpose::BulkDeletion {
            source: id(PROD),
            point: point.clone(),
            include_audit_logs: true,
            special_apps: vec![],
        },
    ]
}

/// Moves the point to a day that cannot be a month, so that pac has a command for it.
fn late(plan: &mut Plan, yes: bool) {
    for step in plan.steps.iter_mut().filter(|_| yes) {
        if let Action::Restore(r) | Action::ValidateRestore(r) = &mut step.action {
            r.point = days_ago(20);
        }
    }
}

#[track_caller]
fn check_script(plan: &Plan, shell: Shell, target_name: &str) {
    let text = script(plan, shell).text.unwrap();
    let (tree, seen) = parse_both(&text);
    for command in nodes(&tree, &seen, "command_name") {
        assert!(COMMANDS.contains(&command.as_str()), "{command} is run by\n{text}");
    }
    // What is typed to confirm is compared with the name itself.
    let quoted = quoting::powershell(target_name).is_some() && quoting::typeable(target_name);
    let restores = plan.steps.iter().any(|s| matches!(s.action, Action::Restore(_)));
    if restores && quoted {
        assert!(literals(&tree, &seen).contains(&as_powershell_sees_it(target_name)), "{target_name:?}");
    }
}

#[test]
fn ordinary_plans_are_powershell() {
    // On a day that could be a month, and on one that could not; in a cloud that is known, and in one that is asked for.
    for purpose in purposes().into_iter().chain(purposes_at(days_ago(20))) {
        // Some of these points are not kept any more.
        let Ok(made) = plan(seed(), &tenant(), &purpose, now()) else { continue };
        for (shell, cloud) in [Shell::PowerShell, Shell::Pac].into_iter().flat_map(|s| [(s, made.cloud), (s, None)]) {
            let name = made.steps.iter().find_map(|s| match &s.action {
                Action::Restore(r) => Some(r.target_name.clone().unwrap_or_else(|| "yes".into())),
                _ => None,
            });
            check_script(&Plan { cloud, ..made.clone() }, shell, &name.unwrap());
        }
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_literal_is_the_text_that_went_in(label in nasty(), name in nasty()) {
        let action = Action::CreateManualBackup { environment: id(BOX), label: label.clone() };
        let text = print(&action, Shell::PowerShell).text.unwrap();
        let (tree, seen) = parse_both(&text);
        if quoting::powershell(&label).is_some() {
            let expect = [as_powershell_sees_it(&label), "Made before a restore".into(), BOX.into()];
            prop_assert_eq!(literals(&tree, &seen), expect);
        } else {
            prop_assert!(nodes(&tree, &seen, "command_name").is_empty(), "left to type: {}", text);
        }
        let action = Action::Restore(RestoreAction {
            source: id(PROD),
            target: Some(id(BOX)),
            target_name: None,
            target_id_end: None,
            // A day that could be a month is not given to pac.
            point: days_ago(20),
            manual_backup: None,
            new_name: Some(name.clone()),
            include_audit_logs: false,
            window_from: None,
        });
        let text = print(&action, Shell::PowerShell).text.unwrap();
        let (tree, seen) = parse_both(&text);
        if quoting::powershell(&name).is_some() {
            let expect = [PROD.into(), as_powershell_sees_it(&name), "2026-02-20 12:00:00".into(), BOX.into()];
            prop_assert_eq!(literals(&tree, &seen), expect);
        } else {
            prop_assert!(nodes(&tree, &seen, "command_name").is_empty(), "left to type: {}", text);
        }
        let text = print(&action, Shell::Pac).text.unwrap();
        let (tree, seen) = parse_both(&text);
        if quoting::pac(&name).is_some() {
            let found = nodes(&tree, &seen, "expandable_string_literal");
            prop_assert_eq!(found, ["\"2026-02-20T12:00:00Z\"".to_string(), format!("\"{name}\"")]);
            prop_assert!(nodes(&tree, &seen, "variable").is_empty());
            prop_assert!(nodes(&tree, &seen, "sub_expression").is_empty());
        } else {
            prop_assert!(nodes(&tree, &seen, "command_name").is_empty(), "left to type: {}", text);
        }
    }

    #[test]
    fn no_text_of_a_plan_is_run_by_its_scripts(name in nasty(), text in nasty(), which in 0usize..3) {
        for at in [hours_ago(30), hours_ago(50)] {
            let mut made = hostile(&purposes_at(at)[which], &name, &text);
            made.cloud = None;
            late(&mut made, at == hours_ago(50));
            for shell in [Shell::PowerShell, Shell::Pac] {
                check_script(&made, shell, &text);
            }
        }
    }

    #[test]
    fn no_text_of_a_plan_is_a_request(name in nasty(), text in nasty(), which in 0usize..3) {
        let purpose = &purposes()[which];
        let tame = script(&plan(seed(), &tenant(), purpose, now()).unwrap(), Shell::Rest).text.unwrap();
        let made = hostile(purpose, &name, &text);
        let file = script(&made, Shell::Rest).text.unwrap();
        // The only variables are the token, in its header alone, and the id of a new environment, in what is still a comment.
        for line in file.lines().filter(|l| l.contains("{{")) {
            let address = "# POST https://api.powerplatform.com/environmentmanagement/environments/{{newEnvironmentId}}/restore?";
            let token = matches!(line.trim_start_matches("# "), "Authorization: Bearer {{token}}");
            prop_assert!(token || (which == 2 && line.starts_with(address)), "{}", line);
        }
        let verbs = ["GET ", "POST ", "PUT ", "DELETE ", "PATCH "];
        let sent = |file: &str| -> Vec<String> {
            file.lines().filter(|l| verbs.iter().any(|v| l.starts_with(v))).map(str::to_string).collect()
        };
        let (sent, expect) = (sent(&file), sent(&tame));
        prop_assert!(sent.iter().all(|line| expect.contains(line)), "{:?}", sent);
        for line in file.lines().filter(|l| l.starts_with("###")) {
            prop_assert!(line.starts_with("### Step "));
        }
        for line in file.lines().filter(|l| l.contains('@')) {
            prop_assert!(line == "# @note" || line.starts_with("@token = ") || line == "@newEnvironmentId = put-the-id-here" || !line.starts_with("# @"), "{}", line);
        }
    }

    #[test]
    fn no_text_of_a_plan_is_markdown(name in nasty(), text in nasty(), which in 0usize..3) {
        let purpose = &purposes()[which];
        let expect = shape(&runbook::markdown(&hostile_with(purpose, "name", "name", "x"), None, |_| false));
        let made = hostile_with(purpose, &name, &text, "x");
        let markdown = runbook::markdown(&made, None, |_| false);
        let found = shape(&markdown);
        // A text of nothing but what is left out leaves its line out as well.
        if !one_line(&text, 4000).is_empty() {
            prop_assert_eq!(found.headings, expect.headings);
            prop_assert_eq!(found.blocks, expect.blocks);
        }
        prop_assert_eq!(found.title, one_line(&text, 4000));
    }

    #[test]
    fn markdown_shows_the_text_and_nothing_else(text in nasty()) {
        let escaped = runbook::escape(&text);
        let expect = one_line(&text, 4000);
        for line in [format!("- x {escaped}"), format!("# x {escaped}"), format!("- **x:** {escaped} (R1)")] {
            let mut shown = String::new();
            for event in Parser::new_ext(&line, ALL) {
                match event {
                    Event::Text(part) => shown.push_str(&part),
                    Event::Start(Tag::List(None) | Tag::Item | Tag::Heading { .. } | Tag::Strong) | Event::End(_) => {}
                    other => prop_assert!(false, "{:?} in {}", other, line),
                }
            }
            let shown = shown.trim_start_matches("x").trim_start_matches(':').trim_end_matches(" (R1)");
            // Markdown takes spaces at the ends of a line away.
            prop_assert_eq!(shown.trim(), expect.trim());
        }
    }
}

/// Everything that readers of Markdown know, but not the typographic marks that they put in place of plain ones.
const ALL: Options = Options::all().difference(Options::ENABLE_SMART_PUNCTUATION);

/// What a reader of Markdown makes of a runbook.
#[derive(Debug, PartialEq)]
struct Shape {
    title: String,
    headings: usize,
    blocks: Vec<String>,
}

fn shape(markdown: &str) -> Shape {
    let mut seen = Shape { title: String::new(), headings: 0, blocks: Vec::new() };
    let mut in_title = false;
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
    {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                seen.headings += 1;
                in_title = seen.headings == 1;
            }
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => in_title = false,
            Event::Text(part) if in_title => seen.title.push_str(&part),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://learn.microsoft.com/"), "{dest_url}");
            }
            Event::Start(Tag::Image { .. } | Tag::HtmlBlock | Tag::Table(_) | Tag::BlockQuote(_)) => {
                panic!("{event:?}")
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::Rule | Event::Code(_) => panic!("{event:?}"),
            Event::Start(tag @ (Tag::List(_) | Tag::Item | Tag::CodeBlock(_))) => seen.blocks.push(format!("{tag:?}")),
            _ => {}
        }
    }
    seen
}
