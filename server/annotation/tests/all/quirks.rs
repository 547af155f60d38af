//! Reference, chapter 9, Q8 and Q12: what the compiler reads otherwise than it looks.

use crate::show::{check, read};
use expect_test::{Expect, expect};
use klotho_grammars::Language::{self, Dockerfile, Go, JavaScript, Python, Tsx, TypeScript, Yaml};

const ECMASCRIPT: &[Language] = &[JavaScript, TypeScript, Tsx];

fn said(languages: &[Language], text: &str, expected: &Expect) {
    check(languages, text, expected);
}

#[test]
fn a_comment_behind_the_annotated_statement_steals_the_target() {
    said(
        ECMASCRIPT,
        "// @klotho::persist {\n//   id = \"x\"\n// }\nconst m = new Map(); // c\nconst n = 1; // d\nf();\n",
        &expect![[r#"
            persist {"id":"x"} on expression_statement `f();`
            ! target-stolen at `// c`"#]],
    );
    said(
        &[JavaScript],
        "// @klotho::persist { id = \"x\" }\nconst m = new Map( // c\n);\n",
        &expect![[r#"
            persist {"id":"x"} on file
            ! target-stolen at `// c`"#]],
    );
    said(
        &[Python],
        "# @klotho::persist { id = \"x\" }\nm = Cache()  # c\n",
        &expect![[r#"
        persist {"id":"x"} on file
        ! target-stolen at `# c`"#]],
    );
    said(
        &[Go],
        "package a\n\n// @klotho::config { id = \"x\" }\nvar m = f() // c\n",
        &expect![[r#"
        config {"id":"x"} on file
        ! target-stolen at `// c`"#]],
    );
    said(
        &[JavaScript],
        "const m = new Map(); // @klotho::persist { id = \"x\" }\nf();\n",
        &expect![[r#"
        persist {"id":"x"} on expression_statement `f();`
        ! target-stolen behind at `@klotho::persist { id = "x" }`"#]],
    );
}

#[test]
fn nothing_is_stolen_where_the_code_does_not_matter_or_the_comment_is_apart() {
    for text in [
        "// @klotho::execution_unit { id = \"x\" }\nconst m = new Map(); // c\nf();\n",
        "/* @klotho::persist { id = \"x\" } */\nconst m = new Map(); // c\nf();\n",
        "// @klotho::persist { id = \"x\" }\n\nconst m = new Map(); // c\nf();\n",
        "// @klotho::persist { id = \"x\" }\n// words\nconst m = new Map();\nf(); // c\n",
        "// @klotho::persist {\n// id = \"x\"\n// [environment_variables]\n// A = \"orm.connection_string\"\n// }\nf(); // c\ng();\n",
        "f(); // @klotho::embed_assets { include = \"a\" }\ng();\n",
        "f(); // words\n// @klotho::persist { id = \"x\" }\nconst m = new Map();\n",
        "{\n  // @klotho::persist { id = \"x\" }\n} // c\nconst m = new Map();\n",
    ] {
        assert_eq!(read(JavaScript, text).findings, [], "{text}");
    }
    for language in [Yaml, Dockerfile] {
        let text = "# @klotho::execution_unit { id = \"x\" }\na: 1 # c\nb: 2\n";
        assert_eq!(read(language, text).findings, [], "{language:?}");
    }
}

#[test]
fn slashes_in_strings_are_gone() {
    let text = "// @klotho::execution_unit {\n//   id = \"x\"\n//   a = \"https://a.b//  c\"\n//   b = ['x', 'y//z']\n//   c = { d = \"//\" }\n//   e = \"\"\"\n//   f\n//   g // h\n//   \"\"\"\n//   i = \"a/b\"\n// }\nf();\n";
    said(
        ECMASCRIPT,
        text,
        &expect![[r#"
        execution_unit {"id":"x","a":"https:a.bc","b":["x","yz"],"c":{"d":""},"e":"f\ng h\n","i":"a/b"} on expression_statement `f();`
        ! body-quirk slashes at `"https://a.b// c"`
        ! body-quirk slashes at `'y//z'`
        ! body-quirk slashes at `"//"`
        ! body-quirk slashes at `""" …`"#]],
    );
    said(
        ECMASCRIPT,
        "/*\n * @klotho::execution_unit {\n *   a = \"https://a\"\n * }\n */\nf();\n",
        &expect![[r#"
            execution_unit {"a":"https:a"} on expression_statement `f();`
            ! body-quirk slashes at `"https://a"`"#]],
    );
    assert_eq!(read(Python, "# @klotho::execution_unit { a = \"https://a\" }\n").findings, []);
}

#[test]
fn a_comments_brace_that_ends_the_body() {
    said(
        ECMASCRIPT,
        "// @klotho::execution_unit {\n//   id = \"x\" # }\n//   a = 1\n// }\nf();\n",
        &expect![[r#"
            execution_unit {"id":"x"} on expression_statement `f();`
            ! body-quirk brace at `}`"#]],
    );
    said(
        &[Python],
        "# @klotho::execution_unit {\n#   id = \"x\" # }\n# }\nf()\n",
        &expect![[r#"
        execution_unit {"id":"x"} on expression_statement `f()`
        ! body-quirk brace at `}`"#]],
    );
}

#[test]
fn annotations_in_the_body_of_another() {
    said(
        ECMASCRIPT,
        "// @klotho::persist {\n//   id = \"x\"\n//   note = \"@klotho::expose\" # was @klotho::pubsub\n// }\nconst m = new Map();\n",
        &expect![[r#"
            persist {"id":"x","note":"@klotho::expose"} on file
            expose - on file
            pubsub - on lexical_declaration `const m = new Map();`
            ! body-quirk nested at `@klotho::expose`
            ! body-quirk nested-node at `@klotho::pubsub`"#]],
    );
    said(
        ECMASCRIPT,
        "/* @klotho::persist { note = '@klotho::expose' } */\n",
        &expect![[r#"
        persist {"note":"@klotho::expose"} on file
        expose - on file
        ! body-quirk nested at `@klotho::expose`"#]],
    );
}

#[test]
fn elements_that_are_no_strings() {
    said(
        &[Python],
        "# @klotho::static_unit {\n#   id = \"x\"\n#   static_files = [\"a\", 1, true, [\"b\"]]\n#   shared_files = 5\n#   other = [1]\n# }\n",
        &expect![[r#"
            static_unit {"id":"x","static_files":["a",1,true,["b"]],"shared_files":5,"other":[1]} on file
            ! body-quirk element at `1`
            ! body-quirk element at `true`
            ! body-quirk element at `["b"]`
            ! body-quirk kind at `5`"#]],
    );
}

#[test]
fn values_are_quoted_and_long_ones_by_their_start() {
    let text = format!(
        "/* @klotho::static_unit {{\n  static_files = [1, [\"{}\"]]\n  index_document = \"a// b\\n{}\"\n}} */\n",
        "é".repeat(70),
        "c".repeat(70)
    );
    let said: Vec<_> = read(JavaScript, &text).findings.iter().map(|finding| finding.message()).collect();
    expect![[r#"
        `static_files` is a list of strings, and the compiler passes over `1`, which is none. Put it in quotes.
        `static_files` is a list of strings, and the compiler passes over `["éééééééééééééééééééééééééééééééééééééééééééééééééééééééééé…`, which is none. Put it in quotes.
        The compiler removes `//` and the blanks after it in strings too, so it reads "ab\nccccccccccccccccccccccccccccccccccccccccccccccccccccccccc…" here. Write `\u002F\u002F` in a string in double quotes."#]].assert_eq(&said.join("\n"));
}

#[test]
fn hostile_blocks_are_read_in_one_go() {
    let nested = format!("# @klotho::a {{ b = \"{}\"\n# }}\nf()\n", "@klotho::c # ' ".repeat(10_000));
    let deep = format!("# {}{}\nf()\n", "@klotho::a { # \" ".repeat(10_000), "}".repeat(10_000));
    let lines = format!("# @klotho::persist {{ id = \"x\" }}\n{}", "f()  # }\n".repeat(10_000));
    for text in [nested, deep, lines] {
        // On a busy machine the parser may give up; then nothing is read.
        let Some(tree) = klotho_grammars::parse(Python, &text, None) else { continue };
        klotho_annotation::annotations(Python, &text, &tree);
    }
}
