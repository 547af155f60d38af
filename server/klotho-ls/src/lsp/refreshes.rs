//! What the client is to ask for anew, until it has been told.

use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// What is asked for anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Refresh {
    pub(super) hints: bool,
    pub(super) lenses: bool,
    pub(super) colours: bool,
    pub(super) findings: bool,
}

impl Refresh {
    pub(super) fn anything(self) -> bool {
        self != Self::default()
    }

    fn or(self, other: Self) -> Self {
        Self {
            hints: self.hints || other.hints,
            lenses: self.lenses || other.lenses,
            colours: self.colours || other.colours,
            findings: self.findings || other.findings,
        }
    }

    /// What is in both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            hints: self.hints && other.hints,
            lenses: self.lenses && other.lenses,
            colours: self.colours && other.colours,
            findings: self.findings && other.findings,
        }
    }
}

/// What is wanted of a client that has not answered yet adds up to one request of each kind.
#[derive(Clone, Default)]
pub(super) struct Refreshes(Arc<(Mutex<Refresh>, Notify)>);

impl Refreshes {
    pub(super) fn want(&self, refresh: Refresh) {
        let (wanted, news) = &*self.0;
        let mut wanted = wanted.lock().unwrap_or_else(PoisonError::into_inner);
        *wanted = wanted.or(refresh);
        news.notify_one();
    }

    /// Waits until something is wanted, and takes it.
    pub(super) async fn next(&self) -> Refresh {
        let (wanted, news) = &*self.0;
        loop {
            let taken = std::mem::take(&mut *wanted.lock().unwrap_or_else(PoisonError::into_inner));
            if taken.anything() {
                return taken;
            }
            news.notified().await;
        }
    }
}
