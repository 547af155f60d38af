//! What the commands say of what they cannot read, and of whole files.

use crate::command_line::{rows, run, text};
use std::fs;
use std::path::Path;

/// A JavaScript project on disk.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let package: (&str, &[u8]) = ("package.json", b"{}");
    for (path, bytes) in files.iter().chain([&package]) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn check(folder: &Path) -> String {
    text(&run(&["check"], folder).stdout)
}

/// A folder of which the system would not even say what it holds, because its path is too long.
fn with_unreadable_part() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let half = |name: &str| (0..10).fold(folder.path().join(name), |path, _| path.join("x".repeat(250)));
    for name in ["a", "b"] {
        fs::create_dir_all(half(name)).expect("folders");
    }
    fs::rename(folder.path().join("b"), half("a").join("b")).expect("one below the other");
    folder
}

#[test]
fn what_cannot_be_read_is_said_and_fails_the_command() {
    let folder = with_unreadable_part();
    let output = run(&["check", "--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let found = rows(&output.stdout);
    assert!(found.len() == 1 && found[0].ends_with(" file-skipped 0"), "{found:?}");
    assert!(text(&output.stderr).contains("cannot read a/"), "{}", text(&output.stderr));
    let graph = run(&["graph"], folder.path());
    assert_eq!(graph.status.code(), Some(2));
    assert!(!graph.stdout.is_empty() && !graph.stderr.is_empty());
}

#[cfg(unix)]
#[test]
fn a_root_that_may_not_be_listed_ends_with_two() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.js", b"")]);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o000)).expect("permissions");
    // Who may read everything has nothing to see here.
    let is_refused = fs::read_dir(folder.path()).is_err();
    let output = run(&["check", &folder.path().to_string_lossy()], Path::new("/"));
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).expect("permissions");
    if is_refused {
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[test]
fn configuration_that_cannot_be_read_is_an_error_and_the_graph_says_so() {
    for (bytes, words) in [
        (&b"app: caf\xe9\n"[..], "klotho.yaml is not UTF-8 from byte 9 on"),
        (b"\xff\xfea\0", "klotho.yaml is written in UTF-16"),
        (b"app: \0\n", "klotho.yaml holds binary data"),
        (&[b' '; 9 << 20], "klotho.yaml is 9 MiB large"),
    ] {
        let folder = folder(&[("klotho.yaml", bytes), ("index.js", b"exports.x = 1;\n")]);
        let shown = check(folder.path());
        assert!(shown.starts_with(&format!("error[config-syntax]: {words}")), "{shown}");
        assert!(shown.contains("--> klotho.yaml\n"), "{shown}");
        for format in ["text", "dot", "mermaid"] {
            let graph = text(&run(&["graph", "--format", format], folder.path()).stdout);
            assert!(graph.contains("klotho.yaml cannot be read: nothing that it says"), "{graph}");
        }
    }
    let folder = folder(&[("klotho.yaml/x", b""), ("index.js", b"exports.x = 1;\n")]);
    let shown = check(folder.path());
    assert!(shown.starts_with("error[config-syntax]: klotho.yaml is a folder, not a file"), "{shown}");
}

#[cfg(unix)]
#[test]
fn an_import_that_leads_to_a_link_is_said_at_the_import() {
    let source = b"// @klotho::execution_unit { id = \"a\" }\nconst b = require(\"./lib/b\");\n";
    let folder = folder(&[("index.js", source), ("real/b.js", b"exports.x = 1;\n")]);
    std::os::unix::fs::symlink("real", folder.path().join("lib")).expect("a link");
    let output = run(&["check", "--format", "json"], folder.path());
    assert_eq!(rows(&output.stdout), ["index.js file-skipped 1"]);
    assert!(check(folder.path()).contains("leads to lib, which is a link"));
}

#[test]
fn a_file_that_is_not_utf8_says_what_was_done() {
    let folder = folder(&[
        ("latin.js", b"// caf\xe9\n// @klotho::execution_unit { id = \"a\" }\n\nexports.x = 1;\n"),
        ("wide.js", b"\xff\xfe/\0/\0 \0@\0"),
    ]);
    let shown = check(folder.path());
    assert!(shown.contains("not UTF-8 from byte 7 on. It was read with `?` in place of"), "{shown}");
    assert!(shown.contains("latin.js:1:7"), "{shown}");
    assert!(shown.contains("The file is written in UTF-16 and was not read"), "{shown}");
    assert!(shown.contains("--> wide.js\n\n"), "{shown}");
}

#[test]
fn excerpts_are_aligned_and_columns_are_those_of_an_editor() {
    let open = format!("{}// @klotho::persist {{\n//   id = \"a\"\n//   b = 1\n", "\n".repeat(7));
    let marked = b"\xef\xbb\xbf// @klotho::presist\n";
    let folder = folder(&[("open.js", open.as_bytes()), ("marked.js", marked)]);
    let shown = check(folder.path());
    assert!(shown.contains("marked.js:1:13"), "{shown}");
    let open = shown.split("\n\n").find(|part| part.contains("open.js")).expect("its finding");
    let bars: Vec<_> = open.lines().skip(2).filter_map(|line| line.find('|')).collect();
    assert!(bars.len() > 2 && bars.iter().all(|bar| *bar == bars[0]), "{open}");
}

#[test]
fn several_projects_make_one_sorted_report() {
    let source = b"// @klotho::presist\n";
    let folder =
        folder(&[("b/klotho.yaml", b"app: b\n"), ("b/x.js", source), ("a.js", source), ("c.js", source)]);
    let report = |arguments: &[&str]| {
        let output = run(&[&["check", "--format", "json"], arguments].concat(), folder.path());
        rows(&output.stdout)
    };
    let expected = ["a.js unknown-capability 0", "b/x.js unknown-capability 0", "c.js unknown-capability 0"];
    let whole = folder.path().to_string_lossy().into_owned();
    assert_eq!(report(&["."]), expected);
    assert_eq!(report(&[&whole]), expected);
    assert_eq!(report(&[".", &whole]), expected);
    assert_eq!(report(&["b"]), ["x.js unknown-capability 0"]);
    assert_eq!(report(&["b", "."]).len(), 3);
}

#[test]
fn the_graph_shows_every_resource() {
    let source = b"// @klotho::static_unit {\n//   id = \"web\"\n//   static_files = \"public/*\"\n// }\n\n\
        // @klotho::presist { id = \"x\" }\nexports.x = new Map();\n";
    let folder = folder(&[("index.js", source), ("public/a.html", b"")]);
    let shown = text(&run(&["graph"], folder.path()).stdout);
    assert!(shown.contains("web  static unit, s3\n  file    public/a.html  (static)\n"), "{shown}");
    assert!(shown.ends_with("1 warning: klotho-ls check . shows them\n"), "{shown}");
}

#[test]
fn a_stated_target_cannot_break_a_drawing() {
    let source = b"// @klotho::execution_unit {\n//   id = \"a\"\n//   target = 'x\"]; <b>'\n// }\n";
    let folder = folder(&[("index.js", source)]);
    let drawn = |format| text(&run(&["graph", "--format", format], folder.path()).stdout);
    assert!(drawn("dot").contains("label=\"a\\nx\\\"]; <b>\"]"), "{}", drawn("dot"));
    assert!(drawn("mermaid").contains("\"a<br/>x#34;]; #60;b#62;\""), "{}", drawn("mermaid"));
}
