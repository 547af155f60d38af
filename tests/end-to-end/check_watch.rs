//! `check --watch`: each report follows from the files as they are then.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

const CLEAN: &str = "// @klotho::persist { id = \"a\" }\nexports.a = new Map();\n";

struct Watch {
    child: Child,
    out: BufReader<ChildStdout>,
    folder: TempDir,
}

impl Watch {
    fn new() -> Self {
        Self::with(&[])
    }

    fn with(arguments: &[&str]) -> Self {
        Self::by(Command::new(env!("CARGO_BIN_EXE_klotho-ls")), arguments)
    }

    fn by(mut command: Command, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("package.json"), "{}").expect("written");
        fs::write(folder.path().join("index.js"), CLEAN).expect("written");
        command.args(["check", "--watch", "--format", "json"]).args(arguments).current_dir(folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, out, folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The codes of the next report.
    fn next(&mut self) -> Vec<String> {
        let mut line = String::new();
        assert_ne!(self.out.read_line(&mut line).expect("a line"), 0, "it ended");
        let report: serde_json::Value = serde_json::from_str(&line).expect("plain JSON, nothing cleared");
        let rows = report["diagnostics"].as_array().expect("rows");
        rows.iter().filter_map(|row| row["code"].as_str()).map(str::to_owned).collect()
    }

    /// Reads reports until one has these codes. More than one may follow from one change.
    fn until(&mut self, codes: &[&str]) {
        while self.next() != codes {}
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_kind_of_change_is_followed() {
    let mut watch = Watch::new();
    let index = watch.path().join("index.js");
    watch.until(&[]);
    fs::write(&index, CLEAN.replace("persist", "presist")).expect("changed");
    watch.until(&["unknown-capability"]);
    fs::write(&index, CLEAN).expect("changed");
    watch.until(&[]);

    // Passed over, so that the report that comes next is that of a file in a new folder.
    fs::create_dir(watch.path().join("node_modules")).expect("made");
    fs::write(watch.path().join("node_modules/x.js"), "// @klotho::nothing\n").expect("made");
    fs::create_dir(watch.path().join("new")).expect("made");
    fs::write(watch.path().join("new/other.js"), CLEAN.replace(" { id = \"a\" }", "")).expect("made");
    assert_eq!(watch.next(), ["no-resource"]);
    fs::rename(watch.path().join("new/other.js"), watch.path().join("new/other.txt")).expect("renamed");
    watch.until(&[]);

    fs::write(watch.path().join("klotho.yaml"), "app: [x\n").expect("made");
    watch.until(&["config-syntax"]);
    fs::remove_file(watch.path().join("klotho.yaml")).expect("deleted");
    watch.until(&[]);
    fs::rename(&index, watch.path().join("new/index.txt")).expect("moved");
    fs::write(watch.path().join("late.js"), "// @klotho::late { id = \"c\" }\nexports.c = 1;\n")
        .expect("made");
    watch.until(&["unknown-capability"]);
}

#[test]
fn nothing_is_said_twice() {
    let mut watch = Watch::with(&["--output", "concise=found.txt"]);
    assert_eq!(watch.next(), [""; 0]);
    for folder in ["target", "target/debug"] {
        fs::create_dir(watch.path().join(folder)).expect("made");
    }
    fs::write(watch.path().join("target/debug/a.o"), "").expect("made");
    fs::write(watch.path().join("other.js"), "exports.other = 1;\n").expect("made");
    fs::write(watch.path().join("found.txt"), "as another program left it").expect("changed");
    fs::rename(watch.path().join("target"), watch.path().join("gone")).expect("renamed");
    fs::write(watch.path().join("package.json"), "{ \"private\": true }").expect("changed");
    let wrong = watch.path().join("wrong.js");
    // A file that appears whole, so that there is one change to report.
    fs::write(wrong.with_extension("txt"), CLEAN.replace("persist", "presist")).expect("made");
    fs::rename(wrong.with_extension("txt"), &wrong).expect("renamed");
    assert_eq!(watch.next(), ["unknown-capability"]);
    let written = fs::read_to_string(watch.path().join("found.txt")).expect("a report");
    assert!(written.starts_with("wrong.js:1:"), "{written}");
}

#[cfg(unix)]
#[test]
fn it_ends_when_nobody_reads_it_any_more() {
    let mut watch = Watch::new();
    assert_eq!(watch.next(), [""; 0]);
    let Watch { child, out, folder } = &mut watch;
    let (closed, _writer) = std::io::pipe().expect("a pipe");
    let closed = ChildStdout::from(std::os::fd::OwnedFd::from(closed));
    drop(std::mem::replace(out, BufReader::new(closed)));
    fs::write(folder.path().join("index.js"), CLEAN.replace("persist", "presist")).expect("changed");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn another_branch_is_followed() {
    let mut watch = Watch::new();
    let folder = watch.path().to_owned();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(&folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
        assert!(command.args(arguments).output().expect("git").status.success(), "{arguments:?}");
    };
    watch.until(&[]);
    git(&["init", "-q", "-b", "clean"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "clean"]);
    git(&["checkout", "-q", "-b", "wrong"]);
    for number in 0..300 {
        let source = format!("// @klotho::wrong {{ id = \"n{number}\" }}\nexports.x = 1;\n");
        fs::write(folder.join(format!("f{number}.js")), source).expect("made");
    }
    let wrong = vec!["unknown-capability"; 300];
    watch.until(&wrong);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "wrong"]);
    git(&["checkout", "-q", "clean"]);
    watch.until(&[]);
    git(&["checkout", "-q", "wrong"]);
    watch.until(&wrong);
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_ends_it() {
    use std::os::unix::process::ExitStatusExt;
    // Whoever runs the tests in the background has interrupts ignored.
    let mut command = Command::new("env");
    command.args(["--default-signal=INT", env!("CARGO_BIN_EXE_klotho-ls")]);
    let mut watch = Watch::by(command, &[]);
    watch.until(&[]);
    let killed = Command::new("kill").args(["-INT", &watch.child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    assert_eq!(watch.child.wait().expect("it ends").signal(), Some(2), "which a shell shows as 130");
}
