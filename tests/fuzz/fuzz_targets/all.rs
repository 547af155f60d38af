//! One program for all entries: `KLOTHO_FUZZ_TARGET` names the one that is fed.

#![no_main]
#![allow(unfulfilled_lint_expectations, reason = "the lints that are expected are those of the program")]

#[path = "../../support/disk.rs"]
mod disk;
#[path = "../entries.rs"]
mod entries;

use entries::Asked;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ENTRY: LazyLock<fn(&[u8], Asked)> = LazyLock::new(|| {
    let name = std::env::var("KLOTHO_FUZZ_TARGET").expect("KLOTHO_FUZZ_TARGET names an entry");
    entries::ENTRIES.iter().find(|(entry, _)| *entry == name).expect("there is such an entry").1
});

fuzz_target!(|data: &[u8]| ENTRY(data, Asked::Few));
