//! How much is looked through anew after a change: what it concerns, however large the project is.

use crate::support::{Disk, ROOT, new_host};
use klotho_ide::{Change, Host};
use std::fmt::Write;

/// Units that import one helper each and call the next unit, two of them with a store.
fn project() -> Disk {
    let mut disk = Disk::default();
    for n in 0..20 {
        let next = (n + 1) % 20;
        let mut text = format!("// @klotho::execution_unit {{ id = \"unit{n}\" }}\n");
        let _ = writeln!(text, "import {{ help }} from \"./help{n}\";");
        let _ = writeln!(text, "import {{ f{next} }} from \"./file{next}\";");
        let _ = writeln!(text, "export async function f{n}() {{ help(); return await f{next}(); }}");
        if n < 2 {
            let _ = writeln!(text, "// @klotho::persist {{ id = \"store{n}\" }}");
            let _ = writeln!(text, "export const m{n} = new Map<string, string>();");
        }
        disk.0.insert(format!("file{n}.ts"), text);
        disk.0.insert(format!("help{n}.ts"), "export function help() {}\n".to_owned());
    }
    disk
}

/// What is looked through after a file says this: files by what they declare, and units.
fn news(host: &mut Host, path: &str, text: &str) -> String {
    let (path, text) = (format!("{ROOT}/{path}").into(), text.to_owned());
    host.apply(Change::Open { path, language: None, version: 1, text });
    host.settle();
    let snapshot = host.snapshot();
    let news = snapshot.project(ROOT).expect("a project").news();
    let scope = if news.is_everything { "everything" } else { "part" };
    let files: Vec<_> = news.files.iter().map(|path| &**path).collect();
    let units: Vec<_> = news.units.iter().map(String::as_str).collect();
    format!("{scope}: {} and {}", files.join(" "), units.join(" "))
}

#[test]
fn what_an_edit_does_not_concern_is_not_looked_through() {
    let disk = project();
    let mut host = new_host();
    disk.load(&mut host);
    let (first, second) = (&disk.0["file0.ts"], &disk.0["file5.ts"]);
    let renamed = first.replace("\"unit0\"", "\"other\"");
    assert_eq!(news(&mut host, "file0.ts", &renamed), "part: file0.ts and other unit0");
    let stored = renamed.replace("\"store0\"", "\"kept\"");
    assert_eq!(news(&mut host, "file0.ts", &stored), "part: file0.ts and other");
    let alone = second.replace("import { help } from \"./help5\";", "");
    assert_eq!(news(&mut host, "file5.ts", &alone), "part: file5.ts and unit5");
    let units = |host: &Host| {
        let snapshot = host.snapshot();
        snapshot.project(ROOT).expect("a project").derived().units_of("help5.ts").to_vec()
    };
    assert_eq!(units(&host), [""; 0]);
    news(&mut host, "file5.ts", second);
    assert_eq!(units(&host), ["unit5"]);
    assert!(news(&mut host, "klotho.yaml", "app: a\n").starts_with("everything: "));
}
