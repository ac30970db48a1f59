//! The names of files that are taken along: of which tenant, what, and of which day.

use chrono::NaiveDate;

/// The parts that are not empty and the day, in small letters and digits with hyphens between: `contoso-environments-2026-11-29`.
pub fn dated(parts: &[&str], day: NaiveDate) -> String {
    let words =
        parts.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    format!("{}-{}", words.join("-"), day.format("%Y-%m-%d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[&str], expect: &str) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 9).expect("a day");
        assert_eq!(dated(parts, day), format!("{expect}-2026-11-09"));
    }

    #[test]
    fn a_name_is_safe_in_every_file_system() {
        check(&["Contoso", "environments"], "contoso-environments");
        check(&["", "environments"], "environments");
        check(&["  Zürich (EU)/..\\x ", "targets"], "zürich-eu-x-targets");
        check(&["restore-desk", "---"], "restore-desk");
    }
}
