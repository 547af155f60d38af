//! The house is as ARCHITECTURE.md draws it: same members, same folders, same arrows, all arrows down.

#![allow(clippy::expect_used, reason = "a test stops where it cannot go on")]

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One row of the table `| crate | folder | may use | invariant |`, or one member of the workspace.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    name: String,
    folder: String,
    uses: BTreeSet<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask has a parent").to_path_buf()
}

/// The table's rows, from the top of the house to its ground.
fn drawn() -> Vec<Member> {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read");
    let is_head = |line: &&str| line.starts_with("| crate | folder | may use | invariant |");
    let rows: Vec<_> = page
        .lines()
        .skip_while(|line| !is_head(line))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(row)
        .collect();
    assert!(!rows.is_empty(), "ARCHITECTURE.md has no table of crates");
    rows
}

fn row(line: &str) -> Member {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let names = cells[2].split(',').map(plain).filter(|name| name != "nothing");
    Member { name: plain(cells[0]), folder: plain(cells[1]), uses: names.collect() }
}

fn plain(cell: &str) -> String {
    cell.trim().trim_matches('`').trim_end_matches('/').to_owned()
}

fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml")).no_deps();
    command.exec().expect("cargo metadata answers")
}

/// The workspace as cargo sees it. Development dependencies are not arrows of the house.
fn built() -> Vec<Member> {
    let metadata = metadata();
    let names: BTreeSet<_> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    metadata.packages.iter().map(|package| member(package, &names, &metadata)).collect()
}

fn member(package: &Package, names: &BTreeSet<String>, metadata: &Metadata) -> Member {
    let folder = package.manifest_path.parent().expect("a manifest has a folder");
    let folder = folder.strip_prefix(&metadata.workspace_root).expect("a member lies in the workspace");
    let arrows = package.dependencies.iter().filter(|found| found.kind != DependencyKind::Development);
    Member {
        name: package.name.to_string(),
        folder: folder.as_str().replace('\\', "/"),
        uses: arrows.map(|found| found.name.clone()).filter(|name| names.contains(name)).collect(),
    }
}

#[test]
fn members_and_arrows_are_as_drawn() {
    let (mut drawn, mut built) = (drawn(), built());
    drawn.sort();
    built.sort();
    assert_eq!(drawn, built, "left: ARCHITECTURE.md, right: the manifests");
}

#[test]
fn arrows_point_down() {
    let drawn = drawn();
    for (at, upper) in drawn.iter().enumerate() {
        for used in &upper.uses {
            let below = drawn[at + 1..].iter().any(|lower| lower.name == *used);
            assert!(below, "{} may use {used}, which does not stand below it", upper.name);
        }
    }
}

#[test]
fn development_arrows_point_down_too() {
    let order: Vec<_> = drawn().into_iter().map(|member| member.name).collect();
    let place = |name: &str| order.iter().position(|other| other == name);
    for package in metadata().packages {
        for used in &package.dependencies {
            if let (Some(upper), Some(lower)) = (place(&package.name), place(&used.name)) {
                assert!(
                    upper < lower,
                    "{} is tested with {}, which stands above it",
                    package.name,
                    used.name
                );
            }
        }
    }
}

#[test]
fn cost_knows_nothing_of_source_code() {
    let built = built();
    let cost = built.iter().find(|member| member.name == "klotho-cost").expect("klotho-cost is a member");
    assert!(cost.uses.is_empty(), "klotho-cost uses {:?}", cost.uses);
}

/// The fuzzer is no member, so that no build of the workspace would say it.
#[test]
fn the_lock_file_of_the_fuzzer_knows_what_our_crates_use() {
    let lock = std::fs::read_to_string(root().join("tests/fuzz/Cargo.lock")).expect("it can be read");
    let packages: Vec<_> = lock.split("[[package]]\n").collect();
    for package in metadata().packages {
        let head = format!("name = \"{}\"\n", package.name);
        let Some(locked) = packages.iter().find(|locked| locked.starts_with(&head)) else { continue };
        let names = locked.lines().filter_map(|line| line.strip_prefix(" \"")?.split(['"', ' ']).next());
        let used = package.dependencies.iter().filter(|used| used.kind != DependencyKind::Development);
        assert_eq!(
            names.collect::<BTreeSet<_>>(),
            used.map(|used| used.name.as_str()).collect(),
            "left: what tests/fuzz/Cargo.lock has for {}, right: its manifest; any build of tests/fuzz mends it",
            package.name
        );
    }
}
