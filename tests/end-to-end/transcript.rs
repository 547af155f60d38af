//! What is said in a test, line by line, where someone wants to check it: `cargo xtask protocol` names a folder.

use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::{env, thread};

/// The file of one session; none where nobody asked for one.
#[derive(Clone)]
pub(crate) struct Transcript(Option<Arc<Mutex<Option<File>>>>);

impl Transcript {
    /// Begins a file that bears the name of the test.
    pub(crate) fn start() -> Self {
        static SESSIONS: AtomicUsize = AtomicUsize::new(0);
        let Some(folder) = env::var_os("KLOTHO_TRANSCRIPTS").map(PathBuf::from) else { return Self(None) };
        let test = thread::current().name().unwrap_or("main").replace("::", ".");
        let number = SESSIONS.fetch_add(1, Ordering::Relaxed);
        let file = File::create(folder.join(format!("{test}.{number}.jsonl"))).expect("the folder is there");
        Self(Some(Arc::new(Mutex::new(Some(file)))))
    }

    /// Ends it: what follows breaks the protocol, and is not held against it.
    pub(crate) fn end(&self) {
        if let Some(file) = &self.0 {
            *file.lock().expect("nobody fails while writing") = None;
        }
    }

    /// Writes a message down; without one, that something was said which is none.
    pub(crate) fn write(&self, from: &str, message: Option<&Value>) {
        let Some(file) = &self.0 else { return };
        let line = match message {
            Some(message) => json!({ "from": from, "message": message }),
            None => json!({ "from": from }),
        };
        let mut file = file.lock().expect("nobody fails while writing");
        let Some(file) = file.as_mut() else { return };
        file.write_all(format!("{line}\n").as_bytes()).expect("there is room");
    }
}
