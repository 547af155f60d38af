//! Room for what goes deep: a stack as large as it may need, if the system has that much.

use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};

/// So much all threads together take at a time. Who needs more waits until it is alone.
const MOST: usize = 512 << 20;

/// What a stack takes beside what can be used of it.
const EDGE: usize = 256 << 10;

static TAKEN: Mutex<usize> = Mutex::new(0);
static GIVEN_BACK: Condvar = Condvar::new();

/// Does `work` with at least `size` bytes of stack; `None` when the system has no room for them.
pub(crate) fn with_stack<T>(size: usize, work: impl FnOnce() -> T) -> Option<T> {
    if stacker::remaining_stack().is_some_and(|left| left >= size) {
        return Some(work());
    }
    let _taken = Taken::take(size)?;
    // Something else may have taken the room in between, of which the library makes a panic.
    catch_unwind(AssertUnwindSafe(|| stacker::grow(size, work))).ok()
}

/// Room that is taken, until it is dropped.
struct Taken(usize);

impl Taken {
    fn take(size: usize) -> Option<Self> {
        let size = size.checked_add(EDGE)?;
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let has_room = (*taken == 0 || taken.saturating_add(size) <= MOST) && is_there(size);
            if has_room {
                *taken += size;
                return Some(Self(size));
            }
            if *taken == 0 {
                return None;
            }
            taken = GIVEN_BACK.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        GIVEN_BACK.notify_all();
    }
}

/// Whether the system would give so much in one piece. It is given back at once: none of it was written to.
fn is_there(size: usize) -> bool {
    let mut piece: Vec<u8> = Vec::new();
    let is_there = piece.try_reserve_exact(size).is_ok();
    black_box(piece);
    is_there
}

#[cfg(test)]
mod tests {
    use super::{MOST, with_stack};
    use std::thread;

    #[test]
    fn what_the_system_has_no_room_for_is_not_done() {
        assert_eq!(with_stack(1 << 46, || 1), None);
        assert_eq!(with_stack(usize::MAX, || 1), None);
        assert_eq!(with_stack(1 << 20, || 1), Some(1));
    }

    #[test]
    fn who_needs_much_waits_and_is_served() {
        thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|one| scope.spawn(move || with_stack(MOST / 2, || one))).collect();
            let all: Vec<_> = all.into_iter().map(|one| one.join().unwrap()).collect();
            assert_eq!(all, [Some(0), Some(1), Some(2), Some(3)]);
        });
    }
}
