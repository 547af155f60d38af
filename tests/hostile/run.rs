//! Runs the real program on a project, with limits.

use crate::case::Case;
use crate::client::{Client, at};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// Nothing takes so long that is not stuck. No claim about speed.
const WATCHDOG: Duration = Duration::from_secs(120);

/// The address space that a process may have, in KiB: a limit that ends it, were memory to grow without end.
const ADDRESSES: u64 = 3 << 20;

/// What a process may have had in memory at most, in KiB.
const MEMORY: u64 = 1 << 20;

/// What became of a process.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) seconds: f64,
    /// The most memory that it had, in KiB, where there is a program that says so.
    pub(crate) most: Option<u64>,
    /// Whether it had to be ended.
    pub(crate) is_stuck: bool,
}

impl Ended {
    /// The code, or the signal that ended it.
    pub(crate) fn code(&self) -> String {
        match (self.is_stuck, self.status.code(), self.status.signal()) {
            (true, ..) => "stuck".to_owned(),
            // So says who measured it.
            (_, Some(code @ 129..), _) => format!("signal {}", code - 128),
            (_, Some(code), _) => code.to_string(),
            (_, _, signal) => format!("signal {}", signal.unwrap_or_default()),
        }
    }
}

/// The program that is tested.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("KLOTHO_LS").map_or_else(|| env!("CARGO_BIN_EXE_klotho-ls").into(), PathBuf::from)
}

/// A command that is ended where it wants more memory than anything needs.
fn limited(program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {ADDRESSES}; exec \"$0\" \"$@\"")]).arg(program).args(arguments);
    command
}

/// Says how much memory a command had. Not every system has it.
const TIME: &str = "/usr/bin/time";

/// Runs a command in a folder until it ends, or until it has to be ended.
pub(crate) fn run(program: &Path, arguments: &[&str], folder: &Path) -> Ended {
    let note = tempfile::NamedTempFile::new().expect("a file");
    let (place, name) = (note.path().to_string_lossy(), program.to_string_lossy());
    let mut command = match Path::new(TIME).exists() {
        true => limited(Path::new(TIME), &[&["-f", "%M", "-o", &place, &name], arguments].concat()),
        false => limited(program, arguments),
    };
    // What is measured runs below what measures it: both are ended together.
    command.process_group(0);
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = Instant::now();
    let process = command.spawn().expect("sh runs");
    let group = format!("-{}", process.id());
    let (done, is_done) = channel::<()>();
    let watchdog = thread::spawn(move || {
        let is_stuck = is_done.recv_timeout(WATCHDOG) == Err(std::sync::mpsc::RecvTimeoutError::Timeout);
        if is_stuck {
            let _ = Command::new("kill").args(["-9", "--", &group]).status();
        }
        is_stuck
    });
    let output = process.wait_with_output().expect("it ends");
    drop(done);
    let is_stuck = watchdog.join().expect("the watchdog ends");
    let seconds = start.elapsed().as_secs_f64();
    // A line before the figure says how it ended, if not well.
    let measured = fs::read_to_string(note.path()).unwrap_or_default();
    let most = measured.lines().last().and_then(|line| line.trim().parse().ok());
    Ended { status: output.status, stdout: output.stdout, stderr: output.stderr, seconds, most, is_stuck }
}

/// What is wrong with what `check` says of a project; nothing if all is well.
pub(crate) fn check(case: &Case, folder: &Path) -> (Ended, String) {
    let ended = run(&program(), &["check", "--format", "json"], folder);
    let mut faults = String::new();
    let said = String::from_utf8_lossy(&ended.stderr);
    if ended.is_stuck || !matches!(ended.status.code(), Some(0..=2)) || said.contains("panicked") {
        let _ = writeln!(faults, "check ended with {}: {said}", ended.code());
        return (ended, faults);
    }
    if let Some(most) = ended.most.filter(|most| *most > MEMORY) {
        let _ = writeln!(faults, "check had {most} KiB in memory");
    }
    let report: Value = serde_json::from_slice(&ended.stdout).unwrap_or_default();
    let rows = report["diagnostics"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !report["diagnostics"].is_array() {
        let _ = writeln!(faults, "check made no report: {said}");
    }
    for (file, code, words) in case.said {
        let says = |row: &Value| {
            row["file"] == *file
                && row["code"] == *code
                && row["message"].as_str().is_some_and(|message| message.contains(words))
        };
        if !rows.iter().any(says) {
            let shown: String = report.to_string().chars().take(1_000).collect();
            let _ = writeln!(faults, "check says nothing of {file} {code} {words:?}: {shown}");
        }
    }
    (ended, faults)
}

/// A session of the server in which every question was answered.
pub(crate) struct Served {
    pub(crate) seconds: f64,
    /// The most memory that it had, in KiB, where the system says so.
    pub(crate) most: u64,
}

/// Opens the project in an editor that asks about a file, changes it and closes it.
pub(crate) fn serve(case: &Case, folder: &Path) -> Served {
    let start = Instant::now();
    let mut command = limited(&program(), &["--stdio"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut process = command.spawn().expect("sh runs");
    let (input, output) = (process.stdin.take().expect("a pipe"), process.stdout.take().expect("a pipe"));
    let mut client = Client::over(process, input, output);
    let name = format!("file://{}", folder.display());
    client.greet(json!({ "workspaceFolders": [{ "uri": name, "name": "hostile" }], "capabilities": {} }));
    // Too much to be written down.
    client.breaks_the_protocol();
    let uri = format!("{name}/{}", if case.opened.is_empty() { "other.ts" } else { &case.opened });
    client.open(&uri, language(&uri), &text(&folder.join(&case.opened)));
    for (version, change) in [(1, "// x\n"), (2, "@klotho::"), (3, "{")] {
        let asked = ["hover", "codeAction", "documentSymbol"].map(|method| {
            let mut params = at(&uri, 0, 14);
            params["range"] = json!({ "start": params["position"], "end": params["position"] });
            params["context"] = json!({ "diagnostics": [] });
            client.ask(&format!("textDocument/{method}"), params)
        });
        for id in asked {
            let answer = client.answer(id);
            assert!(answer.get("result").is_some(), "{answer}");
        }
        client.edit(&uri, version, 0, 0, 0, change);
    }
    assert!(client.hover(&uri, 1, 14).get("result").is_some());
    client.close(&uri);
    assert_eq!(client.hover(&uri, 0, 14).get("error"), None);
    let most = most_memory(client.process.id());
    client.leave();
    // What is open may be read from the disk at the same time.
    assert!(most <= 2 * MEMORY, "{most} KiB in memory");
    Served { seconds: start.elapsed().as_secs_f64(), most }
}

fn language(uri: &str) -> &'static str {
    match uri.rsplit('.').next() {
        Some("js") => "javascript",
        Some("tsx") => "typescriptreact",
        Some("py") => "python",
        Some("go") => "go",
        Some("rs") => "rust",
        Some("cs") => "csharp",
        Some("java") => "java",
        Some("yaml") => "yaml",
        Some("json") => "json",
        Some("toml") => "toml",
        Some("ts") => "typescript",
        _ => "dockerfile",
    }
}

/// What an editor makes of a file; of what is none, something else.
fn text(path: &Path) -> String {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let bytes = if is_file { fs::read(path).unwrap_or_default() } else { b"// @klotho::persist\n".to_vec() };
    String::from_utf8_lossy(&bytes).into_owned()
}

/// In KiB.
fn most_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
