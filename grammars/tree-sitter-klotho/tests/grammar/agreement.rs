//! What the grammar takes for an annotation is what the server does.

use crate::injected::{nodes, trees};
use klotho_annotation::annotations;
use klotho_grammars::{Language, parse};
use std::path::{Path, PathBuf};

/// Where the name of an annotation's capability is, and from where to where its braces go.
type Found = Vec<((usize, usize), Option<(usize, usize)>)>;

fn by_grammar(language: Language, text: &str) -> Found {
    let mut found = Vec::new();
    for tree in trees(language, text) {
        for node in nodes(&tree).into_iter().filter(|node| node.kind() == "annotation") {
            let name = node.child_by_field_name("capability").expect("a name");
            let body = node.child_by_field_name("body");
            found.push((
                (name.start_byte(), name.end_byte()),
                body.map(|body| (body.start_byte(), body.end_byte())),
            ));
        }
    }
    found.sort_unstable();
    found
}

fn by_server(language: Language, text: &str) -> Found {
    let tree = parse(language, text, None).expect("a tree");
    let read = annotations(language, text, &tree).list;
    let span = |start: u32, end: u32| (start as usize, end as usize);
    read.iter()
        .map(|one| {
            let name = span(one.capability_at.start, one.capability_at.end);
            (name, one.body.map(|body| span(body.start - 1, one.at.end)))
        })
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

#[test]
fn in_whole_applications() {
    let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps");
    let mut seen = 0;
    for path in files(&apps) {
        let Some(language) = Language::of_path(&path.to_string_lossy()) else { continue };
        let text = std::fs::read_to_string(&path).expect("a text");
        let read = by_server(language, &text);
        seen += read.len();
        assert_eq!(by_grammar(language, &text), read, "{}", path.display());
    }
    assert!(seen >= 30, "only {seen} annotations");
}

#[test]
fn in_comments_of_every_form() {
    let cases: [(Language, &str); 17] = [
        (Language::JavaScript, "/* @klotho::persist */ a;"),
        (Language::JavaScript, "// @klotho::persist { id = \"a\" } and more\na;\n"),
        (Language::JavaScript, "// @klotho::persist\n// {\n//   id = \"a\"\n// }\na;\n"),
        (Language::JavaScript, "f(); // @klotho::persist {\n//// id = 'a' }\na;\n"),
        (
            Language::JavaScript,
            "// nothing\n\n/** and {\n@klotho::persist {\n\n * a = { b = [1,\n * 2] }\n} */\n",
        ),
        (Language::JavaScript, "/* @klotho::persist { id = \"a\" */ // }\n"),
        (Language::JavaScript, "/* @klotho::execution-unit { id = \"a\" } foo@klotho::x */"),
        (
            Language::JavaScript,
            "/* @klotho::expose { id = \"a\" }\n * @klotho::persist\n * @klotho::config {} */",
        ),
        (Language::JavaScript, "/* @klotho::a {\n * text = \"\"\"\n * b { } \"\n * \"\"\"\n * } */"),
        (Language::JavaScript, "// @klotho::a@klotho::b\n// @klotho:c @ klotho::d @Klotho::e @klotho::\n"),
        (Language::Rust, "/// A thing.\n/// @klotho::persist { id = \"a\" }\nfn a() {}\n"),
        (Language::Java, "class A {\n  // @klotho::persist {\n  //   id = \"a\"\n  // }\n  int a;\n}\n"),
        (Language::Python, "# @klotho::persist {\n#   # why\n#   id = \"a\"\n# }\na = {}\n"),
        (Language::Yaml, "a: 1\n# @klotho::persist {\r\n#   id = \"a\"\r\n# }\r\nb: 1\n"),
        (Language::Dockerfile, "FROM a\n# @klotho::execution_unit {\n# id = \"a\"\n# }\nRUN b\n"),
        // Letters whose codes end as those of markers do.
        (Language::JavaScript, "/* @klotho::a {\nt = \"\"\"\nįa \"\nĪa\nģa {\n\"\"\"\nb = 1 } */"),
        (Language::CSharp, "// é @klotho::expose {\n//   id = \"é\"\n// }\nclass A {}\n"),
    ];
    for (language, text) in cases {
        assert_eq!(by_grammar(language, text), by_server(language, text), "{text}");
    }
}
