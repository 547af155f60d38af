//! The reference's test vectors (Appendix C) as far as one file decides them.

use super::{facts, lines};
use expect_test::expect;

const WORDS: [&str; 3] = ["store", "gateway", "!"];

#[test]
fn an_annotation_belongs_to_the_next_statement() {
    expect![[r#"
        store Kv symbol m
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", "// @klotho::persist { id = \"x\" }\nconst m = new Map();\n"));
}

#[test]
fn a_trailing_comment_moves_a_line_annotation() {
    let text = "// @klotho::persist { id = \"x\" }\nconst m = new Map(); // c\nconst b = 2;\n";
    expect![[r#"
        ! persist-unknown at persist
        ! target-stolen at // c
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
    let text = "/* @klotho::persist { id = \"x\" } */\nconst m = new Map(); // c\nconst b = 2;\n";
    expect![[r#"
        store Kv symbol m
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
}

#[test]
fn the_annotated_node_may_be_smaller_than_a_statement() {
    let text = "const\n// @klotho::persist { id = \"x\" }\nm = new Map();\n";
    expect![[r#"
        store Kv symbol m
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
    let text = "const o = {\n// @klotho::persist { id = \"x\" }\nm: new Map(),\n};\n";
    expect![[r#"
        ! persist-unknown at persist
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
    let text = "// @klotho::persist { id = \"x\" }\nexport const m = new Map();\n";
    expect![[r#"
        store Kv symbol m
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
}

#[test]
fn an_app_declared_by_var_is_not_seen() {
    let text = "const express = require(\"express\");\nvar app = express();\n/* @klotho::expose { id = \"a\"\ntarget = \"public\" } */\napp.listen(1);\n";
    for path in ["a.js", "a.ts"] {
        assert_eq!(
            lines(&WORDS, path, text),
            "! compiler-gap/express-var at var\n! no-resource/app-var at app\n"
        );
    }
}

#[test]
fn an_annotation_in_the_body_of_another_takes_the_node() {
    let text = "/* @klotho::persist {\nid = \"x\"\nnote = \"@klotho::expose { target = 'public' }\"\n} */\nconst m = new Map();\n";
    expect![[r#"
        ! persist-unknown at persist
        ! id-required at expose
        ! body-quirk/nested-node at @klotho::expose
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
}

#[test]
fn facts_that_only_move_keep_the_shape() {
    let summary = |text: &str| {
        let language = klotho_grammars::Language::JavaScript;
        crate::summarise("a.js", language, text, &klotho_grammars::parse(language, text, None).unwrap())
    };
    let text = "const x = require(\"./x\");\napp.get(\"/a\", () => {});\n";
    assert_eq!(summary(text).shape(), summary(&format!("\n\n{text}")).shape());
    assert_ne!(summary(text).shape(), summary(&text.replace("/a", "/b")).shape());
    assert!(facts("a.js", "").functions.is_empty());
}
