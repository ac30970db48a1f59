//! A line of JSON that tells when it was cut or changed: its last member is the checksum of all that stands before it.

use crate::domain::checksum::checksum;

const SEAL: &str = ",\"seal\":\"";

/// Seals an object that has members.
pub fn seal(json: &str) -> String {
    let open = json.strip_suffix('}').unwrap_or(json);
    format!("{open}{SEAL}{}\"}}", checksum(open.as_bytes()))
}

/// The object without its seal; `None`: it was cut or changed.
pub fn open(line: &str) -> Option<String> {
    let (open, sum) = line.strip_suffix("\"}")?.rsplit_once(SEAL)?;
    (sum == checksum(open.as_bytes())).then(|| format!("{open}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_or_changed_is_told() {
        let sealed = seal(r#"{"a":"b"}"#);
        assert_eq!(sealed, r#"{"a":"b","seal":"0f1a9fb0"}"#.replace("0f1a9fb0", &checksum(br#"{"a":"b""#)));
        assert_eq!(open(&sealed).as_deref(), Some(r#"{"a":"b"}"#));
        for at in 0..sealed.len() {
            assert_eq!(open(&sealed[..at]), None);
            let mut changed = sealed.clone().into_bytes();
            changed[at] ^= 1;
            assert_eq!(open(&String::from_utf8(changed).expect("ASCII")), None, "{at}");
        }
    }
}
