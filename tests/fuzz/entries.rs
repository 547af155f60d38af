//! What is given anything at all: each entry takes bytes, does with them what the program does, and fails where something does not
//! hold that always has to.

use crate::disk::{Disk, ROOT, new_host};
use klotho_ide::{
    Change, ContentChange, Contents, Date, Encoding, Glance, LineIndex, Snapshot, Span, Wanted, contents_of,
};
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::{Context, Poll, Waker};

#[allow(dead_code, unreachable_pub, reason = "it belongs to the program")]
#[path = "../../server/klotho-ls/src/lsp/frames.rs"]
mod frames;

/// A name and what it names.
pub(crate) type Entry = (&'static str, fn(&[u8], Asked));

/// How much an editor asks of the world that an input makes.
#[derive(Clone, Copy)]
pub(crate) enum Asked {
    /// Everything, at each annotation and elsewhere.
    All,
    /// A few questions that the input chooses: what takes a fuzzer further is many inputs.
    Few,
}

/// How many questions are a few.
const FEW: usize = 3;

pub(crate) const ENTRIES: [Entry; 7] = [
    ("annotations", annotations),
    ("bodies", bodies),
    ("configuration", configuration),
    ("patterns", patterns),
    ("prices", prices),
    ("frames", frames),
    ("edits", edits),
];

const LANGUAGES: [&str; 10] =
    ["a.js", "a.ts", "a.tsx", "a.py", "a.go", "a.rs", "A.cs", "A.java", "a.yaml", "Dockerfile"];

const UNIT: &str = "// @klotho::execution_unit { id = \"main\" }\n// @klotho::persist { id = \"store\" }\nexport const s = new Map();\n";

/// A whole file: the first byte says in which language.
fn annotations(data: &[u8], asked: Asked) {
    let Some((first, text)) = data.split_first() else { return };
    let path = LANGUAGES[usize::from(*first) % LANGUAGES.len()];
    let bytes = text.len();
    if let Contents::Source { summary, .. } = contents_of(path, text.to_vec()) {
        assert!(
            summary.facts.findings.iter().all(|found| found.at.end as usize <= bytes),
            "a finding beyond the text"
        );
    }
    ask(asked, path, &String::from_utf8_lossy(text), &[("package.json", "{}")]);
}

/// The body of an annotation.
fn bodies(data: &[u8], asked: Asked) {
    let body = String::from_utf8_lossy(data);
    let text = format!("/* @klotho::execution_unit {{\n{body}\n}} */\nexport const x = 1;\n");
    ask(asked, "a.ts", &text, &[]);
    ask(asked, "a.py", &text.replace("/*", "#").replace("\n", "\n# "), &[]);
}

/// A configuration: the first byte says in which format.
fn configuration(data: &[u8], asked: Asked) {
    let Some((first, text)) = data.split_first() else { return };
    let path = ["klotho.yaml", "klotho.json", "klotho.toml"][usize::from(*first) % 3];
    ask(asked, path, &String::from_utf8_lossy(text), &[("a.ts", UNIT), ("package.json", "{}")]);
}

/// A pattern of files, and one of files that are left out.
fn patterns(data: &[u8], asked: Asked) {
    let text = String::from_utf8_lossy(data);
    let (include, exclude) = text.split_once('\n').unwrap_or((&text, ""));
    let quoted = |pattern: &str| serde_json::Value::from(pattern).to_string();
    let source = format!(
        "/* @klotho::embed_assets {{\n *   include = [{}]\n *   exclude = [{}]\n * }} */\n{UNIT}",
        quoted(include),
        quoted(exclude)
    );
    let others = ["a/b/c/d.txt", "a/b.txt", "[x].txt", "{a,b}.md", "é/🎵.md", "a\\b.md", ".hidden/.x"]
        .map(|path| (path, ""));
    ask(asked, "a.ts", &source, &others);
}

/// A provider's price list.
fn prices(data: &[u8], _: Asked) {
    let day = Date::parse("2026-11-24").expect("a day");
    // A list that cannot be read says why.
    let _ = klotho_cost::import::read(data, day).map_err(|error| assert!(!error.to_string().is_empty()));
}

/// What a client sends: whatever comes out of it can be read by the library that reads no further after its first fault.
fn frames(data: &[u8], _: Asked) {
    let (mut input, mut rest, mut read) = (data, 0, 0);
    while let Some(body) = ready(frames::next(&mut input, &mut rest)).expect("memory can be read") {
        let message: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(message["jsonrpc"], "2.0");
        read += 1;
    }
    assert!(read <= data.len(), "more messages than bytes");
}

/// What a future over memory comes to, which never has to wait.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

/// Edits of an open document, four bytes each: afterwards the world is what a fresh start makes of the text.
fn edits(data: &[u8], _: Asked) {
    const PIECES: [&str; 16] = [
        "",
        "\n",
        "x",
        "\"",
        "{",
        "}",
        "*/",
        "/*",
        "// ",
        "@klotho::",
        "persist",
        " { id = \"b\" }\n",
        "🎵",
        "\r\n",
        "id = ",
        "export const t = new Map();\n",
    ];
    let (mut host, mut text) = (new_host(), UNIT.repeat(2));
    let disk =
        Disk::new(&[("a.ts", &text), ("klotho.yaml", "app: x\nprovider: aws\n"), ("package.json", "{}")]);
    disk.load(&mut host);
    let path = format!("{ROOT}/a.ts");
    host.apply(Change::Open { path: path.as_str().into(), language: None, version: 0, text: text.clone() });
    for (version, edit) in data.chunks_exact(4).take(60).enumerate() {
        let start = floor(&text, (usize::from(edit[0]) << 8 | usize::from(edit[1])) % (text.len() + 1));
        let end = floor(&text, start + usize::from(edit[2] % 32)).max(start);
        let piece = PIECES[usize::from(edit[3]) % PIECES.len()];
        let lines = LineIndex::new(&text);
        let place = |offset| lines.position(offset, Encoding::Utf16);
        let change = ContentChange { range: Some((place(start), place(end))), text: piece.to_owned() };
        let (path, version) = (path.as_str().into(), i32::try_from(version).expect("few") + 1);
        host.apply(Change::Edit { path, version, changes: vec![change], encoding: Encoding::Utf16 });
        text.replace_range(start..end, piece);
    }
    disk.deliver(&mut host);
    let edited = host.snapshot();
    assert_eq!(edited.text(&path).as_deref(), Some(text.as_str()));
    let mut disk = disk;
    disk.0.insert("a.ts".to_owned(), text);
    let fresh = disk.snapshot();
    assert_eq!(edited.graph_json(ROOT), fresh.graph_json(ROOT));
    assert_eq!(edited.project_diagnostics(ROOT), fresh.project_diagnostics(ROOT));
}

/// The last place up to `at` that a position names: not within a character, nor within a line's end.
fn floor(text: &str, at: usize) -> usize {
    let is_place = |at: &usize| {
        text.is_char_boundary(*at) && !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'))
    };
    (0..=at.min(text.len())).rev().find(is_place).unwrap_or_default()
}

/// A file that an editor shows.
struct Shown<'a> {
    world: Snapshot,
    path: String,
    text: &'a str,
}

/// What an editor asks of a file, at a place of it.
const QUESTIONS: [fn(&Shown<'_>, usize); 12] = [
    |it, at| drop(it.world.hover(&it.path, at)),
    |it, at| drop(it.world.completions(&it.path, at, true)),
    |it, at| drop(it.world.selections(&it.path, at)),
    |it, at| drop(it.world.references(&it.path, at, true)),
    |it, at| drop(it.world.call_items(&it.path, at)),
    |it, at| drop(it.world.typed(&it.path, at, '}')),
    |it, at| drop(it.world.code_actions(&it.path, Span::empty(at), &Wanted::default())),
    |it, _| drop((it.world.graph_json(ROOT), it.world.shown_diagnostics(ROOT))),
    |it, _| drop((it.world.bill(ROOT), it.world.plan(ROOT))),
    |it, _| drop(it.world.inlay_hints(&it.path, Span::new(0, it.text.len()), Glance::default())),
    |it, _| drop((it.world.code_lenses(&it.path, Glance::default()), it.world.colours(&it.path, None))),
    |it, _| drop((it.world.folds(&it.path), it.world.links(&it.path), it.world.outline(&it.path))),
];

/// Asks what an editor asks of a file, among others.
fn ask(asked: Asked, path: &str, text: &str, others: &[(&str, &str)]) {
    let shown = show(path, text, others);
    for found in shown.world.diagnostics(&shown.path) {
        assert!(text.get(found.span.range()).is_some(), "{found:?}");
    }
    for edit in shown.world.layout(&shown.path, None) {
        assert!(text.get(edit.span.range()).is_some(), "an edit beyond the text: {edit:?}");
    }
    let marks = text.match_indices("@klotho::").map(|(at, mark)| at + mark.len()).take(3);
    let places: Vec<_> = marks.chain([0, floor(text, text.len() / 2), text.len()]).collect();
    match asked {
        Asked::All => {
            for at in places {
                QUESTIONS.iter().for_each(|question| question(&shown, at));
            }
        }
        Asked::Few => {
            let mut chosen = DefaultHasher::new();
            for _ in 0..FEW {
                text.hash(&mut chosen);
                let number = usize::try_from(chosen.finish() >> 1).expect("64 bits");
                QUESTIONS[number % QUESTIONS.len()](&shown, places[number / QUESTIONS.len() % places.len()]);
            }
        }
    }
}

/// A project in which the file is open.
fn show<'a>(path: &str, text: &'a str, others: &[(&str, &str)]) -> Shown<'a> {
    let files: Vec<_> = others.iter().copied().chain([(path, text)]).collect();
    let mut host = new_host();
    let disk = Disk::new(&files);
    disk.load(&mut host);
    let full = format!("{ROOT}/{path}");
    host.apply(Change::Open {
        path: full.as_str().into(),
        language: None,
        version: 0,
        text: text.to_owned(),
    });
    disk.deliver(&mut host);
    Shown { world: host.snapshot(), path: full, text }
}
