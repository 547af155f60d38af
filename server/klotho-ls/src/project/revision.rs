//! A folder as it was at a revision of its git repository.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Writes the folder as it was at `revision` to a temporary one, which goes when it is dropped. Neither the files nor the index
/// of the repository are touched. A folder that was not there is empty. The error says in words what git said.
pub(crate) fn at_revision(folder: &Path, revision: &str) -> Result<TempDir, String> {
    let git = Git { folder: folder.to_owned(), index: None };
    let commit = format!("{revision}^{{commit}}");
    let commit = git.say(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
    let commit = commit.map_err(|why| match why.is_empty() {
        true if git.say(&["rev-list", "--all", "--max-count=1"]).is_ok_and(|first| first.is_empty()) => {
            format!(
                "the git repository of {} has no commit yet, so there is nothing to compare with",
                folder.display()
            )
        }
        true => format!("git knows no revision {revision:?} in {}", folder.display()),
        false => why,
    })?;
    let top = git.say(&["rev-parse", "--show-toplevel"])?;
    let prefix = git.say(&["rev-parse", "--show-prefix"])?;
    let temporary = tempfile::Builder::new().prefix("klotho-ls-").tempdir();
    let temporary = temporary.map_err(|error| format!("cannot make a temporary folder: {error}"))?;
    let tree = format!("{commit}:{}", prefix.trim_end_matches('/'));
    let there = Git { folder: PathBuf::from(top), index: Some(temporary.path().join(".git-index")) };
    if !prefix.is_empty() && there.say(&["cat-file", "-e", &tree]).is_err() {
        return Ok(temporary);
    }
    there.say(&["read-tree", &tree])?;
    let into = format!("--prefix={}/", temporary.path().display());
    there.say(&["checkout-index", "--all", "--quiet", &into])?;
    // It is no part of the folder.
    if let Some(index) = &there.index {
        std::fs::remove_file(index).map_err(|error| format!("cannot remove {}: {error}", index.display()))?;
    }
    Ok(temporary)
}

/// The git that people have.
struct Git {
    folder: PathBuf,
    /// An index other than the repository's.
    index: Option<PathBuf>,
}

impl Git {
    /// What it prints, without the line's end; the error is what it says, empty when it says nothing.
    fn say(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new("git");
        // A hook that runs us has them set for its own repository.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(variable);
        }
        command.arg("-C").arg(&self.folder).args(arguments.iter().map(OsStr::new));
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        let output = command.output().map_err(|error| format!("git cannot be started: {error}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }
}
