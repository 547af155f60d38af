//! A fault in a parser, which is C, ends the process: it says over which file, and the file can be left out.

use crate::client::{Client, server};
use crate::command_line::text;
use crate::workspace::{folder, uri};
use serde_json::json;
use std::io::Read;
use std::process::{Child, Command, Stdio};

const CRASHING: &str = "// @klotho::persist { id = \"crash-on-demand\" }\nexport const s = new Map();\n";

fn started(skip: &str) -> (Client, impl Read + use<>) {
    let mut command = server(&[]);
    command.env("KLOTHO_LS_SKIP", skip).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process: Child = command.spawn().expect("it starts");
    let (input, output) = (process.stdin.take().expect("a pipe"), process.stdout.take().expect("a pipe"));
    let said = process.stderr.take().expect("a pipe");
    (Client::over(process, input, output), said)
}

#[test]
fn the_server_says_over_which_document_it_crashed() {
    let (mut client, mut said) = started("");
    client.greet(json!({ "capabilities": {} }));
    // No address may hold such a character.
    client.breaks_the_protocol();
    client.open("untitled:a\u{1b}[2J.ts", "typescript", "// x\n");
    client.edit("untitled:a\u{1b}[2J.ts", 1, 0, 0, 0, "crash-on-demand");
    assert_eq!(client.exit_code(), None, "a signal ends it");
    let mut words = String::new();
    said.read_to_string(&mut words).expect("text");
    assert!(words.contains("klotho-ls crashed while it read untitled:a"), "{words}");
    assert!(words.contains("KLOTHO_LS_SKIP=FILE") && !words.contains('\u{1b}'), "{words}");
    while client.next().is_some() {}
}

#[test]
fn a_file_that_crashes_the_server_can_be_left_out() {
    let project = folder(&[
        ("src/a.ts", CRASHING),
        ("b.ts", "// @klotho::persist { id = \"b\" }\nexport const s = new Map();\n"),
    ]);
    let (mut client, _said) = started("other.ts:src/a.ts");
    client.greet(json!({ "capabilities": {}, "rootUri": uri(project.path()) }));
    let name = |file: &str| uri(&project.path().join(file));
    client.open(&name("src/a.ts"), "typescript", CRASHING);
    client.edit(&name("src/a.ts"), 1, 0, 0, 0, "x");
    assert_eq!(client.hover(&name("src/a.ts"), 0, 8)["result"], json!(null));
    client.open(
        &name("b.ts"),
        "typescript",
        "// @klotho::persist { id = \"b\" }\nexport const s = new Map();\n",
    );
    assert!(client.hover(&name("b.ts"), 0, 8)["result"]["contents"].is_object());
    client.close(&name("src/a.ts"));
}

#[test]
fn the_check_says_over_which_file_it_crashed_and_that_one_was_left_out() {
    let project = folder(&[("src/a.ts", CRASHING)]);
    let check = |skip: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_klotho-ls"));
        command.args(["check"]).arg(project.path()).env("KLOTHO_LS_SKIP", skip).output().expect("it runs")
    };
    let crashed = check("");
    assert_eq!(crashed.status.code(), None);
    let said = text(&crashed.stderr);
    assert!(said.contains("klotho-ls crashed while it read src/a.ts\n"), "{said}");
    let skipped = check(&project.path().join("src/a.ts").to_string_lossy());
    assert_eq!(skipped.status.code(), Some(2), "{}", text(&skipped.stderr));
    assert!(text(&skipped.stdout).contains("KLOTHO_LS_SKIP names it"), "{}", text(&skipped.stdout));
}

#[test]
fn a_file_that_nobody_named_is_read() {
    let project = folder(&[
        ("a.ts", "// @klotho::persist { id = \"a\" }\nexport const s = new Map();\n"),
        ("src/a.ts", "// @klotho::persist { id = \"b\" }\nexport const s = new Map();\n"),
    ]);
    let skipped = |skip: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_klotho-ls"));
        let output = command.args(["check", "--format", "concise"]).arg(project.path());
        let said = text(&output.env("KLOTHO_LS_SKIP", skip).output().expect("it runs").stdout);
        said.lines()
            .filter(|line| line.contains("KLOTHO_LS_SKIP names it"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let absolute = project.path().join("src/a.ts");
    for (named, files) in [("src/a.ts", 1), ("a.ts", 2), ("other/a.ts", 0), ("/a.ts", 0)] {
        assert_eq!(skipped(named).len(), files, "{named}: {:?}", skipped(named));
    }
    let found = skipped(&absolute.to_string_lossy());
    assert!(matches!(&found[..], [one] if one.contains("src/a.ts")), "{found:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_system_has_no_room_a_file_is_skipped() {
    let code = "// @klotho::persist { id = \"a\" }\n".to_owned() + &"x = [];\n".repeat(900_000);
    let project = folder(&[("a.js", &code), ("b.js", "// @klotho::persist\nexports.s = new Map();\n")]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 1000000; exec \"$0\" check \"$1\"", env!("CARGO_BIN_EXE_klotho-ls")]);
    let output = shell.arg(project.path()).output().expect("it runs");
    let (said, complaints) = (text(&output.stdout), text(&output.stderr));
    assert!(
        said.contains("more memory than there is") && !complaints.contains("panicked"),
        "{said}{complaints}"
    );
    assert_eq!(output.status.code(), Some(0), "{complaints}");
    assert!(said.contains("b.js"), "{said}");
}

#[test]
fn a_request_that_fails_is_logged_with_what_it_takes_to_ask_it_again() {
    let (mut client, mut said) = started("");
    client.greet(json!({ "capabilities": {} }));
    client.open("untitled:a.ts", "typescript", "// x\n");
    client.edit("untitled:a.ts", 7, 0, 0, 0, "x");
    let about =
        json!({ "textDocument": { "uri": "untitled:a.ts" }, "position": { "line": 0, "character": 1 } });
    let answer = client.request("klotho/test/panicInPool", about);
    assert_eq!(answer["error"]["code"], -32603);
    client.leave();
    let mut words = String::new();
    said.read_to_string(&mut words).expect("text");
    assert!(
        words.contains("klotho/test/panicInPool \"untitled:a.ts\" {\"line\":0,\"character\":1} failed"),
        "{words}"
    );
    assert!(words.contains("(\"untitled:a.ts\", 7)"), "{words}");
}
