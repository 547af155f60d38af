use crate::support::Disk;
use klotho_ide::definitions;

/// Codes whose example cannot be written as text in a definition: they are about the bytes of a file, or about very many.
const ABOUT_BYTES: [&str; 2] = ["file-skipped", "too-many-routes"];

#[test]
fn every_definitions_example_has_its_finding() {
    let mut missing = Vec::new();
    for definition in definitions() {
        let name = definition.code.name();
        let found = Disk::new(definition.example).all_findings();
        if !found.iter().any(|found| found.ends_with(&format!(" {name}"))) {
            missing.push(format!("{name}: {found:?}"));
        }
    }
    missing.retain(|found| !ABOUT_BYTES.iter().any(|name| found.starts_with(name)));
    assert!(missing.is_empty(), "{missing:#?}");
}
