//! Documents as the client edits them, in every unit of columns.

use crate::client::Client;
use serde_json::{Value, json};

const URI: &str = "untitled:Untitled-1";

/// How one client counts: the name of the unit, if it is offered, and its size of a character.
type Unit = (Option<&'static str>, fn(char) -> usize);

const UNITS: [Unit; 4] = [
    (Some("utf-8"), char::len_utf8),
    (Some("utf-16"), char::len_utf16),
    (Some("utf-32"), |_| 1),
    (None, char::len_utf16),
];

fn client((name, _): Unit) -> Client {
    let mut client = Client::start();
    let offered = name.map_or(json!({}), |name| json!({ "positionEncodings": [name] }));
    let capabilities = client.greet(json!({ "capabilities": { "general": offered } }));
    assert_eq!(capabilities["positionEncoding"], name.unwrap_or("utf-16"));
    client
}

/// The position of a byte; lines end at `\r\n`, `\n` and `\r`.
fn position(text: &str, byte: usize, (_, size): Unit) -> Value {
    let before = text[..byte].replace("\r\n", "\n").replace('\r', "\n");
    let (lines, last) = before
        .rsplit_once('\n')
        .map_or((0, &*before), |(lines, last)| (lines.matches('\n').count() + 1, last));
    json!({ "line": lines, "character": last.chars().map(size).sum::<usize>() })
}

/// Replaces the first `old` in `text` by `new` and returns the change that says so.
fn replace(text: &mut String, old: &str, new: &str, unit: Unit) -> Value {
    let start = text.find(old).expect("it is there");
    let end = start + old.len();
    let range = json!({ "start": position(text, start, unit), "end": position(text, end, unit) });
    text.replace_range(start..end, new);
    json!({ "range": range, "text": new })
}

fn text(client: &mut Client) -> Value {
    client.request("klotho/test/text", json!({ "path": URI }))["result"].clone()
}

const BEFORE: &str = "a🎵b\r\né🎵🎵x // e\u{301}\r\n\rlast 👩‍👩‍👧 line\n";

const EDITS: [(&str, &str); 9] = [
    ("🎵b", "🎶🎶b"),
    ("x //", "y 🎵 //"),
    ("e\u{301}", "ẽ"),
    ("b\r\né", "b é"),
    ("last", "l\r\na\rs\nt"),
    ("👩‍👩‍👧", ""),
    (" line\n", " line"),
    ("a🎶", ""),
    ("line", "line\r\n"),
];

#[test]
fn edits_land_where_the_client_means_them() {
    for unit in UNITS {
        let mut client = client(unit);
        let mut expected = BEFORE.to_owned();
        client.open(URI, "typescript", BEFORE);
        for (version, (old, new)) in (1..).zip(EDITS) {
            let change = replace(&mut expected, old, new, unit);
            client.change(URI, version, &json!([change]));
            assert_eq!(text(&mut client), expected, "{:?} after {old:?} -> {new:?}", unit.0);
        }
    }
}

#[test]
fn several_changes_apply_each_to_the_result_of_the_one_before() {
    for unit in UNITS {
        let mut client = client(unit);
        let mut expected = BEFORE.to_owned();
        client.open(URI, "typescript", BEFORE);
        let changes: Vec<_> = EDITS.iter().map(|(old, new)| replace(&mut expected, old, new, unit)).collect();
        client.change(URI, 1, &json!(changes));
        assert_eq!(text(&mut client), expected, "{:?}", unit.0);
    }
}

#[test]
fn positions_beyond_the_text_mean_its_end() {
    let mut client = client(UNITS[1]);
    client.open(URI, "typescript", "ab\r\n🎵");
    let range = |line: u32, character: u32| json!({ "line": line, "character": character });
    let change = |line, character| json!({ "range": { "start": range(line, character), "end": range(line, character) }, "text": "|" });
    client.change(URI, 1, &json!([change(0, 99), change(1, i32::MAX.unsigned_abs()), change(7, 0)]));
    assert_eq!(text(&mut client), "ab|\r\n🎵||");
}

#[test]
fn half_a_character_takes_the_place_of_one() {
    let mut client = client(UNITS[1]);
    client.open(URI, "typescript", "ab");
    // The version stays that of the opening: what the client does not see it cannot count.
    let edit = |character: u32, text: &str| {
        let body = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{URI}","version":0}},"contentChanges":[{{"range":{{"start":{{"line":0,"character":{character}}},"end":{{"line":0,"character":{character}}}}},"text":"{text}"}}]}}}}"#
        );
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    client.send_bytes(edit(1, r"\ud83d").as_bytes());
    client.send_bytes(edit(2, r"\ude00").as_bytes());
    client.send_bytes(edit(3, "|").as_bytes());
    assert_eq!(text(&mut client), "a\u{fffd}\u{fffd}|b");
}

#[test]
fn a_document_opened_again_is_as_it_was_opened() {
    let mut client = client(UNITS[1]);
    client.open(URI, "typescript", "one");
    client.edit(URI, 1, 0, 0, 0, "x");
    client.close(URI);
    client.open(URI, "typescript", "two");
    assert_eq!(text(&mut client), "two");
    // An edit of what is not open changes nothing.
    client.close(URI);
    let edit = json!({ "textDocument": { "uri": URI, "version": 5 }, "contentChanges": [{ "text": "x" }] });
    client.notify("textDocument/didChange", edit);
    assert_eq!(text(&mut client), Value::Null);
}
