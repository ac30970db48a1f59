//! A type name means one thing within a floor.

use super::architecture::built;
use std::collections::BTreeMap;

/// The names that every room, table or page has of its own, by their floors: they are known by where they stand.
const OWN: &[(&str, &[&str])] =
    &[("domain", &["Cause", "Reason"]), ("view_model", &["Filter", "Row"]), ("ui", &["Row"])];

/// The types that a text defines. A `type` that is indented belongs to a trait.
fn defined(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let words = line.trim_start();
        let words = match words.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
            Some(rest) => rest.trim_start(),
            None => words,
        };
        let (what, name) = words.split_once(' ')?;
        let types = ["struct", "enum", "trait", "union"].contains(&what) || what == "type" && !line.starts_with(' ');
        types.then(|| name.split(|c: char| !c.is_alphanumeric()).next()).flatten()
    })
}

#[test]
fn a_type_name_has_one_meaning_within_a_floor() {
    let mut broken = Vec::new();
    for floor in ["domain", "words", "interop", "json", "workspace", "view_model", "platform", "ui"] {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, text) in built(&format!("src/{floor}")) {
            for name in defined(&text) {
                names.entry(name.to_string()).or_default().push(path.display().to_string());
            }
        }
        let own = OWN.iter().find(|(of, _)| *of == floor).map_or(&[][..], |(_, own)| own);
        for name in own {
            let files = names.remove(*name).unwrap_or_default();
            assert!(files.len() > 1, "{name} of {floor} has one meaning now: take it off the list");
        }
        broken.extend(names.into_iter().filter(|(_, files)| files.len() > 1));
    }
    assert!(broken.is_empty(), "give these names that say what they are:\n{broken:#?}");
}

#[test]
fn what_a_text_defines_is_found() {
    let text = "pub struct A<T>(T);\nenum B {\n    pub(super) trait C {\n        type No;\ntype D = u8;\n\
                pub(in crate::domain) struct E {\npub fn no() {}\n// struct No\npub type F<'a> = &'a str;";
    assert_eq!(defined(text).collect::<Vec<_>>(), ["A", "B", "C", "D", "E", "F"]);
}
