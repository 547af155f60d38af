//! What language a document is in: the word of the person at the editor counts, else its name tells.

use crate::support::{Disk, ROOT, new_host};
use klotho_grammars::Language;
use klotho_ide::{Change, FilePath, Snapshot};

/// A document with this path, in the language that the client says.
fn opened(files: &[(&str, &str)], path: &str, id: &str, text: &str) -> Snapshot {
    let disk = Disk::new(files);
    let mut host = new_host();
    disk.load(&mut host);
    let language = Language::of_editor_id(id);
    host.apply(Change::Open { path: FilePath::from(path), language, version: 1, text: text.to_owned() });
    disk.deliver(&mut host);
    host.snapshot()
}

fn codes(snapshot: &Snapshot, path: &str) -> Vec<&'static str> {
    snapshot.diagnostics(path).iter().map(|found| found.code.name()).collect()
}

const STORE: &str = "// @klotho::persist { id = \"notes\" }\nconst notes = new Map();\n";

#[test]
fn a_document_without_a_name_is_in_the_language_of_the_client() {
    let snapshot = opened(&[], "untitled:Untitled-1", "javascript", STORE);
    assert_eq!(codes(&snapshot, "untitled:Untitled-1"), [""; 0]);
    let hover = snapshot.hover("untitled:Untitled-1", 8).expect("a hover").markdown;
    assert!(hover.contains("Used by `main`"), "{hover}");
    // Without a word on the language there is nothing to read it by.
    let snapshot = opened(&[], "untitled:Untitled-1", "plaintext", STORE);
    assert_eq!(snapshot.hover("untitled:Untitled-1", 8), None);
}

#[test]
fn the_word_of_the_client_wins_over_the_name_and_an_unknown_word_loses() {
    let python = "# @klotho::persist { id = \"notes\" }\nnotes = {}\n";
    let files = [("package.json", "{}"), ("index.js", "")];
    let path = format!("{ROOT}/index.js");
    let hover = |id, text| opened(&files, &path, id, text).hover(&path, 8).is_some();
    assert!(hover("javascript", STORE));
    assert!(!hover("javascript", python));
    assert!(hover("python", python));
    assert!(hover("some-editors-own", STORE));
}

#[test]
fn a_type_assertion_in_a_file_that_is_tsx_to_the_editor_is_none() {
    let text = "// @klotho::persist { id = \"notes\" }\nconst notes = <Map>new Map();\n";
    let files = [("package.json", "{}"), ("index.ts", "")];
    let path = format!("{ROOT}/index.ts");
    let found = |id| codes(&opened(&files, &path, id, text), &path);
    assert_ne!(found("typescript"), found("typescriptreact"));
}

#[test]
fn a_script_without_an_extension_is_a_program_by_itself() {
    let path = format!("{ROOT}/run");
    let snapshot = opened(&[("package.json", "{}"), ("run", STORE)], &path, "javascript", STORE);
    assert_eq!(codes(&snapshot, &path), [""; 0]);
    let hover = snapshot.hover(&path, 8).expect("a hover").markdown;
    assert!(hover.contains("Used by `main`"), "{hover}");
}

#[test]
fn the_configuration_is_settings_whatever_a_client_calls_it() {
    let path = format!("{ROOT}/klotho.yaml");
    let snapshot = opened(&[("klotho.yaml", "app: x\n")], &path, "yaml", "# @klotho::persist\napp: 5\n");
    assert_eq!(codes(&snapshot, &path), [""; 0]);
}

#[test]
fn editors_have_names_of_their_own_for_languages() {
    for (id, language) in [
        ("cs", Language::CSharp),
        ("csharp", Language::CSharp),
        ("javascript.jsx", Language::JavaScript),
        ("typescript.tsx", Language::Tsx),
        ("tsx", Language::Tsx),
    ] {
        assert_eq!(Language::of_editor_id(id), Some(language), "{id}");
    }
}
