use super::{apps, done, titles};
use crate::support::{Disk, Fixture, ROOT, UNIT, opened};
use expect_test::expect;
use klotho_ide::Span;
use serde_json::{Map, Value, json};

const STATE: &str = "State ";

/// A unit in each form of comment that languages have.
const FORMS: [(&str, &str); 10] = [
    ("index.js", "// @klotho::execution$0_unit { id = \"api\" }\n\nexports.a = 1;\n"),
    ("index.ts", "/* @klotho::execution$0_unit { id = \"api\" } */\n\nexport const a = 1;\n"),
    (
        "index.tsx",
        "/**\n * The API.\n * @klotho::execution$0_unit {\n *   id = \"api\"\n * }\n */\nexport const a = 1;\n",
    ),
    ("main.py", "# @klotho::execution$0_unit {\n#   id = \"api\"\n# }\n\na = 1\n"),
    ("main.go", "package main\n\n/* @klotho::execution$0_unit {\n  id = \"api\"\n}\n*/\nfunc main() {}\n"),
    ("src/main.rs", "// @klotho::execution$0_unit {\r\n//   id = \"api\"\r\n// }\r\n\r\nfn main() {}\r\n"),
    ("Startup.cs", "class A {\n    // @klotho::execution$0_unit { id = \"api\" }\n    int b;\n}\n"),
    ("App.java", "class App {\n  /* @klotho::execution$0_unit {\n   *   id = \"api\" } */\n  int b;\n}\n"),
    (
        "index.mjs",
        "/* @klotho::execution$0_unit {\n *   id = \"api\"\n *   workload = { memory_mb = 256 } # small\n * }\n */\nexport const a = 1;\n",
    ),
    (
        "b.js",
        "/*\n@klotho::execution$0_unit {\nid = \"api\"\n[requires]\nmax_request_s = 3\n} */\nexports.a = 1;\n",
    ),
];

#[test]
fn the_traffic_is_stated_as_it_is_assumed_in_every_form_of_comment() {
    let mut shown = String::new();
    for (path, text) in FORMS {
        shown += &done(&[(path, text), ("package.json", "{}")], STATE);
        shown += "\n";
    }
    expect![[r#"
        -- index.js
        // @klotho::execution_unit {
        //   id = "api"
        //   [workload]
        //   monthly_requests = 10_000_000
        //   request_duration_ms = 100
        //   memory_mb = 512
        //   cpu_ms = 25
        //   shape = "diurnal"
        // }

        exports.a = 1;

        -- index.ts
        /* @klotho::execution_unit {
         *   id = "api"
         *   [workload]
         *   monthly_requests = 10_000_000
         *   request_duration_ms = 100
         *   memory_mb = 512
         *   cpu_ms = 25
         *   shape = "diurnal"
         * }
         */

        export const a = 1;

        -- index.tsx
        /**
         * The API.
         * @klotho::execution_unit {
         *   id = "api"
         *   [workload]
         *   monthly_requests = 10_000_000
         *   request_duration_ms = 100
         *   memory_mb = 512
         *   cpu_ms = 25
         *   shape = "diurnal"
         * }
         */
        export const a = 1;

        -- main.py
        # @klotho::execution_unit {
        #   id = "api"
        #   [workload]
        #   monthly_requests = 10_000_000
        #   request_duration_ms = 100
        #   memory_mb = 512
        #   cpu_ms = 25
        #   shape = "diurnal"
        # }

        a = 1

        -- main.go
        package main

        /* @klotho::execution_unit {
          id = "api"
          [workload]
          monthly_requests = 10_000_000
          request_duration_ms = 100
          memory_mb = 512
          cpu_ms = 25
          shape = "diurnal"
        }
        */
        func main() {}

        -- src/main.rs
        // @klotho::execution_unit {␍
        //   id = "api"␍
        //   [workload]␍
        //   monthly_requests = 10_000_000␍
        //   request_duration_ms = 100␍
        //   memory_mb = 512␍
        //   cpu_ms = 25␍
        //   shape = "diurnal"␍
        // }␍
        ␍
        fn main() {}␍

        -- Startup.cs
        class A {
            // @klotho::execution_unit {
            //   id = "api"
            //   [workload]
            //   monthly_requests = 10_000_000
            //   request_duration_ms = 100
            //   memory_mb = 512
            //   cpu_ms = 25
            //   shape = "diurnal"
            // }
            int b;
        }

        -- App.java
        class App {
          /* @klotho::execution_unit {
           *   id = "api"
           *   [workload]
           *   monthly_requests = 10_000_000
           *   request_duration_ms = 100
           *   memory_mb = 512
           *   cpu_ms = 25
           *   shape = "diurnal"
           * } */
          int b;
        }

        -- index.mjs
        /* @klotho::execution_unit {
         *   id = "api"
         *   workload = { memory_mb = 256, monthly_requests = 10_000_000, request_duration_ms = 100, cpu_ms = 25, shape = "diurnal" } # small
         * }
         */
        export const a = 1;

        -- b.js
        /*
        @klotho::execution_unit {
        id = "api"
        [requires]
        max_request_s = 3
        [workload]
        monthly_requests = 10_000_000
        request_duration_ms = 100
        memory_mb = 512
        cpu_ms = 25
        shape = "diurnal"
        } */
        exports.a = 1;

    "#]].assert_eq(&shown);
}

#[test]
fn volumes_say_what_they_would_cost() {
    let source = UNIT.replacen("execution_unit", "execution_$0unit", 1);
    expect![[r#"
        State what is assumed about the traffic of playlists: still $10.3 a month [refactor.rewrite]
        State all 10 keys that are assumed about playlists: still $10.3 a month [refactor.rewrite]
        Set the traffic of playlists to 100k requests a month: $0.10 on AWS Lambda, the cheapest [refactor.rewrite]
        Set the traffic of playlists to 1M requests a month: $1.04 on AWS Lambda, the cheapest [refactor.rewrite]
        Set the traffic of playlists to 100M requests a month: $103 on AWS Lambda, the cheapest [refactor.rewrite]
    "#]].assert_eq(&titles(&[("index.ts", &source), ("package.json", "{}")], &["Set ", STATE]));
    let shape = UNIT.replacen("commute", "com$0mute", 1);
    expect![[r#"
        Set the shape of a day of playlists to flat: $10.3 on AWS Lambda, the cheapest [refactor.rewrite]
        Set the shape of a day of playlists to diurnal: $10.3 on AWS Lambda, the cheapest [refactor.rewrite]
        Set the shape of a day of playlists to spiky: $10.3 on AWS Lambda, the cheapest [refactor.rewrite]
    "#]]
    .assert_eq(&titles(&[("index.ts", &shape), ("package.json", "{}")], &["Set "]));
    let body = UNIT.replacen("return", "ret$0urn", 1);
    expect![[r#"
        State what is assumed about the traffic of playlists: still $10.3 a month [refactor.rewrite]
    "#]]
    .assert_eq(&titles(&[("index.ts", &body), ("package.json", "{}")], &["Set ", STATE]));
    let set = done(&[("index.ts", &source)], "Set the traffic of playlists to 1M");
    assert_eq!(set, format!("-- index.ts\n{}", UNIT.replace("10_000_000", "1_000_000")));
    let set = done(&[("index.ts", &shape)], "Set the shape of a day of playlists to flat");
    assert_eq!(set, format!("-- index.ts\n{}", UNIT.replace("commute", "flat")));
}

#[test]
fn a_unit_without_an_annotation_is_stated_in_the_configuration() {
    let code = [("package.json", "{}"), ("index.js", "exports.a = 1;\n")];
    let mut shown = String::new();
    for (path, text) in [
        ("klotho.yaml", "# ours\nexecution_units:\n    ma$0in:\n        type: lambda # now\n"),
        (
            "klotho.yaml",
            "execution_units:\n  ma$0in:\n    workload:\n      # measured\n      memory_mb: 256\n",
        ),
        ("klotho.json", "{\n  \"execution_units\": {\n    \"ma$0in\": { \"type\": \"lambda\" }\n  }\n}\n"),
        ("klotho.toml", "[execution_units.ma$0in]\ntype = \"lambda\" # now\n"),
    ] {
        shown += &done(&[code[0], code[1], (path, text)], STATE);
    }
    expect![[r#"
        -- klotho.yaml
        # ours
        execution_units:
            main:
                type: lambda # now
                workload:
                  monthly_requests: 10000000
                  request_duration_ms: 100
                  memory_mb: 512
                  cpu_ms: 25
                  shape: diurnal
        -- klotho.yaml
        execution_units:
          main:
            workload:
              monthly_requests: 10000000
              request_duration_ms: 100
              cpu_ms: 25
              shape: diurnal
              # measured
              memory_mb: 256
        -- klotho.json
        {
          "execution_units": {
            "main": { "workload": { "monthly_requests": 10000000, "request_duration_ms": 100, "memory_mb": 512, "cpu_ms": 25, "shape": "diurnal" }, "type": "lambda" }
          }
        }
        -- klotho.toml
        [execution_units.main]
        type = "lambda" # now

        [execution_units.main.workload]
        monthly_requests = 10000000
        request_duration_ms = 100
        memory_mb = 512
        cpu_ms = 25
        shape = "diurnal"
    "#]].assert_eq(&shown);
}

fn set(files: &[(&str, &str)], unit: &str, workload: Value) -> Result<String, String> {
    let disk = Disk::new(files);
    let Value::Object(workload) = workload else { return Err("no table".to_owned()) };
    let read = |path: &str| disk.0.get(path.strip_prefix("/app/")?).cloned();
    let edit = disk.snapshot().set_workload(ROOT, unit, &workload, read)?;
    let after = disk.edited(&edit);
    let changed = after.0.iter().filter(|(path, text)| disk.0.get(*path) != Some(text));
    Ok(changed.map(|(path, text)| format!("-- {path}\n{text}")).collect())
}

#[test]
fn a_key_is_changed_where_it_is_stated_and_added_beside_the_others() {
    let files = [("index.ts", UNIT), ("package.json", "{}")];
    let workload = json!({"monthly_requests": 2_500_000.0, "memory_mb": 1024, "burst": 2.5, "shape": [1, 2]});
    assert_eq!(
        set(&files, "playlists", workload).unwrap_err(),
        "`shape` needs 24 numbers, one per hour, not 2."
    );
    let hours = vec![1; 24];
    let workload = json!({"monthly_requests": 2_500_000.0, "memory_mb": 1024, "burst": 2.5, "shape": hours});
    expect![[r#"
        -- index.ts
        /* @klotho::execution_unit {
         *   id = "playlists"
         *   target = "lambda"
         *   [workload]
         *   monthly_requests = 2_500_000
         *   shape = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
         *   memory_mb = 1024
         *   burst = 2.5
         * }
         */
        export async function recent(user: string) {
          return user;
        }
    "#]]
    .assert_eq(&set(&files, "playlists", workload).unwrap());
    let quoted = "# @klotho::execution_unit {\n#   id = 'a'\n#   workload.shape = 'flat' # all day\n#   workload.monthly_requests = 10000000\n# }\n\nb = 1\n";
    let workload = json!({"shape": "spiky", "monthly_requests": 20_000_000, "arch": "arm64"});
    expect![[r#"
        -- main.py
        # @klotho::execution_unit {
        #   id = 'a'
        #   workload.shape = 'spiky' # all day
        #   workload.monthly_requests = 20000000
        #   workload.arch = "arm64"
        # }

        b = 1
    "#]]
    .assert_eq(&set(&[("main.py", quoted), ("requirements.txt", "")], "a", workload).unwrap());
}

#[test]
fn what_the_configuration_states_is_changed_there() {
    let config =
        "execution_units:\n  playlists:\n    workload: { monthly_requests: 5, 'shape': 'flat' } # for now\n";
    let files = [("index.ts", UNIT), ("klotho.yaml", config)];
    let workload = json!({"monthly_requests": 2_500_000, "shape": "spiky", "target_utilization": 0.5});
    expect![[r#"
        -- index.ts
        /* @klotho::execution_unit {
         *   id = "playlists"
         *   target = "lambda"
         *   [workload]
         *   monthly_requests = 10_000_000
         *   shape = "commute"
         *   target_utilization = 0.5
         * }
         */
        export async function recent(user: string) {
          return user;
        }
        -- klotho.yaml
        execution_units:
          playlists:
            workload: { monthly_requests: 2500000, 'shape': 'spiky' } # for now
    "#]]
    .assert_eq(&set(&files, "playlists", workload).unwrap());
}

#[test]
fn what_cannot_be_set_is_said() {
    let files =
        [("index.ts", UNIT), ("klotho.yaml", "execution_units:\n  playlists: &a\n    workload: *a\n")];
    let mut shown = String::new();
    for (unit, workload) in [
        ("playlist", json!({"memory_mb": 5})),
        ("playlists", json!({"memory": 5})),
        ("playlists", json!({"memory_mb": "much"})),
        ("playlists", json!({"memory_mb": {}})),
    ] {
        shown += &format!("{}\n", set(&files, unit, workload).unwrap_err());
    }
    expect![[r#"
        the project has no unit `playlist`
        `memory` is not a workload key. Did you mean `memory_mb`?
        `memory_mb` must be a number of MB, not a text.
        `memory_mb` needs a plain value.
    "#]]
    .assert_eq(&shown);
    let disk = Disk::new(&[("index.ts", UNIT), ("package.json", "{}")]);
    let keys = Map::from_iter([("monthly_requests".to_owned(), json!(5))]);
    let unread = disk.snapshot().set_workload(ROOT, "playlists", &keys, |_| None);
    expect![[r#"Err("its text is not known: set monthly_requests to 5 in [workload] of the annotation in index.ts")"#]].assert_eq(&format!("{unread:?}"));
}

/// What every unit of a project costs.
fn bill(disk: &Disk) -> Vec<(String, Option<String>)> {
    let snapshot = disk.snapshot();
    let units = snapshot.project(ROOT).unwrap().derived().units.keys();
    units
        .map(|id| (id.clone(), snapshot.unit_cost(ROOT, id).map(|it| it.replace("an assumed ", ""))))
        .collect()
}

#[test]
fn what_is_stated_as_it_is_assumed_changes_no_bill_of_any_application() {
    let mut tried = 0;
    for app in apps() {
        let before = (bill(&app.disk), app.disk.all_findings());
        for (relative, text) in &app.disk.0 {
            for (at, _) in text.match_indices("@klotho::execution_unit") {
                let path = format!("{ROOT}/{relative}");
                let actions = opened(&app.disk, relative).code_actions(
                    &path,
                    Span::empty(at + 3),
                    &crate::support::at_the_cursor(),
                );
                for action in actions.iter().filter(|action| action.title.starts_with(STATE)) {
                    assert_eq!(action.disabled, None, "{} in {relative}", action.title);
                    let after = app.disk.edited(&action.edit);
                    assert_eq!(bill(&after), before.0, "{} in {relative}", action.title);
                    let new: Vec<_> =
                        after.all_findings().into_iter().filter(|it| !before.1.contains(it)).collect();
                    assert!(new.iter().all(|it| it.ends_with("cheaper-target")), "{new:?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn nothing_is_stated_twice() {
    let source = UNIT.replacen("execution_unit", "execution_$0unit", 1);
    let fixture = Fixture::new(&[("index.ts", &source), ("package.json", "{}")]);
    let all = fixture.disk.edited(&fixture.action("State all").edit);
    let again = all.0["index.ts"].replacen("execution_unit", "execution_$0unit", 1);
    assert_eq!(titles(&[("index.ts", &again), ("package.json", "{}")], &[STATE]), "");
}
