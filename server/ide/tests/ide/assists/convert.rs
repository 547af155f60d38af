use super::{apps, done, titles};
use crate::support::{Disk, Fixture, ROOT, UNIT, opened};
use expect_test::expect;
use klotho_grammars::Language;
use klotho_ide::Span;

const WRITE: [&str; 1] = ["Write the annotation in "];

/// Annotations in the forms of several languages.
const CODE: [(&str, &str); 7] = [
    (
        "index.js",
        "// The carts\n// @klotho::per$0sist {\n//   id = \"a\" # note\n//\n// }\nconst a = new Map();\n",
    ),
    (
        "index.ts",
        "  /** The carts\r\n   * @klotho::per$0sist {\r\n   *   id = \"a\"\r\n   * }\r\n   */\r\n  const a = new Map();\r\n",
    ),
    (
        "main.go",
        "package main\n\n/*\n   @klotho::embed_$0assets {\n     include = [\n       \"a\",\n     ]\n   }\n*/\nfunc main() {}\n",
    ),
    ("src/main.rs", "// @klotho::execution$0_unit { id = \"a\" }\nfn main() {}\n"),
    (
        "Startup.cs",
        "class A {\n    /* @klotho::execution$0_unit {\n     *   id = \"a\"\n     * } */\n    int b;\n}\n",
    ),
    ("App.java", "/* @klotho::execution$0_unit { id = \"a\" } */\nclass App {}\n"),
    (
        "index.tsx",
        "/* @klotho::persist { id = \"a\" } */\n/* @klotho::per$0sist { id = \"b\" } */\nconst a = new Map();\n",
    ),
];

/// All that can be made of the forms of some of them.
fn shown(code: std::ops::Range<usize>) -> String {
    let mut shown = String::new();
    for (path, text) in &CODE[code] {
        let files = [(*path, *text), ("package.json", "{}")];
        for title in titles(&files, &WRITE).lines() {
            let start = title.split(" [").next().unwrap_or_default();
            shown += &format!("{title}\n{}", done(&files, start));
        }
        shown += "\n";
    }
    shown
}

#[test]
fn a_comment_is_written_in_its_other_forms() {
    expect![[r#"
        Write the annotation in a block comment [refactor.rewrite]
        -- index.js
        /* The carts
         * @klotho::persist {
         *   id = "a" # note
         *
         * }
         */
        const a = new Map();
        Write the annotation in a block comment without stars [refactor.rewrite]
        -- index.js
        /* The carts
           @klotho::persist {
             id = "a" # note

           }
         */
        const a = new Map();

        Write the annotation in line comments [refactor.rewrite]
        -- index.ts
          // The carts␍
          // @klotho::persist {␍
          //   id = "a"␍
          // }␍
          const a = new Map();␍
        Write the annotation in a block comment without stars [refactor.rewrite]
        -- index.ts
          /* The carts␍
             @klotho::persist {␍
               id = "a"␍
             }␍
           */␍
          const a = new Map();␍

        Write the annotation in line comments [refactor.rewrite]
        -- main.go
        package main

        // @klotho::embed_assets {
        //   include = [
        //     "a",
        //   ]
        // }
        func main() {}
        Write the annotation in a block comment [refactor.rewrite]
        -- main.go
        package main

        /* @klotho::embed_assets {
         *   include = [
         *     "a",
         *   ]
         * }
         */
        func main() {}

    "#]]
    .assert_eq(&shown(0..3));
}

#[test]
fn short_comments_are_written_in_their_other_forms() {
    expect![[r#"
        Write the annotation in a block comment [refactor.rewrite]
        -- src/main.rs
        /* @klotho::execution_unit { id = "a" } */
        fn main() {}

        Write the annotation in line comments [refactor.rewrite]
        -- Startup.cs
        class A {
            // @klotho::execution_unit {
            //   id = "a"
            // }
            int b;
        }
        Write the annotation in a block comment without stars [refactor.rewrite]
        -- Startup.cs
        class A {
            /* @klotho::execution_unit {
                 id = "a"
               }
             */
            int b;
        }

        Write the annotation in line comments [refactor.rewrite]
        -- App.java
        // @klotho::execution_unit { id = "a" }
        class App {}

        Write the annotation in line comments [refactor.rewrite]
        -- index.tsx
        /* @klotho::persist { id = "a" } */
        // @klotho::persist { id = "b" }
        const a = new Map();

    "#]]
    .assert_eq(&shown(3..7));
}

#[test]
fn what_would_say_something_else_or_stand_on_something_else_is_not_offered() {
    let mut shown = String::new();
    for text in [
        // The comment behind the code would take part.
        "/* @klotho::per$0sist { id = \"a\" } */\nconst a = new Map(); // all\n",
        // One comment would be another's.
        "// The carts\n/* @klotho::per$0sist { id = \"a\" } */\nconst a = new Map();\n",
        // The pattern would end the comment.
        "// @klotho::embed_$0assets { include = \"**/a\" }\nconst a = 1;\n",
        "const a = 1; // @klotho::per$0sist { id = \"a\" }\nconst b = new Map();\n",
        "/* @klotho::per$0sist { id = \"a\" } */ const b = new Map();\n",
    ] {
        shown += &format!("{text}{}\n", titles(&[("index.js", text), ("package.json", "{}")], &WRITE));
    }
    expect![[r#"
        /* @klotho::per$0sist { id = "a" } */
        const a = new Map(); // all

        // The carts
        /* @klotho::per$0sist { id = "a" } */
        const a = new Map();

        // @klotho::embed_$0assets { include = "**/a" }
        const a = 1;

        const a = 1; // @klotho::per$0sist { id = "a" }
        const b = new Map();

        /* @klotho::per$0sist { id = "a" } */ const b = new Map();

    "#]]
    .assert_eq(&shown);
    let python = "# @klotho::execution$0_unit { id = \"a\" }\n";
    assert_eq!(titles(&[("main.py", python), ("requirements.txt", "")], &WRITE), "");
}

#[test]
fn forms_lead_back_to_each_other() {
    let stars = UNIT.replacen("execution_unit", "execution_$0unit", 1);
    let to_lines = Fixture::new(&[("index.ts", &stars)]);
    let lined = to_lines.disk.edited(&to_lines.action("Write the annotation in line comments").edit);
    let source = lined.0["index.ts"].replacen("execution_unit", "execution_$0unit", 1);
    let back = Fixture::new(&[("index.ts", &source)]);
    assert_eq!(
        back.disk.edited(&back.action("Write the annotation in a block comment").edit).0["index.ts"],
        UNIT
    );
}

/// All that a project says, but for where in its files.
fn said(disk: &Disk) -> (serde_json::Value, Vec<String>) {
    let snapshot = disk.snapshot();
    let mut graph = snapshot.graph_json(ROOT).unwrap();
    without_places(&mut graph);
    let found = snapshot.project_diagnostics(ROOT).into_iter();
    (graph, found.map(|found| format!("{:?} {:?} {}", found.path, found.code, found.message)).collect())
}

fn without_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.retain(|key, _| !["range", "line", "start", "end"].contains(&key.as_str()));
            fields.values_mut().for_each(without_places);
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(without_places),
        _ => {}
    }
}

#[test]
fn no_form_changes_anything_in_the_applications() {
    let mut tried = 0;
    for app in apps() {
        let before = said(&app.disk);
        for (relative, text) in app.disk.0.iter().filter(|(path, _)| Language::of_path(path).is_some()) {
            for (at, _) in text.match_indices("@klotho::") {
                let actions = opened(&app.disk, relative).code_actions(
                    &format!("{ROOT}/{relative}"),
                    Span::empty(at),
                    &crate::support::at_the_cursor(),
                );
                for action in actions.iter().filter(|action| action.title.starts_with(WRITE[0])) {
                    assert_eq!(
                        said(&app.disk.edited(&action.edit)),
                        before,
                        "{} in {relative}",
                        action.title
                    );
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 20, "{tried}");
}
