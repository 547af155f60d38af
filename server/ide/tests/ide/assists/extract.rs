use super::{apps, done, titles, worse};
use crate::support::{Disk, ROOT, opened};
use expect_test::expect;
use klotho_grammars::Language;
use klotho_ide::Span;

const MOVE: [&str; 1] = ["Move "];

const MAIN: &str = r#"/* @klotho::execution_unit { id = "web" } */
import * as express from "express";
import { createHash, randomUUID as uuid } from "crypto";
import type { User } from "./users";

const app = express();

/** What a user is called in files. */
// Nobody can guess it.
export async func$0tion digest(user: User, salt = 1): Promise<string> {
  const text = `${user.name}${salt}`;
  return createHash("sha256").update(text).digest("hex");
}

app.get("/digest/:name", async (req, res) => {
  res.send(await digest({ name: req.params.name, id: uuid() }));
});
"#;

fn project(main: &str) -> [(&str, &str); 3] {
    [
        ("src/main.ts", main),
        ("src/users.ts", "export type User = { name: string; id: string };\n"),
        ("package.json", "{}"),
    ]
}

#[test]
fn a_function_moves_with_what_it_imports() {
    expect![[r#"
        Move digest into a unit of its own: $10.3 → $20.7 a month in all [refactor.extract]
    "#]]
    .assert_eq(&titles(&project(MAIN), &MOVE));
    expect![[r#"
        -- src/digest.ts
        /* @klotho::execution_unit {
         *   id = "digest"
         * }
         */
        import { createHash } from "crypto";
        import type { User } from "./users";

        /** What a user is called in files. */
        // Nobody can guess it.
        export async function digest(user: User, salt = 1): Promise<string> {
          const text = `${user.name}${salt}`;
          return createHash("sha256").update(text).digest("hex");
        }
        -- src/main.ts
        /* @klotho::execution_unit { id = "web" } */
        import * as express from "express";
        import { randomUUID as uuid } from "crypto";
        import { digest } from "./digest";

        const app = express();

        export { digest };

        app.get("/digest/:name", async (req, res) => {
          res.send(await digest({ name: req.params.name, id: uuid() }));
        });
    "#]]
    .assert_eq(&done(&project(MAIN), "Move digest"));
}

#[test]
fn a_function_of_the_file_alone_is_exported_and_imported() {
    let main = "// @klotho::execution_unit { id = \"web\" }\n\nimport { join } from './text.js'\n\nasync funct$0ion both(a, b) {\n  return join(a, b)\n}\n\nexport const all = async () => both(1, 2)\n";
    let files =
        [("index.tsx", main), ("text.ts", "export const join = (a, b) => a + b\n"), ("package.json", "{}")];
    expect![[r#"
        -- both.tsx
        /* @klotho::execution_unit {
         *   id = "both"
         * }
         */
        import { join } from './text.js'

        export async function both(a, b) {
          return join(a, b)
        }
        -- index.tsx
        // @klotho::execution_unit { id = "web" }

        import { both } from './both.js'

        export const all = async () => both(1, 2)
    "#]]
    .assert_eq(&done(&files, "Move both"));
}

#[test]
fn what_binds_a_function_to_its_file_is_said() {
    let mut shown = String::new();
    for (mark, instead) in [
        ("${salt}", "${salt}${app}"),
        ("async func", "func"),
        ("// Nobody can guess it.", "/* @klotho::persist { id = \"a\" } */"),
        ("  const text", "  exports.a = 1;\n  const text"),
    ] {
        shown += &format!("{instead}: {}", titles(&project(&MAIN.replacen(mark, instead, 1)), &MOVE));
    }
    let mut taken = project(MAIN).to_vec();
    taken.push(("src/digest.ts", "export {};\n"));
    shown += &titles(&taken, &MOVE);
    let main = "import { all } from './all.js';\nasync func$0tion f() {}\nexport const a = () => all(f);\n";
    let files = [("index.ts", main), ("all.ts", "export const all = (a) => a();\n"), ("package.json", "{}")];
    shown += &titles(&files, &MOVE);
    expect![[r#"
        ${salt}${app}: Move digest into a unit of its own [refactor.extract]: it uses `app`, which belongs to src/main.ts
        func: Move digest into a unit of its own [refactor.extract]: a unit answers another one later: make the function async first
        /* @klotho::persist { id = "a" } */: Move digest into a unit of its own [refactor.extract]: an annotation stands on it or in it
          exports.a = 1;
          const text: Move digest into a unit of its own [refactor.extract]: it uses `exports`, which belongs to src/main.ts
        Move digest into a unit of its own [refactor.extract]: there is a file src/digest.ts already
        Move f into a unit of its own [refactor.extract]: all.ts would be in no unit any more: make what the program starts with a unit first
    "#]].assert_eq(&shown);
    for text in [
        "module.exports = 1;\nasync func$0tion f() {}\n",
        "export default async func$0tion f() {}\n",
        "export const a$0 = 1;\n",
    ] {
        assert_eq!(titles(&[("index.ts", text), ("package.json", "{}")], &MOVE), "", "{text}");
    }
}

#[test]
fn what_is_moved_out_of_the_applications_leaves_no_error() {
    let mut tried = 0;
    for app in apps() {
        for (relative, text) in app.disk.0.iter().filter(|(path, _)| Language::of_path(path).is_some()) {
            let snapshot = opened(&app.disk, relative);
            for (at, _) in text.match_indices("function ") {
                let actions = snapshot.code_actions(
                    &format!("{ROOT}/{relative}"),
                    Span::empty(at),
                    &crate::support::at_the_cursor(),
                );
                for action in actions.iter().filter(|it| it.title.starts_with(MOVE[0])) {
                    tried += 1;
                    if action.disabled.is_none() {
                        let after: Disk = app.disk.edited(&action.edit);
                        assert_eq!(worse(&app.disk, &after), [], "{} in {relative}", action.title);
                    }
                }
            }
        }
    }
    assert!(tried > 0);
}
