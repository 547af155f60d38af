//! What strangers install: the crates as a registry takes them, and a Linux binary for old systems, packed and installed as the
//! release does it.

use crate::step::{Failure, answers, cargo, command, output_of, root, run as step, say, target};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

const STEP: &str = "portable binary";
/// The triple that Rust knows, and the C library that it shall run with.
const TRIPLE: &str = "x86_64-unknown-linux-gnu";
const GLIBC: (u32, u32) = (2, 17);
/// What lists whose code is in the binary; a test compares it with the release.
const ABOUT: &str = "cargo-about@0.9.3";

/// Why there is no portable binary, and what to do about it.
const SKIPPED: &str = "SKIPPED: the portable Linux binary, which is built on Linux for x86-64 with `python3`, `pip` and \
                       `objdump`. Install them and run `cargo xtask distribution`.";

/// Packs the crates and builds each from its package alone, then makes and tries the portable binary. `Err` within says why
/// there is none, else where it lies.
pub(crate) fn run() -> Result<Result<PathBuf, String>, Failure> {
    packs()?;
    let able = cfg!(all(target_os = "linux", target_arch = "x86_64"))
        && answers("python3", &["-m", "pip", "--version"])
        && answers("objdump", &["--version"]);
    if !able {
        return Ok(Err(SKIPPED.to_owned()));
    }
    let binary = build()?;
    runs_with_the_old_library(&binary)?;
    installs(&binary)?;
    Ok(Ok(binary))
}

/// Packs the crates and builds each from its package alone, in a folder that no run had before: Cargo takes what it unpacked and
/// built of a package for what it is for good, as long as folder and version stay.
fn packs() -> Result<(), Failure> {
    let name = "crates as they are published";
    let folder = tempfile::tempdir_in(target()?).map_err(|error| Failure::new(name, error))?;
    let mut pack =
        cargo(&["package", "--workspace", "--exclude", "xtask", "--allow-dirty", "--quiet", "--target-dir"]);
    pack.arg(folder.path());
    step(name, pack)
}

/// Where what packs and tells is installed, once for all runs.
fn tools() -> Result<PathBuf, Failure> {
    Ok(target()?.join("distribution").join("tools"))
}

fn build() -> Result<PathBuf, Failure> {
    let tools = tools()?;
    if !tools.join("bin").join("cargo-zigbuild").exists() {
        let mut pip = command("python3", &["-m", "pip", "install", "--quiet", "--no-deps", "--target"]);
        pip.arg(&tools).args(["-r", "ci/requirements.txt"]);
        step("zig as a linker", pip)?;
    }
    let path = path_with(&tools)?;
    let glibc = format!("{TRIPLE}.{}.{}", GLIBC.0, GLIBC.1);
    let mut zigbuild = cargo(&["zigbuild", "--release", "-p", "klotho-ls", "--target", &glibc]);
    zigbuild.env("PATH", path).env("PYTHONPATH", &tools);
    step(STEP, zigbuild)?;
    Ok(target()?.join(TRIPLE).join("release").join("klotho-ls"))
}

/// The PATH, with the programs of `tools` before all others.
fn path_with(tools: &Path) -> Result<OsString, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(tools.join("bin")).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).map_err(|error| Failure::new(STEP, error))
}

/// Fails when the binary needs a symbol that is younger than the C library it is made for.
fn runs_with_the_old_library(binary: &Path) -> Result<(), Failure> {
    let mut symbols = command("objdump", &["--dynamic-syms"]);
    symbols.arg(binary);
    let symbols = output_of("symbols of the portable binary", symbols)?;
    let symbols = String::from_utf8_lossy(&symbols);
    let needed = symbols.lines().filter_map(|line| Some((version(line.split("GLIBC_").nth(1)?)?, line)));
    match needed.max_by_key(|(version, _)| *version) {
        None => Err(Failure::new(STEP, "objdump names no symbol of the C library")),
        Some((youngest, line)) if youngest > GLIBC => {
            Err(Failure::new(STEP, format!("it needs a younger glibc: {line}")))
        }
        Some(_) => Ok(()),
    }
}

/// Major and minor number at the beginning of `2.17) name`.
fn version(text: &str) -> Option<(u32, u32)> {
    let number = text.split([')', ' ']).next()?;
    let mut parts = number.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Packs the binary, installs it by the script that CI uses, from a folder in place of the release page, and has it check an app.
fn installs(binary: &Path) -> Result<(), Failure> {
    let folder = target()?.join("distribution");
    let (releases, installed) = (folder.join("releases"), folder.join("installed"));
    let _ = fs::remove_dir_all(&installed);
    let failed = |error: std::io::Error| Failure::new(STEP, error);
    fs::create_dir_all(&installed).map_err(failed)?;
    let allowed = || fs::metadata(&installed).map(|found| found.permissions()).map_err(failed);
    let before = allowed()?;
    let latest = releases.join("latest").join("download");
    let mut pack = command("bash", &["ci/pack.sh"]);
    pack.arg(binary).arg(TRIPLE).arg(&latest).env("PATH", path_with(&cargo_about()?)?);
    step("archive with its checksum", pack)?;
    let mut install = command("bash", &["ci/install.sh", "latest"]);
    install.arg(&installed);
    // Without a klotho-ls of this machine, which would be taken in its place.
    install
        .env("PATH", path_without_us()?)
        .env("KLOTHO_LS_RELEASES", format!("file://{}", releases.display()));
    step("installation of the archive", install)?;
    if allowed()? != before {
        return Err(Failure::new(STEP, "the installation changes who may use the folder that it goes to"));
    }
    names_every_crate(&installed.join("THIRD-PARTY.txt"))?;
    let mut check =
        command(installed.join("klotho-ls"), &["check", "tests/apps/music-service", "--deny", "warnings"]);
    check.current_dir(root());
    step("check by the installed binary", check)
}

/// Installs what lists the licences, in the version that the release takes.
fn cargo_about() -> Result<PathBuf, Failure> {
    let tools = tools()?;
    if !answers("cargo-about", &["--version"]) && !tools.join("bin").join("cargo-about").exists() {
        let mut install = cargo(&["install", "--quiet", "--locked", "--features", "cli", ABOUT, "--root"]);
        install.arg(&tools);
        step("cargo-about", install)?;
    }
    Ok(tools)
}

/// Fails when a crate that is linked into the binary is not among those whose licences are told.
fn names_every_crate(notices: &Path) -> Result<(), Failure> {
    const STEP: &str = "licences in the archive";
    let told = fs::read_to_string(notices).map_err(|error| Failure::new(STEP, error))?;
    let format = ["--prefix", "none", "--format", "{p}"];
    let tree = ["tree", "--locked", "-p", "klotho-ls", "-e", "normal,no-proc-macro", "--target", TRIPLE];
    let tree = output_of(STEP, cargo(&[&tree[..], &format].concat()))?;
    let tree = String::from_utf8_lossy(&tree);
    let mut crates: Vec<_> = tree.lines().filter_map(name_and_version).collect();
    crates.sort_unstable();
    crates.dedup();
    let missing: Vec<_> = crates.iter().filter(|name| !is_told(&told, name)).collect();
    match crates.len() {
        0 => Err(Failure::new(STEP, "cargo tree names no crate")),
        _ if !missing.is_empty() => {
            Err(Failure::new(STEP, format!("{missing:?} are not in THIRD-PARTY.txt")))
        }
        count => {
            say(&format!("licences of {count} crates are told"));
            Ok(())
        }
    }
}

/// `serde 1.0.1` of `serde v1.0.1 (proc-macro)`.
fn name_and_version(line: &str) -> Option<String> {
    let (name, rest) = line.split_once(" v")?;
    Some(format!("{name} {}", rest.split(' ').next()?))
}

/// Whether a line is about a crate: its name and version, and perhaps where it comes from.
fn is_told(told: &str, name: &str) -> bool {
    let is_about = |line: &str| {
        line.trim_start().strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    told.lines().any(is_about)
}

fn path_without_us() -> Result<OsString, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let others = std::env::split_paths(&path).filter(|folder| !folder.join("klotho-ls").exists());
    std::env::join_paths(others).map_err(|error| Failure::new(STEP, error))
}

#[cfg(test)]
mod tests {
    use super::{ABOUT, is_told, name_and_version, root, version};
    use std::fs;

    fn read(path: &str) -> String {
        fs::read_to_string(root().join(path)).unwrap_or_default()
    }

    #[test]
    fn the_release_lists_licences_by_the_same_tool() {
        assert!(
            read(".github/workflows/release.yml").contains(&format!("--locked --features cli {ABOUT}\n"))
        );
        assert!(read("ci/third-party.sh").contains(ABOUT));
    }

    #[test]
    fn what_may_come_with_the_program_is_said_twice_alike() {
        let list = |file: &str, key: &str| {
            let text = read(file);
            let (_, rest) = text.split_once(&format!("\n{key} = [")).unwrap_or_default();
            rest.split(']').next().unwrap_or_default().to_owned()
        };
        let allowed = list("deny.toml", "allow");
        assert!(allowed.contains("\"MIT\""), "{allowed}");
        assert_eq!(allowed, list("ci/third-party.toml", "accepted"));
    }

    #[test]
    fn a_crate_is_told_by_its_name_and_version() {
        let crate_name = name_and_version("serde v1.0.1 (*)").unwrap_or_default();
        assert_eq!(crate_name, "serde 1.0.1");
        assert!(
            is_told("    serde 1.0.1  https://a.b", &crate_name) && is_told("  serde 1.0.1", &crate_name)
        );
        assert!(!is_told("    serde 1.0.10\n    my-serde 1.0.1", &crate_name));
        assert_eq!(name_and_version(""), None);
    }

    #[test]
    fn the_version_of_a_symbol_is_read() {
        assert_eq!(version("2.17) secure_getenv"), Some((2, 17)));
        assert_eq!(version("2.2.5)  write"), Some((2, 2)));
        assert_eq!(version("PRIVATE) _dl_x"), None);
    }
}
