//! Annotations, and bodies of annotations, that are too many, too long or too deep.

use crate::case::{Case, Said, write};

const DEPTH: usize = 60_000;
const MEGABYTE: usize = 1_000_000;
const TOO_MANY: &[Said] = &[
    ("a.ts", "file-skipped", "more than 20k annotations"),
    ("b.py", "file-skipped", "more than 20k annotations"),
];

fn text(name: &str, file: &str, text: impl Fn() -> String + Sync + Send + 'static) -> Case {
    Case::file(name, file, move || text().into_bytes())
}

/// An annotation around a body.
fn body(name: &str, body: impl Fn() -> String + Sync + Send + 'static) -> Case {
    text(name, "a.ts", move || {
        format!("/* @klotho::execution_unit {{\n{}\n}} */\nexport const x = 1;\n", body())
    })
}

pub(crate) fn cases() -> Vec<Case> {
    [many(), long(), deep()].into_iter().flatten().collect()
}

fn many() -> Vec<Case> {
    vec![
        text("5,000 annotations", "a.ts", || {
            (0..5_000).map(|n| format!("// @klotho::persist {{ id = \"s{n}\" }}\nexport const s{n} = new Map();\n")).collect()
        }),
        text("5,000 annotations of the same id", "a.ts", || {
            "// @klotho::persist { id = \"a\" }\nexport const s = new Map();\n".repeat(5_000)
        }),
        text("20,000 annotations in one comment", "a.ts", || {
            format!("/*\n{}*/\nexport const x = 1;\n", "@klotho::execution_unit { id = \"a\" }\n".repeat(20_000))
        })
        .big(),
        text("20,000 annotations that nobody closes", "a.ts", || "// @klotho::persist {\n".repeat(20_000)).big(),
        text("20,000 marks on one line", "a.ts", || format!("// {}\n", "@klotho::".repeat(20_000))),
        Case::new("a million annotations in two files", "a.ts", |folder| {
            write(folder, "a.ts", "//@klotho::a\n//\n".repeat(500_000).as_bytes());
            write(folder, "b.py", "#@klotho::a\n\n".repeat(500_000).as_bytes());
        })
        .saying(TOO_MANY),
        Case::new("2,000 units in 2,000 files that import each other", "f0.ts", |folder| {
            for n in 0..2_000_usize {
                let next = (n + 1) % 2_000;
                let source = format!(
                    "import {{ x{next} }} from \"./f{next}\";\n// @klotho::execution_unit {{ id = \"u{n}\" }}\nexport const x{n} = 1;\n"
                );
                write(folder, &format!("f{n}.ts"), source.as_bytes());
            }
        })
        .big(),
    ]
}

fn long() -> Vec<Case> {
    vec![
        body("an id of a megabyte", || format!("id = \"{}\"", "a".repeat(MEGABYTE))),
        body("a key of a megabyte", || format!("{} = 1", "a".repeat(MEGABYTE))),
        body("a number of a megabyte", || format!("id = {}", "9".repeat(MEGABYTE))),
        body("a string of a megabyte that nobody closes", || {
            format!("id = \"{}", "\\u0061".repeat(MEGABYTE / 6))
        }),
        text("a capability of a megabyte", "a.ts", || format!("// @klotho::{}\n", "a".repeat(MEGABYTE))),
        text("a margin of a megabyte", "a.ts", || {
            format!(
                "/*{}* @klotho::persist {{ id = \"a\" }} */\nexport const s = new Map();\n",
                " ".repeat(MEGABYTE)
            )
        }),
        body("50,000 directives", || (0..50_000).map(|n| format!("k{n} = {n}\n")).collect()).big(),
        body("a list of 100,000", || format!("include = [{}]", "\"a\",".repeat(100_000))),
        text("a route of a megabyte", "a.js", || {
            let path = "/:a".repeat(MEGABYTE / 3);
            format!(
                "const e = require(\"express\");\nconst app = e();\napp.get(\"{path}\", (a, b) => {{}});\n// @klotho::expose {{ id = \"g\", target = \"public\" }}\napp.listen(1);\n"
            )
        }),
        text("5,000 routes", "a.js", || {
            let routes: String =
                (0..5_000).map(|n| format!("app.get(\"/{n}\", (a, b) => {{}});\n")).collect();
            format!(
                "const e = require(\"express\");\nconst app = e();\n{routes}// @klotho::expose {{ id = \"g\", target = \"public\" }}\napp.listen(1);\n"
            )
        }),
    ]
}

fn deep() -> Vec<Case> {
    vec![
        body("60,000 nested lists in TOML", || format!("id = {}{}", "[".repeat(DEPTH), "]".repeat(DEPTH))),
        body("60,000 nested tables in TOML", || {
            format!("id = {}1{}", "{a=".repeat(DEPTH), "}".repeat(DEPTH))
        }),
        body("60,000 lists that nobody closes in TOML", || format!("id = {}", "[".repeat(DEPTH))),
        body("a dotted key of 60,000 parts", || format!("a{} = 1", ".a".repeat(DEPTH))),
        body("a table of 60,000 parts", || format!("[a{}]\nb = 1", ".a".repeat(DEPTH))),
        text("60,000 braces after an annotation", "a.ts", || {
            format!("// @klotho::persist {}\n", "{".repeat(DEPTH))
        }),
    ]
}
