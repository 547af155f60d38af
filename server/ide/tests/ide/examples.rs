use crate::support::{Disk, ROOT};
use expect_test::expect;
use klotho_ide::{Chance, FilePath, Mending, definitions};
use std::collections::HashSet;

/// Codes whose example cannot be written as text in a definition: they are about the bytes of a file, or about very many.
const ABOUT_BYTES: [&str; 2] = ["file-skipped", "too-many-routes"];

/// What may be mended is said of all that can be, and of little more.
#[test]
fn whether_something_may_be_mended_is_told_from_the_findings() {
    let mut in_vain = Vec::new();
    for definition in definitions() {
        let disk = Disk::new(definition.example);
        let text = |path: &FilePath| disk.0.get(path.strip_prefix("/app/")?).cloned();
        let how = Mending {
            only: None,
            decides: true,
            level: &|_, severity| Some(severity),
            known: HashSet::new(),
            text: &text,
            contents: &|_| None,
        };
        let snapshot = disk.snapshot();
        let chance = snapshot.chance_to_mend(ROOT, &how);
        let fixes = snapshot.mend(&ROOT.into(), &how).fixes;
        let has = |is_decision| fixes.iter().any(|fix| fix.is_decision == is_decision);
        let name = definition.code.name();
        assert!(chance.plain || !has(false), "{name} can be mended");
        assert!(chance.decision || !has(true), "{name} can be mended by whoever decides");
        if fixes.is_empty() && chance != Chance::default() {
            in_vain.push(name);
        }
        let off = Mending { level: &|_, _| None, ..how };
        assert_eq!(snapshot.chance_to_mend(ROOT, &off), Chance::default(), "nothing counts");
    }
    expect![[r#"
        []
    "#]]
    .assert_debug_eq(&in_vain);
}

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
