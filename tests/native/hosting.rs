//! One policy: it is written in `index.html`, and everything else that says it (the files for hosts, the documents) says the
//! same, with the one directive that a page cannot say of itself.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

const META: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// The policy of the page.
fn policy() -> String {
    let page = file("index.html");
    let (_, after) = page.split_once(META).expect("index.html has a policy");
    after.split_once('"').expect("it ends").0.to_string()
}

/// The policy of a header.
fn header() -> String {
    format!("{}; frame-ancestors 'none'", policy())
}

/// What is sent for a path: every rule that matches, values of the same header joined as Cloudflare joins them.
fn sent(path: &str) -> BTreeMap<String, String> {
    let rules = file("public/hosting/_headers");
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    let mut holds = false;
    for line in rules.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        assert!(line.len() < 2000, "Cloudflare reads at most 2,000 characters of a line");
        match line.strip_prefix("  ") {
            None => {
                holds = match line.split_once('*') {
                    Some((start, end)) => path.starts_with(start) && path.ends_with(end),
                    None => path == line,
                };
            }
            Some(rule) if holds => {
                let (name, value) = rule.split_once(": ").expect("a name and a value");
                headers
                    .entry(name.to_lowercase())
                    .and_modify(|old| *old = format!("{old}, {value}"))
                    .or_insert_with(|| value.into());
            }
            Some(_) => {}
        }
    }
    headers
}

/// What Azure Static Web Apps send: the headers for all, and those of the first rule that matches.
fn sent_by_azure(path: &str) -> BTreeMap<String, String> {
    let config: Value = serde_json::from_str(&file("public/hosting/staticwebapp.config.json")).expect("it is JSON");
    let mut headers = BTreeMap::new();
    let mut add = |of: &Value| {
        for (name, value) in of.as_object().expect("headers") {
            headers.insert(name.to_lowercase(), value.as_str().expect("a text").to_string());
        }
    };
    add(&config["globalHeaders"]);
    for rule in config["routes"].as_array().expect("rules") {
        let (start, ends) = rule["route"].as_str().and_then(|r| r.split_once("*.")).expect("a wildcard");
        let mut ends = ends.trim_matches(['{', '}']).split(',');
        if path.starts_with(start) && ends.any(|end| path.ends_with(&format!(".{end}"))) {
            add(&rule["headers"]);
            break;
        }
    }
    headers
}

#[test]
fn the_policy_comes_first_in_the_page() {
    let page = file("index.html");
    let head = page.split_once("<head>").expect("a head").1;
    let before = head.split_once(META).expect("a policy").0.trim();
    assert!(before.is_empty() || (before.starts_with("<!--") && before.ends_with("-->") && !before.contains("<l")));
    assert!(
        page.find("<meta charset").is_some_and(|at| at < 1024),
        "the encoding has to stand in the first 1,024 bytes"
    );
}

#[test]
fn the_policy_allows_what_the_app_needs_and_no_more() {
    let policy = policy();
    for part in ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'"] {
        assert!(policy.split("; ").any(|directive| directive == part), "{part} is missing in: {policy}");
    }
    // Beside the sheet only the style that stands in the page; that it is the hash of that, a browser says (e2e/door.spec.ts).
    let style = policy.split("; ").find_map(|directive| directive.strip_prefix("style-src 'self' 'sha256-"));
    assert!(style.is_some_and(|hash| hash.len() == 45 && hash.ends_with("='")), "one style is allowed in: {policy}");
    for word in ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*", "frame-ancestors"] {
        assert!(!policy.contains(word), "{word} in: {policy}");
    }
}

#[test]
fn every_host_is_told_the_same() {
    for path in
        ["/", "/index.html", "/app-1234.css", "/boot-1234.js", "/restore-desk-1234_bg.wasm", "/collector/x.ps1.txt"]
    {
        for headers in [sent(path), sent_by_azure(path)] {
            let is = |name: &str, value: &str| assert_eq!(headers.get(name).map(String::as_str), Some(value), "{path}");
            is("content-security-policy", &header());
            is("x-content-type-options", "nosniff");
            is("x-frame-options", "DENY");
            is("referrer-policy", "no-referrer");
        }
    }
}

#[test]
fn what_never_changes_is_kept_for_ever_and_the_page_never() {
    let for_ever = "public, max-age=31536000, immutable";
    for path in ["/app-1234.css", "/boot-1234.js", "/restore-desk-1234.js", "/restore-desk-1234_bg.wasm"] {
        assert_eq!(sent(path)["cache-control"], for_ever, "{path}");
        assert_eq!(sent_by_azure(path)["cache-control"], for_ever, "{path}");
    }
    for path in ["/", "/index.html"] {
        assert_eq!(sent(path)["cache-control"], "no-cache", "{path}");
        assert_eq!(sent_by_azure(path)["cache-control"], "no-cache", "{path}");
    }
    // Its name stays when its text changes.
    assert!(!sent("/collector/x.ps1.txt").contains_key("cache-control"));
    assert_eq!(sent_by_azure("/collector/x.ps1.txt")["cache-control"], "no-cache");
}

#[test]
fn the_files_for_hosts_go_with_the_build() {
    let page = file("index.html");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/hosting");
    for entry in fs::read_dir(folder).expect("the folder").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        assert!(page.contains(&format!("rel=\"copy-file\" href=\"public/hosting/{name}\"")), "{name} is not copied");
        assert!(file("docs/HOSTING.md").contains(&name), "{name} is not in docs/HOSTING.md");
    }
}

#[test]
fn documents_and_the_test_server_say_no_policy_of_their_own() {
    let says =
        |name: &str| file(name).lines().filter(|l| l.contains("default-src")).map(str::to_string).collect::<Vec<_>>();
    let hosting = says("docs/HOSTING.md");
    assert!(!hosting.is_empty() && hosting.iter().all(|line| line.contains(&header())), "{hosting:?}");
    for name in ["README.md", "docs/SECURITY.md", "docs/BUILDING.md", "e2e/server.mjs"] {
        assert_eq!(says(name), Vec::<String>::new(), "{name} repeats the policy");
    }
}

#[test]
fn the_texts_that_are_one_click_away_are_up_to_date() {
    assert_eq!(file("public/legal/LICENSE.txt"), file("LICENSE"));
    assert_eq!(file("public/legal/CHANGELOG.txt"), file("CHANGELOG.md"));
    let (notices, lock) = (file("public/legal/NOTICES.txt"), file("Cargo.lock"));
    let version = |name: &str| {
        let entry = lock.split("[[package]]").find(|entry| entry.contains(&format!("name = \"{name}\"\n")))?;
        entry.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_string))
    };
    // What is linked into the page, by the notices themselves, is what the lock file says.
    let named: Vec<&str> = notices.lines().filter(|line| line.contains(": ") && line.contains(' ')).collect();
    for name in ["leptos", "wasm-bindgen", "serde", "gloo-storage", "chrono", "miniz_oxide", "serde_json"] {
        let version = version(name).unwrap_or_else(|| panic!("{name} is not in Cargo.lock"));
        let line = format!("{name} {version}: ");
        assert!(named.iter().any(|l| l.starts_with(&line)), "run scripts/notices.mjs: {line:?} is not named");
    }
}
