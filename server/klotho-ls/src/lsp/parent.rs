//! The server ends when the editor that started it is gone, even if nobody closed its input.

use super::shell::Exit;
use std::thread;
use std::time::Duration;

/// How often the parent is looked for.
const INTERVAL: Duration = Duration::from_millis(500);

/// Watches the process `id` and ends the session when it is gone.
pub(super) fn watch(id: u32, exit: Exit) {
    let spawned = thread::Builder::new().name("parent".to_owned()).spawn(move || {
        while is_alive(id) {
            thread::sleep(INTERVAL);
        }
        tracing::info!("process {id} is gone");
        exit.now();
    });
    if let Err(error) = spawned {
        tracing::warn!("cannot watch the parent process: {error}");
    }
}

#[cfg(unix)]
fn is_alive(id: u32) -> bool {
    let Some(pid) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) else { return true };
    // Not being allowed to signal a process means that it is there.
    rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH) && !is_zombie(id)
}

/// Whether a process has ended and only waits for its own parent to notice.
#[cfg(target_os = "linux")]
fn is_zombie(id: u32) -> bool {
    // `PID (name) STATE ...`, and the name may hold parentheses itself.
    let stat = std::fs::read(format!("/proc/{id}/stat")).unwrap_or_default();
    let name_end = stat.iter().rposition(|byte| *byte == b')').unwrap_or(stat.len());
    matches!(stat.get(name_end + 2), Some(b'Z' | b'X'))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_zombie(_: u32) -> bool {
    false
}

#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    // There the operating system closes our input together with the parent, which ends the session as well.
    true
}
