//! Whether what goes over the wire is the protocol: every message that the end-to-end tests wrote down is held against the
//! protocol's own model, what the server offered, and what the client said that it can show. `cargo xtask protocol` runs it.

// In tests a surprise ends the test.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod model;
mod offers;
mod own;
mod session;
mod shows;

use model::Model;
use own::Own;
use session::Session;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// How many faults are printed. One cause tends to have many.
const SHOWN: usize = 60;

#[test]
#[ignore = "needs what the end-to-end tests wrote down"]
fn every_message_is_valid_and_fits_its_receiver() {
    let named =
        |name: &str| PathBuf::from(env::var_os(name).unwrap_or_else(|| panic!("{name} names nothing")));
    let model = Model::parse(&read(&named("KLOTHO_META_MODEL"))).expect("a model");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol.schema.json");
    let own = if schema.exists() { Own::parse(&read(&schema)).expect("a schema") } else { Own::default() };
    let folder = fs::read_dir(named("KLOTHO_TRANSCRIPTS")).expect("transcripts");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let (mut messages, mut faults) = (0, Vec::new());
    for path in &paths {
        let mut session = Session::new(&model, &own);
        read(path).lines().for_each(|line| session.take(line));
        messages += session.messages;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        faults.extend(session.faults.iter().map(|fault| format!("{name}: {fault}")));
    }
    println!("{messages} messages of {} sessions", paths.len());
    assert!(messages > 0, "the tests wrote nothing down");
    let shown: Vec<_> = faults.iter().take(SHOWN).cloned().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shown.join("\n"));
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
