//! What is wrong with a body, in words and at the right place.

use crate::show::{marked, read};
use expect_test::{Expect, expect};
use klotho_annotation::catalogue::{CAPABILITIES, Reader, ValueType};
use klotho_grammars::Language::{self, Go, JavaScript, Python, Rust};

fn faults(language: Language, text: &str, expected: &Expect) {
    let read = read(language, text);
    let places: Vec<_> = read.findings.iter().map(|finding| (finding.message(), finding.at)).collect();
    expected.assert_eq(&marked(text, &places));
    assert!(read.list.iter().any(|annotation| !annotation.recorded));
}

#[test]
fn unquoted_strings() {
    faults(
        JavaScript,
        "// @klotho::persist { id = users }",
        &expect![[r#"
        // @klotho::persist { id = users }
                                   ^^^^^ Strings need quotes in TOML: write `"users"` instead of `users`.
    "#]],
    );
    faults(
        Python,
        "# @klotho::persist {\n#   id = users-db\n# }",
        &expect![[r##"
        # @klotho::persist {
        #   id = users-db
                 ^^^^^^^^ Strings need quotes in TOML: write `"users-db"` instead of `users-db`.
        # }
    "##]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n *   id = “users”\n *   n = nul\\l\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         *   id = “users”
                  ^^^^^^^ Strings need quotes in TOML: write `"users"` instead of `“users”`.
         *   n = nul\l
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n *   secret = True\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         *   secret = True
                      ^^^^ `True` is no TOML value. Write `true` or `false`, in lower case and without quotes.
         * } */
    "#]],
    );
}

#[test]
fn numbers_as_only_people_write_them() {
    for (written, rest) in [("60M", ""), ("60,000,000", " # a month"), ("60 000 000", ""), ("60.000.000", "")]
    {
        let text = format!(
            "/* @klotho::execution_unit {{\n * [workload]\n * monthly_requests = {written}{rest}\n * }} */"
        );
        let tree = klotho_grammars::parse(JavaScript, &text, None).unwrap();
        let found = klotho_annotation::annotations(JavaScript, &text, &tree).findings;
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].variant, found[0].at.of(&text)), ("number", written));
        assert_eq!(found[0].parameter("number"), Some("60000000"), "{text}");
    }
}

#[test]
fn pairs_on_one_line() {
    faults(
        JavaScript,
        "// @klotho::persist { id = \"x\", a = 1 }",
        &expect![[r#"
        // @klotho::persist { id = "x", a = 1 }
                                      ^^^^^^^ TOML has one `key = value` per line, without commas between them. Put this on a line of its own.
    "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist { id = \"x\" a = 1 }",
        &expect![[r#"
        // @klotho::persist { id = "x" a = 1 }
                                       ^^^^^ TOML has one `key = value` per line, without commas between them. Put this on a line of its own.
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id = \"x\",\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * id = "x",
                   ^ TOML has one `key = value` per line, without commas between them. Put this on a line of its own.
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id = \"x\";\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * id = "x";
                   ^ TOML has one `key = value` per line, without commas between them. Put this on a line of its own.
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id: \"x\"\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * id: "x"
             ^ TOML has `=` between a key and its value, not `:`.
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * \"id\" : \"x\"\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * "id" : "x"
                ^ TOML has `=` between a key and its value, not `:`.
         * } */
    "#]],
    );
}

#[test]
fn duplicate_keys() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n *   id = \"x\"\n *   id = \"y\"\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         *   id = "x"
         *   id = "y"
             ^^ The key `id` is given twice. Keep one of the two.
         * } */
    "#]],
    );
    faults(
        Python,
        "# @klotho::persist {\n# [t]\n# [t]\n# }",
        &expect![[r#"
        # @klotho::persist {
        # [t]
        # [t]
           ^ The key `t` is given twice. Keep one of the two.
        # }
    "#]],
    );
}

#[test]
fn slash_comments_in_bodies() {
    faults(
        JavaScript,
        "// @klotho::persist {\n//   id = \"x\" // note\n// }",
        &expect![[r#"
            // @klotho::persist {
            //   id = "x" // note
                          ^^^^^^^ The compiler removes `//` and reads the words after it as TOML. Start a comment inside an annotation's body with `#`, or put it before the annotation.
            // }
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n *   n = 1 // note\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             *   n = 1 // note
                       ^^^^^^^ The compiler removes `//` and reads the words after it as TOML. Start a comment inside an annotation's body with `#`, or put it before the annotation.
             * } */
        "#]],
    );
    faults(
        Python,
        "# @klotho::persist {\n#   id = \"x\" // note\n# }",
        &expect![[r##"
        # @klotho::persist {
        #   id = "x" // note
                     ^^^^^^^ The compiler removes `//` and reads the words after it as TOML. Start a comment inside an annotation's body with `#`, or put it before the annotation.
        # }
    "##]],
    );
}

#[test]
fn leftover_leaders() {
    faults(
        JavaScript,
        "/// @klotho::persist {\n/// id = \"z\"\n/// }",
        &expect![[r#"
        /// @klotho::persist {
        /// id = "z"
          ^ Only `//` is stripped from a line's start, so this `/` is left over and the annotation's body is not valid TOML. Start the lines with `//`, or use a `/* */` comment.
        /// }
    "#]],
    );
    faults(
        Go,
        "//* @klotho::persist {\n//*   id = \"z\"\n//* }",
        &expect![[r#"
        //* @klotho::persist {
        //*   id = "z"
          ^ Only `//` is stripped from a line's start, so this `*` is left over and the annotation's body is not valid TOML. Start the lines with `//`, or use a `/* */` comment.
        //* }
    "#]],
    );
}

#[test]
fn bodies_that_end_early_or_never() {
    faults(
        JavaScript,
        "/* @klotho::embed_assets { include = \"**/*.txt\" } */",
        &expect![[r#"
        /* @klotho::embed_assets { include = "**/*.txt" } */
                                               ^^ This `*/` ends the comment in the middle of a string, and the annotation's body with it. Use line comments for an annotation whose patterns hold `**/`.
    "#]],
    );
    faults(
        Go,
        "/* @klotho::embed_assets {\n *  include = [\"**/*.txt\"]\n * }\n */",
        &expect![[r#"
        /* @klotho::embed_assets {
         *  include = ["**/*.txt"]
                         ^^ This `*/` ends the comment in the middle of a string, and the annotation's body with it. Use line comments for an annotation whose patterns hold `**/`.
         * }
         */
    "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist {\n//   note = \"a}\"\n// }",
        &expect![[r#"
        // @klotho::persist {
        //   note = "a}"
                      ^ The compiler counts this `}` although it stands in a string or a TOML comment, so the annotation's body ends in the wrong place. Balance it, or in a string in double quotes write `\u007B` for `{` and `\u007D` for `}`.
        // }
    "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist {\n//   note = \"a{\" # {\n// }",
        &expect![[r#"
        // @klotho::persist {
        //   note = "a{" # {
                      ^ The compiler counts this `{` although it stands in a string or a TOML comment, so the annotation's body ends in the wrong place. Balance it, or in a string in double quotes write `\u007B` for `{` and `\u007D` for `}`.
        // }
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id = \"x\"\n */",
        &expect![[r#"
        /* @klotho::persist {
                            ^ The annotation's body is never closed. Add the missing `}` before the comment ends.
         * id = "x"
        ^^^^^^^^^^^
         */
    "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist {\n\n// id = \"x\"\n// }",
        &expect![[r#"
        // @klotho::persist {
                            ^ The annotation's body is never closed: a blank line ends a comment of several lines, and the body with it. Remove the line between the two parts, or start it like the others.

        // id = "x"
        // }
    "#]],
    );
}

#[test]
fn strings() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id = \"x\n * n = 1\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * id = "x
                 ^ The string is not closed on its line. Add the missing quote.
         * n = 1
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "// @klotho::embed_assets { include = \"**\\/*.js\" }",
        &expect![[r#"
        // @klotho::embed_assets { include = "**\/*.js" }
                                                ^ A backslash in a string in double quotes starts an escape, and there is none like this. Write `\\` for a backslash, or use single quotes.
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id = 'x\n * }\n */",
        &expect![[r#"
        /* @klotho::persist {
         * id = 'x
                 ^ The string is not closed on its line. Add the missing quote.
         * }
         */
    "#]],
    );
}

#[test]
fn carets_stand_on_what_is_wrong() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n * n = 0x\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * n = 0x
               ^^ The annotation's body is not valid TOML: the digits after `0x` are missing.
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * m = \"\"\"abc\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * m = """abc
               ^^^ The string that starts here is never closed, and the annotation's body with it. Add the closing `"""`.
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist {\n// m = '''abc\n",
        &expect![[r#"
        // @klotho::persist {
        // m = '''abc
               ^^^ The string that starts here is never closed, and the annotation's body with it. Add the closing `'''`.
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * t = {x = 1,}\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * t = {x = 1,}
                     ^ The annotation's body is not valid TOML: a table in braces has no comma after its last value.
         * } */
    "#]],
    );
}

#[test]
fn keys_and_brackets() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id =\n * n = 1\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * id =
              ^ The value after `=` is missing. Add one on this line, or remove the key.
         * n = 1
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             * id
                ^ The annotation's body is not valid TOML: this key has no value; write `key = value`.
             * } */
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id \"x\"\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             * id "x"
                  ^ The annotation's body is not valid TOML: this key has no value; write `key = value`.
             * } */
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist { = 1 } */",
        &expect![[r#"
            /* @klotho::persist { = 1 } */
                                  ^ The annotation's body is not valid TOML: the key before `=` is missing.
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * a = [1, 2\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * a = [1, 2
                   ^ The annotation's body is not valid TOML: unclosed array; expected `]`.
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * [t\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * [t
            ^ The annotation's body is not valid TOML: unclosed table; expected `]`.
         * } */
    "#]],
    );
}

#[test]
fn toml_that_is_too_new_or_too_odd() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n * t = { a = 1,\n * b = 2 }\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             * t = { a = 1,
                   ^ The annotation's body is not valid TOML: a table in braces must stay on one line.
             * b = 2 }
             * } */
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * n = 99999999999999999999\n * m = 01\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             * n = 99999999999999999999
                   ^^^^^^^^^^^^^^^^^^^^ The annotation's body is not valid TOML: the number is too large.
             * m = 01
             * } */
        "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist {{ id = \"x\" }}",
        &expect![[r#"
            // @klotho::persist {{ id = "x" }}
                                 ^ The annotation's body is not valid TOML: a key is missing here.
        "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist { é = 1 }",
        &expect![[r#"
            // @klotho::persist { é = 1 }
                                  ^ The annotation's body is not valid TOML: a key consists of letters, digits, `-` and `_`; any other needs quotes.
        "#]],
    );
}

/// The variant and text of each finding of a file.
fn variants(language: Language, text: &str) -> Vec<(&'static str, String)> {
    read(language, text).findings.iter().map(|found| (found.variant, found.at.of(text).to_owned())).collect()
}

#[test]
fn a_value_of_another_kind_is_said_for_every_key_and_one_of_its_own_is_not() {
    let values = [
        ("\"true\"", ValueType::String),
        ("[\"a\"]", ValueType::Strings),
        ("7", ValueType::Number),
        ("true", ValueType::Boolean),
        ("{ a = \"b\" }", ValueType::Table),
    ];
    for capability in CAPABILITIES {
        for directive in capability.directives {
            // What other findings tell.
            if ["target", "workload", "requires", "include"].contains(&directive.name) {
                continue;
            }
            let is_told = directive.name == "id" && capability.id.is_required_in(JavaScript);
            let variant = if directive.reader == Reader::Runtime { "kind-runtime" } else { "kind" };
            for (value, kind) in values {
                let text =
                    format!("/* @klotho::{} {{\n{} = {value}\n}} */\nx();", capability.name, directive.name);
                let is_right = directive.types.contains(&kind) || is_told;
                let expected = if is_right { vec![] } else { vec![(variant, value.to_owned())] };
                assert_eq!(variants(JavaScript, &text), expected, "{text}");
            }
        }
    }
}

#[test]
fn keys_without_a_brace_before_them() {
    for text in [
        "/* @klotho::persist\n * id = \"a\"\n * } */\nx();",
        "// @klotho::persist id = \"a\"\nx();",
        "/* @klotho::persist(id = \"a\") */\nx();",
    ] {
        let found = variants(JavaScript, text);
        assert!(matches!(&*found, [("unopened", at)] if at.starts_with("id = \"a\"")), "{text} {found:?}");
    }
    for text in [
        "/* @klotho::persist some words = here */\nx();",
        "/* @klotho::persist */\nx();",
        "// @klotho::persist\nid = \"a\";",
        "// @klotho::persist\n// @klotho::pubsub { id = \"a\" }\nx();",
    ] {
        assert!(!variants(JavaScript, text).iter().any(|(variant, _)| *variant == "unopened"), "{text}");
    }
}

#[test]
fn a_comment_without_its_end() {
    let annotated = |end: &str| format!("\n  /* @klotho::persist {{\n * id = \"a\"\n * }}{end}\nx();\n");
    let next = "/* @klotho::persist {\n * id = \"b\"\n * }\n */\ny();\n";
    let ends = |language, text: &str| {
        let found = read(language, text).findings.into_iter().filter(|found| found.variant == "comment-end");
        found.map(|found| found.at.start as usize).collect::<Vec<_>>()
    };
    for language in [JavaScript, Go, Rust] {
        for text in [annotated(""), annotated("") + next] {
            assert_eq!(ends(language, &text), [3], "{language:?} {text}");
        }
        for text in [annotated("\n */"), annotated("\n */") + next] {
            assert_eq!(ends(language, &text), [0; 0], "{language:?} {text}");
        }
    }
    assert_eq!(ends(JavaScript, &annotated("\n * a /* b\n */")), [0; 0]);
    assert_eq!(ends(JavaScript, "const a = \"/* @klotho::persist\";\n"), [0; 0]);
    // Where none of the code is lost nothing is said.
    for text in [
        "const a = `\n/* @klotho::persist { id = \"a\" }\n */\n`;\n",
        "/* @klotho::persist { id = \"a\" }\n/* the users */\nconst m = new Map();\n",
        "/* @klotho::persist {\n *   id = \"a\"\n * }\n *\n/* the users */\nconst m = new Map();\n",
    ] {
        assert_eq!(ends(JavaScript, text), [0; 0], "{text}");
    }
    assert_eq!(ends(Rust, "/* @klotho::persist { id = \"a\" }\n   /* note */\n*/\nfn f() {}\n"), [0; 0]);
    assert_eq!(ends(Python, "x = \"\"\"\n/* @klotho::persist { id = 1 }\n\"\"\"\n"), [0; 0]);
}
