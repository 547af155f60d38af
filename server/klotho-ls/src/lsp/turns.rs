//! Questions of which only the latest waits: an earlier one gives way, and all do when the session ends.

use tokio::sync::watch;

/// Hands out turns.
pub(super) struct Turns(watch::Sender<u64>);

/// The right to wait.
pub(super) struct Turn(watch::Receiver<u64>);

impl Default for Turns {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Turns {
    /// Ends all turns.
    pub(super) fn end(&self) {
        self.0.send_modify(|turn| *turn = turn.wrapping_add(1));
    }

    /// Ends all turns and begins one.
    pub(super) fn begin(&self) -> Turn {
        self.end();
        Turn(self.0.subscribe())
    }
}

impl Turn {
    /// Returns when it ends.
    pub(super) async fn ends(&mut self) {
        // Without anyone to hand out turns they have ended too.
        let _ = self.0.changed().await;
    }
}
