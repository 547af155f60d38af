//! Reference 1.2 and 1.4 to 1.8: where annotations stand, and what their bodies say.

use crate::show::{check, read, shown};
use expect_test::expect;
use klotho_grammars::Language::{self, Go, JavaScript, Python, Rust, Tsx, TypeScript};

const ECMASCRIPT: &[Language] = &[JavaScript, TypeScript, Tsx];
const SLASHES: &[Language] = &[JavaScript, TypeScript, Tsx, Go, Rust];

/// Capability and directives of each annotation in a comment, and the findings' variants.
fn body(language: Language, comment: &str) -> String {
    let read = read(language, comment);
    let annotations = read.list.iter().map(|a| format!("{} {}", a.capability, a.directives.to_json()));
    let findings = read.findings.iter().map(|finding| format!("! {}", finding.variant).trim_end().to_owned());
    annotations.chain(findings).collect::<Vec<_>>().join("; ")
}

fn bodies(language: Language, rows: &[(&str, &str)]) {
    for (comment, expected) in rows {
        assert_eq!(body(language, comment), *expected, "{language:?}: {comment}");
    }
}

#[test]
fn annotations_stand_in_comments_only() {
    for &language in ECMASCRIPT {
        bodies(
            language,
            &[
                ("// @klotho::expose", "expose {}"),
                ("/* @klotho::expose */", "expose {}"),
                ("/** @klotho::expose */", "expose {}"),
                ("const s = \"// @klotho::expose\";", ""),
                ("const s = `/* @klotho::expose */`;", ""),
                ("const r = /[/]\\* @klotho::expose/;", ""),
            ],
        );
    }
    bodies(
        Tsx,
        &[
            ("const e = <p>// @klotho::a</p>;", ""),
            ("const e = <p>{/* @klotho::expose */}</p>;", "expose {}"),
        ],
    );
    bodies(JavaScript, &[("<!-- @klotho::expose -->\n", "")]);
    bodies(
        Python,
        &[
            ("# @klotho::expose", "expose {}"),
            ("\"\"\"\n# @klotho::expose\n\"\"\"", ""),
            ("def f():\n    \"\"\"@klotho::expose\"\"\"\n", "! docstring"),
            ("s = '# @klotho::expose'", ""),
        ],
    );
    for language in [Go, Rust] {
        bodies(
            language,
            &[
                ("// @klotho::expose", "expose {}"),
                ("/* @klotho::expose */", "expose {}"),
                ("/** @klotho::expose */", "expose {}"),
                ("/// @klotho::expose", "expose {}"),
            ],
        );
    }
    bodies(
        Go,
        &[("package a\nvar s = `// @klotho::expose`", ""), ("package a\nvar s = \"// @klotho::expose\"", "")],
    );
    bodies(
        Rust,
        &[
            ("//! @klotho::expose", "expose {}"),
            ("/*! @klotho::expose */", "expose {}"),
            ("const S: &str = \"// @klotho::expose\";", ""),
            ("const S: &str = r#\"// @klotho::expose\"#;", ""),
        ],
    );
}

#[test]
fn headers() {
    for language in Language::all() {
        let leader = language.spec().comments.line;
        for (text, expected) in [
            ("foo@klotho::persist", "persist {}"),
            ("some words @klotho::persist { id = \"x\" } and more", "persist {\"id\":\"x\"}"),
            ("@Klotho::persist", "!"),
            ("@klotho:persist", "!"),
            ("@klotho:: persist", "!"),
            ("@ klotho::persist", "!"),
            ("klotho::persist", "!"),
            ("mind klotho::persist", ""),
            ("@klotho::execution-unit { id = \"x\" }", "execution {}; !"),
            ("@klotho::persist hello { id = \"x\" }", "persist {}"),
            ("@klotho::persist{}", "persist {}"),
            ("@klotho::persist { \t }", "persist {}"),
            ("@klotho::persist { id = \"x\" } } ", "persist {\"id\":\"x\"}"),
            ("@klotho::expose {} @klotho::persist {}", "expose {}; persist {}"),
        ] {
            let comment = format!("{leader} {text}");
            assert_eq!(body(language, &comment), expected, "{comment}");
        }
        let comment = format!("{leader} @klotho::persist\n{leader} {{ id = \"x\" }}");
        assert_eq!(body(language, &comment), "persist {\"id\":\"x\"}", "{comment}");
    }
}

#[test]
fn leaders_in_slashed_languages() {
    for &language in SLASHES {
        bodies(
            language,
            &[
                ("//@klotho::persist{id=\"x\"}", "persist {\"id\":\"x\"}"),
                ("/* @klotho::persist {\n * id = \"x\"\n * }\n */", "persist {\"id\":\"x\"}"),
                ("/**\n * @klotho::persist {\n *\tid = \"x\"\n\n * }\n */", "persist {\"id\":\"x\"}"),
                (
                    "/* @klotho::persist {\n  id = \"x\"\n*n = 1\n  ** }\n */",
                    "persist {\"id\":\"x\",\"n\":1}",
                ),
                ("//* @klotho::persist { id = \"x\" }", "persist {\"id\":\"x\"}"),
                ("/// @klotho::persist { id = \"x\" }", "persist {\"id\":\"x\"}"),
                ("//// @klotho::persist {\n//// id = \"x\"\n//// }", "persist {\"id\":\"x\"}"),
                ("// /* @klotho::persist { id = \"x\" } */", "persist {\"id\":\"x\"}"),
                ("/// @klotho::persist {\n/// id = \"x\"\n/// }", "persist {}; ! leader"),
                ("//* @klotho::persist {\n//* id = \"x\"\n//* }", "persist {}; ! leader"),
                (
                    "// @klotho::persist { u = \"https://a.b//c\" }",
                    "persist {\"u\":\"https:a.bc\"}; ! slashes",
                ),
                (
                    "/* @klotho::persist {\n * u = \"https:// a\"\n * }\n */",
                    "persist {\"u\":\"https:a\"}; ! slashes",
                ),
                (
                    "/* @klotho::persist {\n * u = \"\"\"\n * a\n *\n\n *  b\"\"\"\n * }\n */",
                    "persist {\"u\":\"a\\n\\nb\"}",
                ),
                (
                    "// @klotho::persist {\n//\n// u = \"https:\\u002F\\u002Fa\"\n// b = \"a\\u007D\"\n// }",
                    "persist {\"u\":\"https://a\",\"b\":\"a}\"}",
                ),
                (
                    "/* @klotho::persist {\r\n * id = \"x\"\r\n * n = 1\r\n * }\r\n */",
                    "persist {\"id\":\"x\",\"n\":1}",
                ),
                (
                    "// @klotho::persist {\r\n//   id = \"x\"\r\n//   n = 1\r\n// }\r\n",
                    "persist {\"id\":\"x\",\"n\":1}",
                ),
            ],
        );
    }
}

#[test]
fn leaders_in_python() {
    bodies(
        Python,
        &[
            ("#@klotho::persist{id=\"x\"}", "persist {\"id\":\"x\"}"),
            ("# @klotho::persist {\n#\n#\tid = \"x\"\n# }", "persist {\"id\":\"x\"}"),
            ("## @klotho::persist {\n## id = \"x\"\n## }", "persist {}"),
            ("# @klotho::persist {\n# # note\n# id = \"x\" # note\n# }", "persist {\"id\":\"x\"}"),
            ("# @klotho::persist { u = \"https://a\" }", "persist {\"u\":\"https://a\"}"),
            ("# @klotho::persist {\r\n#   id = \"x\"\r\n# }\r\n", "persist {\"id\":\"x\"}"),
            ("# @klotho::embed_assets { include = \"**/*.txt\" }", "embed_assets {\"include\":\"**/*.txt\"}"),
        ],
    );
}

#[test]
fn a_line_comment_that_opens_a_block_crashes_the_javascript_reader() {
    for &language in ECMASCRIPT {
        for comment in ["// /**", "// /*", "///*", "\t//  /**\r"] {
            let text = format!("const a = 1;\n{comment}\nconst b = 2;\n\n// @klotho::expose {{}}\n");
            assert_eq!(body(language, &text), "expose {}; ! crash", "{comment:?}");
        }
        assert_eq!(body(language, "// /** x */\n\n// @klotho::expose {}"), "expose {}");
        assert_eq!(body(language, "/**/\n\n// @klotho::expose {}"), "expose {}");
        assert_eq!(body(language, "s = '// /*'\n\n// @klotho::expose {}"), "expose {}");
    }
    assert_eq!(body(Go, "package a\n// /**\n\n// @klotho::expose {}"), "expose {}");
}

#[test]
fn body_extent() {
    for language in Language::all() {
        let leader = language.spec().comments.line;
        for (text, expected) in [
            ("note = \"a{b}c\"", "persist {\"note\":\"a{b}c\"}"),
            ("note = \"a}\"", "persist {}; ! brace"),
            ("note = \"a{\"", "persist {}; ! brace"),
            ("# {", "persist {}; ! brace"),
            ("# }", "persist {}; ! brace"),
            ("t = { a = 1, b = { c = 2 } }", "persist {\"t\":{\"a\":1,\"b\":{\"c\":2}}}"),
        ] {
            let comment = format!("{leader} @klotho::persist {{\n{leader} {text}\n{leader} }}");
            assert_eq!(body(language, &comment), expected, "{comment}");
        }
        assert_eq!(body(language, &format!("{leader} @klotho::persist {{")), "persist {}; ! unclosed");
    }
}

#[test]
fn body_language() {
    for language in Language::all() {
        let leader = language.spec().comments.line;
        for (lines, expected) in [
            (&["id = \"x\""][..], r#"{"id":"x"}"#),
            (&["id = 'x'"], r#"{"id":"x"}"#),
            (&["id=\"x\"", "n\t=\t1"], r#"{"id":"x","n":1}"#),
            (&["m = \"\"\"", "a", "b\"\"\""], r#"{"m":"a\nb"}"#),
            (&["m = '''", "a\\", "b'''"], r#"{"m":"a\\\nb"}"#),
            (&["a = [", "1,", "2,", "]"], r#"{"a":[1,2]}"#),
            (&["f = 1.5", "d = 2023-04-26", "b = true"], r#"{"f":1.5,"d":"2023-04-26","b":true}"#),
            (
                &["a.b = 1", "\"c d\" = 2", "[t]", "e = 3", "[t.u]", "f = 4"],
                r#"{"a":{"b":1},"c d":2,"t":{"e":3,"u":{"f":4}}}"#,
            ),
            (&["[environment_variables]", "id = \"x\""], r#"{"environment_variables":{"id":"x"}}"#),
            (&["[[x]]", "a = 1", "[[x]]", "a = 2"], r#"{"x":[{"a":1},{"a":2}]}"#),
            (&["id = \"x\" # note"], r#"{"id":"x"}"#),
            (&["id = 5"], r#"{"id":5}"#),
            (&["id = \"\""], r#"{"id":""}"#),
            (&["n = inf"], r#"{"n":"inf"}"#),
        ] {
            let body_lines: Vec<_> = lines.iter().map(|line| format!("{leader} {line}\n")).collect();
            let comment = format!("{leader} @klotho::persist {{\n{}{leader} }}", body_lines.concat());
            assert_eq!(body(language, &comment), format!("persist {expected}"), "{comment}");
        }
    }
}

#[test]
fn ids() {
    for (id, expected) in [
        ("abcdefghijklmnopqrstuvwxy", ""),
        ("abcdefghijklmnopqrstuvwxyz", "length"),
        ("a-b_c.d:e/f", ""),
        ("café", "characters"),
        ("a b", "characters"),
        ("éééééééééééé", "characters"),
        ("ééééééééééééé", "length characters"),
        ("", ""),
    ] {
        let text = format!("// @klotho::persist {{ id = \"{id}\" }}\nf();");
        let read = read(JavaScript, &text);
        let variants: Vec<_> = read.findings.iter().map(|finding| finding.variant).collect();
        assert_eq!(variants.join(" "), expected, "{id}");
        assert_eq!(read.list[0].recorded, expected.is_empty(), "{id}");
        assert_eq!(read.list[0].id(), Some(id).filter(|id| !id.is_empty()));
        assert!(read.findings.iter().all(|finding| finding.at.of(&text) == format!("\"{id}\"")));
    }
    assert_eq!(
        body(JavaScript, "// @klotho::nonsense { id = \"a b\" }"),
        "nonsense {\"id\":\"a b\"}; !; ! characters"
    );
}

#[test]
fn wrong_characters_of_an_id_are_named() {
    let text = "/* @klotho::persist { id = \"a b\\tc 🎵`\" } */\nf();";
    expect![[r#"The id "a b\tc 🎵`" has `\t`, a blank, a backtick, `🎵`. Only ASCII letters, digits and `_ - . : /` are allowed in ids."#]].assert_eq(&read(JavaScript, text).findings[0].message());
}

#[test]
fn unknown_capabilities_name_the_nearest_known_one() {
    for (name, expected) in [
        ("presist", " Did you mean `persist`?"),
        ("execution-unit", " A name has no hyphen, and ends at one: write `execution_unit`."),
        ("execution -unit", " Did you mean `execution_unit`?"),
        ("quux-unit", " A name has no hyphen, and ends at one."),
        ("execution_group", " It is called `execution_unit` now."),
        ("public", " It is called `expose` now."),
        ("keep_warm", ""),
    ] {
        let text = format!("# @klotho::{name} {{ }}\n");
        let read = read(Python, &text);
        assert_eq!(read.findings.len(), 1);
        assert!(
            read.findings[0].message().ends_with(&format!("is not deployed.{expected}")),
            "{}",
            read.findings[0].message()
        );
        assert_eq!(read.findings[0].at, read.list[0].capability_at);
        assert!(read.list[0].recorded);
    }
}

#[test]
fn an_error_spares_the_other_annotations() {
    let text = "// @klotho::persist { id = x }\n\n// @klotho::persist { id = \"y\" }\nf();";
    expect![[r#"
        persist {} on file (refused)
        persist {"id":"y"} on expression_statement `f();`
        ! annotation-syntax unquoted at `x`"#]]
    .assert_eq(&shown(JavaScript, text));
}

#[test]
fn an_annotation_inside_another_is_one_of_its_own() {
    check(
        ECMASCRIPT,
        "// @klotho::persist { note = \"@klotho::expose { target = 'public' }\" }\nconst m = new Map();\n",
        &expect![[r#"
            persist {"note":"@klotho::expose { target = 'public' }"} on file
            expose {"target":"public"} on lexical_declaration `const m = new Map();`
            ! body-quirk nested-node at `@klotho::expose`"#]],
    );
    check(
        ECMASCRIPT,
        "/* @klotho::persist {\n * # @klotho::expose\n * id = \"x\"\n * } */\nf();\n",
        &expect![[r#"
            persist {"id":"x"} on file
            expose - on expression_statement `f();`
            ! body-quirk nested-node at `@klotho::expose`"#]],
    );
}

#[test]
fn of_the_same_capability_and_id_the_later_one_counts() {
    check(
        ECMASCRIPT,
        "// @klotho::execution_unit { id = \"a\" }\n\n// @klotho::execution_unit { id = \"b\" }\n\n// @klotho::execution_unit { id = \"b\" }\n",
        &expect![[r#"
            execution_unit {"id":"a"} on file
            execution_unit {"id":"b"} on file (refused)
            execution_unit {"id":"b"} on file
            ! annotation-duplicate at `"b"`"#]],
    );
}
