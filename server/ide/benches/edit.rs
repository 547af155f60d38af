//! What the engine does at each keystroke and for each file, without editor, disk or protocol.
//!
//! `cargo bench -p klotho-ide`. How a keystroke grows with the project is the point: the same edit among few files and many.

use divan::{Bencher, black_box};
use klotho_grammars::{Language, parse};
use klotho_ide::{
    Change, ContentChange, Date, Encoding, FilePath, Host, Position, ProjectFiles, contents_of,
};
use klotho_summary::summarise;
use std::fmt::Write;

const ROOT: &str = "/app";
const PATH: &str = "/app/many.ts";

/// Of how many files one is annotated.
const EVERY: usize = 20;

fn main() {
    divan::main();
}

/// One file with many annotations: stores, topics, and a unit for each hundred.
fn many_annotations(count: usize) -> String {
    let mut text = "import { EventEmitter } from \"events\";\n".to_owned();
    for n in 0..count {
        let (capability, id, value) = match n {
            _ if n % 100 == 0 => ("execution_unit", "u", "async () => 1"),
            _ if n % 3 == 0 => ("pubsub", "t", "new EventEmitter()"),
            _ => ("persist", "m", "new Map<string, string>()"),
        };
        let _ =
            writeln!(text, "\n// @klotho::{capability} {{ id = \"{id}{n}\" }}\nexport const v{n} = {value};");
        let _ = writeln!(text, "export const read{n} = async (key: string) => key + {n};");
    }
    text
}

/// A file of a chain: each imports the next one.
fn link(n: usize) -> String {
    let unit = match n % EVERY {
        0 => format!("// @klotho::execution_unit {{ id = \"unit{n}\" }}\n"),
        _ => String::new(),
    };
    let next = n + 1;
    format!(
        "{unit}import {{ f{next} }} from \"./file{next}\";\nexport async function f{n}() {{ return f{next}(); }}\n"
    )
}

/// A project of so many files, all read, with the file of many annotations open.
fn world(files: usize, annotations: usize) -> Host {
    let mut host = Host::new(Date { year: 2026, month: 11, day: 26 });
    let named = (0..files).map(|n| format!("file{n}.ts"));
    let contents = (0..files).map(|n| {
        let path = format!("file{n}.ts");
        let contents = contents_of(&path, link(n).into_bytes());
        (path, contents)
    });
    host.apply(Change::Project(ProjectFiles {
        root: ROOT.into(),
        paths: named.collect(),
        links: Vec::new(),
        contents: contents.collect(),
        outputs: Vec::new(),
        above: Vec::new(),
    }));
    let (path, text): (FilePath, _) = (PATH.into(), many_annotations(annotations));
    host.apply(Change::Open { path, language: Some(Language::TypeScript), version: 0, text });
    host.settle();
    host
}

/// A letter that comes and goes at one place.
fn keystroke(host: &mut Host, version: &mut i32, (line, character): (u32, u32)) {
    *version += 1;
    let start = Position { line, character };
    let (end, text) = match *version % 2 {
        1 => (start, "x"),
        _ => (Position { line, character: character + 1 }, ""),
    };
    let changes = vec![ContentChange { range: Some((start, end)), text: text.to_owned() }];
    host.apply(Change::Edit { path: PATH.into(), version: *version, changes, encoding: Encoding::Utf16 });
    black_box(host.settle());
    black_box(host.snapshot().diagnostics(PATH));
}

/// A letter in a name of code: nothing else follows from it.
#[divan::bench(args = [(10, 10), (10, 1_700), (10_000, 10), (10_000, 1_700)], sample_count = 30)]
fn keystroke_in_code(bencher: Bencher<'_, '_>, (files, annotations): (usize, usize)) {
    let (mut host, mut version) = (world(files, annotations), 0);
    bencher.bench_local(move || keystroke(&mut host, &mut version, (4, 47)));
}

/// A letter in the id of a unit: the whole graph follows from it.
#[divan::bench(args = [(10, 10), (10, 1_700), (10_000, 10), (10_000, 1_700)], sample_count = 30)]
fn keystroke_in_an_id(bencher: Bencher<'_, '_>, (files, annotations): (usize, usize)) {
    let (mut host, mut version) = (world(files, annotations), 0);
    bencher.bench_local(move || keystroke(&mut host, &mut version, (2, 36)));
}

#[divan::bench(sample_count = 30)]
fn hover(bencher: Bencher<'_, '_>) {
    let snapshot = world(10, 1_700).snapshot();
    bencher.bench_local(move || black_box(snapshot.hover(PATH, 60)));
}

#[divan::bench(args = [10, 1_700], sample_count = 30)]
fn summary(bencher: Bencher<'_, '_>, annotations: usize) {
    let text = many_annotations(annotations);
    let tree = parse(Language::TypeScript, &text, None);
    bencher.bench_local(move || {
        tree.as_ref().map(|tree| black_box(summarise("many.ts", Language::TypeScript, &text, tree)))
    });
}

/// Reading, parsing and summarising one file of a few lines, as a first index does for each.
#[divan::bench(sample_count = 100)]
fn one_small_file(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| black_box(contents_of("file0.ts", link(0).into_bytes())));
}
