//! A step: a command with a name, announced before it runs and named when it fails.

use std::env::consts::EXE_SUFFIX;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// Which step stopped the run, and how.
pub(crate) struct Failure {
    step: String,
    reason: String,
}

impl Failure {
    /// The failure of `step` for `reason`.
    pub(crate) fn new(step: &str, reason: impl fmt::Display) -> Self {
        Self { step: step.to_owned(), reason: reason.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step failed: {} ({})", self.step, self.reason)
    }
}

/// Prints a line to standard error, among the output of the commands. A closed stream is no reason to stop.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}

/// The folder into which cargo builds. It puts this very program into a folder of that one.
pub(crate) fn target() -> Result<PathBuf, Failure> {
    let here = std::env::current_exe().map_err(|error| Failure::new("build folder", error))?;
    let found = here.parent().and_then(Path::parent).map(Path::to_path_buf);
    found.ok_or_else(|| Failure::new("build folder", "this program lies in none"))
}

/// Whether a program is there and ends well.
pub(crate) fn answers(program: &str, arguments: &[&str]) -> bool {
    let mut probe = Command::new(program);
    probe.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// Whether programs of the system can be installed without asking anyone: as root, with apt.
pub(crate) fn may_install() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|output| output.stdout.trim_ascii() == b"0") && answers("apt-get", &["--version"])
}

/// Installs packages where that can be done without asking anyone: as root, with apt.
pub(crate) fn install(packages: &[&str]) -> Result<bool, Failure> {
    if !may_install() {
        return Ok(false);
    }
    run("update package lists", command("apt-get", &["update"]))?;
    let install = ["install", "-y", "--no-install-recommends"];
    run("install", command("apt-get", &[&install[..], packages].concat()))?;
    Ok(true)
}

/// The cargo that started us, at the root of the repository.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    command(program, arguments)
}

/// Any program, at the root of the repository.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Runs the command with its output shown as it comes.
pub(crate) fn run(step: &str, mut command: Command) -> Result<(), Failure> {
    announce(step, &command);
    let status = command.status().map_err(|error| Failure::new(step, error))?;
    verdict(step, status)
}

/// Runs the command and hands back its standard output.
pub(crate) fn output_of(step: &str, mut command: Command) -> Result<Vec<u8>, Failure> {
    announce(step, &command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| Failure::new(step, error))?;
    verdict(step, output.status).map(|()| output.stdout)
}

/// The server as people run it, for the step `step`: the one that KLOTHO_LS names, else one that is built now.
pub(crate) fn release_server(step: &str) -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("KLOTHO_LS") {
        return std::path::absolute(named).map_err(|error| Failure::new(step, error));
    }
    run(&format!("server for {step}"), cargo(&["build", "--release", "-p", "klotho-ls"]))?;
    Ok(target()?.join("release").join(format!("klotho-ls{EXE_SUFFIX}")))
}

fn announce(step: &str, command: &Command) {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    say(&format!("\n== {step}: {}", words.join(" ")));
}

fn verdict(step: &str, status: ExitStatus) -> Result<(), Failure> {
    if status.success() { Ok(()) } else { Err(Failure::new(step, status)) }
}
