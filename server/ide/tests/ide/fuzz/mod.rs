//! Random edits anywhere in whole projects: whatever happens to them, the world is what a fresh start makes of them.

pub(crate) mod apps;
pub(crate) mod pieces;
mod steps;
mod world;

use crate::support::{Disk, ROOT, is_slow};
use apps::{App, apps_in};
use klotho_ide::{Encoding, Snapshot, Span, Wanted};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use steps::Step;
use world::World;

/// How many edits a run of the suite makes.
const EDITS: usize = 10_000;

/// After so many failures a run ends.
const ENOUGH: usize = 5;

/// One project and what happens to it.
#[derive(Clone, Debug)]
struct Case {
    app: Index,
    steps: Vec<Step>,
    /// How many changes of a document are sent together.
    batch: usize,
    /// After how many steps the worlds are compared.
    stride: usize,
    encoding: Encoding,
}

fn cases() -> impl Strategy<Value = Case> {
    let encoding = prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16), Just(Encoding::Utf32)];
    (any::<Index>(), vec(steps::steps(), 1..120), 1..6_usize, 4..24_usize, encoding)
        .prop_map(|(app, steps, batch, stride, encoding)| Case { app, steps, batch, stride, encoding })
}

/// What one case shows. A parse that was given up shows nothing, nor does what comes after it.
fn check(app: &App, case: &Case) -> Result<(), TestCaseError> {
    let mut world = World::new(&app.disk, case.batch, case.encoding);
    live(&mut world, case)
        .map_err(|error| TestCaseError::fail(format!("{error}\nafter this:\n{}", world.story.join("\n"))))
}

fn live(world: &mut World, case: &Case) -> Result<(), TestCaseError> {
    for steps in case.steps.chunks(case.stride) {
        steps.iter().for_each(|step| world.take(step));
        let (edited, fresh) = (world.settle(), world.fresh());
        if is_slow(&edited) || is_slow(&fresh) {
            return Ok(());
        }
        for (path, text) in world.documents() {
            let edited = edited.text(&path);
            prop_assert_eq!(edited.as_deref(), Some(text));
        }
        let differences = differences(&edited, &fresh);
        prop_assert!(differences.is_empty(), "after edits and from scratch:\n{differences}");
    }
    let edited = world.settle();
    let fresh = world.fresh_editor(&edited);
    if is_slow(&fresh) {
        return Ok(());
    }
    world.documents().try_for_each(|(path, text)| answers_alike(&edited, &fresh, &path, text))
}

/// At the annotations of a document both worlds say the same.
fn answers_alike(edited: &Snapshot, fresh: &Snapshot, path: &str, text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(edited.diagnostics(path), fresh.diagnostics(path));
    prop_assert_eq!(edited.outline(path), fresh.outline(path));
    for (at, marker) in text.match_indices("@klotho::").take(4) {
        let (span, at) = (Span::new(at, at + marker.len()), at + marker.len());
        prop_assert_eq!(edited.hover(path, at), fresh.hover(path, at));
        let wanted = Wanted { is_preview: true, ..Wanted::default() };
        prop_assert_eq!(edited.code_actions(path, span, &wanted), fresh.code_actions(path, span, &wanted));
        prop_assert_eq!(edited.references(path, at, true), fresh.references(path, at, true));
        prop_assert_eq!(edited.call_items(path, at), fresh.call_items(path, at));
    }
    Ok(())
}

/// The rows and findings that only one of the worlds has.
fn differences(edited: &Snapshot, fresh: &Snapshot) -> String {
    let (edited, fresh) = (rows(edited), rows(fresh));
    if edited == fresh {
        return String::new();
    }
    let only = |sign: char, these: &[String], those: &[String]| {
        let rows = these.iter().filter(|row| !those.contains(row)).take(12);
        rows.map(|row| format!("{sign} {row}\n")).collect::<String>()
    };
    let found = only('+', &edited, &fresh) + &only('-', &fresh, &edited);
    if found.is_empty() { "the order of rows\n".to_owned() } else { found }
}

fn rows(snapshot: &Snapshot) -> Vec<String> {
    let graph = snapshot.graph_json(ROOT).unwrap_or_default();
    let tables = graph.as_object().into_iter().flatten();
    let rows = tables.flat_map(|(name, rows)| {
        rows.as_array().into_iter().flatten().map(move |row| format!("{name} {row}"))
    });
    let findings = snapshot.project_diagnostics(ROOT).into_iter();
    rows.chain(findings.map(|found| format!("finding {found:?}"))).collect()
}

/// Makes cases from seeds that follow each other until there were enough edits. Says how much it did; panics with what failed,
/// each with its seed and as few steps as show it.
fn run(folder: &Path, edits: usize, first_seed: u64) -> String {
    let apps = apps_in(folder);
    assert!(!apps.is_empty(), "{} holds no projects", folder.display());
    let (made, mut failures, mut seed) = (Cell::new(0), Vec::new(), first_seed);
    while made.get() < edits && failures.len() < ENOUGH {
        let config = ProptestConfig {
            cases: 1,
            failure_persistence: None,
            max_shrink_time: 60_000,
            max_shrink_iters: 4_000,
            ..ProptestConfig::default()
        };
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let result = runner.run(&cases(), |case| {
            made.set(made.get() + case.steps.len());
            check(case.app.get(&apps), &case)
        });
        failures.extend(result.err().map(|error| match error {
            TestError::Fail(reason, case) => {
                let name = &case.app.get(&apps).name;
                format!("KLOTHO_FUZZ_SEED={seed}, in {name}, {:?}: {reason}", case.encoding)
            }
            TestError::Abort(reason) => format!("KLOTHO_FUZZ_SEED={seed}: {reason}"),
        }));
        seed = seed.wrapping_add(1);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    format!("{} edits in {} projects, seeds {first_seed} to {seed}", made.get(), apps.len())
}

/// The projects of `tests/apps`, by name.
pub(crate) fn example_apps() -> Vec<(String, Disk)> {
    let apps = apps_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps"));
    apps.into_iter().map(|app| (app.name, app.disk)).collect()
}

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[test]
fn edits_anywhere_in_the_apps_lead_where_a_fresh_start_leads() {
    let folder = std::env::var("KLOTHO_FUZZ_DIR").unwrap_or_else(|_| "../../tests/apps".to_owned());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let seed = variable("KLOTHO_FUZZ_SEED").unwrap_or_else(|| RandomState::new().hash_one(0) >> 16);
    println!("{}", run(&folder, variable("KLOTHO_FUZZ_EDITS").unwrap_or(EDITS), seed));
}
