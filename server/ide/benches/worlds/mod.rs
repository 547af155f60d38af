//! What the benchmarks work on: a file of many annotations, and projects of many files.

#![allow(dead_code, reason = "each benchmark takes what it needs")]

use klotho_grammars::Language;
use klotho_ide::{
    Change, ContentChange, Date, Encoding, FilePath, Host, ListedProject, Position, ProjectFiles, contents_of,
};
use std::fmt::Write;
use std::hint::black_box;

const ROOT: &str = "/app";
pub(crate) const PATH: &str = "/app/many.ts";

/// Behind a name in code, and behind the id of a unit, in the file of many annotations.
pub(crate) const IN_CODE: (u32, u32) = (4, 47);
pub(crate) const IN_AN_ID: (u32, u32) = (2, 36);

/// Of how many files one is annotated.
const EVERY: usize = 20;

/// One file with many annotations: stores, topics, and a unit for each hundred.
pub(crate) fn many_annotations(count: usize) -> String {
    let mut text = "import { EventEmitter } from \"events\";\n".to_owned();
    for n in 0..count {
        let (capability, id, value) = match n {
            _ if n % 100 == 0 => ("execution_unit", "u", "async () => 1"),
            _ if n % 3 == 0 => ("pubsub", "t", "new EventEmitter()"),
            _ => ("persist", "m", "new Map<string, string>()"),
        };
        let _ =
            writeln!(text, "\n// @klotho::{capability} {{ id = \"{id}{n}\" }}\nexport const v{n} = {value};");
        let _ = writeln!(text, "export const read{n} = async (key: string) => key + {n};");
    }
    text
}

/// A file of a chain: each imports the next one.
pub(crate) fn link(n: usize) -> String {
    let unit = match n % EVERY {
        0 => format!("// @klotho::execution_unit {{ id = \"unit{n}\" }}\n"),
        _ => String::new(),
    };
    let next = n + 1;
    format!(
        "{unit}import {{ f{next} }} from \"./file{next}\";\nexport async function f{n}() {{ return f{next}(); }}\n"
    )
}

/// A project of so many files, all read, with a document open in it.
fn project(files: usize, path: &str, text: String) -> Host {
    let mut host = Host::new(Date { year: 2026, month: 11, day: 26 });
    let named = (0..files).map(|n| format!("file{n}.ts"));
    let contents = (0..files).map(|n| {
        let path = format!("file{n}.ts");
        let contents = contents_of(&path, link(n).into_bytes());
        (path, contents)
    });
    let files = ProjectFiles {
        root: ROOT.into(),
        paths: named.collect(),
        links: Vec::new(),
        contents: contents.collect(),
        outputs: Vec::new(),
        above: Vec::new(),
    };
    host.apply(Change::Project(Box::new(ListedProject::new(files))));
    let path = FilePath::from(path);
    host.apply(Change::Open { path, language: Some(Language::TypeScript), version: 0, text });
    host.settle();
    host
}

/// A project of so many files with the file of many annotations open.
pub(crate) fn world(files: usize, annotations: usize) -> Host {
    project(files, PATH, many_annotations(annotations))
}

/// A letter that comes and goes at one place of one document.
pub(crate) struct Typist {
    host: Host,
    path: &'static str,
    version: i32,
    at: (u32, u32),
}

impl Typist {
    /// In the file of many annotations, among so many files.
    pub(crate) fn new(files: usize, annotations: usize, at: (u32, u32)) -> Self {
        Self { host: world(files, annotations), path: PATH, version: 0, at }
    }

    /// In the id of a unit of a small file, among so many files.
    pub(crate) fn of_small_file(files: usize) -> Self {
        let host = project(files, "/app/file0.ts", link(0));
        Self { host, path: "/app/file0.ts", version: 0, at: (0, 37) }
    }

    /// One letter more or less, and all that an editor shows then.
    pub(crate) fn keystroke(&mut self) {
        self.version += 1;
        let start = Position { line: self.at.0, character: self.at.1 };
        let (end, text) = match self.version % 2 {
            1 => (start, "x"),
            _ => (Position { character: start.character + 1, ..start }, ""),
        };
        let changes = vec![ContentChange { range: Some((start, end)), text: text.to_owned() }];
        let path = FilePath::from(self.path);
        self.host.apply(Change::Edit { path, version: self.version, changes, encoding: Encoding::Utf16 });
        black_box(self.host.settle());
        black_box(self.host.snapshot().diagnostics(self.path));
    }
}
