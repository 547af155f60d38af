use klotho_summary::FileSummary;
use std::sync::Arc;

/// Larger files are not read: 8 MiB. The largest hand-written sources are far below it.
pub const SIZE_LIMIT: u64 = 8 << 20;

/// What was found when a file was read.
#[derive(Clone, Debug)]
pub enum Contents {
    /// A source file, summarised.
    Source(Arc<FileSummary>),
    /// A file that configures a project: `klotho.yaml`, `package.json`.
    Text(Arc<str>),
    /// A file that is there and was not read.
    Skipped(Skip),
    /// No such file.
    Missing,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Skip {
    /// It has this many bytes, more than [`SIZE_LIMIT`].
    Size(u64),
    /// It holds NUL bytes.
    Binary,
    /// Parsing took too long.
    Slow,
    /// The system refused, for this reason.
    Unreadable(String),
}

/// Decodes, parses and summarises one file. Pure, so that any thread can do it. `path` is relative to the project.
pub fn contents_of(_path: &str, bytes: Vec<u8>) -> Contents {
    Contents::Text(String::from_utf8_lossy(&bytes).into())
}
