//! What the engine does at each keystroke and for each file, without editor, disk or protocol.
//!
//! `cargo bench -p klotho-ide --bench edit`. How a keystroke grows with the project is the point: the same edit among few files
//! and many.

mod worlds;

use divan::{Bencher, black_box};
use klotho_grammars::{Language, parse};
use klotho_ide::contents_of;
use klotho_summary::summarise;
use worlds::{IN_AN_ID, IN_CODE, PATH, Typist, link, many_annotations, world};

fn main() {
    divan::main();
}

/// A letter in a name of code: nothing else follows from it.
#[divan::bench(args = [(10, 10), (10, 1_700), (10_000, 10), (10_000, 1_700)], sample_count = 30)]
fn keystroke_in_code(bencher: Bencher<'_, '_>, (files, annotations): (usize, usize)) {
    let mut typist = Typist::new(files, annotations, IN_CODE);
    bencher.bench_local(move || typist.keystroke());
}

/// A letter in the id of a unit: the whole graph follows from it.
#[divan::bench(args = [(10, 10), (10, 1_700), (10_000, 10), (10_000, 1_700)], sample_count = 30)]
fn keystroke_in_an_id(bencher: Bencher<'_, '_>, (files, annotations): (usize, usize)) {
    let mut typist = Typist::new(files, annotations, IN_AN_ID);
    bencher.bench_local(move || typist.keystroke());
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
