use super::*;

/// A queue is told in letters: `+a` set, `-a` remove, `^a` set first; the batches that it gives are told the same way.
fn filled(jobs: &str) -> Queue<()> {
    let mut queue = Queue::default();
    for job in jobs.split_whitespace() {
        match job.split_at(1) {
            ("+", key) => queue.set(key, ()),
            ("^", key) => queue.set_first(key, ()),
            (_, key) => queue.remove(key),
        }
    }
    queue
}

fn told(batch: &[QueuedJob<()>]) -> String {
    let words: Vec<String> =
        batch.iter().map(|e| format!("{}{}", if e.job == Job::Remove { "-" } else { "+" }, e.key)).collect();
    words.join(" ")
}

/// Everything that a queue does while the keys of `full` have no room: each transaction in turn, refused ones in brackets.
fn run(queue: &mut Queue<()>, full: &[&str]) -> String {
    let mut said = Vec::new();
    for _ in 0..100 {
        let batch = queue.take(Take::Next);
        if batch.is_empty() {
            break;
        }
        if batch.iter().any(|e| e.job != Job::Remove && full.contains(&e.key.as_str())) {
            said.push(format!("[{}]", told(&batch)));
            queue.refused(batch, NoSecond::Full);
        } else {
            said.push(told(&batch));
            queue.done(&batch);
        }
    }
    said.join(" | ")
}

#[track_caller]
fn check(jobs: &str, full: &[&str], expect: &str) {
    assert_eq!(run(&mut filled(jobs), full), expect);
}

#[test]
fn what_waits_goes_together_and_in_order() {
    check("", &[], "");
    check("+a +b -c", &[], "+a +b -c");
    check("+a -a", &[], "-a");
    check("-a +a", &[], "+a");
    check("+b -c ^a", &[], "+a +b -c");
}

#[test]
fn what_has_no_room_holds_up_no_other_text_but_every_removal() {
    check("+a +b -c +d", &["a"], "[+a +b -c +d] | [+a] | +b | +d");
    check("+a +b", &["b"], "[+a +b] | +a | [+b]");
    check("+a", &["a"], "[+a]");
    check("-c +a", &["a"], "[-c +a] | -c | [+a]");
}

#[test]
fn it_is_tried_again_when_asked() {
    let mut queue = filled("+a -c");
    run(&mut queue, &["a"]);
    assert_eq!((queue.counts().failed, queue.why()), (1, Some(&NoSecond::Full)));
    assert_eq!(queue.take(Take::Next), []);
    let again = queue.take(Take::Again);
    assert_eq!(told(&again), "+a -c");
    queue.done(&again);
    assert_eq!(queue.counts(), Counts { pending: 0, confirmed: 2, failed: 0 });
    assert_eq!(queue.why(), None);
    assert!(queue.knows("a") && !queue.knows("c"));
}

#[test]
fn a_removal_makes_a_text_without_room_needless() {
    let mut queue = filled("+a");
    run(&mut queue, &["a"]);
    queue.remove("a");
    assert_eq!(run(&mut queue, &["a"]), "-a");
    assert_eq!(queue.why(), None);
}

#[test]
fn a_strange_refusal_is_tried_three_times() {
    let mut queue = filled("+a");
    for failed in [0, 0, 1] {
        let batch = queue.take(Take::Next);
        queue.refused(batch, NoSecond::Other("disk".into()));
        assert_eq!(queue.counts().failed, failed);
    }
    assert_eq!(queue.take(Take::Next), []);
}

#[test]
fn what_is_confirmed_and_not_held_is_not_believed() {
    let mut queue = filled("+a +b -c");
    let batch = queue.take(Take::Next);
    queue.read_back(batch, &[true, false, true]);
    assert_eq!((queue.knows("a"), queue.knows("b"), queue.counts().pending), (true, false, 1));
    for _ in 0..2 {
        let batch = queue.take(Take::Next);
        assert_eq!(told(&batch), "+b");
        queue.read_back(batch, &[]);
    }
    assert_eq!((queue.why(), queue.counts().failed), (Some(&NoSecond::NotReadBack), 1));
    let again = queue.take(Take::Again);
    queue.read_back(again, &[true]);
    assert_eq!((queue.why(), queue.knows("b"), queue.counts().confirmed), (None, true, 3));
    // What was found to be there is not believed any more where it is gone.
    queue.learned(["d".to_string()]);
    queue.set("d", ());
    let batch = queue.take(Take::Next);
    queue.read_back(batch, &[false]);
    assert!(!queue.knows("d"));
}

#[test]
fn one_transaction_at_a_time_unless_the_page_ends() {
    let mut queue = filled("+a");
    let first = queue.take(Take::Next);
    queue.set("b", ());
    queue.remove("c");
    assert_eq!(queue.take(Take::Next), []);
    let last = queue.take(Take::Writes);
    assert_eq!(told(&last), "+b", "nothing is removed while it is unsure whether +a succeeds");
    queue.unanswered(first);
    queue.done(&last);
    assert_eq!(run(&mut queue, &[]), "+a -c");
}

#[test]
fn what_was_decided_meanwhile_is_newer_than_what_comes_back() {
    let mut queue = filled("+a +b");
    let batch = queue.take(Take::Next);
    queue.remove("a");
    queue.unanswered(batch);
    assert_eq!(run(&mut queue, &[]), "+b -a");
    assert!(!queue.waits_for("a"));
}

#[test]
fn without_a_second_copy_removals_are_remembered_and_texts_are_not_held_twice() {
    let mut queue = filled("+a -b");
    queue.drop_writes();
    queue.set_first("a", ());
    assert_eq!(run(&mut queue, &[]), "+a -b");
}

#[test]
fn many_go_in_several_transactions_and_a_removal_waits_for_all_of_them() {
    let mut queue = Queue::default();
    for i in 0..100 {
        queue.set(&i.to_string(), ());
    }
    queue.remove("old");
    let first = queue.take(Take::Next);
    assert_eq!(first.len(), BATCH);
    queue.done(&first);
    let second = queue.take(Take::Next);
    assert_eq!(second.len(), 100 - BATCH + 1);
    assert_eq!(second.last().map(|e| e.key.as_str()), Some("old"));
}
