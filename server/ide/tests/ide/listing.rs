//! Which files are part of a project, whichever way one comes to know of them.

use crate::support::{Disk, ROOT, new_host, today};
use klotho_ide::{Change, Contents, FilePath, Host, ListedProject, ProjectFiles, contents_of};

const STORE: &str =
    "/* @klotho::persist {\n *   id = \"store\"\n * }\n */\nexport const store = new Map();\n";

type File = (&'static str, &'static str);

/// A project as a folder was listed, and what `outputs` it has.
fn host(files: &[File], outputs: &[&str]) -> Host {
    let mut host = new_host();
    host.apply(Change::Project(Box::new(listed(files, outputs))));
    host.settle();
    host
}

fn listed(files: &[File], outputs: &[&str]) -> ListedProject {
    ListedProject::new(ProjectFiles {
        root: ROOT.into(),
        above: Vec::new(),
        paths: files
            .iter()
            .map(|(path, _)| (*path).to_owned())
            .filter(|path| path != "klotho.yaml")
            .collect(),
        links: Vec::new(),
        contents: files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), contents_of(path, text.as_bytes().to_vec())))
            .collect(),
        outputs: outputs.iter().map(ToString::to_string).collect(),
    })
}

fn happens(host: &mut Host, path: &str, contents: Contents) {
    host.apply(Change::Read { path: format!("{ROOT}/{path}").into(), contents });
    host.settle();
}

fn stores(host: &Host) -> usize {
    let graph = host.snapshot().graph_json(ROOT).unwrap_or_default();
    graph.to_string().matches("\"store\"").count()
}

#[test]
fn what_a_compiler_writes_is_no_part_of_the_project_when_it_changes() {
    let cases: [(&[File], &[&str], &str); 5] = [
        (&[], &[], "compiled/index.js"),
        (&[("klotho.yaml", "out_dir: made\n")], &[], "made/index.js"),
        (&[("app.csproj", "")], &[], "sub/obj/index.js"),
        (&[], &["out"], "out/deep/index.js"),
        (&[], &[], "sub/node_modules/index.js"),
    ];
    for (files, outputs, path) in cases {
        let mut host = host(files, outputs);
        happens(&mut host, path, contents_of(path, STORE.into()));
        assert_eq!(stores(&host), 0, "{path}");
        assert!(host.snapshot().never_enters(&format!("{ROOT}/{path}")), "{path}");
        happens(&mut host, "bin/index.js", contents_of("bin/index.js", STORE.into()));
        assert_eq!(stores(&host) == 0, path.contains("obj"), "{path}");
    }
}

#[test]
fn a_c_sharp_project_that_goes_leaves_ordinary_folders() {
    let mut host = host(&[("app.csproj", ""), ("b.csproj", "")], &[]);
    for (gone, is_left_out) in [("app.csproj", true), ("b.csproj", false)] {
        happens(&mut host, gone, Contents::Missing);
        assert_eq!(host.snapshot().never_enters("/app/bin/x.js"), is_left_out);
    }
}

#[test]
fn another_output_folder_makes_a_listing_outdated() {
    let mut host = host(&[("klotho.yaml", "out_dir: made\n")], &[]);
    let config = format!("{ROOT}/klotho.yaml");
    assert!(!host.snapshot().is_outdated_by(&config));
    happens(&mut host, "klotho.yaml", Contents::Text("out_dir: other\n".into()));
    assert!(host.snapshot().is_outdated_by(&config));
    assert!(!host.snapshot().is_outdated_by(&format!("{ROOT}/a.js")));
}

#[test]
fn assets_and_project_files_come_and_go() {
    let text = "// @klotho::embed_assets {\n//   id = \"pages\"\n//   include = [\"pages/*.html\"]\n// }\n";
    let mut host = host(&[("a.js", text)], &[]);
    let findings = |host: &Host| host.snapshot().project_diagnostics(ROOT).len();
    let before = findings(&host);
    assert!(!host.snapshot().is_folder("/app/pages"));
    happens(&mut host, "pages/index.html", Contents::Present);
    assert_eq!(findings(&host), before - 1);
    assert!(host.snapshot().is_folder("/app/pages") && host.snapshot().is_folder(ROOT));
    assert!(!host.snapshot().is_folder("/app/page"));
    happens(&mut host, "pages/index.html", Contents::Missing);
    assert_eq!(findings(&host), before);
}

#[test]
fn a_project_file_that_is_opened_is_part_of_its_project() {
    let disk = Disk::new(&[("main.py", "x = 1\n"), ("requirements.txt", "fastapi\n")]);
    let mut host = new_host();
    disk.load(&mut host);
    for (name, language) in [("requirements.txt", None), ("go.mod", None), ("sub/klotho.yaml", None)] {
        let path = format!("{ROOT}/{name}").into();
        host.apply(Change::Open { path, language, version: 0, text: "app: x\n".to_owned() });
    }
    disk.deliver(&mut host);
    assert_eq!(host.snapshot().projects(), [ROOT.into()]);
    // Closed without having been saved it is no file of the project.
    host.apply(Change::Close { path: format!("{ROOT}/go.mod").into() });
    disk.deliver(&mut host);
    assert!(!host.snapshot().project(ROOT).is_some_and(|project| project.has("go.mod")));
}

#[test]
fn what_follows_from_the_files_is_known_before_anything_is_settled_if_it_was_worked_out() {
    let start = "/* @klotho::execution_unit {\n *   id = \"main\"\n *   [workload]\n *   monthly_requests = 10_000_000\n * }\n */\n\
                 import { store } from \"./b\";\nstore.set(\"a\", 1);\n";
    let config = "app: x\nprovider: aws\nbudget:\n  monthly_usd: 1\n";
    let through = "export { store } from \"./c\";\n";
    let disk = Disk::new(&[
        ("a.ts", start),
        ("b.ts", through),
        ("c.ts", STORE),
        ("klotho.yaml", config),
        ("package.json", "{}"),
    ]);
    let at_hand = ["a.ts", "c.ts", "klotho.yaml"].map(|path| (path.to_owned(), disk.read(path)));
    let mut listed = ListedProject::new(ProjectFiles {
        root: ROOT.into(),
        above: Vec::new(),
        paths: disk.0.keys().filter(|path| *path != "klotho.yaml").cloned().collect(),
        links: Vec::new(),
        contents: at_hand.into(),
        outputs: Vec::new(),
    });
    let read = |paths: &[FilePath]| paths.iter().map(|path| disk.read(&path[ROOT.len() + 1..])).collect();
    listed.derive(today(), read);
    let mut before = new_host();
    before.apply(Change::Project(Box::new(listed)));
    let (before, settled) = (before.snapshot(), disk.snapshot());
    assert_eq!(before.graph_json(ROOT), settled.graph_json(ROOT));
    assert_eq!(before.project_diagnostics(ROOT), settled.project_diagnostics(ROOT));
    assert!(before.graph_json(ROOT).is_some_and(|graph| graph.to_string().contains("\"store\"")));
    let found = before.project_diagnostics(ROOT);
    assert!(found.iter().any(|found| found.code == klotho_ide::Code::BudgetExceeded), "{found:?}");
}
