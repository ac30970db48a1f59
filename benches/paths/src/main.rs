//! Walks one of the hottest paths once, for a tool that counts instructions, or prints a tenant's list or the names of the paths.
//!
//! `paths walk <path> <environments>`, `paths list <environments>`, `paths names`.

use paths::shared::{NAMES, counted, prepare};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["walk", name, environments] if NAMES.contains(name) => {
            let mut input = prepare(name, environments.parse().expect("a number of environments"));
            println!("{}", counted(name, &mut input));
        }
        ["list", environments] => {
            print!("{}", paths::list::list(environments.parse().expect("a number of environments")))
        }
        ["names"] => NAMES.iter().for_each(|name| println!("{name}")),
        _ => eprintln!("paths walk <path> <environments> | list <environments> | names"),
    }
}
