use crate::support::{Disk, ROOT, UNIT, opened};
use expect_test::{Expect, expect};
use klotho_ide::{Glance, LensAct, Span};

const HINTS: Glance = Glance { units: true, routes: true, stores: true, assumed: true };
const LENSES: Glance = Glance { assumed: false, ..HINTS };

/// The lines of a file that have hints or lenses, with both.
fn shown(files: &[(&str, &str)], path: &str, expected: Expect) {
    let snapshot = opened(&Disk::new(files), path);
    let path = format!("{ROOT}/{path}");
    let text = snapshot.text(&path).expect("it is open");
    let lines = snapshot.lines(&path).expect("it is known");
    let hints = snapshot.inlay_hints(&path, Span::new(0, text.len()), HINTS);
    let lenses = snapshot.code_lenses(&path, LENSES);
    let mut found = String::new();
    for line in 0..lines.lines() {
        let span = lines.line_span(line);
        for lens in lenses.iter().filter(|lens| lines.line_of(lens.about) == line) {
            assert!(lens.span.range().end <= text.len() && span.covers(lens.span));
            let words = snapshot.code_lens_words(&path, lens.about).expect("it says something");
            let act = match words.act {
                LensAct::Show => String::new(),
                LensAct::Switch { unit, target, .. } => format!(" = {unit} to {target}"),
            };
            found.push_str(&format!("[{}]{act}\n", words.title));
        }
        for hint in hints.iter().filter(|hint| lines.line_of(hint.at) == line) {
            assert_eq!(hint.at, span.end as usize);
            found.push_str(&format!("{} « {} »\n", span.of(&text).trim(), hint.label));
        }
    }
    expected.assert_eq(&found);
}

#[test]
fn a_unit_whose_traffic_is_stated_has_its_cost_and_break_even_in_both_forms() {
    shown(
        &[("index.ts", UNIT)],
        "index.ts",
        expect![[r#"
            [Compare targets (ECS on Fargate $45.1/mo)]
            /* @klotho::execution_unit { « Lambda $10.3/mo, even at 33.4M req »
        "#]],
    );
}

#[test]
fn a_cost_on_assumed_traffic_says_so_and_is_no_lens() {
    let text = "# @klotho::execution_unit {\n#   id = \"a\"\n#   target = \"ecs\"\n# }\n";
    shown(
        &[("a.py", text), ("requirements.txt", "")],
        "a.py",
        expect![[r#"
            # @klotho::execution_unit { « Fargate ~$18.0/mo, even at 32.8M req »
        "#]],
    );
}

#[test]
fn a_lens_switches_to_what_is_clearly_cheaper() {
    let text =
        "# @klotho::execution_unit {\n#   id = \"a\"\n#   [workload]\n#   monthly_requests = 100_000\n# }\n";
    let config = "app: x\nprovider: aws\nexecution_units:\n  a:\n    type: ecs\n";
    let files = [("a.py", text), ("requirements.txt", ""), ("klotho.yaml", config)];
    shown(
        &files,
        "a.py",
        expect![[r#"
        [Switch to AWS Lambda (saves $17.9/mo)] = a to lambda
        # @klotho::execution_unit { « Fargate $18.0/mo, even at 32.8M req »
    "#]],
    );
}

#[test]
fn a_lens_switches_to_what_fits() {
    let text = "# @klotho::execution_unit {\n#   id = \"a\"\n#   target = \"lambda\"\n#   [requires]\n#   max_request_s = 2000\n# }\n";
    shown(
        &[("a.py", text), ("requirements.txt", "")],
        "a.py",
        expect![[r#"
        [Switch to ECS on Fargate (fits, ~$18.0/mo)] = a to ecs
        # @klotho::execution_unit { « Lambda does not fit »
    "#]],
    );
}

#[test]
fn a_target_that_cannot_is_a_lens() {
    let text = "# @klotho::execution_unit {\n#   id = \"a\"\n#   target = \"lambda\"\n#   [requires]\n#   gpu = true\n# }\n";
    shown(
        &[("a.py", text), ("requirements.txt", "")],
        "a.py",
        expect![[r#"
            [Compare targets]
            # @klotho::execution_unit { « Lambda does not fit »
        "#]],
    );
}

const API: &str = r#"const express = require("express");
const pets = require("./pets");

/* @klotho::persist { id = "owners" } */
const owners = new Map();

const app = express();
app.use("/pets", pets.router);
app.get("/owners", async (req, res) => {
  res.send(await owners.get("all"));
});

/* @klotho::expose {
 *   id = "api"
 *   target = "public"
 * }
 */
app.listen(3000);
"#;

const PETS: &str = r#"const express = require("express");
const router = express.Router();

router.get("/:owner", async (req, res) => {
  res.send("🐶");
});
router.post("/", async (req, res) => res.end());

exports.router = router;
"#;

#[test]
fn a_gateway_a_store_and_the_routes_below_a_mount() {
    let files = [("index.js", API), ("pets.js", PETS), ("package.json", "{}")];
    shown(
        &files,
        "index.js",
        expect![[r#"
            [Show who uses it]
            /* @klotho::persist { id = "owners" } */ « 1 unit, ~$2.13/mo »
            [Show routes]
            /* @klotho::expose { « 3 routes »
        "#]],
    );
    shown(
        &files,
        "pets.js",
        expect![[r#"
        router.get("/:owner", async (req, res) => { « GET /pets/:owner »
        router.post("/", async (req, res) => res.end()); « POST /pets »
    "#]],
    );
}

#[test]
fn units_in_the_configuration() {
    let config = "app: x\nprovider: aws\nexecution_units:\n  playlists:\n    type: lambda\n";
    shown(
        &[("index.ts", UNIT), ("klotho.yaml", config)],
        "klotho.yaml",
        expect![[r#"
            [Compare targets (ECS on Fargate $45.1/mo)]
            playlists: « Lambda $10.3/mo, even at 33.4M req »
        "#]],
    );
}

#[test]
fn only_what_is_asked_for_is_worked_out() {
    let snapshot =
        opened(&Disk::new(&[("index.js", API), ("pets.js", PETS), ("package.json", "{}")]), "index.js");
    let path = format!("{ROOT}/index.js");
    let line = API.find("/* @klotho::expose").expect("it is there");
    let hints = snapshot.inlay_hints(&path, Span::new(line, line + 40), HINTS);
    assert_eq!(hints.len(), 1);
    assert!(snapshot.hover(&path, hints[0].about).is_some_and(|hover| hover.markdown.contains("Gateway")));
    assert_eq!(snapshot.inlay_hints(&path, Span::new(0, 10), HINTS), []);
    assert_eq!(snapshot.inlay_hints("/nowhere.js", Span::new(0, 10), HINTS), []);
    assert_eq!(snapshot.code_lens_words(&path, 3), None);
}

#[test]
fn who_wants_one_kind_alone_sees_no_other() {
    let unit = "// @klotho::execution_unit {\n//   id = \"a\"\n// }\n";
    let store = "// @klotho::persist {\n//   id = \"s\"\n// }\nconst s = new Map();\n";
    let gateway =
        "// @klotho::expose {\n//   id = \"g\"\n//   target = \"public\"\n// }\napp.listen(3000);\n";
    let text = format!(
        "{unit}const express = require('express');\nconst app = express();\napp.get('/x', (q, r) => r.send(''));\n{store}{gateway}"
    );
    let snapshot = opened(&Disk::new(&[("a.js", &text)]), "a.js");
    let path = format!("{ROOT}/a.js");
    let starts = |wanted: Glance| {
        let hints = snapshot.inlay_hints(&path, Span::new(0, text.len()), wanted);
        let start = |label: &str| label.split([' ', ',']).take(2).collect::<Vec<_>>().join(" ");
        let lenses = snapshot.code_lenses(&path, wanted);
        let words =
            lenses.iter().map(|lens| snapshot.code_lens_words(&path, lens.about).expect("it says something"));
        let words: Vec<_> = words.map(|words| words.title).collect();
        let labels: Vec<_> = hints.iter().map(|hint| start(&hint.label)).collect();
        assert_eq!(labels.len(), words.len());
        assert!(labels.iter().all(|label| !words.contains(label)), "nothing is said twice");
        labels
    };
    let none = Glance::default();
    assert_eq!(starts(none), [""; 0]);
    assert_eq!(starts(Glance { routes: true, ..none }), ["1 route"]);
    assert_eq!(starts(Glance { stores: true, ..none }), ["1 unit"]);
    assert_eq!(starts(Glance { units: true, ..none }), [""; 0]);
    let units = starts(Glance { units: true, assumed: true, ..none });
    assert!(units.len() == 1 && units[0].starts_with("Lambda ~$"), "{units:?}");
}
