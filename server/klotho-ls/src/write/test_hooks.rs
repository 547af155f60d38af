//! Ends the process in the middle of writing, for the tests of what is left then. Not part of a release.

use std::io::{self, Seek, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of the moment at which the process is killed.
const VARIABLE: &str = "KLOTHO_LS_TEST_KILL_AT";

static MOMENTS: AtomicUsize = AtomicUsize::new(0);

/// A moment between two steps.
pub(super) fn point() {
    let wanted = std::env::var(VARIABLE).ok().and_then(|number| number.parse().ok());
    if wanted == Some(MOMENTS.fetch_add(1, Ordering::Relaxed)) {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}

/// The moment in which half of a file is written.
pub(super) fn half_written(file: &mut (impl Write + Seek), bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
    point();
    file.rewind()
}
