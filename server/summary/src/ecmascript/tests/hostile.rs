use super::facts;
use crate::summarise;
use klotho_grammars::{Edit, Language, parse};
use klotho_text::Point;
use proptest::prelude::*;

const DEEP: usize = 60_000;

#[test]
fn depth_costs_no_stack_and_little_time() {
    let nested = |open: &str, close: &str| format!("const x = {}1{};", open.repeat(DEEP), close.repeat(DEEP));
    let texts = [
        nested("[", "]"),
        nested("(", ")"),
        nested("{a:", "}"),
        nested("f(", ")"),
        nested("(() => ", ")"),
        format!("x{};", ".a".repeat(DEEP)),
        format!("x{};", ".get(\"/a\")".repeat(DEEP)),
        format!(
            "// @klotho::expose {{ id = \"a\" }}\n{}app.listen(1){};",
            "f(() => ".repeat(5_000),
            ")".repeat(5_000)
        ),
        format!("a{};", " = new Map().b".repeat(5_000)),
        (0..5_000)
            .map(|id| {
                format!("/* @klotho::pubsub {{ id = \"{id}\" }} */ exports.e = new EventEmitter(); exports.e.on(\"{id}\", f);\n")
            })
            .collect(),
    ];
    for text in texts {
        for path in ["a.js", "a.tsx"] {
            if let Some(tree) = parse(Language::of_path(path).unwrap(), &text, None) {
                summarise(path, Language::of_path(path).unwrap(), &text, &tree);
            }
        }
    }
}

/// Pieces that the modules look for, so that random texts reach them.
const PIECES: [&str; 46] = [
    "require",
    "(\"./x\")",
    "import ",
    "from \"./y\"",
    "* as a ",
    "{ b as c } ",
    "export ",
    "default ",
    "const ",
    "let ",
    "var ",
    "app",
    " = ",
    "express",
    "()",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ".",
    ",",
    ";",
    "\n",
    ".get",
    "(\"/a\"",
    ", () => {}",
    "async ",
    "function ",
    "f",
    "class A ",
    "new Map",
    "<string>",
    " as any",
    "!",
    "await ",
    ".listen",
    ".use",
    "exports.",
    "module.exports",
    "@klotho::persist { id = \"x\" }",
    "@klotho::expose { id = \"y\" }",
    "/* ",
    " */",
    "é𝄞",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

fn language() -> impl Strategy<Value = (&'static str, Language)> {
    prop::sample::select(vec![
        ("a/b.js", Language::JavaScript),
        ("a/b.ts", Language::TypeScript),
        ("a/b.tsx", Language::Tsx),
    ])
}

fn boundary(text: &str, part: f64) -> usize {
    let mut at = (text.len() as f64 * part) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn point(text: &str, offset: usize) -> (usize, usize) {
    let point = Point::at(text, offset);
    (point.row, point.column)
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), soup in soup()) {
        for path in ["a.js", "a.ts", "a.tsx"] {
            facts(path, &text);
            facts(path, &soup);
        }
    }

    #[test]
    fn an_edited_tree_says_the_same_as_a_fresh_one(
        (path, language) in language(), text in soup(), new in soup(), (from, to) in (0.0..1.0, 0.0..1.0),
    ) {
        let (start, old_end) = (boundary(&text, f64::min(from, to)), boundary(&text, f64::max(from, to)));
        let edited = format!("{}{new}{}", &text[..start], &text[old_end..]);
        let new_end = start + new.len();
        let points = [point(&text, start), point(&text, old_end), point(&edited, new_end)];
        let tree = parse(language, &text, None).unwrap();
        let edit = Edit { start, old_end, new_end, points };
        let incremental = parse(language, &edited, Some((&tree, &edit))).unwrap();
        let fresh = parse(language, &edited, None).unwrap();
        // Where the parser itself recovers differently from errors, there is nothing of ours to compare.
        prop_assume!(incremental.to_sexp() == fresh.to_sexp());
        prop_assert_eq!(
            summarise(path, language, &edited, &incremental),
            summarise(path, language, &edited, &fresh)
        );
    }
}
