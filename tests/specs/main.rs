//! Specifications that run: every rule of `docs/klotho-reference.md` as a sentence, the smallest project and what the graph
//! says of it. `tests/specs/README.md` tells how to read and write them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where it cannot go on")]

mod runner;
mod schemas;

use runner::{coverage, spec};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/specs")
}

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

#[test]
fn every_case_holds() {
    let specs = spec::all(&folder());
    let cases: usize = specs.iter().map(|spec| spec.cases.len()).sum();
    assert!(cases > 0, "there are no specifications");
    let failures: Vec<_> = specs.iter().flat_map(|spec| spec.check()).collect();
    assert!(failures.is_empty(), "{} of {cases} cases failed:\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_rule_has_a_case_or_a_reason() {
    let rules = coverage::rules(&[docs("klotho-reference.md"), docs("rust-and-java.md")]);
    let specs = spec::all(&folder());
    let exceptions = coverage::exceptions(&folder().join("different.md"));
    let coverage = coverage::Coverage::of(&rules, &specs, &exceptions);
    expect_test::expect_file![docs("rules.md")].assert_eq(&coverage.page());
    assert!(coverage.problems.is_empty(), "{}", coverage.problems.join("\n"));
}
