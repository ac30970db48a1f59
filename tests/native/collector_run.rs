//! The shell collector, run against a small server on this computer and an `az` of its own: patience, a refused token, being
//! stopped and going on. Each run is bounded in time. Without bash, curl and jq there is nothing to run, and the tests say so.

use crate::collector::{BASH, COLLECTION};
use restore_desk::interop::import::read;
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const ADMIN_TOKEN: &str = "admin-token-that-must-not-be-kept";
const API_TOKEN: &str = "api-token-that-must-not-be-kept";
/// Only Sandbox: one environment, so that a run is short.
const FEW: &[&str] = &["--kinds", "Sandbox"];
const UAT: &str = "5e0c0003-3b7a-4c21-9d10-0f00c0110003";
const LONGEST: Duration = Duration::from_secs(120);

/// What the server does with a request before it answers.
#[derive(Clone)]
enum First {
    /// Replies with this status, headers and body, so many times.
    Status(u16, &'static str, &'static str, usize),
    /// Lets the request wait.
    Hang,
}

#[derive(Default)]
struct State {
    /// What comes first at an address that contains the key.
    first: HashMap<String, First>,
    seen: Vec<String>,
}

struct Desk {
    dir: PathBuf,
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Desk {
    /// A folder, an `az` and a server. `None` where something that the script needs is not installed.
    fn new() -> Option<Self> {
        let there = |tool: &str| {
            Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
        };
        if !["bash", "curl", "jq", "awk"].iter().all(|t| there(t)) {
            eprintln!("not run: bash, curl, jq or awk is not installed");
            return None;
        }
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("restore-desk-collector-{}-{number}", std::process::id()));
        for part in ["bin", "tmp"] {
            fs::create_dir_all(dir.join(part)).unwrap();
        }
        fs::write(dir.join("collect.sh"), BASH).unwrap();
        let az = format!(
            "#!/bin/sh\ncase \"$*\" in\n*service.powerapps.com*) echo '{{\"accessToken\":\"{ADMIN_TOKEN}\",\"tenant\":\"7B1F3A52-90c4-4d8e-8a11-2f6d5c0e9b01\"}}' ;;\n*) if test -n \"$REFUSE\"; then echo 'AADSTS65001: ingrid.nordmann@northwind.example has not consented' >&2; exit 1; fi\necho '{{\"accessToken\":\"{API_TOKEN}\"}}' ;;\nesac\n"
        );
        let path = dir.join("bin/az");
        fs::write(&path, az).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let answers: Value = serde_json::from_str(include_str!("../data/collector-answers.json")).unwrap();
        let shared = Arc::clone(&state);
        // The thread ends with the tests.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, port, &answers, &shared);
            }
        });
        Some(Self { dir, port, state })
    }

    fn first(&self, at: &str, what: First) {
        self.state.lock().unwrap().first.insert(at.to_string(), what);
    }

    fn seen(&self) -> Vec<String> {
        self.state.lock().unwrap().seen.clone()
    }

    fn path(&self) -> PathBuf {
        self.dir.join("out.json")
    }

    fn start(&self, more: &[&str], refuse: bool) -> Child {
        let host = format!("http://127.0.0.1:{}", self.port);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let bin = std::env::join_paths(
            [self.dir.join("bin")].into_iter().chain(std::env::split_paths(&path).collect::<Vec<_>>()),
        );
        let mut command = Command::new("bash");
        command.arg(self.dir.join("collect.sh")).arg("--path").arg(self.path());
        command.args(["--admin-host", &host, "--powerplatform-host", &host]).args(more);
        command.env("PATH", bin.unwrap()).env("TMPDIR", self.dir.join("tmp"));
        if refuse {
            command.env("REFUSE", "1");
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn run(&self, more: &[&str], refuse: bool) -> Output {
        let mut child = self.start(more, refuse);
        let begun = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if begun.elapsed() > LONGEST {
                child.kill().unwrap();
                panic!("the script did not end");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        child.wait_with_output().unwrap()
    }

    #[track_caller]
    fn good(&self, more: &[&str], refuse: bool) -> Value {
        let output = self.run(more, refuse);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        self.written()
    }

    #[track_caller]
    fn written(&self) -> Value {
        let text = fs::read_to_string(self.path()).unwrap();
        for secret in [ADMIN_TOKEN, API_TOKEN, "Nordmann", "nordmann"] {
            assert!(!text.contains(secret), "{secret} is in the file");
        }
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"))
    }

    /// Waits until a request was seen.
    fn until(&self, at: &str) {
        let begun = Instant::now();
        while !self.seen().iter().any(|s| s.contains(at)) {
            assert!(begun.elapsed() < LONGEST, "{at} was never asked for");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn nothing_is_left(&self) {
        let left: Vec<_> = fs::read_dir(self.dir.join("tmp")).unwrap().flatten().map(|f| f.path()).collect();
        assert!(left.is_empty(), "{left:?}");
        let beside: Vec<_> = fs::read_dir(&self.dir).unwrap().flatten().map(|f| f.file_name()).collect();
        assert_eq!(beside.len(), 4, "nothing but the one file is written: {beside:?}");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn serve(mut stream: TcpStream, port: u16, answers: &Value, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    let mut head = Vec::new();
    while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
        head.push(std::mem::take(&mut line));
    }
    let Some(request) = head.first() else { return };
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().to_string());
    let token = if path.contains("BusinessAppPlatform") { ADMIN_TOKEN } else { API_TOKEN };
    let known = head.iter().any(|h| h.trim().eq_ignore_ascii_case(&format!("authorization: bearer {token}")));
    let mut reply = |status: u16, headers: &str, body: &str| {
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 {status} x\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
        );
    };
    let mut held = state.lock().unwrap();
    held.seen.push(path.clone());
    if method != "GET" || !known {
        return reply(418, "", "{\"message\":\"not a reading request, or with the wrong token\"}");
    }
    let key = held.first.keys().find(|k| path.contains(*k)).cloned();
    match key.and_then(|k| held.first.get_mut(&k)) {
        Some(First::Status(status, headers, body, times)) if *times > 0 => {
            *times -= 1;
            reply(*status, headers, body);
            return;
        }
        Some(First::Hang) => {
            drop(held);
            std::thread::sleep(Duration::from_secs(3));
            return;
        }
        _ => {}
    }
    drop(held);
    match answers.get(&path) {
        Some(answer) => reply(200, "", &answer.to_string().replace("{host}", &format!("http://127.0.0.1:{port}"))),
        None => reply(404, "", &format!("{{\"error\":{{\"code\":\"NotFound\",\"message\":\"nothing at {path}\"}}}}")),
    }
}

/// Every question with its status, and with its error where there is one.
fn outcomes(file: &Value) -> Vec<(String, String, String)> {
    let text = |q: &Value, key: &str| q[key].as_str().unwrap_or_default().to_string();
    file["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|q| (text(q, "ask"), text(q, "status"), text(q, "error")))
        .collect()
}

#[track_caller]
fn all_answered(file: &Value) {
    let not: Vec<_> = outcomes(file).into_iter().filter(|(_, status, _)| status != "answered").collect();
    assert!(not.is_empty(), "{not:?}");
}

/// The file without its times.
fn timeless(file: &Value) -> Value {
    let mut file = file.clone();
    for key in ["started", "finished"] {
        file[key] = Value::Bool(file[key].is_string());
    }
    for question in file["questions"].as_array_mut().unwrap() {
        question["asked"] = Value::Null;
    }
    file
}

#[test]
fn the_whole_file() {
    let Some(desk) = Desk::new() else { return };
    let written = desk.good(&[], false);
    let kept: Value = serde_json::from_str(COLLECTION).unwrap();
    assert_eq!(timeless(&written), timeless(&kept), "tests/data/collection.json is what the script writes");
    desk.nothing_is_left();
    // Finished, it has nothing left to ask.
    let before = desk.seen().len();
    desk.good(&[], false);
    assert_eq!(desk.seen().len(), before);
}

#[test]
fn it_is_patient_and_renews_its_sign_in() {
    let Some(desk) = Desk::new() else { return };
    desk.first("tenantCapacity", First::Status(429, "Retry-After: 1\r\n", "{}", 2));
    desk.first("environmentGroups?", First::Status(401, "", "{}", 1));
    desk.first("deletedEnvironments", First::Status(503, "Retry-After: 1\r\n", "busy", 1));
    desk.first(
        "restoreCandidates",
        First::Status(
            403,
            "",
            "{\"error\":{\"code\":\"Forbidden\",\"message\":\"ada@northwind.example may not\\nread this\"}}",
            1,
        ),
    );
    let written = desk.good(FEW, false);
    let failed: Vec<_> = outcomes(&written).into_iter().filter(|(_, status, _)| status != "answered").collect();
    assert_eq!(failed, [("candidates".into(), "failed".into(), "HTTP 403: (a person) may not read this".to_string())]);
    assert_eq!(desk.seen().iter().filter(|s| s.contains("tenantCapacity")).count(), 3);
    // What failed is asked again, and nothing else.
    let before = desk.seen().len();
    let again = desk.good(FEW, false);
    assert_eq!(desk.seen().len(), before + 1);
    assert_eq!(outcomes(&again).last().unwrap().1, "answered");
}

#[test]
fn a_refused_second_token_is_written_down_and_not_fatal() {
    let Some(desk) = Desk::new() else { return };
    let written = desk.good(FEW, true);
    let outcomes = outcomes(&written);
    let of = |ask: &str| outcomes.iter().find(|(a, ..)| a == ask).cloned().unwrap();
    assert_eq!(of("environments").1, "answered");
    assert_eq!(of("deleted").1, "answered");
    assert_eq!(of("capacity").1, "failed");
    assert_eq!(of("capacity").2, "no token: AADSTS65001: (a person) has not consented");
    assert_eq!(of("candidates").1, "skipped");
    assert!(desk.seen().iter().all(|s| s.contains("BusinessAppPlatform")));
    let text = fs::read(desk.path()).unwrap();
    // The times in the file are of this run.
    let read = read("out.json", &text, "2100-01-01T00:00:00Z".parse().unwrap(), |_| 0);
    assert_eq!(read.inventory.unwrap().environments.len(), 8);
    assert!(read.findings.iter().any(|f| f.value.contains("AADSTS65001")));
    // With consent, the rest comes.
    let again = desk.good(FEW, false);
    assert!(outcomes_of(&again, "candidates").contains(&"answered".to_string()));
}

fn outcomes_of(file: &Value, ask: &str) -> Vec<String> {
    outcomes(file).into_iter().filter(|(a, ..)| a == ask).map(|(_, status, _)| status).collect()
}

#[test]
fn killed_in_the_middle_it_goes_on_where_it_stopped() {
    let Some(desk) = Desk::new() else { return };
    desk.first("tenantCapacity", First::Hang);
    let mut child = desk.start(FEW, false);
    desk.until("tenantCapacity");
    child.kill().unwrap();
    child.wait().unwrap();
    desk.state.lock().unwrap().first.clear();
    // As if it had been killed while it wrote: the last line is half there.
    let text = fs::read_to_string(desk.path()).unwrap();
    fs::write(desk.path(), format!("{text},\n{{\"ask\":\"capacity\",\"of\":null,\"ser")).unwrap();
    let before = desk.seen().len();
    let written = desk.good(FEW, false);
    all_answered(&written);
    assert!(!desk.seen()[before..].iter().any(|s| s.contains("scopes/admin/environments")), "not asked again");
    assert_eq!(outcomes_of(&written, "environments").len(), 1);
    assert_eq!(outcomes_of(&written, "capacity").len(), 1);
    assert!(written["finished"].is_string());
}

#[test]
fn stopped_in_good_order_the_file_is_whole() {
    let Some(desk) = Desk::new() else { return };
    desk.first(&format!("{UAT}/restoreCandidates"), First::Hang);
    let mut child = desk.start(FEW, false);
    desk.until("restoreCandidates");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    child.wait().unwrap();
    let written = desk.written();
    assert!(written["finished"].is_null());
    assert!(!outcomes(&written).is_empty());
    desk.nothing_is_left();
    desk.state.lock().unwrap().first.clear();
    let written = desk.good(FEW, false);
    assert!(outcomes_of(&written, "candidates").contains(&"answered".to_string()));
}

#[test]
fn it_writes_over_no_file_of_somebody_else() {
    let Some(desk) = Desk::new() else { return };
    let check = |text: &str, more: &[&str], words: &str| {
        fs::write(desk.path(), text).unwrap();
        let output = desk.run(more, false);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(words), "{said}");
        assert_eq!(fs::read_to_string(desk.path()).unwrap(), text);
    };
    check("my notes\n", &[], "is no file of this script");
    check("", &[], "is no file of this script");
    let other = COLLECTION.replace("7b1f3a52", "0b1f3a52");
    check(&other, &[], "of another tenant or cloud");
    check(COLLECTION, &["--endpoint", "moon"], "--endpoint is one of");
    check(COLLECTION, &["--kinds", "Sandbox;rm"], "--kinds are words");
    check(COLLECTION, &["--powerplatform-host", "http://example.org"], "this is no host name");
    assert!(desk.seen().is_empty(), "nothing was asked");
    assert!(Path::new(&desk.dir).exists());
}
