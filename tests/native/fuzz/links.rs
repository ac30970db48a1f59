//! Any text as a plan that travels: as a file, as a link, and as what is packed in a link whose checksum is right.

use super::{Came, ensure, same, shape, words};
use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::checksum::checksum;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::plan::foreign_changed;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::commands::{Shell, script};
use restore_desk::interop::runbook::markdown;
use restore_desk::interop::travel::{Came as By, LONGEST_JSON, LONGEST_LINK, Parcel, Refused, file, is_plan, link};
use restore_desk::interop::travel::{read_file, read_link};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap()
}

/// A link that carries any text, with the right checksum.
fn sealed(text: &str) -> String {
    format!("1.{}.{text}", checksum(text.as_bytes()))
}

fn carried(json: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let packed = miniz_oxide::deflate::compress_to_vec(json.as_bytes(), 1);
    let (mut held, mut count, mut text) = (0u32, 0, String::new());
    for byte in packed {
        held = held << 8 | u32::from(byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            text.push(char::from(ALPHABET[(held >> count & 63) as usize]));
        }
    }
    if count > 0 {
        text.push(char::from(ALPHABET[(held << (6 - count) & 63) as usize]));
    }
    sealed(&text)
}

pub fn look(bytes: &[u8]) -> Came {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_end_matches('\n');
    let as_file = read_file(text);
    let link = carried(text);
    if text.len() <= LONGEST_JSON && link.len() <= LONGEST_LINK {
        same("a link is read otherwise than its file", &read_link(&link), &as_file)?;
    }
    let as_link = read_link(text);
    let behind = text.splitn(3, '.').nth(2).unwrap_or(text);
    let mended = read_link(&sealed(behind));
    ensure(as_link.is_err() || as_link == mended, || "a link with a wrong checksum was read".into())?;
    let mut told = Vec::new();
    for came in [&as_file, &as_link, &mended] {
        match came {
            Ok(parcel) => {
                arrived(parcel)?;
                told.push(format!("{:?}", parcel.plan.steps.iter().map(|s| &s.id).collect::<Vec<_>>()));
            }
            Err(refused) => {
                let says = refused.to_string();
                let help = refused.help(By::Link).len() + refused.help(By::File).len();
                ensure(!says.is_empty() && help > 0, || format!("{refused:?} says nothing"))?;
                let how = if let Refused::Contradicts(how) = refused { words(how) } else { words(&says) };
                told.push(how);
            }
        }
    }
    ensure(as_file.is_err() || is_plan(text) || !text.trim_start().starts_with('{'), || {
        "a plan is not recognised".into()
    })?;
    Ok(shape(told))
}

/// What is shown of a plan, and that it can be sent on as it is.
fn arrived(parcel: &Parcel) -> Result<(), String> {
    let again = file(parcel).ok_or("a plan that was read cannot be written")?;
    if again.len() <= LONGEST_JSON {
        same("a plan that was read is read differently when it is sent on", &read_file(&again), &Ok(parcel.clone()))?;
    }
    if let Ok(link) = link(parcel) {
        same("a link of what was read is read differently", &read_link(&link), &Ok(parcel.clone()))?;
    }
    let _ =
        foreign_changed(Moment::new(Edition::default_edition(), &Tenant::default(), now()), &parcel.plan, |_| false);
    let _ = markdown(&parcel.plan, None, |_| false);
    for shell in Shell::ALL {
        let _ = script(&parcel.plan, shell, None);
    }
    Ok(())
}
