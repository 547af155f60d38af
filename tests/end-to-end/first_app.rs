//! The first app of the README: what it shows is what happens when a person types it in.

use std::fs;
use std::path::Path;

use crate::command_line::{repository, run, text};

#[test]
fn the_first_app_of_the_readme_does_what_the_readme_says() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the readme");
    let section = readme.split("\n## A first app\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let blocks: Vec<_> = section.expect("the section").split("```").skip(1).step_by(2).map(body).collect();
    let [code, session, traffic, finding] = blocks[..] else { panic!("other blocks: {blocks:?}") };
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("index.js", code);
    write("package.json", r#"{ "dependencies": { "express": "^4.18.2" } }"#);
    assert_eq!(session, dialogue(&["check", "graph"], folder.path()));

    let stated: String = traffic.lines().map(|line| format!(" *   {line}\n")).collect();
    write("index.js", &code.replacen(" * }\n", &format!("{stated} * }}\n"), 1));
    assert_eq!(finding, dialogue(&["check"], folder.path()));
    run(&["plan", "--write"], folder.path());
    let configured = fs::read_to_string(folder.path().join("klotho.yaml")).expect("the configuration");
    assert_eq!(configured, "execution_units:\n  pets:\n    type: ecs\n");
    assert_eq!(dialogue(&["check"], folder.path()), "$ klotho-ls check\nNo findings.\n");
}

/// A block without the language that its first line names.
fn body(block: &str) -> &str {
    block.split_once('\n').map_or(block, |(_, body)| body)
}

/// The commands as one types them, with what they print.
fn dialogue(commands: &[&str], folder: &Path) -> String {
    let exchange = |command: &&str| {
        let said = text(&run(&[command], folder).stdout);
        format!("$ klotho-ls {command}\n{}\n", said.trim_end())
    };
    commands.iter().map(exchange).collect()
}
