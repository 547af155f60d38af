//! Whatever stands in a file, reading it ends soon, and an edit tells no more and no less than a fresh reading.

use super::facts_of;
use crate::{FileSummary, summarise};
use klotho_grammars::{Edit, Language, Tree, parse};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "# @klotho::persist {\n#   id = \"a\"\n#   secret = true\n# }\n",
    "# @klotho::expose {\n# id = \"b\"\n# target = \"public\"\n# }\n",
    "    # @klotho::persist { id = \"c\" }\n",
    "import aiofiles as fs\n",
    "import redis\n",
    "from aiocache import Cache\n",
    "from .a.b import c as d\n",
    "from . import ",
    "x = Cache()\n",
    "x = c.f(",
    "app = FastAPI(root_path=",
    "@app.get(",
    "async with fs.open(",
    " as f:\n",
    "    await f.read()\n",
    "def f():\n",
    "async def g(a):\n",
    "class A:\n",
    "    y = foo()\n",
    "    ",
    "\n",
    "\"",
    "'''",
    "f\"{",
    "\"/{p:path}\"",
    ")",
    ":",
    ",",
    "=",
    ".",
    "é😀",
    "\\\n",
    "\r\n",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn summary(text: &str, tree: &Tree) -> FileSummary {
    summarise("app/main.py", Language::Python, text, tree)
}

fn point(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    (before.matches('\n').count(), offset - before.rfind('\n').map_or(0, |newline| newline + 1))
}

/// Replaces a part of `text` and moves the nodes of `tree` with it.
fn edited(text: &str, at: (usize, usize), new: &str) -> (String, Edit) {
    let mut bounds: Vec<usize> = text.char_indices().map(|(offset, _)| offset).collect();
    bounds.push(text.len());
    let (one, other) = (bounds[at.0 % bounds.len()], bounds[at.1 % bounds.len()]);
    let (start, old_end) = (one.min(other), one.max(other));
    let result = [&text[..start], new, &text[old_end..]].concat();
    let new_end = start + new.len();
    let points = [point(text, start), point(text, old_end), point(&result, new_end)];
    (result, Edit { start, old_end, new_end, points })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_can_be_read(text in ".{0,300}") {
        facts_of("main.py", &text);
    }

    #[test]
    fn edits_say_what_a_fresh_reading_says(
        start in text(),
        edits in prop::collection::vec((any::<(usize, usize)>(), text()), 1..6),
    ) {
        let mut text = start;
        let mut tree = parse(Language::Python, &text, None).unwrap();
        for (at, new) in edits {
            let (new, edit) = edited(&text, at, &new);
            text = new;
            tree = parse(Language::Python, &text, Some((&tree, &edit))).unwrap();
            let fresh = parse(Language::Python, &text, None).unwrap();
            // The parser itself recovers from errors in more than one way; a tree without any is the only one.
            if tree.to_sexp() == fresh.to_sexp() {
                prop_assert_eq!(summary(&text, &tree), summary(&text, &fresh));
            } else {
                prop_assert!(fresh.has_error() || tree.has_error());
            }
        }
    }
}

#[test]
fn nesting_is_no_recursion() {
    let depth = 30_000;
    for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("f(a=", ")"), ("-", "")] {
        soon(&format!("x = {}1{}\n", open.repeat(depth), close.repeat(depth)));
        soon(&open.repeat(depth));
    }
    soon(&format!("x = a{}\n", ".b".repeat(depth)));
    soon(&format!("import redis\nx = redis{}\n", ".b()".repeat(depth)));
}

/// Reads a text that is built to make reading slow: work that grew with its square would not end while anyone waits.
fn soon(text: &str) -> Option<FileSummary> {
    // A text on which the parser itself takes too long is not read at all.
    let tree = parse(Language::Python, text, None)?;
    Some(summary(text, &tree))
}

#[test]
fn repetition_is_no_burden() {
    let annotation = "# @klotho::persist {\n#   id = \"a\"\n#   secret = true\n# }\nimport aiofiles\n";
    let read = |index| format!("async with aiofiles.open('{index}') as f:\n    await f.read()\n");
    soon(&(annotation.repeat(2_000) + &(0..4_000).map(read).collect::<String>()));
    soon(&("import a\n".repeat(10_000) + &"a.f()\n".repeat(10_000)));
    soon(&format!("from {}.b import {}x\n", "a".repeat(100_000), "x, ".repeat(20_000)));
    soon(&format!("class {}:\n{}", "A".repeat(100_000), "    def f(self): ...\n".repeat(20_000)));
    soon(&format!("app = FastAPI({})\n", "a=1, ".repeat(50_000)));
}

/// A `with` of thousands of files over thousands of statements: neither of them is looked at once for each of the other.
#[test]
fn many_files_over_many_statements_are_no_burden() {
    let annotation = "# @klotho::persist {\n#   id = \"a\"\n#   secret = true\n# }\nimport aiofiles as s\n";
    let with = |items: &[String]| format!("{annotation}async with {}:\n", items.join(", "));
    let same: Vec<_> = (0..3_000).map(|index| format!("s.open('{index}') as f")).collect();
    let other: Vec<_> = (0..3_000).map(|index| format!("s.open(a{index}) as f{index}")).collect();
    for (items, statement) in [(&same, "f.write(1)"), (&same, "f.read()"), (&other, "f7.write(1)")] {
        let text = with(items) + &format!("    await {statement}\n").repeat(3_000);
        assert!(soon(&text).is_none_or(|read| read.facts.findings.len() <= 256), "{statement}");
    }
    let reads: String = (0..3_000).map(|index| format!("    x = await f{index}.read()\n")).collect();
    soon(&(with(&other) + &reads));
    soon(&(with(&same) + "    return await f.read()\n"));
}
