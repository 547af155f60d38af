//! The same work for `cargo xtask instructions`, which counts the instructions that it takes under valgrind.
//!
//! `instructions NAME COUNT` prepares the work NAME and then does it COUNT times; without arguments the names are listed. What one
//! time takes is the difference of two runs, so that the preparation does not count. Benchmarking libraries switch the counting
//! on and off around a function instead, which fails here: the parsers run on stacks of their own, and when valgrind sees the
//! stack change it takes the function for left.

#![allow(clippy::expect_used, reason = "work that cannot be prepared is not counted")]
#![allow(clippy::print_stdout, reason = "the names are for who asks")]

mod worlds;

use klotho_grammars::{Language, allow_for_slowness, parse};
use klotho_ide::contents_of;
use klotho_summary::summarise;
use std::hint::black_box;
use worlds::{IN_AN_ID, IN_CODE, PATH, Typist, many_annotations, world};

/// Something that can be done again and again.
type Work = Box<dyn FnMut()>;

/// What prepares it.
type Prepare = fn() -> Work;

/// How a piece of work is called, and what prepares it.
const WORKS: [(&str, Prepare); 7] = [
    ("read", read),
    ("summary", summary),
    ("keystroke-in-code", || typing(Typist::new(10, 1_700, IN_CODE))),
    ("keystroke-in-an-id", || typing(Typist::new(10, 1_700, IN_AN_ID))),
    ("derive", || typing(Typist::of_small_file(1_000))),
    ("hover", hover),
    ("keystroke-in-a-small-file", || typing(Typist::new(10, 10, IN_CODE))),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [name, count] = arguments.as_slice() else {
        WORKS.iter().for_each(|(name, _)| println!("{name}"));
        return;
    };
    let (_, prepare) = WORKS.iter().find(|(known, _)| known == name).expect("a name of the list");
    allow_for_slowness(600);
    let mut work = prepare();
    // What is done once and kept is done now.
    work();
    work();
    (0..count.parse::<usize>().expect("a number")).for_each(|_| work());
}

/// Parses and summarises a whole file of many annotations.
fn read() -> Work {
    let text = many_annotations(1_700);
    Box::new(move || {
        black_box(contents_of("many.ts", text.clone().into_bytes()));
    })
}

fn summary() -> Work {
    let text = many_annotations(1_700);
    let tree = parse(Language::TypeScript, &text, None).expect("a tree");
    Box::new(move || {
        black_box(summarise("many.ts", Language::TypeScript, &text, &tree));
    })
}

fn typing(mut typist: Typist) -> Work {
    Box::new(move || typist.keystroke())
}

fn hover() -> Work {
    let snapshot = world(10, 1_700).snapshot();
    Box::new(move || {
        black_box(snapshot.hover(PATH, 60));
    })
}
