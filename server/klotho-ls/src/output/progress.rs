//! What a person at a terminal sees while much is being read.

use indicatif::{HumanCount, ProgressBar};
use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Work that takes less is done before anybody wonders.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the number is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// Does work that counts the files it has met. The count is shown on standard error, if that is a terminal and the work is
/// long, and is gone when the work is done.
pub(crate) fn shown<T>(work: impl FnOnce(&AtomicUsize) -> T) -> T {
    let met = AtomicUsize::new(0);
    if !stderr().is_terminal() {
        return work(&met);
    }
    let (working, ended) = channel::<()>();
    let counter = &met;
    thread::scope(|scope| {
        scope.spawn(move || draw(counter, &ended));
        let result = work(counter);
        drop(working);
        result
    })
}

fn draw(met: &AtomicUsize, ended: &Receiver<()>) {
    let goes_on = |wait| ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout);
    if !goes_on(PATIENCE) {
        return;
    }
    let bar = ProgressBar::new_spinner();
    loop {
        bar.set_message(format!("{} files", HumanCount(met.load(Ordering::Relaxed) as u64)));
        bar.tick();
        if !goes_on(TICK) {
            return bar.finish_and_clear();
        }
    }
}
