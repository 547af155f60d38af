//! How far the reading of folders is, for people who wait for it.
//!
//! The owner says how many files it has met, in measured steps and only once it takes longer than a moment. The client is
//! told the latest of that, however slow it is, and always the end.

use super::diagnostics::Outgoing;
use klotho_ide::format::in_threes;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};
use tower_lsp::Client as Connection;
use tower_lsp::ls_types::ProgressToken;

/// What takes less than this is not worth a word.
const MOMENT: Duration = Duration::from_millis(500);

/// How long one message stands before the next.
const PACE: Duration = Duration::from_millis(250);

const TITLE: &str = "Klotho: reading files";

/// What there is to show: how many files were met so far; nothing when all is read.
pub(super) type Shown = Option<usize>;

/// Says how far the reading is.
pub(super) struct Progress {
    outgoing: mpsc::UnboundedSender<Outgoing>,
    /// When it was last told.
    told: Option<Instant>,
}

impl Progress {
    pub(super) fn new(outgoing: mpsc::UnboundedSender<Outgoing>) -> Self {
        Self { outgoing, told: None }
    }

    /// When to say something of a reading that goes on `since` then.
    pub(super) fn due(&self, since: Option<Instant>) -> Option<Instant> {
        since.map(|since| self.told.map_or(since + MOMENT, |told| told + PACE))
    }

    /// Says that so many files were met, where that is due; or that all is read, where something was said before.
    pub(super) fn tell(&mut self, now: Instant, reading: Option<(Instant, usize)>) {
        match reading {
            Some((since, files)) if self.due(Some(since)).is_some_and(|due| due <= now) => {
                self.told = Some(now);
                self.send(Some(files));
            }
            None if self.told.take().is_some() => self.send(None),
            _ => {}
        }
    }

    fn send(&self, shown: Shown) {
        // Nobody listens any more only when the session has ended.
        let _ = self.outgoing.send(Outgoing::Progress(shown));
    }
}

/// Shows it, one reading after the other, until nothing more can come. A client that refuses is not asked again.
pub(super) async fn show(connection: Connection, mut shown: watch::Receiver<Shown>) {
    let mut number = 0_u32;
    while shown.changed().await.is_ok() {
        let Some(files) = latest(&mut shown) else { continue };
        number += 1;
        let token = ProgressToken::String(format!("klotho-ls/reading/{number}"));
        if let Err(error) = connection.create_work_done_progress(token.clone()).await {
            tracing::debug!("the client shows no progress: {error}");
            return;
        }
        let progress = connection.progress(token, TITLE).with_message(message(files)).begin().await;
        let mut last = files;
        // It may have ended while the client made room for it.
        while let Some(files) = latest(&mut shown) {
            if files != last {
                progress.report(message(files)).await;
                last = files;
            }
            if shown.changed().await.is_err() {
                break;
            }
        }
        progress.finish().await;
    }
}

fn latest(shown: &mut watch::Receiver<Shown>) -> Shown {
    *shown.borrow_and_update()
}

fn message(files: usize) -> String {
    let noun = if files == 1 { "file" } else { "files" };
    format!("{} {noun}", in_threes(&files.to_string(), ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let texts = [0, 1, 999, 1_200, 1_234_567].map(message);
        assert_eq!(texts, ["0 files", "1 file", "999 files", "1,200 files", "1,234,567 files"]);
    }

    #[test]
    fn what_takes_a_moment_is_not_told_and_what_was_told_ends_once() {
        let (outgoing, mut told) = mpsc::unbounded_channel();
        let mut progress = Progress::new(outgoing);
        let start = Instant::now();
        progress.tell(start + MOMENT / 2, Some((start, 10)));
        progress.tell(start + MOMENT / 2, None);
        assert!(told.try_recv().is_err());
        progress.tell(start + MOMENT, Some((start, 20)));
        progress.tell(start + MOMENT, Some((start, 21)));
        progress.tell(start + MOMENT + PACE, Some((start, 30)));
        progress.tell(start + MOMENT + PACE, None);
        progress.tell(start + MOMENT + PACE, None);
        let all: Vec<_> = std::iter::from_fn(|| told.try_recv().ok()).collect();
        let counts: Vec<_> = all.iter().map(|told| matches!(told, Outgoing::Progress(Some(_)))).collect();
        assert_eq!(counts, [true, true, false]);
    }
}
