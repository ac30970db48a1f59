//! Makes a file of one of the sorts that the tests of bounds know, or reads a file: for `scripts/work`, which counts instructions.
//!
//! `read_file sorts`, `read_file make <sort> <bytes>` (prints it), `read_file read <path>`.

#[path = "../tests/native/bounds/files.rs"]
mod files;

use chrono::{DateTime, Utc};
use restore_desk::interop::import::read;
use restore_desk::interop::own::{Own, recognise};
use restore_desk::interop::travel;
use restore_desk::workspace::envelope;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["sorts"] => files::all().iter().for_each(|maker| println!("{}", maker.name)),
        ["make", sort, bytes] => {
            let maker = files::all().into_iter().find(|m| m.name == *sort).expect("a sort that is known");
            print!("{}", maker.text(bytes.parse().expect("a number of bytes")));
        }
        ["read", path] => {
            let bytes = std::fs::read(path).expect("a file that can be read");
            let now = DateTime::<Utc>::from_timestamp(1_764_000_000, 0).expect("a time");
            let got = read(path, &bytes, now, |_| 0);
            match got.own_export.as_deref().map(|text| (text, recognise(text))) {
                Some((text, Some(Own::Plan))) => drop(travel::read_file(text)),
                Some((text, _)) => drop(envelope::read(text)),
                None => {}
            }
            println!("{} environments", got.inventory.map_or(0, |i| i.environments.len()));
        }
        _ => eprintln!("read_file sorts | make <sort> <bytes> | read <path>"),
    }
}
