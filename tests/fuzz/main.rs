//! The entries of the fuzzer, over its corpus and over what a seed makes of that. `cargo xtask fuzz --target NAME` goes on for as long
//! as one likes, and looks which code a change of the input reaches.

// In tests a surprise ends the test.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/disk.rs"]
mod disk;
mod entries;
mod mutate;

use entries::{Asked, ENTRIES};
use mutate::Mutator;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus").join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file")).collect()
}

/// Gives an entry its corpus, asking everything, and as many inputs `made` of it.
fn feed(name: &str, made: usize) {
    let (_, entry) = *ENTRIES.iter().find(|(other, _)| *other == name).expect("there is such an entry");
    let corpus = corpus(name);
    assert!(corpus.len() > 1, "{name} has no corpus");
    let mut mutator = Mutator::new(0x6b6c_6f74_686f ^ name.len() as u64);
    let made = (0..made).map(|_| (mutator.made_of(&corpus), Asked::Few));
    let whole = corpus.iter().map(|input| (input.clone(), Asked::All));
    for (input, asked) in whole.chain(made) {
        let done = catch_unwind(|| entry(&input, asked));
        assert!(done.is_ok(), "{name} fails on b\"{}\"", input.escape_ascii());
    }
}

#[test]
fn annotations_take_anything() {
    feed("annotations", 600);
}

#[test]
fn bodies_take_anything() {
    feed("bodies", 600);
}

#[test]
fn configuration_takes_anything() {
    feed("configuration", 600);
}

#[test]
fn patterns_take_anything() {
    feed("patterns", 240);
}

#[test]
fn price_lists_take_anything() {
    feed("prices", 2_000);
}

#[test]
fn frames_take_anything() {
    feed("frames", 5_000);
}

#[test]
fn edits_lead_where_a_fresh_start_leads() {
    feed("edits", 300);
}
