use super::*;

fn check(text: &str, budget: usize) {
    let mut packing = Packing::new(text.to_string());
    let mut steps = 0;
    while !packing.step(budget) {
        steps += 1;
        assert!(steps <= text.len() + 1);
    }
    assert_eq!(packing.waits(), 0);
    let packed = packing.finish();
    assert_eq!((packed.text, packed.units), (text.len(), packed.body.encode_utf16().count()));
    assert_eq!(packed.check, crate::domain::checksum::checksum(packed.body.as_bytes()));
    assert!(packed.body.chars().all(|c| ('\u{3001}'..='\u{B000}').contains(&c) && !c.is_whitespace()));
    assert_eq!(unpack(&packed.body, packed.bytes).as_deref(), Ok(text));
    // Whatever is said of how much comes of it.
    for said in [0, text.len() / 2, text.len(), usize::MAX] {
        let mut unpacking = Unpacking::new(&packed.body, packed.bytes, said).expect("a body");
        let mut longest = 0;
        loop {
            let made = unpacking.made;
            let done = unpacking.step(&packed.body, budget).expect("what was packed");
            longest = longest.max(unpacking.made - made);
            if done {
                break;
            }
        }
        assert!(longest <= budget.max(1024), "{longest} of {budget}");
        assert_eq!(unpacking.finish().as_deref(), Ok(text));
    }
    let mut cut = packed.body.clone();
    cut.pop();
    assert_eq!(unpack(&cut, packed.bytes), Err(NotUnpacked::Torn));
}

#[test]
fn what_was_packed_is_unpacked() {
    let long: String =
        (0..3_000u64).map(|n| format!("{:x} €\u{1F980}\n", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    for text in ["", "a", "ab", "\u{0}\u{FFFF}", long.as_str()] {
        for budget in [1_000, 40_000, usize::MAX] {
            check(text, budget);
        }
    }
    check(&"x".repeat(100_000), 7_777);
}

#[test]
fn the_same_in_slices_as_at_once() {
    let text: String = (0..20_000u64).map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40).to_string()).collect();
    let whole = Packing::new(text.clone()).finish();
    let mut slices = Packing::new(text);
    while !slices.step(999) {}
    assert_eq!(slices.finish(), whole);
}

#[test]
fn the_same_in_pieces_as_at_once() {
    let text: String = (0..5_000u64).map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40).to_string()).collect();
    let whole = Packing::new(text.clone()).finish();
    for (piece, budget) in [(1usize, 1usize), (1_000, 7), (7, 1_000), (40_000, 40_000)] {
        let mut pieces = Packing::in_pieces();
        for piece in text.as_bytes().chunks(piece) {
            pieces.feed(std::str::from_utf8(piece).expect("digits"));
            assert!(!pieces.step(budget), "nobody said that this is all");
        }
        pieces.end();
        pieces.feed("too late");
        while !pieces.step(budget) {}
        let pieces = pieces.finish();
        assert_eq!((pieces.text, unpack(&pieces.body, pieces.bytes)), (whole.text, Ok(text.clone())));
    }
}

#[test]
fn what_inflates_to_too_much_is_stopped() {
    let bomb = Packing::new("\0".repeat(Limit::File.most() + 1)).finish();
    assert!(matches!(unpack(&bomb.body, bomb.bytes), Err(NotUnpacked::TooMuch(_))));
}

#[test]
fn a_foreign_character_is_told() {
    assert_eq!(unpack("\u{3000}", 1), Err(NotUnpacked::Torn));
    assert_eq!(unpack("\u{B001}", 1), Err(NotUnpacked::Torn));
    assert_eq!(unpack("a", 1), Err(NotUnpacked::Torn));
    assert_eq!(unpack("", usize::MAX), Err(NotUnpacked::Torn));
}
