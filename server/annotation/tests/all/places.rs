//! Exact places of every part, through all that is stripped.

use crate::show::{marked, read};
use expect_test::{Expect, expect};
use klotho_annotation::finding::Code;
use klotho_annotation::{Table, ValueKind};
use klotho_grammars::Language::{self, Go, JavaScript, Python, TypeScript};
use klotho_text::Place;

fn places(language: Language, text: &str, expected: &Expect) {
    let read = read(language, text);
    assert!(read.findings.iter().all(|finding| finding.code == Code::BodyQuirk));
    let mut places = Vec::new();
    for annotation in &read.list {
        places.push(("comment".to_owned(), annotation.comment));
        places.push(("annotation".to_owned(), annotation.at));
        places.push(("capability".to_owned(), annotation.capability_at));
        places.extend(annotation.body.map(|body| ("body".to_owned(), body)));
        add(&annotation.directives, &mut places);
        places.extend(annotation.node.as_ref().map(|node| (node.kind.to_owned(), node.at)));
    }
    expected.assert_eq(&marked(text, &places));
}

fn add(table: &Table, places: &mut Vec<(String, Place)>) {
    for entry in &table.entries {
        places.push((format!("key {}", entry.key), entry.key_at));
        places.push((format!("value of {}", entry.key), entry.value.at));
        match &entry.value.kind {
            ValueKind::Table(inner) => add(inner, places),
            ValueKind::Array(values) => {
                places.extend(values.iter().map(|value| ("element".to_owned(), value.at)));
            }
            _ => {}
        }
    }
}

#[test]
fn one_line() {
    places(
        JavaScript,
        "  // see: @klotho::persist { id = \"x\" } etc.\nf();",
        &expect![[r#"
          // see: @klotho::persist { id = "x" } etc.
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation
                           ^^^^^^^ capability
                                    ^^^^^^^^^^ body
                                     ^^ key id
                                          ^^^ value of id
        f();
        ^^^^ expression_statement
    "#]],
    );
    places(
        Python,
        "#@klotho::expose\nf()",
        &expect![[r#"
        #@klotho::expose
        ^^^^^^^^^^^^^^^^ comment
         ^^^^^^^^^^^^^^^ annotation
                  ^^^^^^ capability
        f()
        ^^^ expression_statement
    "#]],
    );
}

#[test]
fn block_comment_with_margins() {
    places(
        TypeScript,
        "/**\n * @klotho::persist {\n *   id = \"x\"\n *   [environment_variables]\n *   HOST = 'redis_node.host'\n * }\n */\nf();",
        &expect![[r#"
            /**
            ^^^ comment
             * @klotho::persist {
            ^^^^^^^^^^^^^^^^^^^^^
               ^^^^^^^^^^^^^^^^^^ annotation
                        ^^^^^^^ capability
             *   id = "x"
            ^^^^^^^^^^^^^
            ^^^^^^^^^^^^^
            ^^^^^^^^^^^^^
                 ^^ key id
                      ^^^ value of id
             *   [environment_variables]
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  ^^^^^^^^^^^^^^^^^^^^^ key environment_variables
                 ^^^^^^^^^^^^^^^^^^^^^^^ value of environment_variables
             *   HOST = 'redis_node.host'
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                 ^^^^ key HOST
                        ^^^^^^^^^^^^^^^^^ value of HOST
             * }
            ^^^^
            ^^^^
             */
            ^^^
            f();
            ^^^^ expression_statement
        "#]],
    );
}

#[test]
fn run_of_line_comments() {
    places(
        Go,
        "package a\n\n// @klotho::persist {\n//   a = [1,\n//     2]\n//   b.c = 1.5\n// }\nfunc f() {}",
        &expect![[r#"
            package a

            // @klotho::persist {
            ^^^^^^^^^^^^^^^^^^^^^ comment
               ^^^^^^^^^^^^^^^^^^ annotation
                        ^^^^^^^ capability
            //   a = [1,
            ^^^^^^^^^^^^
            ^^^^^^^^^^^^
            ^^^^^^^^^^^^
                 ^ key a
                     ^^^ value of a
                      ^ element
            //     2]
            ^^^^^^^^^
            ^^^^^^^^^
            ^^^^^^^^^
            ^^^^^^^^^
                   ^ element
            //   b.c = 1.5
            ^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^
                 ^ key b
                 ^^^^^^^^^ value of b
                   ^ key c
                       ^^^ value of c
            // }
            ^^^^
            ^^^^
            func f() {}
            ^^^^^^^^^^^ function_declaration
        "#]],
    );
}

#[test]
fn characters_of_every_width() {
    places(
        JavaScript,
        "/* 🎵é @klotho::persist {\n * \"é🎵\" = \"🎵\" # é\n * n = 1\n * } */ f();",
        &expect![[r#"
            /* 🎵é @klotho::persist {
            ^^^^^^^^^^^^^^^^^^^^^^^^ comment
                  ^^^^^^^^^^^^^^^^^^ annotation
                           ^^^^^^^ capability
             * "é🎵" = "🎵" # é
            ^^^^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^^^^
            ^^^^^^^^^^^^^^^^^
               ^^^^ key é🎵
                      ^^^ value of é🎵
             * n = 1
            ^^^^^^^^
            ^^^^^^^^
            ^^^^^^^^
               ^ key n
                   ^ value of n
             * } */ f();
            ^^^^^^^
            ^^^^
                    ^^^^ expression_statement
        "#]],
    );
}

#[test]
fn carriage_returns_and_tabs() {
    places(
        JavaScript,
        "/*\r\n\t* @klotho::persist {\r\n\t*\tid\t=\t\"x\"\r\n\t*\t}\r\n\t*/\r\nf();\r\n",
        &expect![[r#"
            /*
            ^^ comment
            →* @klotho::persist {
            ^^^^^^^^^^^^^^^^^^^^^
               ^^^^^^^^^^^^^^^^^^ annotation
                        ^^^^^^^ capability
            →*→id→=→"x"
            ^^^^^^^^^^^
            ^^^^^^^^^^^
            ^^^^^^^^^^^
               ^^ key id
                    ^^^ value of id
            →*→}
            ^^^^
            ^^^^
            →*/
            ^^^
            f();
            ^^^^ expression_statement
        "#]],
    );
    places(
        Python,
        "# @klotho::persist {\r\n#\tid = \"x\"\r\n# }\r\nf()\r\n",
        &expect![[r##"
        # @klotho::persist {
        ^^^^^^^^^^^^^^^^^^^^ comment
          ^^^^^^^^^^^^^^^^^^ annotation
                   ^^^^^^^ capability
        #→id = "x"
        ^^^^^^^^^^
        ^^^^^^^^^^
        ^^^^^^^^^^
          ^^ key id
               ^^^ value of id
        # }
        ^^^
        ^^^
        f()
        ^^^ expression_statement
    "##]],
    );
}

#[test]
fn slashes_inside_values() {
    places(
        JavaScript,
        "// @klotho::persist { u = \"https:// a.b//c\" }\n",
        &expect![[r#"
        // @klotho::persist { u = "https:// a.b//c" }
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation
                    ^^^^^^^ capability
                             ^^^^^^^^^^^^^^^^^^^^^^^ body
                              ^ key u
                                  ^^^^^^^^^^^^^^^^^ value of u
    "#]],
    );
}
