//! The words of a line: plain ones, quoted texts, instants and spans of time.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

/// What is left of a line.
#[derive(Clone)]
pub struct Line {
    words: std::collections::VecDeque<Word>,
    pub context: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Word {
    text: String,
    quoted: bool,
}

impl Line {
    /// A `#` with a space behind it begins a remark.
    pub fn read(raw: &str, context: String) -> Self {
        let mut words = std::collections::VecDeque::new();
        let mut rest = raw.trim();
        while !rest.is_empty() && !rest.starts_with("# ") && rest != "#" {
            let (text, quoted, left) = match rest.strip_prefix('"') {
                Some(inner) => {
                    let (text, left) = inner.split_once('"').unwrap_or_else(|| panic!("{context}: no closing quote"));
                    (text.to_string(), true, left)
                }
                None => {
                    // `key="two words"` is one word.
                    let end = rest.find(' ').unwrap_or(rest.len());
                    match rest.find("=\"").filter(|at| *at < end) {
                        Some(at) => {
                            let (key, value) = (&rest[..at], &rest[at + 2..]);
                            let (value, left) = value.split_once('"').expect("no closing quote");
                            (format!("{key}={value}"), false, left)
                        }
                        None => (rest[..end].to_string(), false, &rest[end..]),
                    }
                }
            };
            words.push_back(Word { text, quoted });
            rest = left.trim_start();
        }
        Self { words, context }
    }

    #[track_caller]
    pub fn fail(&self, why: &str) -> ! {
        panic!("{}\n  {why}", self.context)
    }
    pub fn word_or_end(&mut self) -> Option<String> {
        self.words.pop_front().map(|w| w.text)
    }
    #[track_caller]
    pub fn word(&mut self) -> String {
        self.word_or_end().unwrap_or_else(|| self.fail("the line ends too early"))
    }
    /// The next word, if it is in quotation marks.
    pub fn quoted(&mut self) -> Option<String> {
        let quoted = self.words.front().is_some_and(|w| w.quoted);
        if quoted { self.word_or_end() } else { None }
    }
    /// Takes `word` if it is the next.
    pub fn take(&mut self, word: &str) -> bool {
        let next = self.words.front().is_some_and(|w| !w.quoted && w.text == word);
        if next {
            self.words.pop_front();
        }
        next
    }
    fn take_if(&mut self, fits: impl Fn(&str) -> bool) -> Option<String> {
        let next = self.words.front().is_some_and(|w| !w.quoted && fits(&w.text));
        if next { self.word_or_end() } else { None }
    }
    pub fn tag(&mut self) -> Option<String> {
        self.take_if(|w| w.starts_with('#'))
    }
    pub fn rule(&mut self) -> Option<String> {
        let is_rule = |w: &str| {
            let mut chars = w.chars();
            chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.all(|c| c.is_ascii_digit())
        };
        self.take_if(is_rule)
    }
    pub fn property(&mut self) -> Option<(String, String)> {
        let word = self.take_if(|w| w.contains('='))?;
        word.split_once('=').map(|(k, v)| (k.to_string(), v.to_string()))
    }
    #[track_caller]
    pub fn on(&mut self) -> bool {
        match self.word().as_str() {
            "on" => true,
            "off" => false,
            other => self.fail(&format!("`{other}` is not on or off")),
        }
    }
    pub fn replace(&mut self, from: &str, to: &str) {
        self.words.iter_mut().for_each(|w| w.text = w.text.replace(from, to));
    }
    /// What stands between the plain words `at`.
    pub fn split(&self, at: &str) -> Vec<Line> {
        let mut parts = vec![Line { words: Default::default(), context: self.context.clone() }];
        for word in &self.words {
            match !word.quoted && word.text == at {
                true => parts.push(Line { words: Default::default(), context: self.context.clone() }),
                false => parts.last_mut().unwrap().words.push_back(word.clone()),
            }
        }
        parts
    }
    pub fn skip(&mut self) {
        self.words.clear();
    }
    pub fn is_at_end(&self) -> bool {
        self.words.is_empty()
    }
    #[track_caller]
    pub fn end(&self) {
        if let Some(word) = self.words.front() {
            self.fail(&format!("`{}` is not understood", word.text));
        }
    }
}

/// `2026-01-08 00:00`, with seconds or without, UTC.
pub fn instant(text: &str) -> DateTime<Utc> {
    let read = |format| NaiveDateTime::parse_from_str(text, format).map(|t| t.and_utc());
    read("%Y-%m-%d %H:%M:%S").or_else(|_| read("%Y-%m-%d %H:%M")).unwrap_or_else(|_| panic!("`{text}` is no instant"))
}

/// `1d`, `2h30m`, `10m`, `1s`.
pub fn between(text: &str) -> TimeDelta {
    let mut total = TimeDelta::zero();
    let mut number = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        let n: i64 = number.parse().unwrap_or_else(|_| panic!("`{text}` is no span of time"));
        number.clear();
        total += match c {
            'd' => TimeDelta::days(n),
            'h' => TimeDelta::hours(n),
            'm' => TimeDelta::minutes(n),
            's' => TimeDelta::seconds(n),
            _ => panic!("`{text}` is no span of time"),
        };
    }
    assert!(number.is_empty(), "`{text}` ends without a unit");
    total
}

/// An instant on a line: `2026-01-08 00:00`, `now`, or `+1d`, `-7d` from `now`.
#[track_caller]
pub fn moment(line: &mut Line, now: DateTime<Utc>) -> DateTime<Utc> {
    let word = line.word();
    match word.split_at(1) {
        _ if word == "now" => now,
        ("+", by) => now + between(by),
        ("-", by) => now - between(by),
        _ => instant(&format!("{word} {}", line.word())),
    }
}
