use super::{apps, done, titles, worse};
use crate::support::{Disk, ROOT, opened};
use expect_test::expect;
use klotho_annotation::{Annotation, annotations as annotations_of};
use klotho_grammars::{Language, parse};
use klotho_ide::{CodeAction, Snapshot, Span};

const STARTS: [&str; 6] = ["Give ", "Read ", "Expose ", "Carry ", "Persist ", "Make "];

/// What each language has of what can be annotated.
const CODE: [(&str, &str); 12] = [
    (
        "index.js",
        "const express = require('express');\nconst app = express();\napp.get('/a', (req, res) => res.send());\napp.lis$0ten(3000);\n",
    ),
    (
        "index.js",
        "async function f() {\n  const carts = n$0ew Map(); // of all users\n  return carts;\n}\nexports.f = f;\n",
    ),
    (
        "index.js",
        "const { EventEmitter } = require('events');\nconst sho$0ps = new EventEmitter();\nexports.shops = shops;\nshops.emit('a', 1);\n",
    ),
    ("index.ts", "export const car$0ts = new Map<string, number>();\r\n"),
    (
        "index.ts",
        "import * as fs from 'fs/pro$0mises';\nexport const read = (a: string) => fs.readFile(a);\n",
    ),
    (
        "main.py",
        "from fastapi import FastAPI\n\nap$0p = FastAPI()\n\n@app.get('/a')\ndef a():\n    return 1\n",
    ),
    ("main.py", "import aiocache\n\nclass A:\n    pass\n\ncach$0e = aiocache.Cache(aiocache.Cache.MEMORY)\n"),
    (
        "main.go",
        "package main\n\nimport (\n\t\"context\"\n\n\t\"gocloud.dev/blob\"\n\t_ \"gocloud.dev/blob/fileblob\"\n)\n\nfunc open() (*blob.Bucket, error) {\n\tbucke$0t, err := blob.OpenBucket(context.Background(), \"file:///tmp\")\n\treturn bucket, err\n}\n\nfunc main() {}\n",
    ),
    (
        "main.go",
        "package main\n\nimport (\n\t\"context\"\n\n\t\"gocloud.dev/runtimevar\"\n\t_ \"gocloud.dev/runtimevar/filevar\"\n)\n\nfunc open() (*runtimevar.Variable, error) {\n\tke$0y, err := runtimevar.OpenVariable(context.Background(), \"file://key.txt?decoder=string\")\n\treturn key, err\n}\n\nfunc main() {}\n",
    ),
    (
        "src/main.rs",
        "use axum::{Router, routing::get};\n\nasync fn a() {}\n\n#[tokio::main]\nasync fn main() {\n    let app = Router::new().route(\"/a\", get(a));\n    let listener = tokio::net::TcpListener::bind(\"0.0.0.0:80\").await.unwrap();\n    axum::se$0rve(listener, app).await.unwrap();\n}\n",
    ),
    (
        "src/main.rs",
        "use sqlx::PgPool;\n\nasync fn pool() -> PgPool {\n    let po$0ol = PgPool::connect(\"a\").await.unwrap();\n    pool\n}\n\nfn main() {}\n",
    ),
    (
        "Clinic.java",
        "import jakarta.persistence.EntityManager;\n\npublic class Clinic {\n  private En$0tityManager visits;\n\n  public static void main(String[] args) {}\n}\n",
    ),
];

/// What makes a file the start of a program.
fn project_file(path: &str) -> (&'static str, &'static str) {
    match path.rsplit('.').next() {
        Some("py") => ("requirements.txt", ""),
        Some("go") => (
            "go.mod",
            "module a
",
        ),
        Some("rs") => (
            "Cargo.toml",
            "[package]
name = \"a\"
",
        ),
        Some("java") => ("pom.xml", "<project/>"),
        _ => ("package.json", "{}"),
    }
}

/// What is offered at the cursor of some of the code, and what the first of it does.
fn shown(code: std::ops::Range<usize>) -> String {
    let mut shown = String::new();
    for (path, text) in &CODE[code] {
        let files = [(*path, *text), project_file(path)];
        let all = titles(&files, &STARTS);
        let first = all.split(" [").next().unwrap_or_default();
        shown += &format!("{all}{}\n", done(&files, first));
    }
    shown
}

#[test]
fn what_the_compiler_sees_in_javascript_can_be_annotated() {
    expect![[r#"
        Expose app through a gateway: $10.3 → $45.3 a month in all [refactor.rewrite]
        -- index.js
        const express = require('express');
        const app = express();
        app.get('/a', (req, res) => res.send());
        /* @klotho::expose {
         *   id = "app"
         *   target = "public"
         * }
         */
        app.listen(3000);

        Persist carts as a key-value store: $10.3 → $12.5 a month in all [refactor.rewrite]
        -- index.js
        async function f() {
          /* @klotho::persist {
           *   id = "carts"
           * }
           */
          const carts = new Map(); // of all users
          return carts;
        }
        exports.f = f;

        Carry the events of shops between units: $10.3 → $15.3 a month in all [refactor.rewrite]
        -- index.js
        const { EventEmitter } = require('events');
        // @klotho::pubsub { id = "shops" }
        const shops = new EventEmitter();
        exports.shops = shops;
        shops.emit('a', 1);

    "#]]
    .assert_eq(&shown(0..3));
}

#[test]
fn what_the_compiler_sees_in_typescript_and_python_can_be_annotated() {
    expect![[r#"
        Persist carts as a key-value store: $10.3 → $12.5 a month in all [refactor.rewrite]
        Give this file its own unit, index [refactor.rewrite]
        -- index.ts
        // @klotho::persist { id = "carts" }␍
        export const carts = new Map<string, number>();␍

        Persist fs as a file store: $10.3 → $19.4 a month in all [refactor.rewrite]
        Give this file its own unit, index [refactor.rewrite]
        -- index.ts
        // @klotho::persist { id = "fs" }
        import * as fs from 'fs/promises';
        export const read = (a: string) => fs.readFile(a);

        Expose app through a gateway: $10.3 → $45.3 a month in all [refactor.rewrite]
        -- main.py
        from fastapi import FastAPI

        # @klotho::expose {
        #   id = "app"
        #   target = "public"
        # }
        app = FastAPI()

        @app.get('/a')
        def a():
            return 1

        Persist cache as a key-value store: $10.3 → $12.5 a month in all [refactor.rewrite]
        -- main.py
        import aiocache

        class A:
            pass

        # @klotho::persist { id = "cache" }
        cache = aiocache.Cache(aiocache.Cache.MEMORY)

    "#]]
    .assert_eq(&shown(3..7));
}

#[test]
fn what_the_compiler_sees_in_go_can_be_annotated() {
    expect![[r#"
        Persist bucket as a file store: $10.3 → $19.4 a month in all [refactor.rewrite]
        -- main.go
        package main

        import (
        	"context"

        	"gocloud.dev/blob"
        	_ "gocloud.dev/blob/fileblob"
        )

        func open() (*blob.Bucket, error) {
        	// @klotho::persist { id = "bucket" }
        	bucket, err := blob.OpenBucket(context.Background(), "file:///tmp")
        	return bucket, err
        }

        func main() {}

        Read key from a secrets manager: $10.3 → $11.2 a month in all [refactor.rewrite]
        -- main.go
        package main

        import (
        	"context"

        	"gocloud.dev/runtimevar"
        	_ "gocloud.dev/runtimevar/filevar"
        )

        func open() (*runtimevar.Variable, error) {
        	/* @klotho::config {
        	 *   id = "key"
        	 *   secret = true
        	 * }
        	 */
        	key, err := runtimevar.OpenVariable(context.Background(), "file://key.txt?decoder=string")
        	return key, err
        }

        func main() {}

    "#]]
    .assert_eq(&shown(7..9));
}

#[test]
fn what_is_seen_in_rust_and_java_can_be_annotated() {
    expect![[r#"
        Expose app through a gateway: $10.3 → $45.3 a month in all [refactor.rewrite]
        -- src/main.rs
        use axum::{Router, routing::get};

        async fn a() {}

        #[tokio::main]
        async fn main() {
            let app = Router::new().route("/a", get(a));
            let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await.unwrap();
            /* @klotho::expose {
             *   id = "axum"
             *   target = "public"
             * }
             */
            axum::serve(listener, app).await.unwrap();
        }

        Persist pool as a database: $10.3 → $24.3 a month in all [refactor.rewrite]
        -- src/main.rs
        use sqlx::PgPool;

        async fn pool() -> PgPool {
            // @klotho::persist { id = "pool" }
            let pool = PgPool::connect("a").await.unwrap();
            pool
        }

        fn main() {}

        Persist visits as a database: $10.3 → $24.3 a month in all [refactor.rewrite]
        -- Clinic.java
        import jakarta.persistence.EntityManager;

        public class Clinic {
          // @klotho::persist { id = "visits" }
          private EntityManager visits;

          public static void main(String[] args) {}
        }

    "#]]
    .assert_eq(&shown(9..12));
}

#[test]
fn nothing_is_offered_where_it_would_do_nothing_or_harm() {
    for (path, text) in [
        // The server is no variable that the compiler sees.
        ("index.js", "require('express')().lis$0ten(3000);\n"),
        // There is one already.
        ("index.js", "// @klotho::persist { id = \"a\" }\nconst a = new M$0ap();\n"),
        // It would take the code from the annotation above.
        (
            "index.js",
            "/* @klotho::embed_assets { include = \"a\" } */\n// @klotho::persist {\n//   id = \"a\"\n// }\nconst a = new Map(), b = new M$0ap();\n",
        ),
        // A comment, a string, an empty line.
        ("index.js", "// new M$0ap()\n"),
        ("index.js", "const a = `\nnew M$0ap()`;\n"),
        ("index.js", "const a = 1;\n$0\nconst b = 2;\n"),
        // The compiler makes nothing of these.
        ("index.ts", "const { EventEmitter } = require('events');\nconst sho$0ps = new EventEmitter();\n"),
        ("main.py", "import redis\nhost = redis.Re$0dis\n"),
        ("klotho.yaml", "app: a$0\n"),
    ] {
        // The head of a file is another matter.
        assert_eq!(titles(&[(path, text), ("package.json", "{}")], &STARTS[1..]), "", "{text}");
    }
}

#[test]
fn ids_are_fresh() {
    let other = "// @klotho::persist { id = \"carts\" }\nconst a = new Map();\n";
    let config = "persisted:\n  carts-2:\n    type: dynamodb\n";
    let files = [
        ("index.js", "require('./other');\nconst carts = n$0ew Map();\n"),
        ("other.js", other),
        ("klotho.yaml", config),
        ("package.json", "{}"),
    ];
    assert!(done(&files, "Persist carts").contains("{ id = \"carts-3\" }"));
    let long = "const aVeryLongNameThatNoIdCanHold = n$0ew Map();\n";
    assert!(
        done(&[("index.js", long), ("package.json", "{}")], "Persist")
            .contains("id = \"aVeryLongNameThatNoIdCanH\"")
    );
}

#[test]
fn a_file_becomes_a_unit_from_a_function_of_it() {
    let main = "import { recent } from './recent';\nexport const a = recent;\n";
    let recent = "/** The last ones. */\nexport const rec$0ent = async (user: string) => user;\n";
    let unit = "/* @klotho::execution_unit { id = \"web\" } */\n";
    let mut shown = String::new();
    for main in [main.to_owned(), format!("{unit}{main}")] {
        let files = [("index.ts", main.as_str()), ("recent.ts", recent), ("package.json", "{}")];
        shown += &titles(&files, &["Make "]);
    }
    expect![[r#"
        Make recent an execution unit: this file and what it imports [refactor.rewrite]: index.ts would be in no unit any more: make what the program starts with a unit first
        Make recent an execution unit: this file and what it imports: $10.3 → $20.7 a month in all [refactor.rewrite]
    "#]].assert_eq(&shown);
    let files = [("index.ts", &*format!("{unit}{main}")), ("recent.ts", recent), ("package.json", "{}")];
    expect![[r#"
        -- recent.ts
        /** The last ones. */
        /* @klotho::execution_unit {
         *   id = "recent"
         * }
         */
        export const recent = async (user: string) => user;
    "#]]
    .assert_eq(&done(&files, "Make recent"));
    let twice = format!("{unit}export function a$0() {{}}\n");
    assert_eq!(titles(&[("index.ts", &twice), ("package.json", "{}")], &["Make "]), "");
    // The store would be in no unit any more.
    let apart = "// @klotho::persist { id = \"a\" }\nconst a = new Map();\n";
    let files = [
        ("index.js", "require('./apart');\n"),
        ("apart.js", apart),
        ("f.js", "function f$0() {}\n"),
        ("package.json", "{}"),
    ];
    expect![[r#"
        Make f an execution unit: this file and what it imports [refactor.rewrite]: apart.js would be in no unit any more: make what the program starts with a unit first
    "#]].assert_eq(&titles(&files, &["Make "]));
}

#[test]
fn a_file_gets_a_unit_of_its_own_from_its_head() {
    let unit = "// @klotho::execution_unit { id = \"mail\" }\n";
    let main = format!("{unit}require('./mail');\nexports.a = 1;\n");
    let project = ("package.json", "{}");
    let python = [
        ("app/main.py", "# @klotho::execution_unit { id = \"web\" }\n\nfrom app import mail\n"),
        ("app/mail.py", "#!/usr/bin/env python\n# The mail.\nimport smt$0plib\n\n\ndef send():\n    pass\n"),
        ("app/__init__.py", ""),
        ("requirements.txt", ""),
    ];
    let script = [("index.js", &*main), ("mail.js", "$0// The mail.\nexports.b = 1;\n"), project];
    expect![[r#"
        Give this file its own unit, mail-2: $10.3 → $20.7 a month in all [refactor.rewrite]
        -- mail.js
        /* @klotho::execution_unit {
         *   id = "mail-2"
         * }
         */

        // The mail.
        exports.b = 1;
        -- app/mail.py
        #!/usr/bin/env python

        # @klotho::execution_unit {
        #   id = "mail"
        # }

        # The mail.
        import smtplib


        def send():
            pass
    "#]]
    .assert_eq(&(titles(&script, &["Give "]) + &done(&script, "Give ") + &done(&python, "Give ")));
    let later = [("index.js", &*main), ("mail.js", "exports.b = 1;\nexports.$0c = 1;\n"), project];
    assert_eq!(titles(&later, &["Give "]), "");
}

fn offers(snapshot: &Snapshot, relative: &str, at: usize) -> Vec<CodeAction> {
    let all = snapshot
        .code_actions(&format!("{ROOT}/{relative}"), Span::empty(at), &crate::support::at_the_cursor())
        .into_iter();
    all.filter(|action| STARTS.iter().any(|start| action.title.starts_with(start))).collect()
}

fn annotations(disk: &Disk) -> usize {
    disk.0.values().map(|text| text.matches("@klotho::").count()).sum()
}

#[test]
fn what_is_offered_anywhere_in_the_applications_brings_no_error() {
    let mut tried = 0;
    for app in apps() {
        for (relative, text) in app.disk.0.iter().filter(|(path, _)| Language::of_path(path).is_some()) {
            let snapshot = opened(&app.disk, relative);
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                let offers = offers(&snapshot, relative, at + line.len() / 2);
                for action in offers.iter().filter(|action| action.disabled.is_none()) {
                    let after = app.disk.edited(&action.edit);
                    assert_eq!(
                        worse(&app.disk, &after),
                        [],
                        "{} in {relative} of {}",
                        action.title,
                        app.name
                    );
                    assert_eq!(annotations(&after), annotations(&app.disk) + 1);
                    tried += 1;
                }
                at += line.len();
            }
        }
    }
    assert!(tried > 0);
}

/// A text without the lines of one annotation's comment, and where the code below it is then.
fn without(text: &str, annotation: &Annotation) -> Option<(String, usize)> {
    let comment = *annotation.comment;
    let start = text[..comment.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = comment.end as usize + text[comment.end as usize..].find('\n')? + 1;
    let node = annotation.node.as_ref()?.at.start as usize;
    Some((format!("{}{}", &text[..start], &text[end..]), node - (end - start)))
}

#[test]
fn what_the_applications_annotate_is_offered_without_it() {
    let mut shown = String::new();
    for app in apps() {
        for (relative, text) in &app.disk.0 {
            let Some(language) = Language::of_path(relative).filter(|language| language.is_program()) else {
                continue;
            };
            let tree = parse(language, text, None).unwrap();
            for annotation in annotations_of(language, text, &tree).list {
                let is_of_code =
                    ["persist", "expose", "pubsub", "config"].contains(&annotation.capability.as_str());
                let Some((bare, at)) = without(text, &annotation).filter(|_| is_of_code) else { continue };
                let mut disk = app.disk.clone();
                disk.0.insert(relative.clone(), bare);
                let offered = offers(&opened(&disk, relative), relative, at);
                let titles: Vec<_> = offered.into_iter().map(|action| action.title).collect();
                let id = annotation.id().unwrap_or_default();
                shown += &format!("{}: {} {id}: {}\n", app.name, annotation.capability, titles.join(", "));
            }
        }
    }
    expect![[r#"
        bikes-python: persist station-key: Persist aiofiles as a file store: $59.3 → $68.3 a month in all
        bikes-python: expose bikes-api: Expose app through a gateway: $25.2 → $60.2 a month in all
        bikes-python: persist bikes-db: Persist engine as a database: $46.2 → $60.2 a month in all
        clinic-java: expose clinic-api: Expose application() through a gateway: $24.3 → $59.3 a month in all
        clinic-java: persist visits: Persist Visits as a database: $45.3 → $59.3 a month in all
        links-rust: expose links-api: Expose app through a gateway: $32.0 → $50.0 a month in all
        links-rust: persist links: Persist pool as a database: $36.0 → $50.0 a month in all
        meters-csharp: expose meters-api: Expose app through a gateway: $10.3 → $45.3 a month in all
        music-service: expose music-api: Expose app through a gateway: $56.9 → $91.9 a month in all
        music-service: expose recommend-api: Expose app through a gateway: $31.9 → $66.9 a month in all
        music-service: persist recent-plays: Persist plays as a key-value store: $64.8 → $66.9 a month in all
        music-service: persist playlist-store: Persist playlists as a key-value store: $64.8 → $66.9 a month in all
        notes-js: persist notes: Persist notes as a key-value store: $45.3 → $47.5 a month in all
        notes-js: expose api: Expose app through a gateway: $12.5 → $47.5 a month in all
        orders-js: persist carts: Persist carts as a key-value store: $159 → $162 a month in all
        orders-js: pubsub order-events: Carry the events of orders between units: $157 → $162 a month in all
        orders-js: expose orders-api: Expose app through a gateway: $144 → $162 a month in all
        parcels-go: persist labels: Persist files as a file store: $36.9 → $46.0 a month in all
        parcels-go: config carrier-key: Read key from a secrets manager: $45.1 → $46.0 a month in all
        parcels-go: expose parcels-api: Expose r through a gateway: $27.9 → $46.0 a month in all
        reminders-ts: pubsub bells: Carry the events of due between units: $47.5 → $52.5 a month in all
        reminders-ts: persist reminders: Persist reminders as a key-value store: $50.3 → $52.5 a month in all
        reminders-ts: expose reminders-api: Expose app through a gateway: $10.3 → $52.5 a month in all
    "#]]
    .assert_eq(&shown);
}
