//! What must hold at every place of any text.

use crate::support::{Disk, Fixture, ROOT, new_host};
use klotho_ide::{Change, Snapshot};

/// Every place of a file in an editor.
fn each_offset(snapshot: &Snapshot, path: &str, text: &str) {
    for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        let found = snapshot.completions(path, offset, true);
        let line = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let end = offset + text[offset..].find(['\r', '\n']).unwrap_or(text.len() - offset);
        for item in &found.items {
            let (inserted, replaced) = (item.inserted.range(), item.replaced.range());
            assert_eq!((inserted.start, inserted.end), (replaced.start, offset), "{}", item.label);
            assert!(
                line <= replaced.start && offset <= replaced.end && replaced.end <= end,
                "{} {text:?}",
                item.label
            );
        }
    }
}

#[test]
fn no_place_of_a_broken_text_is_a_surprise() {
    for (file, text) in [
        (
            "klotho.json",
            "{ \"execution_units\": { \"é🎵\": { \"type\": \"a\nb\" 'x, [ { }, \"app\": \"x\\\" } # }",
        ),
        (
            "klotho.toml",
            "[[a.\"b\n]]\nx = \"\"\"\n a \n\"\"\" \n[execution_units.\"é🎵\"]\r\ntype = { a = [ \n b = '\n'\r\n= . =\n",
        ),
        (
            "klotho.yaml",
            "a: [b\n  - c: 'x\r\nexecution_units: {a: {type: \"\n\t x:\n  é🎵: \"a\"b\n? x\n: y\n--- \n'a: b\n:\n",
        ),
        (
            "a.ts",
            "/* @klotho::persist { id = \"\"\"\n * é🎵 = '\n [workload\r\n a.b. = {x = [\n **/\n// @klotho::\n// @klotho::expose { é🎵 = \"\n///* } @\n/* @klotho::config { a = \"\"\"b\n",
        ),
        ("a.py", "x = 1 # @klotho::persist { id = \"é🎵\n#\n  # [workload]\n#### a = {\n'''# @klotho::'''\n"),
    ] {
        for end in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let text = &text[..end];
            let with_cursor = format!("{text}$0");
            let fixture = Fixture::new(&[(file, &with_cursor)]);
            each_offset(&fixture.snapshot, &fixture.path, text);
        }
    }
}

#[test]
fn no_place_of_the_example_applications_is_a_surprise() {
    let apps = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps");
    let mut files = Vec::new();
    let mut folders = vec![apps.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    files.push((path.strip_prefix(&apps).unwrap().to_str().unwrap().replace('\\', "/"), text))
                }
                Err(_) if path.is_dir() => folders.push(path),
                Err(_) => {}
            }
        }
    }
    for (path, text) in &files {
        let (app, relative) = path.split_once('/').unwrap_or_default();
        let own = files
            .iter()
            .filter_map(|(path, text)| Some((path.strip_prefix(app)?.strip_prefix('/')?, text.as_str())));
        let own: Vec<_> = own.collect();
        // As it stands, and with a line cut short: half of what is typed is on its way.
        let marks: Vec<_> = text.match_indices("@klotho").map(|(at, _)| at).collect();
        if marks.is_empty() && !relative.starts_with("klotho.") {
            continue;
        }
        let disk = Disk::new(&own);
        for cut in [None, Some(" = \""), Some("}"), Some("*/"), Some(": ")] {
            let text = cut.map_or_else(|| text.clone(), |cut| text.replacen(cut, "", 2));
            let mut host = new_host();
            disk.load(&mut host);
            let open = format!("{ROOT}/{relative}");
            let language = klotho_grammars::Language::of_path(relative);
            host.apply(Change::Open { path: open.as_str().into(), language, version: 1, text: text.clone() });
            disk.deliver(&mut host);
            each_offset(&host.snapshot(), &open, &text);
        }
    }
}
