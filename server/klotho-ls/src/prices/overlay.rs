//! The file of imported prices: where it lies, how it is read, how it is written.

use crate::input;
use klotho_cost::catalogue::{self, Overlay};
use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Names the file when no flag does. Empty: no imported prices.
const VARIABLE: &str = "KLOTHO_LS_PRICES";

/// Where imported prices lie.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The file; `None` = nowhere.
    pub(crate) path: Option<PathBuf>,
    /// Whether somebody named it, so that it must be there.
    named: bool,
    /// What says where it is.
    origin: &'static str,
}

impl Place {
    /// The file that the flag names, else the environment, else the user's own. An empty name means none.
    pub(crate) fn find(flag: Option<&OsStr>) -> Self {
        let named = flag.map(OsStr::to_owned).or_else(|| env::var_os(VARIABLE));
        let origin = if flag.is_some() { "--prices" } else { VARIABLE };
        match named {
            Some(name) if name.is_empty() => Self { path: None, named: false, origin },
            Some(name) => Self { path: Some(name.into()), named: true, origin },
            None => Self { path: users_own(), named: false, origin: "the user's configuration folder" },
        }
    }

    /// Which prices hold, and what says so.
    pub(crate) fn told(&self) -> [String; 2] {
        match self.path.as_ref().filter(|path| self.named || path.is_file()) {
            Some(path) => [path.display().to_string(), self.origin.to_owned()],
            None if self.path.is_none() => ["those of the program".to_owned(), self.origin.to_owned()],
            None => ["those of the program".to_owned(), "default".to_owned()],
        }
    }

    /// Reads the file, if there is one.
    pub(crate) fn read(&self) -> Result<Option<Overlay>, String> {
        let Some(path) = &self.path else { return Ok(None) };
        match read(path) {
            Ok(None) if self.named => Err(format!("{}: there is no such file of prices", path.display())),
            // The folder of somebody else, whose name the environment has: this user imported nothing there.
            Err(_) if !self.named && path.parent().is_some_and(is_closed) => Ok(None),
            other => other,
        }
    }

    /// Lets the prices of the file win over the built-in ones from now on.
    pub(crate) fn install(&self) -> Result<(), String> {
        match self.read()? {
            None => Ok(()),
            Some(overlay) => catalogue::install(overlay).map_err(|error| error.to_string()),
        }
    }
}

/// Whether the system refuses even to say what lies in a folder.
fn is_closed(folder: &Path) -> bool {
    folder.try_exists().is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

/// `prices.json` in the user's configuration folder for klotho-ls.
fn users_own() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let base = if cfg!(windows) {
        folder("APPDATA")
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
    };
    base.map(|base| base.join("klotho-ls").join("prices.json"))
}

/// Reads a file of prices; `None` = there is none.
pub(super) fn read(path: &Path) -> Result<Option<Overlay>, String> {
    let text = match bounded(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{}: the prices cannot be read: {error}", path.display())),
    };
    Overlay::parse(&text).map(Some).map_err(|error| {
        let place = if error.line == 0 { ": ".to_owned() } else { ":".to_owned() };
        format!(
            "{}{place}{error}\nMend the file, take it away, or import it anew with `klotho-ls prices import`; \
             `--prices FILE` names another, `--prices \"\"` none.",
            path.display()
        )
    })
}

fn bounded(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let text = input::whole(File::open(path)?)?;
    text.ok_or_else(|| io::Error::other(format!("it is larger than {} MiB", input::LIMIT_MIB)))
}
