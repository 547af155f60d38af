//! One unit is switched on the command line, as the action in an editor does it.

use crate::command_line::{run, text};
use crate::workspace::folder;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SOURCE: &str = "/* @klotho::execution_unit {\n *   id = \"web\"\n *   target = \"lambda\" # for now\n * }\n */\nexports.a = 1;\n";
const CONFIG: &str = "app: shop # ours\nexecution_units:\n  web: { type: lambda }\n";

fn project() -> TempDir {
    folder(&[("package.json", "{}"), ("index.js", SOURCE), ("klotho.yaml", CONFIG)])
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("text")
}

#[test]
fn every_place_that_states_the_target_changes_and_can_be_seen_first() {
    let folder = project();
    let folder = folder.path();
    let shown = run(&["switch", "web", "ecs", "--diff"], folder);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    let diff = text(&shown.stdout);
    for line in [
        "--- index.js\n+++ index.js\n",
        "- *   target = \"lambda\" # for now\n+ *   target = \"ecs\" # for now\n",
        "--- klotho.yaml\n+++ klotho.yaml\n",
        "-  web: { type: lambda }\n+  web: { type: ecs }\n",
    ] {
        assert!(diff.contains(line), "{line} in {diff}");
    }
    assert_eq!((read(folder, "index.js").as_str(), read(folder, "klotho.yaml").as_str()), (SOURCE, CONFIG));

    let done = run(&["switch", "web", "ecs"], folder);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let said = text(&done.stdout);
    assert!(said.starts_with("Switched web to ECS on Fargate: $10.3 → $"), "{said}");
    assert!(
        said.ends_with(" a month at an assumed 10M requests.\nChanged index.js, klotho.yaml.\n"),
        "{said}"
    );
    assert_eq!(read(folder, "index.js"), SOURCE.replace("\"lambda\"", "\"ecs\""));
    assert_eq!(read(folder, "klotho.yaml"), CONFIG.replace("lambda", "ecs"));

    let outside = tempfile::tempdir().expect("a folder");
    let root = folder.to_str().expect("a path");
    assert_eq!(run(&["switch", "web", "lambda", root], outside.path()).status.code(), Some(0));
    assert_eq!((read(folder, "index.js").as_str(), read(folder, "klotho.yaml").as_str()), (SOURCE, CONFIG));
}

#[test]
fn a_configuration_that_is_missing_is_made() {
    let folder = project();
    let folder = folder.path();
    fs::remove_file(folder.join("klotho.yaml")).expect("deleted");
    fs::write(folder.join("index.js"), SOURCE.replace(" *   target = \"lambda\" # for now\n", ""))
        .expect("changed");
    let diff = text(&run(&["switch", "web", "ecs", "--diff"], folder).stdout);
    assert!(diff.starts_with("--- /dev/null\n+++ klotho.yaml\n"), "{diff}");
    assert!(!folder.join("klotho.yaml").exists());
    let said = text(&run(&["switch", "web", "ecs"], folder).stdout);
    assert!(said.ends_with("\nChanged klotho.yaml.\n"), "{said}");
    assert_eq!(read(folder, "klotho.yaml"), "execution_units:\n  web:\n    type: ecs\n");
}

#[test]
fn a_folder_in_a_project_stands_for_it_whatever_the_command() {
    let folder = project();
    let (folder, inner) = (folder.path(), folder.path().join("src/api"));
    fs::create_dir_all(&inner).expect("folders");
    fs::create_dir(folder.join(".git")).expect("a repository");
    fs::write(folder.join("klotho.yaml"), CONFIG.replace("type: lambda", "type: esc")).expect("changed");
    let said = text(&run(&["check", "--format", "concise"], &inner).stdout);
    assert!(said.contains("../../klotho.yaml:3:"), "{said}");
    fs::write(inner.join("kept.js"), "// @klotho::persit { id = \"kept\" }\n").expect("written");
    let said = text(&run(&["check", "--format", "concise"], &inner).stdout);
    assert!(said.contains("\nkept.js:1:"), "{said}");
    assert_eq!(
        said.lines().count(),
        text(&run(&["check", "--format", "concise", "src", "src/api", "."], folder).stdout).lines().count()
    );
    fs::write(folder.join("klotho.yaml"), CONFIG).expect("changed");
    for arguments in [&["graph"][..], &["cost"], &["plan"]] {
        let [above, below] = [folder, inner.as_path()].map(|place| text(&run(arguments, place).stdout));
        assert_eq!(above, below, "{arguments:?}");
    }
    let said = text(&run(&["switch", "web", "ecs"], &inner).stdout);
    assert!(said.ends_with("\nChanged ../../index.js, ../../klotho.yaml.\n"), "{said}");
    assert!(!inner.join("klotho.yaml").exists());
    assert_eq!(read(folder, "klotho.yaml"), CONFIG.replace("lambda", "ecs"));
}

#[test]
fn what_cannot_be_switched_is_refused_with_a_reason() {
    let folder = project();
    let folder = folder.path();
    for (unit, target, reason) in [
        ("wbe", "ecs", "no unit is called `wbe`. Did you mean `web`?\n"),
        ("orders", "ecs", "no unit is called `orders`. There is web.\n"),
        ("web", "ecss", "`ecss` is no target of aws to which web can be switched; these are: "),
    ] {
        let refused = run(&["switch", unit, target], folder);
        let said = text(&refused.stderr);
        assert!(refused.status.code() == Some(2) && said.contains(reason), "{said}");
    }
    fs::write(folder.join("klotho.yaml"), "app: [x\n").expect("changed");
    let refused = run(&["switch", "web", "ecs"], folder);
    let said = text(&refused.stderr);
    assert!(refused.status.code() == Some(2) && said.contains("klotho.yaml"), "{said}");
    assert_eq!(read(folder, "index.js"), SOURCE);
}

#[test]
fn a_unit_that_runs_there_already_is_left_as_it_is() {
    let folder = project();
    let folder = folder.path();
    let done = run(&["switch", "web", "Lambda"], folder);
    assert_eq!((done.status.code(), &*text(&done.stdout)), (Some(0), "web runs on lambda already.\n"));
    let done = run(&["switch", "web", "lambda", "--diff"], folder);
    assert_eq!((done.status.code(), &*text(&done.stdout)), (Some(0), ""));
    assert_eq!(read(folder, "klotho.yaml"), CONFIG);
}

#[test]
fn a_container_is_written_that_holds_what_is_required() {
    let config =
        "app: shop\nexecution_units:\n  web:\n    type: lambda\n    requires:\n      memory_mb: 2000\n";
    let folder = folder(&[("package.json", "{}"), ("index.js", SOURCE), ("klotho.yaml", config)]);
    let folder = folder.path();
    let done = run(&["switch", "web", "ecs"], folder);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let written = read(folder, "klotho.yaml");
    assert!(written.contains("memory: 4096"), "{written}");
    assert_eq!(run(&["check"], folder).status.code(), Some(0), "{written}");
}

#[test]
fn above_several_projects_nothing_is_written() {
    let folder = folder(&[
        ("a/package.json", "{}"),
        ("a/index.js", SOURCE),
        ("a/klotho.yaml", CONFIG),
        ("b/klotho.yaml", "app: b\n"),
    ]);
    let folder = folder.path();
    for arguments in [&["switch", "web", "ecs"][..], &["plan", "--write", "--assume"]] {
        let refused = run(arguments, folder);
        let said = text(&refused.stderr);
        let expected = "each of a, b is a project of its own: name the one that is to be changed";
        assert!(refused.status.code() == Some(2) && said.contains(expected), "{said}");
    }
    assert!(!folder.join("klotho.yaml").exists() && read(folder, "a/index.js") == SOURCE);
    let costs = run(&["cost"], folder);
    let said = text(&costs.stderr);
    assert!(said.contains("here its configuration does not count: name one project"), "{said}");
}
