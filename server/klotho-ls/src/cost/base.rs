//! An earlier document, to compare with: of a file, or of a git revision.

use super::document::{Document, VERSION};
use crate::{input, project};
use serde::Deserialize;
use std::path::Path;

/// What every version of the document has.
#[derive(Deserialize)]
struct Head {
    version: Option<u32>,
    total: Option<serde::de::IgnoredAny>,
    units: Option<serde::de::IgnoredAny>,
}

/// The document of the folder at `dir` as it was at a revision of its git repository.
pub(crate) fn at(dir: &Path, revision: &str) -> Result<Document, String> {
    let folder = project::at_revision(&project::root_of(dir), revision)?;
    let (loaded, root) = project::load_whole(folder.path())?;
    let found = Document::read(&loaded.snapshot, &root);
    found.ok_or_else(|| format!("{} holds no project at {revision}", dir.display()))
}

/// The document of an earlier `cost --format json`; the error says in words why the file is none.
pub(crate) fn read(path: &Path) -> Result<Document, String> {
    let read = std::fs::File::open(path).and_then(input::whole);
    let text = read.map_err(|error| {
        let is_missing = error.kind() == std::io::ErrorKind::NotFound;
        let instead = if is_missing { " (for a revision of git: --since)" } else { "" };
        format!("cannot read {}: {error}{instead}", path.display())
    })?;
    let Some(text) = text else {
        return Err(format!("{} is larger than {} MiB", path.display(), input::LIMIT_MIB));
    };
    parse(&text).map_err(|reason| format!("{} {reason}", path.display()))
}

fn parse(text: &str) -> Result<Document, String> {
    const NONE: &str = "is not what `klotho-ls cost --format json` prints";
    let head: Head = serde_json::from_str(text).map_err(|error| match error.is_data() {
        true => NONE.to_owned(),
        false => format!("{NONE}: {error}"),
    })?;
    match head {
        Head { version: Some(VERSION), total: Some(_), units: Some(_) } => {
            serde_json::from_str(text).map_err(|error| format!("{NONE}: {error}"))
        }
        Head { version: Some(other), total: Some(_), units: Some(_) } => Err(format!(
            "has version {other}, and this program reads version {VERSION}: print it anew with this program"
        )),
        _ => Err(NONE.to_owned()),
    }
}
