//! Reference 1.3: which comments are one, and what they are attached to.

use crate::show::{check, shown};
use expect_test::{Expect, expect};
use klotho_grammars::Language::{self, Go, JavaScript, Python, Rust, Tsx, TypeScript};

const ECMASCRIPT: &[Language] = &[JavaScript, TypeScript, Tsx];

fn ecmascript(text: &str, expected: &Expect) {
    check(ECMASCRIPT, text, expected);
}

fn python(text: &str, expected: &Expect) {
    check(&[Python], text, expected);
}

fn go(text: &str, expected: &Expect) {
    check(&[Go], &format!("package main\n\n{text}"), expected);
}

fn rust(text: &str, expected: &Expect) {
    check(&[Rust], text, expected);
}

#[test]
fn the_statement_below() {
    ecmascript(
        "// @klotho::persist { id = \"x\" }\nconst m = new Map();\n",
        &expect![[r#"persist {"id":"x"} on lexical_declaration `const m = new Map();`"#]],
    );
    ecmascript(
        "// @klotho::execution_unit { id = \"x\" }\n\n\nimport a from \"a\";\n",
        &expect![[r#"execution_unit {"id":"x"} on import_statement `import a from "a";`"#]],
    );
    ecmascript(
        "/**\n * @klotho::persist\n */\nexport const m = new Map();\n",
        &expect!["persist - on export_statement `export const m = new Map();`"],
    );
    ecmascript(
        "// @klotho::expose\n'use strict';\n",
        &expect!["expose - on expression_statement `'use strict';`"],
    );
    ecmascript("// @klotho::persist\nclass A {}\n", &expect!["persist - on class_declaration `class A {}`"]);
    ecmascript(
        "// @klotho::persist\nfunction f() {}\n",
        &expect!["persist - on function_declaration `function f() {}`"],
    );
    ecmascript("/* @klotho::persist */ f();\n", &expect!["persist - on expression_statement `f();`"]);
}

#[test]
fn a_trailing_comment_steals_the_target() {
    ecmascript(
        "// @klotho::persist { id = \"x\" }\nconst m = new Map(); // c\nconst b = 1;\n",
        &expect![[r#"
            persist {"id":"x"} on lexical_declaration `const b = 1;`
            ! target-stolen at `// c`"#]],
    );
    ecmascript(
        "/* @klotho::persist { id = \"x\" } */\nconst m = new Map(); // c\nconst b = 1;\n",
        &expect![[r#"persist {"id":"x"} on lexical_declaration `const m = new Map();`"#]],
    );
    ecmascript(
        "const m = new Map(); // @klotho::persist\nconst b = 1;\n",
        &expect![[r#"
            persist - on lexical_declaration `const b = 1;`
            ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "# @klotho::persist\nm = Cache()  # c\nb = 1\n",
        &expect![[r#"
            persist - on expression_statement `b = 1`
            ! target-stolen at `# c`"#]],
    );
    go(
        "// @klotho::persist\nvar m = f() // c\nvar b = 1\n",
        &expect![[r#"
            persist - on var_declaration `var b = 1`
            ! target-stolen at `// c`"#]],
    );
    rust(
        "// @klotho::persist\nconst M: u8 = 1; // c\nconst B: u8 = 2;\n",
        &expect![[r#"
            persist - on const_item `const B: u8 = 2;`
            ! target-stolen at `// c`"#]],
    );
}

#[test]
fn the_last_annotation_of_a_comment_gets_the_node() {
    let one =
        "/*\n * @klotho::execution_unit { id = \"a\" }\n * @klotho::persist { id = \"b\" }\n */\nf();\n";
    ecmascript(
        one,
        &expect![[r#"
        execution_unit {"id":"a"} on file
        persist {"id":"b"} on expression_statement `f();`"#]],
    );
    let two = "/* @klotho::execution_unit { id = \"a\" } */\n/* @klotho::persist { id = \"b\" } */\nf();\n";
    ecmascript(
        two,
        &expect![[r#"
        execution_unit {"id":"a"} on file
        persist {"id":"b"} on expression_statement `f();`"#]],
    );
    let groups = "// @klotho::execution_unit { id = \"a\" }\n\n// @klotho::persist { id = \"b\" }\nf();\n";
    ecmascript(
        groups,
        &expect![[r#"
        execution_unit {"id":"a"} on file
        persist {"id":"b"} on expression_statement `f();`"#]],
    );
    let run = "# @klotho::execution_unit { id = \"a\" }\n# words\n# @klotho::persist { id = \"b\" }\nf()\n";
    python(
        run,
        &expect![[r#"
        execution_unit {"id":"a"} on file
        persist {"id":"b"} on expression_statement `f()`"#]],
    );
}

#[test]
fn what_splits_a_body() {
    ecmascript(
        "// @klotho::persist {\n\n// id = \"x\"\n// }\nf();\n",
        &expect![[r#"
        persist - on file (refused)
        ! annotation-syntax split at `{`"#]],
    );
    ecmascript(
        "// @klotho::persist {\n/* id = \"x\" } */\nf();\n",
        &expect![[r#"
        persist - on file (refused)
        ! annotation-syntax unclosed at `{`"#]],
    );
    ecmascript("// @klotho::persist\n/* words */\nf();\n", &expect!["persist - on file"]);
    python(
        "# @klotho::persist {\n\n# id = \"x\"\n# }\nf()\n",
        &expect![[r#"
        persist - on file (refused)
        ! annotation-syntax split at `{`"#]],
    );
}

#[test]
fn what_does_not_split_a_body() {
    ecmascript(
        "function f() {\n// @klotho::persist {\n    //\n  // id = \"x\"\n\t// }\n  g();\n}\n",
        &expect![[r#"persist {"id":"x"} on expression_statement `g();`"#]],
    );
    python(
        "# @klotho::persist {\ndef f():  # id = \"x\"\n        # }\n    g()\n",
        &expect![[r#"
            persist {"id":"x"} on block `g()`
            ! target-stolen at `# id = "x"`"#]],
    );
    // Rows and markers count, not depth.
    ecmascript(
        "function f() { // @klotho::persist {\n} // id = \"x\" }\nf();\n",
        &expect![[r#"
            persist {"id":"x"} on file
            ! target-stolen behind at `@klotho::persist { …`"#]],
    );
}

#[test]
fn nothing_below() {
    ecmascript("function f() {\n  g();\n  // @klotho::persist\n}\nf();\n", &expect!["persist - on file"]);
    ecmascript("f();\n// @klotho::persist", &expect!["persist - on file"]);
    ecmascript("// @klotho::persist", &expect!["persist - on file"]);
    python("def f():\n    g()\n    # @klotho::persist\nf()\n", &expect!["persist - on file"]);
    python("def f():\n    # @klotho::persist", &expect!["persist - on file"]);
    go("func f() {\n\tg()\n\t// @klotho::persist\n}\n", &expect!["persist - on file"]);
    rust("fn f() {\n    g();\n    // @klotho::persist\n}\n", &expect!["persist - on file"]);
}

#[test]
fn inside_statements_of_javascript() {
    ecmascript(
        "const\n// @klotho::persist\nm = new Map();\n",
        &expect!["persist - on variable_declarator `m = new Map()`"],
    );
    ecmascript(
        "const o = {\n  // @klotho::persist\n  m: new Map(),\n};\n",
        &expect!["persist - on pair `m: new Map()`"],
    );
    ecmascript(
        "f(\n  // @klotho::persist\n  new Map()\n);\n",
        &expect!["persist - on new_expression `new Map()`"],
    );
    check(
        &[JavaScript],
        "class A {\n  // @klotho::persist\n  m = new Map();\n}\n",
        &expect!["persist - on field_definition `m = new Map()`"],
    );
    check(
        &[TypeScript, Tsx],
        "class A {\n  // @klotho::persist\n  m = new Map();\n}\n",
        &expect!["persist - on public_field_definition `m = new Map()`"],
    );
    check(
        &[JavaScript, Tsx],
        "const e = <p>{/* @klotho::persist */}<b /></p>;\n",
        &expect!["persist - on file"],
    );
}

#[test]
fn python_sees_the_whole_suite_from_its_top() {
    python(
        "def f():\n    # @klotho::persist\n    c = Cache()\n    d = 1\n",
        &expect!["persist - on block `c = Cache() …`"],
    );
    python(
        "class A:\n    # @klotho::persist\n\n    c = Cache()\n",
        &expect!["persist - on block `c = Cache()`"],
    );
    python("if a:\n    # @klotho::persist\n    c = Cache()\n", &expect!["persist - on block `c = Cache()`"]);
    python(
        "try:\n    # @klotho::persist\n    c = Cache()\nexcept E:\n    pass\n",
        &expect!["persist - on block `c = Cache()`"],
    );
    python(
        "with a as b:\n    # @klotho::persist\n    c = Cache()\n",
        &expect!["persist - on block `c = Cache()`"],
    );
    python(
        "else_ = 1\nfor a in b:\n    pass\nelse:\n    # @klotho::persist\n    c = Cache()\n",
        &expect!["persist - on block `c = Cache()`"],
    );
}

#[test]
fn python_sees_the_statement_further_down() {
    python(
        "def f():\n    q = 1\n    # @klotho::persist\n    c = Cache()\n    d = 1\n",
        &expect!["persist - on expression_statement `c = Cache()`"],
    );
    python(
        "def f():\n    \"\"\"words\"\"\"\n    # @klotho::persist\n    c = Cache()\n",
        &expect!["persist - on expression_statement `c = Cache()`"],
    );
    python(
        "if a:\n    pass\n# @klotho::persist\nelse:\n    pass\n",
        &expect!["persist - on else_clause `else: …`"],
    );
    python(
        "try:\n    pass\n# @klotho::persist\nexcept E:\n    pass\n",
        &expect!["persist - on except_clause `except E: …`"],
    );
    python(
        "# @klotho::persist\n@d\ndef f():\n    pass\n",
        &expect!["persist - on decorated_definition `@d …`"],
    );
    python(
        "@d\n# @klotho::persist\ndef f():\n    pass\n",
        &expect!["persist - on function_definition `def f(): …`"],
    );
    python(
        "# @klotho::persist\na = b = Cache()\n",
        &expect!["persist - on expression_statement `a = b = Cache()`"],
    );
    python(
        "# @klotho::persist\nimport aiofiles\n",
        &expect!["persist - on import_statement `import aiofiles`"],
    );
}

#[test]
fn python_comments_behind_the_last_statement_leave_its_suite() {
    python(
        "def f():\n    g()  # @klotho::persist\n\nh()\n",
        &expect![[r#"
            persist - on expression_statement `h()`
            ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "def f():\n    g()  # @klotho::persist\nh()\n",
        &expect![[r#"
        persist - on file
        ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "def f():\n    g()      # @klotho::persist\n\nh()\n",
        &expect![[r#"
        persist - on file
        ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "def f():\n    if a:\n        g()  # @klotho::persist\n\n    h()\n",
        &expect![[r#"
            persist - on expression_statement `h()`
            ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "def f():\n    if a:\n        g()  # @klotho::persist\n\n    else:\n        h()\n",
        &expect![[r#"
            persist - on else_clause `else: …`
            ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "def f():\n    if a:\n        g()  # words\n\n        # @klotho::persist\nh()\n",
        &expect!["persist - on expression_statement `h()`"],
    );
    // A tab is as wide as eight blanks.
    python(
        "def f():\n\tg()       # @klotho::persist\n\nh()\n",
        &expect![[r#"
            persist - on expression_statement `h()`
            ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "def f():\n\tg()\t# @klotho::persist\n\nh()\n",
        &expect![[r#"
            persist - on file
            ! target-stolen behind at `@klotho::persist`"#]],
    );
    python(
        "def f():\n    if a:\n        g()  # @klotho::persist\n",
        &expect![[r#"
        persist - on file
        ! target-stolen behind at `@klotho::persist`"#]],
    );
}

#[test]
fn go_specs_and_statements() {
    go(
        "var (\n\t// @klotho::persist\n\tb, err = blob.OpenBucket(c)\n)\n",
        &expect!["persist - on var_spec `b, err = blob.OpenBucket(c)`"],
    );
    go("import (\n\t// @klotho::persist\n\t\"fmt\"\n)\n", &expect![[r#"persist - on import_spec `"fmt"`"#]]);
    go(
        "func f() {\n\t// @klotho::persist\n\tif b, err := g(); err != nil {\n\t}\n\th()\n}\n",
        &expect!["persist - on if_statement `if b, err := g(); err != nil { …`"],
    );
    go(
        "func f() {\n\th()\n\t// @klotho::persist\n\tb, err := g()\n}\n",
        &expect!["persist - on short_var_declaration `b, err := g()`"],
    );
    go("// @klotho::expose\nfunc f() {}\n", &expect!["expose - on function_declaration `func f() {}`"]);
    go(
        "func f() {\n\tswitch a {\n\tcase 1:\n\t\t// @klotho::persist\n\t\tg()\n\t\th()\n\t}\n}\n",
        &expect!["persist - on expression_statement `g()`"],
    );
}

#[test]
fn rust_items() {
    rust(
        "// @klotho::persist\n#[derive(Debug)]\nstruct S;\n",
        &expect!["persist - on attribute_item `#[derive(Debug)]`"],
    );
    rust(
        "#[derive(Debug)]\n// @klotho::persist\nstruct S;\n",
        &expect!["persist - on struct_item `struct S;`"],
    );
    rust(
        "/// @klotho::persist { id = \"x\" }\nfn f() {}\n",
        &expect![[r#"persist {"id":"x"} on function_item `fn f() {}`"#]],
    );
    rust("/// Words.\n/// @klotho::persist\nfn f() {}\n", &expect!["persist - on function_item `fn f() {}`"]);
    rust(
        "fn f() {\n    // @klotho::persist\n    let a = 1;\n}\n",
        &expect!["persist - on let_declaration `let a = 1;`"],
    );
}

#[test]
fn a_file_without_annotations_has_none() {
    for language in Language::all() {
        assert_eq!(shown(language, ""), "");
        assert_eq!(shown(language, "@klotho::persist"), "");
    }
}
