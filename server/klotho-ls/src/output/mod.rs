//! The only place that writes to standard output and standard error outside the protocol.

pub(crate) mod diff;
pub(crate) mod progress;

use anstream::ColorChoice;
use anstream::adapter::strip_str;
use std::borrow::Cow;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// What the process ends with (the same for every command).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing of severity `error`.
    Clean,
    /// At least one finding of severity `error`.
    Errors,
    /// Wrong usage, or something could not be read.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Errors => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Prints to standard output. A reader that went away (`| head`) is no failure.
pub(crate) fn print(text: &str) -> io::Result<()> {
    print_to_reader(text).map(drop)
}

/// Prints to standard output, and returns whether somebody still reads it.
pub(crate) fn print_to_reader(text: &str) -> io::Result<bool> {
    let mut out = anstream::stdout().lock();
    let text = match out.current_choice() {
        // A stream that takes the colours out as it goes writes each stretch between two of them by itself.
        ColorChoice::Never => Cow::Owned(strip_str(text).to_string()),
        _ => Cow::Borrowed(text),
    };
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        result => result.map(|()| true),
    }
}

/// Prints to standard error what belongs to standard output when that is taken.
pub(crate) fn to_stderr(text: &str) -> io::Result<()> {
    anstream::stderr().lock().write_all(text.as_bytes())
}

/// Text for people, of which nothing is a command where it ends up in the log of a build: a line that starts as one does has a
/// backslash in front.
pub(crate) fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start().len();
        let (blanks, rest) = line.split_at(start);
        out.push_str(blanks);
        if rest.starts_with("::") {
            out.push('\\');
        }
        // The older form counts anywhere in a line.
        out.push_str(&rest.replace("##[", "#\\#["));
    }
    out
}

/// Says on standard error why a command could not do its work.
pub(crate) fn fail(reason: &str) -> Outcome {
    // When even standard error is closed there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "klotho-ls: {}", inert(&klotho_text::visible(reason)));
    Outcome::Failed
}

/// Says on standard error what is to be known beside a result.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "klotho-ls: {}", inert(&klotho_text::visible(text)));
}

/// How many reasons are given in full.
const REASONS: usize = 20;

/// Ends a command that printed its result, although it could not read everything: says what, and that fails it.
pub(crate) fn finish_without(printed: io::Result<()>, outcome: Outcome, unread: &[String]) -> Outcome {
    let outcome = finish(printed, outcome);
    if unread.is_empty() {
        return outcome;
    }
    for reason in unread.iter().take(REASONS) {
        fail(reason);
    }
    match unread.len().saturating_sub(REASONS) {
        0 => Outcome::Failed,
        more => fail(&format!("cannot read {more} more files and folders")),
    }
}

/// Ends a command that printed its result.
pub(crate) fn finish(printed: io::Result<()>, outcome: Outcome) -> Outcome {
    match printed {
        Ok(()) => outcome,
        Err(error) => fail(&format!("cannot write to standard output: {error}")),
    }
}
