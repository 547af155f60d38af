//! Files and folders that are renamed: what names them follows.

use crate::support::{Disk, ROOT};
use klotho_ide::FilePath;

/// Moves files and folders in an edited project, as an editor does it.
fn carried_out(disk: &Disk, moves: &[(&str, &str)]) -> Disk {
    let mut after = Disk::default();
    for (path, text) in &disk.0 {
        let moved = moves.iter().find_map(|(old, new)| {
            let rest = path.strip_prefix(old)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
        });
        after.0.insert(moved.unwrap_or_else(|| path.clone()), text.clone());
    }
    after
}

/// The files after the moves and what goes with them; the findings must be those from before.
fn moved(files: &[(&str, &str)], moves: &[(&str, &str)]) -> Disk {
    let disk = Disk::new(files);
    let absolute = |path: &str| FilePath::from(format!("{ROOT}/{path}"));
    let pairs: Vec<_> = moves.iter().map(|(old, new)| (absolute(old), absolute(new))).collect();
    let edit = disk.snapshot().moved(&pairs);
    carried_out(&disk.edited(&edit), moves)
}

/// The lines of a file with one of these words.
fn lines<'a>(disk: &'a Disk, path: &str, words: &[&str]) -> Vec<&'a str> {
    let lines = disk.0[path].lines().map(str::trim);
    lines.filter(|line| words.iter().any(|word| line.contains(word))).collect()
}

/// An annotation of embedded files.
fn embedding(include: &str) -> String {
    format!(
        "// @klotho::embed_assets {{\n//   id = \"pages\"\n//   include = [{include}]\n// }}\nexports.x = 1;\n"
    )
}

#[test]
fn patterns_that_name_a_file_or_a_folder_follow_it() {
    let source =
        embedding(r#""pages/a.html", 'pages/**/*.css', "./pages/b.html", "/pages/*", "p*/x", "other/*""#);
    let files = [("index.js", source.as_str()), ("pages/a.html", ""), ("other/x", ""), ("pages/b.html", "")];
    let after = moved(&files, &[("pages", "public/site")]);
    assert_eq!(
        lines(&after, "index.js", &["include"]),
        [
            r#"//   include = ["public/site/a.html", 'public/site/**/*.css', "./public/site/b.html", "/public/site/*", "p*/x", "other/*"]"#
        ]
    );
    let after = moved(&files, &[("pages/a.html", "pages/c.html")]);
    assert!(after.0["index.js"].contains(r#"["pages/c.html", 'pages/**/*.css', "./pages/b.html""#));
}

#[test]
fn the_patterns_of_a_file_that_moves_stay_with_what_they_match() {
    let source = embedding(r#""*.html", "deep/x.css", "/root.txt", "../up/*""#);
    let files = [("app/a.js", source.as_str()), ("app/x.html", ""), ("app/deep/x.css", ""), ("up/y", "")];
    let after = moved(&files, &[("app/a.js", "a.js")]);
    assert!(
        after.0["a.js"].contains(r#"["app/*.html", "app/deep/x.css", "/root.txt", "up/*"]"#),
        "{:?}",
        after.0
    );
    let after = moved(&files, &[("app/a.js", "app/deep/a.js")]);
    assert!(
        after.0["app/deep/a.js"].contains(r#"["/app/*.html", "x.css", "/root.txt", "/up/*"]"#),
        "{:?}",
        after.0
    );
    // With its whole folder nothing changes for those that stay inside.
    let after = moved(&files, &[("app", "lib")]);
    assert!(
        after.0["lib/a.js"].contains(r#"["*.html", "deep/x.css", "/root.txt", "../up/*"]"#),
        "{:?}",
        after.0
    );
}

#[test]
fn nothing_is_lost_or_found_by_a_move() {
    let source = embedding(r#""pages/*.html""#);
    let files = [("package.json", "{}"), ("index.js", source.as_str()), ("pages/a.html", "")];
    for moves in [("pages", "views"), ("pages/a.html", "pages/b.html"), ("index.js", "src/index.js")] {
        let after = moved(&files, &[moves]);
        assert_eq!(after.findings(), Disk::new(&files).findings(), "{moves:?}: {:?}", after.0);
    }
}

#[test]
fn paths_of_secrets_and_measurements_follow() {
    let secret = "/* @klotho::persist {\n *   id = \"keys\"\n *   secret = true\n * }\n */\n\
                  const secrets = require('fs/promises');\nexports.read = () => secrets.readFile('secrets/key.txt');\n";
    let unit = "/* @klotho::execution_unit {\n *   id = \"a\"\n *   [workload]\n *   power_tuning = \"./tuning/a.json\"\n * }\n */\n\
                require('./keys');\n";
    let config = "execution_units:\n  a:\n    type: lambda\n    workload:\n      power_tuning: 'tuning/a.json' # here\n";
    let files = [
        ("package.json", "{}"),
        ("index.js", unit),
        ("keys.js", secret),
        ("klotho.yaml", config),
        ("tuning/a.json", "{}"),
        ("secrets/key.txt", ""),
    ];
    let after = moved(&files, &[("tuning", "measured"), ("secrets/key.txt", "private/key")]);
    assert_eq!(lines(&after, "index.js", &["power"]), ["*   power_tuning = \"./measured/a.json\""]);
    assert_eq!(lines(&after, "klotho.yaml", &["power"]), ["power_tuning: 'measured/a.json' # here"]);
    assert_eq!(
        lines(&after, "keys.js", &["readFile"]),
        ["exports.read = () => secrets.readFile('private/key');"]
    );
}

#[test]
fn what_cannot_be_named_plainly_is_left() {
    let source = embedding(r#""pages/a.html""#);
    let files = [("index.js", source.as_str()), ("pages/a.html", "")];
    for new in ["pages/[a].html", "pages/\"a\".html", "pages/a.html"] {
        assert_eq!(moved(&files, &[("pages/a.html", new)]).0["index.js"], source, "{new}");
    }
    // Nor can what leaves the project.
    let disk = Disk::new(&files);
    let away = (FilePath::from("/app/pages/a.html"), FilePath::from("/elsewhere/a.html"));
    assert_eq!(disk.snapshot().moved(&[away]).files, []);
}

#[test]
fn an_open_document_is_edited_as_it_is_now() {
    let fixture = crate::support::Fixture::new(&[
        ("index.js", &format!("$0{}", embedding("\"a.html\""))),
        ("a.html", ""),
    ]);
    let edit = fixture.snapshot.moved(&[("/app/a.html".into(), "/app/b.html".into())]);
    assert_eq!(&*edit.files[0].path, "/app/index.js");
    assert_eq!(edit.files[0].edits[0].text, "b.html");
}
