//! What holds for every text.

use klotho_annotation::{Annotations, Table, Value, ValueKind, annotated_node, annotations};
use klotho_grammars::{Edit, Language, parse};
use klotho_text::{Place, Point};
use proptest::prelude::*;

/// Scraps from which texts that are almost annotations are put together.
const SCRAPS: &[&str] = &[
    "@klotho::",
    "@klotho::persist",
    "@klotho::persist {",
    "@klotho::expose { target = \"public\" }",
    "// ",
    "//",
    "/* ",
    "/**",
    " */",
    " * ",
    "# ",
    "## ",
    "/// ",
    "//* ",
    "// /*",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "{",
    "}",
    "id = \"x\"",
    "id = x",
    "a = 1",
    "[t]",
    "a.b = [1, { c = 2 }]",
    "\"",
    "'''",
    "\\",
    "é",
    "🎵",
    "\u{2028}",
    "f();\n",
    "const m = new Map();\n",
    "def f():\n    ",
    "x = 1",
    "func f() {\n",
    "fn f() {",
    "package a\n",
    "<b>{",
    "`",
    "case 1:",
    "if a:\n",
    "\u{0}",
];

fn text() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![8 => prop::sample::select(SCRAPS).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

fn languages() -> impl Strategy<Value = Language> {
    prop::sample::select(Language::all().collect::<Vec<_>>())
}

/// Every place of an annotation or a finding, with that of the comment it belongs to.
fn assert_places(text: &str, read: &Annotations) {
    for annotation in &read.list {
        let comment = annotation.comment;
        assert!(annotation.at.of(text).starts_with("@klotho::") || annotation.at.of(text).starts_with('@'));
        for place in [annotation.at, annotation.capability_at].into_iter().chain(annotation.body) {
            assert_inside(text, comment, place);
        }
        assert_table(text, comment, &annotation.directives);
    }
    for finding in &read.findings {
        let inside = read.list.iter().any(|annotation| annotation.comment.covers(*finding.at));
        assert!(inside || ["crash", "comment-end"].contains(&finding.variant), "{finding:?}");
        assert!(text.get(finding.at.range()).is_some());
        assert!(!finding.message().contains("{reason}"));
    }
}

fn assert_inside(text: &str, comment: Place, place: Place) {
    assert!(comment.covers(*place), "{place:?} is not in {comment:?}");
    assert!(text.get(place.range()).is_some(), "{place:?} cuts a character");
}

fn assert_table(text: &str, comment: Place, table: &Table) {
    for entry in &table.entries {
        assert_inside(text, comment, entry.key_at);
        assert_value(text, comment, &entry.value);
    }
}

fn assert_value(text: &str, comment: Place, value: &Value) {
    assert_inside(text, comment, value.at);
    match &value.kind {
        ValueKind::Table(table) => assert_table(text, comment, table),
        ValueKind::Array(values) => values.iter().for_each(|value| assert_value(text, comment, value)),
        _ => {}
    }
}

/// One replacement, anywhere in the text.
#[derive(Clone, Debug)]
struct Change {
    at: prop::sample::Index,
    removed: usize,
    inserted: String,
}

fn change() -> impl Strategy<Value = Change> {
    let inserted = prop_oneof![text().prop_map(|text| text.chars().take(12).collect()), Just(String::new())];
    (any::<prop::sample::Index>(), 0..12usize, inserted).prop_map(|(at, removed, inserted)| Change {
        at,
        removed,
        inserted,
    })
}

fn apply(text: &str, change: &Change) -> (String, Edit) {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(change.at.index(text.len() + 1));
    let old_end = floor((start + change.removed).min(text.len())).max(start);
    let new = format!("{}{}{}", &text[..start], change.inserted, &text[old_end..]);
    let new_end = start + change.inserted.len();
    let point = |text: &str, at| {
        let point = Point::at(text, at);
        (point.row, point.column)
    };
    let points = [point(text, start), point(text, old_end), point(&new, new_end)];
    (new, Edit { start, old_end, new_end, points })
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_place_lies_in_its_comment(language in languages(), text in text()) {
        let tree = parse(language, &text, None).expect("short texts are parsed in time");
        let read = annotations(language, &text, &tree);
        assert_places(&text, &read);
        for node in read.list.iter().filter_map(|annotation| annotation.node.as_ref()) {
            prop_assert!(annotated_node(&tree, node).is_some(), "{:?}", node);
        }
        let starts: Vec<_> = read.list.iter().map(|annotation| annotation.at.start).collect();
        prop_assert!(starts.is_sorted());
    }

    #[test]
    fn an_edited_tree_gives_what_a_fresh_one_gives(
        (language, lines) in languages().prop_flat_map(|language| (Just(language), lines(language))),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        assert_same_as_fresh(language, lines.concat(), &changes);
    }

    #[test]
    fn so_does_the_tree_of_any_text(
        language in languages(),
        text in text(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        assert_same_as_fresh(language, text, &changes);
    }
}

/// Lines of valid code and annotations, so that edits find a tree without errors.
fn lines(language: Language) -> impl Strategy<Value = Vec<String>> {
    let code: &[&str] = match language {
        Language::JavaScript | Language::TypeScript | Language::Tsx => {
            &["const m = new Map();\n", "function f() {\n", "  g(1);\n", "}\n", "export class A {\n", "\n"]
        }
        Language::Python => {
            &["m = Cache()\n", "def f():\n", "    g(1)\n", "if a:\n", "    pass  # words\n", "\n"]
        }
        Language::Go => &["package a\n", "func f() {\n", "\tg(1)\n", "}\n", "var m = g()\n", "\n"],
        Language::Rust => &["fn f() {\n", "    g(1);\n", "}\n", "const M: u8 = 1;\n", "#[test]\n", "\n"],
        Language::CSharp | Language::Java => {
            &["class C {\n", "    void F() {\n", "        G(1);\n", "}\n", "[A]\n", "\n"]
        }
        Language::Yaml => &["a: 1\n", "  b: x\n", "- c\n", "---\n", "d: |\n", "\n"],
        Language::Dockerfile => &["FROM a\n", "RUN b && \\\n", "  c\n", "COPY d e\n", "ENV A=1\n", "\n"],
    };
    let leader = language.spec().comments.line;
    let body = ["@klotho::persist {", "id = \"x\"", "}", "@klotho::expose { n = 1 }", "words"];
    let comments = body.iter().map(|line| format!("{leader} {line}\n"));
    let all: Vec<String> = code.iter().map(|line| (*line).to_owned()).chain(comments).collect();
    prop::collection::vec(prop::sample::select(all), 0..30)
}

/// Edits a text step by step and compares with a fresh parse after each.
///
/// How a parser recovers from broken code, and where it ends a statement without a semicolon, depends on what it had parsed
/// before, so only equal trees are compared.
fn assert_same_as_fresh(language: Language, mut text: String, changes: &[Change]) {
    let mut tree = parse(language, &text, None).expect("short texts are parsed in time");
    for change in changes {
        let (new, edit) = apply(&text, change);
        tree = parse(language, &new, Some((&tree, &edit))).expect("short texts are parsed in time");
        text = new;
        let fresh = parse(language, &text, None).expect("short texts are parsed in time");
        if tree.to_sexp() == fresh.to_sexp() {
            assert_eq!(annotations(language, &text, &tree), annotations(language, &text, &fresh), "{text}");
        }
    }
}

/// Texts that are deep, long or full of annotations: what is quadratic in them does not come back.
#[test]
fn hostile_texts_are_read() {
    let many = 20_000;
    for (language, text) in [
        (Language::JavaScript, format!("// {}\n", "@klotho::persist {".repeat(many))),
        (Language::JavaScript, format!("/* {} {} */", "@klotho::a { x = [".repeat(many), "] }".repeat(many))),
        (Language::JavaScript, format!("{} // @klotho::a {{}}\n{}", "[".repeat(many), "]".repeat(many))),
        (Language::JavaScript, format!("// @klotho::a {{ a = {} }}", "[".repeat(many))),
        (Language::JavaScript, format!("// @klotho::a {{ {}a = 1 }}", "a.".repeat(many))),
        (Language::JavaScript, "// @klotho::a { id = x }\n\n".repeat(many)),
        (Language::JavaScript, format!("// @klotho::a {{\n{}// }}", "// /* x\n".repeat(many))),
        (Language::Python, "def f():\n  g()  # @klotho::a\n\n".repeat(many)),
        (
            Language::Python,
            (0..200).map(|depth| " ".repeat(depth) + "if a:\n").collect::<String>()
                + &" ".repeat(200)
                + "b() # @klotho::a\n\n",
        ),
        (Language::Go, format!("package a\n{}", "// @klotho::a {\n".repeat(many))),
    ] {
        let Some(tree) = parse(language, &text, None) else { continue };
        assert!(!annotations(language, &text, &tree).list.is_empty());
    }
}
