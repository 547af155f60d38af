//! What strangers install: the crates as a registry takes them, and a Linux binary for old systems, packed and installed as the
//! release does it.

use crate::step::{Failure, answers, cargo, command, output_of, root, run as step, target};
use std::fs;
use std::path::{Path, PathBuf};

const STEP: &str = "portable binary";
/// The triple that Rust knows, and the C library that it shall run with.
const TRIPLE: &str = "x86_64-unknown-linux-gnu";
const GLIBC: (u32, u32) = (2, 17);

/// Why there is no portable binary, and what to do about it.
const SKIPPED: &str = "SKIPPED: the portable Linux binary, which is built on Linux for x86-64 with `python3`, `pip` and \
                       `objdump`. Install them and run `cargo xtask distribution`.";

/// Packs the crates and builds each from its package alone, then makes and tries the portable binary. `Err` within says why
/// there is none, else where it lies.
pub(crate) fn run() -> Result<Result<PathBuf, String>, Failure> {
    let pack = ["package", "--workspace", "--exclude", "xtask", "--allow-dirty", "--quiet"];
    step("crates as they are published", cargo(&pack))?;
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

fn build() -> Result<PathBuf, Failure> {
    let tools = target()?.join("distribution").join("tools");
    if !tools.join("bin").join("cargo-zigbuild").exists() {
        let mut pip = command("python3", &["-m", "pip", "install", "--quiet", "--no-deps", "--target"]);
        pip.arg(&tools).args(["-r", "ci/requirements.txt"]);
        step("zig as a linker", pip)?;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(tools.join("bin")).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders).map_err(|error| Failure::new(STEP, error))?;
    let glibc = format!("{TRIPLE}.{}.{}", GLIBC.0, GLIBC.1);
    let mut zigbuild = cargo(&["zigbuild", "--release", "-p", "klotho-ls", "--target", &glibc]);
    zigbuild.env("PATH", path).env("PYTHONPATH", &tools);
    step(STEP, zigbuild)?;
    Ok(target()?.join(TRIPLE).join("release").join("klotho-ls"))
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
    pack.arg(binary).arg(TRIPLE).arg(&latest);
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
    let mut check =
        command(installed.join("klotho-ls"), &["check", "tests/apps/music-service", "--deny", "warnings"]);
    check.current_dir(root());
    step("check by the installed binary", check)
}

fn path_without_us() -> Result<std::ffi::OsString, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let others = std::env::split_paths(&path).filter(|folder| !folder.join("klotho-ls").exists());
    std::env::join_paths(others).map_err(|error| Failure::new(STEP, error))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_version_of_a_symbol_is_read() {
        assert_eq!(version("2.17) secure_getenv"), Some((2, 17)));
        assert_eq!(version("2.2.5)  write"), Some((2, 2)));
        assert_eq!(version("PRIVATE) _dl_x"), None);
    }
}
