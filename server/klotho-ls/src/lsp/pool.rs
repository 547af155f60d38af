//! Where requests are worked on: a bounded pool with two lanes, so that what is small never waits behind what is not.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// Something to do.
pub(super) type Job = Box<dyn FnOnce() + Send>;

/// How long a job may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Someone looks at the screen and waits: a hover, the actions at the cursor.
    Quick,
    /// Whole projects: reading, findings of many files.
    Heavy,
}

/// A fixed number of threads for each lane.
#[derive(Clone)]
pub(super) struct Pool {
    quick: Sender<Job>,
    heavy: Sender<Job>,
}

impl Pool {
    pub(super) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        Self { quick: lane("quick", 2), heavy: lane("heavy", cores.clamp(1, 8)) }
    }

    pub(super) fn run(&self, lane: Lane, job: Job) {
        let lane = match lane {
            Lane::Quick => &self.quick,
            Lane::Heavy => &self.heavy,
        };
        if lane.send(job).is_err() {
            tracing::error!("no thread is left to work");
        }
    }
}

fn lane(name: &str, threads: usize) -> Sender<Job> {
    let (sender, receiver) = channel();
    let receiver = Arc::new(Mutex::new(receiver));
    for number in 0..threads {
        let receiver = Arc::clone(&receiver);
        let spawned = thread::Builder::new().name(format!("{name}-{number}")).spawn(move || work(&receiver));
        if let Err(error) = spawned {
            tracing::error!("cannot start a thread: {error}");
        }
    }
    sender
}

fn work(receiver: &Mutex<Receiver<Job>>) {
    loop {
        let Ok(job) = receiver.lock().map(|receiver| receiver.recv()) else { return };
        let Ok(job) = job else { return };
        // A job answers for its own panics; a thread must outlive those that do not.
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a background job panicked");
        }
    }
}
