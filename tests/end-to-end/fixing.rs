//! `check --fix`, `--diff` and what reports say of fixes, on projects with planted mistakes.

use super::command_line::text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Mistakes in three projects, in every format of the configuration, with what must stay as it is.
const PLANTED: [(&str, &str); 10] = [
    (
        "one/klotho.yaml",
        "app: one # its name\nregion: 'eu-wst-1'\n\n# The main one.\nexecution_unit:\n  mian: { type: fargate } # small\n",
    ),
    ("one/package.json", "{}"),
    (
        "one/index.js",
        "require('./store')\n/* 🛒 */ /* @klotho::execution_unt { id = \"main\" } */\n\nexports.a   =  1; // as it is\n",
    ),
    ("one/store.js", "\u{feff}// é @klotho::presist { id = \"kept\" }\r\nexports.kept = new Map();\r\n"),
    (
        "one/chain.js",
        "/* @klotho::exposed {\n *   id = \"api\"\n *   target = \"private\"\n * }\n */\nexports.app = 1;",
    ),
    ("two/klotho.toml", "app = \"two\" # its name\n\n[execution_units.main]\ntype = \"fargate\"\n"),
    ("two/requirements.txt", ""),
    (
        "two/main.py",
        "# @klotho::execution_unit {\n#   id = \"main\"\n#   [workload]\n#   monthly_request = 5 # few\n# }\n\nx = 1\n",
    ),
    (
        "three/klotho.json",
        "{ \"app\": \"three\",\n  \"execution_units\": { \"main\": { \"type\":\"fargate\" } } }\n",
    ),
    ("three/package.json", "{}"),
];

/// A file whose one mistake hides an error: it has no id, so that the compiler would refuse what it passes over now.
const HIDING: (&str, &str) = ("index.js", "// @klotho::presist\nexports.a = new Map();\n");

struct Tree(TempDir);

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self(tempfile::tempdir().expect("a folder"));
        files.iter().for_each(|(name, contents)| tree.write(name, contents));
        tree
    }

    fn write(&self, name: &str, contents: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, contents).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("text")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_klotho-ls"));
        command.arg("check").args(arguments).current_dir(self.0.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.0.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
        assert!(command.args(arguments).output().expect("git").status.success());
    }

    /// Every file and its bytes.
    fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name =
                        path.strip_prefix(self.0.path()).expect("below").to_string_lossy().into_owned();
                    all.insert(name, fs::read(&path).expect("bytes"));
                }
            }
        }
        all
    }

    /// The rows of a report.
    fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(&[&["--format", "json"], arguments].concat());
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["diagnostics"].as_array().expect("rows").clone()
    }
}

fn is_safe(row: &Value) -> bool {
    row["fix"]["applicability"] == "safe"
}

fn codes(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["code"].as_str()).collect()
}

#[test]
fn a_tree_of_mistakes_is_clean_afterwards_and_all_else_stays() {
    let tree = Tree::new(&PLANTED);
    let before = tree.rows(&[]);
    assert!(before.iter().filter(|row| is_safe(row)).count() >= 8, "{before:#?}");
    let said = text(&tree.run(&["--fix"]).stderr);
    assert!(said.contains("klotho-ls: mended ") && said.contains(" in 7 files"), "{said}");
    assert_eq!(tree.rows(&[]).iter().filter(|row| is_safe(row)).count(), 0);
    assert_eq!(
        tree.read("one/klotho.yaml"),
        "app: one # its name\nregion: 'eu-west-1'\n\n# The main one.\nexecution_units:\n  main: { type: ecs } # small\n"
    );
    assert_eq!(
        tree.read("one/index.js"),
        "require('./store')\n/* 🛒 */ /* @klotho::execution_unit { id = \"main\" } */\n\nexports.a   =  1; // as it is\n"
    );
    assert_eq!(
        tree.read("one/store.js"),
        "\u{feff}// é @klotho::persist { id = \"kept\" }\r\nexports.kept = new Map();\r\n"
    );
    assert_eq!(tree.read("one/chain.js"), PLANTED[4].1.replace("exposed", "expose"));
    assert_eq!(tree.read("two/klotho.toml"), PLANTED[5].1.replace("fargate", "ecs"));
    assert_eq!(tree.read("two/main.py"), PLANTED[7].1.replace("monthly_request ", "monthly_requests "));
    assert_eq!(tree.read("three/klotho.json"), PLANTED[8].1.replace("fargate", "ecs"));

    let once = tree.bytes();
    let again = text(&tree.run(&["--fix"]).stderr);
    let left = tree.rows(&[]).len();
    assert!(again.contains(&format!("klotho-ls: mended none of {left} findings\n")), "{again}");
    assert_eq!(tree.bytes(), once);
}

#[test]
fn a_diff_says_what_would_be_changed_and_changes_nothing() {
    let tree = Tree::new(&PLANTED);
    let before = tree.bytes();
    let output = tree.run(&["--diff"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(tree.bytes(), before);
    let diff = text(&output.stdout);
    assert!(diff.contains("--- one/index.js\n+++ one/index.js\n@@ "), "{diff}");
    let mut patch = Command::new("git");
    patch.args(["apply", "-p0", "--whitespace=nowarn"]).current_dir(tree.0.path()).stdin(Stdio::piped());
    let mut patch = patch.spawn().expect("git");
    patch.stdin.take().expect("a pipe").write_all(diff.as_bytes()).expect("taken");
    assert!(patch.wait().expect("it ends").success());
    let patched = tree.bytes();
    let output = tree.run(&["--diff"]);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), ""));

    let other = Tree::new(&PLANTED);
    other.run(&["--fix"]);
    assert_eq!(other.bytes(), patched, "the diff is what --fix does");
}

/// A unit whose type is misspelt, and a store that nothing reaches, which its misspelt name hides.
const MOVING: [(&str, &str); 4] = [
    ("klotho.yaml", "app: shop\nexecution_units:\n  main:\n    type: esc\n"),
    ("package.json", "{}"),
    ("index.js", "// @klotho::execution_unit { id = \"main\" }\n\nexports.a = 1;\n"),
    ("kept.js", "// @klotho::persit { id = \"kept\" }\nexports.kept = new Map();\n"),
];

#[test]
fn what_runs_elsewhere_or_costs_something_else_once_mended_is_said() {
    let tree = Tree::new(&MOVING);
    let moved = "klotho-ls: main: not known -> $18.02 a month (moved from esc to ECS on Fargate)\n";
    let would = text(&tree.run(&["--diff"]).stderr);
    assert!(would.contains(moved), "{would}");
    let said = text(&tree.run(&["--fix"]).stderr);
    assert!(said.contains(moved), "{said}");
    let again = text(&tree.run(&["--fix"]).stderr);
    assert!(!again.contains("a month"), "{again}");
    let tree = Tree::new(&[
        MOVING[1],
        ("index.js", &MOVING[2].1.replace("execution_unit", "execution_unt").replace("main", "shop")),
    ]);
    let said = text(&tree.run(&["--fix"]).stderr);
    assert!(said.contains("klotho-ls: shop is new: $10.34 a month\n"), "{said}");
}

#[test]
fn what_was_found_and_what_became_of_it_adds_up() {
    let tree = Tree::new(&MOVING);
    assert_eq!(tree.rows(&[]).len(), 2);
    let would = text(&tree.run(&["--diff"]).stderr);
    let first = "would mend 2 of 2 findings in 2 files; 1 would come to light by that, so 1 is left\n";
    assert!(would.contains(first), "{would}");
    let said = text(&tree.run(&["--fix"]).stderr);
    assert!(
        said.contains("mended 2 of 2 findings in 2 files; 1 came to light by that, so 1 is left\n"),
        "{said}"
    );
    assert_eq!(codes(&tree.rows(&[])), ["no-resource"]);
    let said = text(&tree.run(&["--fix"]).stderr);
    assert!(said.contains("mended none of 1 finding\n"), "{said}");
    let clean = Tree::new(&[MOVING[1], MOVING[2]]);
    assert_eq!(text(&clean.run(&["--fix"]).stderr), "klotho-ls: there is nothing to mend\n");
}

#[test]
fn what_would_leave_something_worse_is_left_to_a_person() {
    let tree = Tree::new(&[HIDING, ("package.json", "{}")]);
    assert_eq!(codes(&tree.rows(&[])), ["unknown-capability"]);
    assert!(tree.rows(&[]).iter().all(|row| row["fix"].is_null()));
    let output = tree.run(&["--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_eq!(tree.read(HIDING.0), HIDING.1);
}

#[test]
fn what_does_not_count_is_not_mended() {
    let typo = "// @klotho::presist { id = \"a\" }\nexports.a = new Map();\n";
    let allowed = format!("// klotho-ls: allow(unknown-capability) an example\n{typo}");
    let tree = Tree::new(&[("package.json", "{}"), ("index.js", &allowed)]);
    tree.run(&["--fix"]);
    assert_eq!(tree.read("index.js"), allowed);

    tree.write("index.js", typo);
    tree.run(&["--fix", "--allow", "unknown-capability"]);
    assert_eq!(tree.read("index.js"), typo);

    let known = Tree::new(&[("package.json", "{}"), ("index.js", typo)]);
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "first"]] {
        known.git(arguments);
    }
    known.write("new.js", &typo.replace("\"a\"", "\"b\""));
    known.run(&["--fix", "--since", "HEAD"]);
    assert_eq!(known.read("index.js"), typo, "it was there before");
    assert!(known.read("new.js").contains("persist"));
}

#[test]
fn decisions_are_taken_only_when_asked_for() {
    let source = "/* @klotho::execution_unit {\n *   id = \"main\"\n *   target = \"ecs\"\n * }\n */\nexports.a = 1;\n";
    let tree = Tree::new(&[
        ("package.json", "{}"),
        ("index.js", source),
        ("klotho.yaml", "app: shop\nexecution_units:\n  main:\n    type: lambda\n"),
    ]);
    let rows = tree.rows(&[]);
    assert_eq!(codes(&rows), ["target-conflict"]);
    assert_eq!(rows[0]["fix"]["applicability"], "unsafe");
    let shown = text(&tree.run(&[]).stdout);
    assert!(
        shown.ends_with("1 warning\n`--diff --unsafe-fixes` shows what can be mended where you decide\n"),
        "{shown}"
    );
    let counted = text(&tree.run(&["--output", "json=found.json"]).stdout);
    assert!(counted.ends_with("1 warning\n1 can be mended by `--fix --unsafe-fixes`\n"), "{counted}");
    let left = text(&tree.run(&["--fix"]).stdout);
    assert!(left.ends_with("1 warning\n1 can be mended by `--fix --unsafe-fixes`\n"), "{left}");
    tree.run(&["--fix"]);
    assert_eq!(tree.read("index.js"), source);
    tree.run(&["--fix", "--unsafe-fixes"]);
    assert_eq!(tree.read("index.js"), source.replace("\"ecs\"", "\"lambda\""), "the configuration is obeyed");
    assert_eq!(tree.rows(&[]), Vec::<Value>::new());

    let silent = Tree::new(&[("package.json", "{}"), ("index.js", source)]);
    silent.run(&["--fix", "--unsafe-fixes"]);
    assert_eq!(silent.read("klotho.yaml"), "execution_units:\n  main:\n    type: ecs\n", "it is made");
    assert_eq!(silent.rows(&[]), Vec::<Value>::new());
    let refused = silent.run(&["--unsafe-fixes"]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
}

#[test]
fn what_an_editor_has_not_saved_is_printed_mended() {
    let typo = "// @klotho::presist { id = \"a\" }\r\nexports.a = new Map();\r\n";
    let tree = Tree::new(&[("package.json", "{}"), ("index.js", "")]);
    let say = |arguments: &[&str], said: &str| {
        let mut command = tree.command(&[&["--stdin-filename", "index.js"], arguments].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        child.stdin.take().expect("a pipe").write_all(said.as_bytes()).expect("taken");
        child.wait_with_output().expect("it ends")
    };
    let fixed = say(&["--fix"], typo);
    assert_eq!(text(&fixed.stdout), typo.replace("presist", "persist"));
    assert!(text(&fixed.stderr).contains("No findings."), "{}", text(&fixed.stderr));
    assert_eq!(fixed.status.code(), Some(0));
    let clean = say(&["--fix"], "exports.a = 1;");
    assert_eq!(text(&clean.stdout), "exports.a = 1;");
    let diff = say(&["--diff"], typo);
    assert_eq!(diff.status.code(), Some(1));
    assert!(text(&diff.stdout).contains("+// @klotho::persist { id = \"a\" }\r\n"), "{}", text(&diff.stdout));
    assert_eq!(tree.read("index.js"), "");
    tree.write("index.js", "exports.what = 'lies on the disk';\n".repeat(4).as_str());
    let shown = text(&say(&[], &format!("\r\n{typo}")).stdout);
    assert!(shown.contains("index.js:2:") && shown.contains("2 | // @klotho::presist {"), "{shown}");
}

#[test]
fn folders_in_each_other_are_mended_once() {
    let typo = "// @klotho::presist { id = \"a\" }\nexports.a = new Map();\n";
    let tree = Tree::new(&[
        ("package.json", "{}"),
        ("sub/package.json", "{}"),
        ("sub/index.js", typo),
        ("node_modules/own/package.json", "{}"),
        ("node_modules/own/index.js", typo),
    ]);
    for folders in [[".", "sub"], ["sub", "."], ["sub", "sub/"]] {
        let rows = tree.rows(&folders);
        assert_eq!(codes(&rows), ["unknown-capability"], "{folders:?}");
        let diff = text(&tree.run(&[&["--diff"], &folders[..]].concat()).stdout);
        assert_eq!(diff.matches("+++ sub/index.js").count(), 1, "{diff}");
    }
    // What a check does not enter by itself is checked where it is named.
    assert_eq!(codes(&tree.rows(&[".", "node_modules/own"])), ["unknown-capability"; 2]);
    let said = text(&tree.run(&["--fix", ".", "sub"]).stderr);
    assert!(said.contains("mended 1 of 1 finding in 1 file"), "{said}");
    assert_eq!(tree.read("sub/index.js"), typo.replace("presist", "persist"));
}

#[test]
fn options_that_would_do_nothing_are_refused() {
    let tree = Tree::new(&[("package.json", "{}")]);
    for arguments in [
        &["--diff", "--format", "json"][..],
        &["--diff", "--statistics"],
        &["--show-config", "--format", "json"],
        &["--show-config", "--statistics"],
        &["--show-files", "--output", "json=a"],
        &["--statistics", "--format", "json"],
        &["--statistics", "--output", "json=a"],
        &["--write-baseline", "a", "--format", "json"],
        &["--show-files", "--since", "HEAD"],
    ] {
        let output = tree.run(arguments);
        let said = text(&output.stderr);
        assert!(
            output.status.code() == Some(2) && said.contains("cannot be used with"),
            "{arguments:?}: {said}"
        );
    }
    let both = tree.run(&["--format", "json", "--output", "json=a", "--since", "HEAD"]);
    assert!(!text(&both.stderr).contains("cannot be used with"));
}

#[test]
fn files_that_may_not_be_changed_are_named_and_left() {
    let typo = "// @klotho::presist { id = \"a\" }\nexports.a = new Map();\n";
    let tree = Tree::new(&[
        ("package.json", "{}"),
        ("open.js", &typo.replace("\"a\"", "\"b\"")),
        ("locked.js", typo),
    ]);
    let latin = [b"// caf\xe9\n", typo.replace("\"a\"", "\"c\"").as_bytes()].concat();
    fs::write(tree.0.path().join("latin.js"), &latin).expect("written");
    let locked = tree.0.path().join("locked.js");
    let mut permissions = fs::metadata(&locked).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).expect("locked");
    let said = text(&tree.run(&["--fix"]).stderr);
    assert!(said.contains("locked.js is left as it is: it is read-only"), "{said}");
    assert!(said.contains("latin.js is left as it is: it is not UTF-8"), "{said}");
    assert!(said.contains("mended 1 of 4 findings in 1 file"), "{said}");
    assert_eq!(tree.read("locked.js"), typo);
    assert_eq!(fs::read(tree.0.path().join("latin.js")).expect("bytes"), latin);
    assert!(tree.read("open.js").contains("persist"));
}

/// The text after the edits of a report, by byte offsets or by lines and UTF-16 columns from zero.
fn edited(source: &str, edits: &[Value], by_offset: bool) -> String {
    let offset = |at: &Value| {
        let line = at["line"].as_u64().expect("a line") as usize;
        let start: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
        let (mut units, mut at_byte) = (at["character"].as_u64().expect("a column"), start);
        for character in source[start..].chars() {
            if units == 0 {
                break;
            }
            units -= character.len_utf16() as u64;
            at_byte += character.len_utf8();
        }
        at_byte
    };
    let mut text = source.to_owned();
    for edit in edits.iter().rev() {
        let (start, end) = match by_offset {
            true => (
                edit["start"].as_u64().expect("bytes") as usize,
                edit["end"].as_u64().expect("bytes") as usize,
            ),
            false => (offset(&edit["range"]["start"]), offset(&edit["range"]["end"])),
        };
        text.replace_range(start..end, edit["text"].as_str().expect("text"));
    }
    text
}

#[test]
fn reports_carry_the_edits_that_are_made() {
    let tree = Tree::new(&PLANTED);
    let (name, source) = PLANTED[2];
    let of_file = |row: &&Value| row["file"] == name && is_safe(row);
    let rows = tree.rows(&[]);
    let edits = rows.iter().find(of_file).expect("a fix")["fix"]["edits"].as_array().expect("edits").clone();
    let sarif: Value = serde_json::from_slice(&tree.run(&["--format", "sarif"]).stdout).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let is_meant =
        |result: &&Value| result["fixes"][0]["artifactChanges"][0]["artifactLocation"]["uri"] == name;
    let change = &results.iter().find(is_meant).expect("a fix")["fixes"][0]["artifactChanges"][0];
    let replacements = change["replacements"].as_array().expect("replacements").iter().map(|one| {
        let region = &one["deletedRegion"];
        let place = |line: &str, column: &str| {
            let number = |key: &str| region[key].as_u64().expect("a number") - 1;
            serde_json::json!({ "line": number(line), "character": number(column) })
        };
        serde_json::json!({
            "range": { "start": place("startLine", "startColumn"), "end": place("endLine", "endColumn") },
            "text": one["insertedContent"]["text"],
        })
    });
    let replacements: Vec<_> = replacements.collect();
    tree.run(&["--fix"]);
    let fixed = tree.read(name);
    assert_eq!(edited(source, &edits, true), fixed);
    assert_eq!(edited(source, &edits, false), fixed);
    assert_eq!(edited(source, &replacements, false), fixed);
}

#[test]
fn every_report_with_fixes_fits_its_schema() {
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/graph.schema.json"));
    let mut schema: Value = serde_json::from_str(&schema.expect("the schema")).expect("JSON");
    let definitions = schema["$defs"].take();
    let mut report = definitions["report"].clone();
    report["$defs"] = definitions;
    let validator = jsonschema::validator_for(&report).expect("a schema");
    let output = Tree::new(&PLANTED).run(&["--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let mut wrong = document.clone();
    let rows = wrong["diagnostics"].as_array_mut().expect("rows");
    rows.iter_mut().find(|row| is_safe(row)).expect("a fix")["fix"]["applicability"] = "maybe".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn settings_are_shown_with_where_they_come_from() {
    let tree = Tree::new(&[(
        "shop/klotho.yaml",
        "app: shop\nregion: eu-west-1\nfindings:\n  missing-await: error\n  cheaper-target: off\n",
    )]);
    let output = tree.run(&["--show-config", "--warn", "cheaper-target", "--deny", "id-reused"]);
    let shown = text(&output.stdout);
    assert!(shown.ends_with("klotho.yaml:4\n"), "it ends with its last line: {shown:?}");
    let rows: Vec<Vec<&str>> = shown.lines().map(|line| line.split_whitespace().collect()).collect();
    for wanted in [
        &["app", "shop", "klotho.yaml:1"][..],
        &["provider", "aws", "default"],
        &["region", "eu-west-1", "klotho.yaml:2"],
        &["findings.missing-await", "error", "klotho.yaml:4"],
        &["findings.cheaper-target", "off", "klotho.yaml:5"],
        &["findings.id-reused", "error", "--deny"],
    ] {
        assert!(rows.iter().any(|row| row == wanted), "{wanted:?} in\n{shown}");
    }
}

#[test]
fn a_setting_is_shown_on_one_line_and_gives_a_terminal_no_command() {
    let config = "app: \"sh\\e[31mop\"\nprovider: |\n  a\n  b\nregion: \"eu\u{202e}-west\"\n";
    let tree = Tree::new(&[("klotho.yaml", config), ("package.json", "{}")]);
    let shown = text(&tree.run(&["--show-config"]).stdout);
    assert!(!shown.contains(['\u{1b}', '\u{202e}']) && shown.contains("sh\\u{1b}[31mop"), "{shown}");
    let is_whole = |line: &&str| {
        line.starts_with("provider ") && line.contains("a b ") && line.ends_with("klotho.yaml:3")
    };
    assert_eq!(shown.lines().filter(is_whole).count(), 1, "{shown}");
}

#[cfg(feature = "test-hooks")]
mod killed {
    use super::*;

    #[test]
    fn a_crash_in_the_middle_leaves_every_file_whole() {
        let old = Tree::new(&PLANTED).bytes();
        let mended = Tree::new(&PLANTED);
        mended.run(&["--fix"]);
        let new = mended.bytes();
        let mut kills = 0;
        loop {
            let tree = Tree::new(&PLANTED);
            let mut command = tree.command(&["--fix"]);
            let status =
                command.env("KLOTHO_LS_TEST_KILL_AT", kills.to_string()).output().expect("it runs").status;
            let bytes = tree.bytes();
            for (name, was) in &old {
                assert!(bytes[name] == *was || bytes[name] == new[name], "{name} after kill {kills}");
            }
            if status.code().is_some() {
                break;
            }
            kills += 1;
            tree.run(&["--fix"]);
            let bytes = tree.bytes();
            assert!(new.iter().all(|(name, text)| bytes[name] == *text), "it goes on after kill {kills}");
        }
        assert_eq!(kills, 14, "7 files are half written, and put in their places");
    }
}
