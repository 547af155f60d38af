//! Projects that are built to do harm, through the real `check` and the real server: nothing may crash, hang or take memory
//! without end, and what is left out is said.

// In tests a surprise ends the test.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, clippy::print_stdout)]
// Pipes, devices and names that are no text are what these are about.
#![cfg(unix)]

mod annotations;
mod case;
#[allow(dead_code, reason = "it has more than is needed here")]
#[path = "../end-to-end/client.rs"]
mod client;
mod configuration;
mod files;
mod nesting;
mod page;
mod run;
#[path = "../end-to-end/transcript.rs"]
mod transcript;

use case::Case;
use run::Served;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;

/// Runs one case. Returns how the server fared if it did well, and what is wrong.
fn fared(case: &Case) -> (Option<Served>, Option<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    (case.make)(folder.path());
    let (_, mut faults) = run::check(case, folder.path());
    let served = catch_unwind(AssertUnwindSafe(|| run::serve(case, folder.path())));
    if let Err(panic) = &served {
        let said =
            panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        faults += &format!("the server: {}\n", said.unwrap_or("failed"));
    }
    reopen(folder.path());
    (served.ok(), (!faults.is_empty()).then(|| format!("{}: {faults}", case.name)))
}

/// Lets what is closed be removed.
fn reopen(folder: &Path) {
    let _ = Command::new("chmod").args(["-R", "u+rwx"]).arg(folder).status();
}

/// Nothing is wrong with the small ones.
fn assert_harmless(cases: Vec<Case>) {
    let faults: Vec<_> = cases.iter().filter(|case| !case.is_big).filter_map(|case| fared(case).1).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nesting_does_no_harm() {
    assert_harmless(nesting::cases());
}

#[test]
fn odd_files_do_no_harm() {
    assert_harmless(files::cases());
}

#[test]
fn annotations_do_no_harm() {
    assert_harmless(annotations::cases());
}

#[test]
fn configuration_and_patterns_do_no_harm() {
    assert_harmless(configuration::cases());
}

#[test]
#[ignore = "takes minutes: `cargo xtask hostile`"]
fn nothing_does_harm_and_peers_do_what_the_page_says() {
    let all = [nesting::cases(), files::cases(), annotations::cases(), configuration::cases()];
    let cases: Vec<_> = all.into_iter().flatten().collect();
    let faults = page::write(&cases);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
