//! What must hold after any sequence of edits.

use crate::support::{Disk, ROOT, UNIT, new_host};
use klotho_ide::{Change, ContentChange, Encoding, Host, LineIndex};
use proptest::prelude::*;
use std::collections::BTreeMap;

const SERVER: &str = r#"import * as express from "express";
import { recent } from "./playlists";
const app = express();
app.get("/recent/:user", async (req, res) => res.send(await recent(req.params.user)));
/* @klotho::expose {
 *   id = "api"
 *   target = "public"
 * }
 */
app.listen(3000);
"#;

const PYTHON: &str = r#"from fastapi import FastAPI
# @klotho::execution_unit { id = "hello" }

# @klotho::expose {
#   id = "hello"
#   target = "public"
# }
app = FastAPI()

@app.get("/hello/{name}")
async def hello(name: str):
    return name
"#;

const EVENTS: &str = r#"import { EventEmitter } from "events";
import { receipts } from "./mail";
// @klotho::pubsub { id = "orders" }
export const orders = new EventEmitter();
// @klotho::persist { id = "a" }
export const placed = new Map();
export async function place(order) {
    await placed.set(order.id, order);
    orders.emit("placed", order);
    await receipts(order);
}
"#;

const MAIL: &str = r#"// @klotho::execution_unit {
//   id = "mail"
//   [workload]
//   monthly_requests = 60_000_000
// }
import { orders } from "./events";
orders.on("placed", (order) => console.log(order.id));
export async function receipts(order) {
    return order;
}
"#;

/// Pieces that make and break annotations.
const PIECES: [&str; 23] = [
    "",
    " ",
    "\n",
    "\r\n",
    "x",
    "\"",
    "{",
    "}",
    "/*",
    "*/",
    "// @klotho::persist { id = \"a\" }\n",
    "🎵",
    "# ",
    "@klotho::",
    // Lines, which come before a line.
    "// @klotho::execution_unit { id = \"a\" }\n",
    "// @klotho::execution_unit { id = \"b\" }\n",
    "// @klotho::static_unit {\n//   id = \"web\"\n//   static_files = [\"*.html\"]\n// }\n",
    "// @klotho::static_unit {\n//   id = \"all\"\n//   static_files = [\"events.ts\"]\n// }\n",
    "// @klotho::embed_assets {\n//   id = \"pages\"\n//   include = \"*.html\"\n// }\n",
    "// @klotho::pubsub { id = \"a\" }\nexport const moved = new EventEmitter();\n",
    "import { orders } from \"./events\";\n",
    "import { recent } from \"./playlists\";\n",
    "orders.on(\"placed\", () => orders.emit(\"paid\"));\n",
];

fn disk() -> Disk {
    Disk::new(&[
        ("index.ts", SERVER),
        ("playlists.ts", UNIT),
        ("hello.py", PYTHON),
        ("events.ts", EVENTS),
        ("mail.ts", MAIL),
        ("about.html", "<p>"),
        ("klotho.yaml", "execution_units:\n  playlists:\n    type: lambda\n"),
    ])
}

/// One edit: a file, a start and a length as shares of its text, and a piece to insert.
fn edits() -> impl Strategy<Value = Vec<(usize, f64, usize, usize)>> {
    prop::collection::vec((0..6_usize, 0.0..1.0_f64, 0..12_usize, 0..PIECES.len()), 1..12)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn edits_lead_where_a_fresh_start_leads(edits in edits(), batch in 1..6_usize) {
        let mut now = disk();
        let mut host = new_host();
        now.load(&mut host);
        let names: Vec<_> = now.0.keys().filter(|name| !name.ends_with(".html")).cloned().collect();
        for name in &names {
            let text = now.0[name].clone();
            host.apply(Change::Open { path: format!("{ROOT}/{name}").into(), language: None, version: 0, text });
        }
        let mut batches: BTreeMap<&String, Vec<ContentChange>> = BTreeMap::new();
        let send = |host: &mut Host, name: &String, version: usize, changes: Vec<ContentChange>| {
            host.apply(Change::Edit {
                path: format!("{ROOT}/{name}").into(),
                version: version as i32 + 1,
                changes,
                encoding: Encoding::Utf16,
            });
        };
        for (step, (file, share, len, piece)) in edits.into_iter().enumerate() {
            let name = &names[file];
            let Some(text) = now.0.get_mut(name) else { continue };
            let mut start = floor(text, (share * text.len() as f64) as usize);
            let mut end = floor(text, start + len).max(start);
            if PIECES[piece].ends_with(";\n") || PIECES[piece].ends_with("}\n") {
                start = text[..start].rfind('\n').map_or(0, |at| at + 1);
                end = start;
            }
            let lines = LineIndex::new(text);
            let range = (lines.position(start, Encoding::Utf16), lines.position(end, Encoding::Utf16));
            // A position cannot name the middle of a line terminator.
            let (start, end) = (lines.offset(range.0, Encoding::Utf16), lines.offset(range.1, Encoding::Utf16));
            text.replace_range(start..end, PIECES[piece]);
            let change = ContentChange { range: Some(range), text: PIECES[piece].to_owned() };
            let waiting = batches.entry(name).or_default();
            waiting.push(change);
            if waiting.len() >= batch {
                send(&mut host, name, step, std::mem::take(waiting));
            }
        }
        for (name, changes) in batches {
            send(&mut host, name, 99, changes);
        }
        now.deliver(&mut host);
        let edited = host.snapshot();
        for name in &names {
            let path = format!("{ROOT}/{name}");
            let text = edited.text(&path);
            prop_assert_eq!(text.as_deref(), now.0.get(name).map(String::as_str));
        }
        let fresh = now.snapshot();
        prop_assert_eq!(edited.graph_json(ROOT), fresh.graph_json(ROOT));
        let checked = fresh.project_diagnostics(ROOT);
        prop_assert_eq!(&edited.project_diagnostics(ROOT), &checked);
        // File by file and all at once an editor is shown the same: what a check says, each finding in a file.
        let shown = edited.shown_diagnostics(ROOT);
        prop_assert_eq!(shown.len(), checked.len());
        for found in &shown {
            prop_assert!(checked.iter().any(|other| other.identity == found.identity
                && (other == found || other.path.is_none())), "{:?}", found);
        }
        for name in &names {
            let path = format!("{ROOT}/{name}");
            let here: Vec<_> =
                shown.iter().filter(|found| found.path.as_deref() == Some(&*path)).cloned().collect();
            prop_assert_eq!(edited.diagnostics(&path), here);
        }
    }

    #[test]
    fn the_order_of_files_does_not_matter(order in Just((0..disk().0.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let all = disk();
        let names: Vec<_> = all.0.keys().cloned().collect();
        let mut host = new_host();
        all.load(&mut host);
        for index in order {
            let path = format!("{ROOT}/{}", names[index]);
            host.apply(Change::Read { path: path.into(), contents: all.read(&names[index]) });
        }
        all.deliver(&mut host);
        prop_assert_eq!(host.snapshot().graph_json(ROOT), all.snapshot().graph_json(ROOT));
    }
}
