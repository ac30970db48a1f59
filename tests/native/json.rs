//! The app's own reader of JSON says what `serde_json` says: the same value, or the same words at the same place. Where a text breaks
//! off or goes wrong in what is only walked over, the words are those of what is read.

use restore_desk::domain::plan::Plan;
use restore_desk::json;
use restore_desk::workspace::Workspace;
use restore_desk::workspace::envelope;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Debug;

fn both<'a, T: Deserialize<'a> + PartialEq + Debug>(text: &'a str) {
    let own = json::read::<T>(text).map_err(|e| (e.to_string(), e.is_eof()));
    let other = serde_json::from_str::<T>(text).map_err(|e| (e.to_string(), e.is_eof()));
    assert_eq!(own, other, "{text}");
}

/// As [`both`], but for the words: how a number that does not fit is written out is another matter.
fn alike<'a, T: Deserialize<'a> + PartialEq + Debug>(text: &'a str) {
    assert_eq!(json::read::<T>(text).ok(), serde_json::from_str::<T>(text).ok(), "{text}");
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Whole {
    #[serde(default)]
    text: Option<String>,
    number: u8,
    one: One,
    #[serde(default)]
    many: Vec<f64>,
    #[serde(default)]
    by: BTreeMap<u32, bool>,
}

#[derive(Deserialize, PartialEq, Debug)]
enum One {
    Alone,
    Holds(i16),
    Pair(bool, String),
    Parts { a: char, b: () },
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Either {
    Number(i64),
    Words(Vec<String>),
}

#[test]
fn any_text_is_read_or_refused_as_by_the_other_reader() {
    let texts = [
        "",
        " ",
        "null",
        "nul",
        "nulL",
        "true",
        "tru",
        "fals",
        "\"",
        "\"a",
        "\"a\"",
        "\"a\" x",
        "\"\\n\\u00e4\\/\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ud83dx\"",
        "\"\\ud83d\\n\"",
        "\"\\ude00\"",
        "\"\\ud83d\\ud83d\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\q\"",
        "\"\\",
        "\"a\u{1}\"",
        "\"a\nb\"",
        "0",
        "-0",
        "-",
        "00",
        "01",
        "-01",
        "1.",
        "1.e5",
        "1.5",
        "-1.25e2",
        "1e",
        "1e+",
        "1e400",
        "12x",
        "18446744073709551615",
        "-9223372036854775808",
        "9007199254740993",
        "0.1",
        ".5",
        "+1",
        "[",
        "[]",
        "[ ]",
        "[1",
        "[1,",
        "[1,]",
        "[1 2]",
        "[1,2]",
        "[,]",
        "[}",
        "{",
        "{}",
        "{ }",
        "{]",
        "{1:2}",
        "{\"a\"",
        "{\"a\" 1}",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,2}",
        "{\"a\":[{\"b\":null}]}",
        "{\"a\":1}}",
        "\n\n [1,\n x]",
        "ä",
        "[\"ä\", ü]",
        "NaN",
        "Infinity",
        "'a'",
        "/",
        "\u{feff}1",
    ];
    for text in
        ["18446744073709551616", "-9223372036854775809", "1e-400", "12345678901234567890.5", "0.12345678901234567"]
    {
        both::<Value>(text);
        alike::<Option<u64>>(text);
    }
    for text in texts {
        alike::<Either>(text);
        both::<Value>(text);
        alike::<Option<u64>>(text);
        alike::<Vec<i32>>(text);
        alike::<BTreeMap<String, bool>>(text);
        alike::<(String, f64)>(text);
        alike::<One>(text);
        let (own, other) = (json::read::<IgnoredAny>(text), serde_json::from_str::<IgnoredAny>(text));
        assert_eq!(own.is_ok(), other.is_ok(), "{text}");
    }
}

#[test]
fn what_a_type_does_not_take_is_told_in_the_same_words() {
    let texts = [
        r#"{"text":"x","number":7,"one":"Alone","many":[1,2.5],"by":{"3":true}}"#,
        r#"{"number":7,"one":{"Holds":-3}}"#,
        r#"{"number":7,"one":{"Pair":[true,"b"]}}"#,
        r#"{"number":7,"one":{"Parts":{"a":"x","b":null}}}"#,
        r#"{"number":7,"one":"Holds"}"#,
        r#"{"number":7,"one":{"Alone":null}}"#,
        r#"{"number":7,"one":{"Alone":1}}"#,
        r#"{"number":7,"one":{"Holds":1,"Alone":null}}"#,
        r#"{"number":7,"one":{"Holds":1"#,
        r#"{"number":7,"one":{"Nobody":1}}"#,
        r#"{"number":7,"one":{"Pair":[true]}}"#,
        r#"{"number":7,"one":{"Pair":[true,"b",1]}}"#,
        r#"{"number":7,"one":3}"#,
        r#"{"number":256,"one":"Alone"}"#,
        r#"{"number":-1,"one":"Alone"}"#,
        r#"{"number":"7","one":"Alone"}"#,
        r#"{"number":7.5,"one":"Alone"}"#,
        r#"{"number":7,"number":8,"one":"Alone"}"#,
        r#"{"number":7}"#,
        r#"{"number":7  }"#,
        r#"{"number":7,"one":"Alone","more":1}"#,
        r#"{"number":null,"one":"Alone"}"#,
        r#"{"number":[1],"one":"Alone"}"#,
        r#"{"number":{},"one":"Alone"}"#,
        r#"{"number":true,"one":"Alone","text":false}"#,
        r#"{"text":5,"number":7,"one":"Alone"}"#,
        r#"{"number":7,"one":"Alone","by":{"4":1}}"#,
        r#"{"number":7,"one":"Alone","many":{"4":1}}"#,
        r#"{"number":7,"one":"Alone","many":[1,"2"]}"#,
        "7",
        "\"x\"",
    ];
    for text in texts {
        both::<Whole>(text);
    }
}

#[test]
fn what_stands_too_deep_is_refused_and_walked_over() {
    for depth in [126, 127, 128, 200] {
        both::<Value>(&("[".repeat(depth) + &"]".repeat(depth)));
        let object = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        both::<Value>(&object);
        assert!(json::read::<IgnoredAny>(&object).is_ok());
    }
}

#[test]
fn a_struct_is_no_list_of_its_fields() {
    let why = json::read::<Whole>("[null,7,\"Alone\"]").unwrap_err().to_string();
    assert_eq!(why, "invalid type: sequence, expected struct Whole at line 1 column 0");
}

/// Kept workspaces and plans, whole, cut off everywhere, and with a letter changed everywhere.
#[test]
fn what_is_stored_is_read_the_same_also_where_it_is_damaged() {
    let text = include_str!("../corpus/envelope/workspace.json");
    let inner = |text: &str, key: &str| serde_json::from_str::<Value>(text).map(|v| v[key].to_string()).unwrap();
    let workspace = inner(text, "workspace");
    damaged::<Workspace>(&workspace);
    let link = include_str!("../corpus/links/production.json");
    damaged::<Plan>(&inner(link, "plan"));
    assert!(envelope::read(text).is_ok());
}

fn damaged<T: for<'a> Deserialize<'a> + PartialEq + Debug>(text: &str) {
    assert_ne!(text, "null");
    assert!(json::read::<T>(text).is_ok());
    alike::<T>(text);
    let step = (text.len() / 120).max(1);
    for (at, _) in text.char_indices().step_by(step) {
        alike::<T>(&text[..at]);
        for put in ["\"", "}", "]", ",", "7", "x", "null", "\\"] {
            let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
            alike::<T>(&format!("{}{put}{}", &text[..at], &text[end..]));
        }
    }
}
