//! The last words of a process that its parsers end: which file was being read.
//!
//! The parsers are C, and a fault in them ends the process whatever Rust does about it. Nothing is kept for that beforehand, no file
//! and no other process: the thread knows what it reads, and a signal handler writes it to standard error.

use std::cell::Cell;

thread_local! {
    /// Without a constructor and a destructor it is plain memory, which a signal handler may read.
    static READING: Cell<Option<(*const u8, usize)>> = const { Cell::new(None) };
}

/// Does what may end the process, on the file called `name`.
pub fn reading<T>(name: &str, work: impl FnOnce() -> T) -> T {
    /// Puts back what was being read before, also when the work panics.
    struct Before(Option<(*const u8, usize)>);
    impl Drop for Before {
        fn drop(&mut self) {
            READING.set(self.0);
        }
    }
    let _before = Before(READING.replace(Some((name.as_ptr(), name.len()))));
    work()
}

/// Has the name of the file said if the process crashes. What else happens then happens as before.
#[cfg(unix)]
pub fn leave() {
    handler::install();
}

/// Elsewhere the system tells what crashed, but not over which file.
#[cfg(not(unix))]
pub fn leave() {}

#[cfg(unix)]
#[expect(unsafe_code, reason = "signal handlers are C; what runs in one here does no more than write")]
mod handler {
    use super::READING;
    use libc::{SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, c_int, c_void, sigaction, siginfo_t};
    use std::mem::{MaybeUninit, zeroed};
    use std::ptr::null_mut;
    use std::sync::OnceLock;

    const SIGNALS: [c_int; 5] = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV];

    /// Names are cut off here.
    const LONGEST: usize = 512;

    const BEFORE: &[u8] = b"klotho-ls crashed while it read ";
    const AFTER: &[u8] = b"\nPlease report that, with the file. To go on without it: KLOTHO_LS_SKIP=FILE\n";

    /// What was done about each signal before.
    static FORMER: OnceLock<[sigaction; 5]> = OnceLock::new();

    pub(super) fn install() {
        // SAFETY: all fields of these structures may be zero, and the pointers are to places that live long enough.
        FORMER.get_or_init(|| unsafe {
            let mut former = [zeroed(); 5];
            for (signal, former) in SIGNALS.into_iter().zip(&mut former) {
                let mut ours: sigaction = zeroed();
                ours.sa_sigaction = on_crash as *const () as usize;
                // An exhausted stack is no place to say anything: Rust gave each thread another one for that.
                ours.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
                sigaction(signal, &ours, former);
            }
            former
        });
    }

    /// Says what was being read, and leaves the rest to whoever was there before: the instruction that failed fails again, and
    /// `abort` goes on.
    extern "C" fn on_crash(signal: c_int, _: *mut siginfo_t, _: *mut c_void) {
        // The cell is gone only where the thread is.
        if let Ok(Some((start, length))) = READING.try_with(std::cell::Cell::get) {
            let mut shown = [MaybeUninit::<u8>::uninit(); LONGEST];
            let length = length.min(LONGEST);
            for (at, place) in shown.iter_mut().take(length).enumerate() {
                // SAFETY: whoever put the name there still borrows it, because its thread stands still in this function.
                let byte = unsafe { *start.add(at) };
                // What a terminal would obey is not for it.
                place.write(if byte < b' ' || byte == 0x7f { b'?' } else { byte });
            }
            say(BEFORE.as_ptr(), BEFORE.len());
            say(shown.as_ptr().cast(), length);
            say(AFTER.as_ptr(), AFTER.len());
        }
        let former = FORMER.get().and_then(|all| all.get(SIGNALS.iter().position(|one| *one == signal)?));
        // SAFETY: the structure is one that the system filled in.
        unsafe {
            match former {
                Some(former) => sigaction(signal, former, null_mut()),
                None => sigaction(signal, &zeroed(), null_mut()),
            };
        }
    }

    fn say(start: *const u8, length: usize) {
        // SAFETY: the pointer is to `length` bytes. There is nothing to do where they cannot be written.
        unsafe {
            libc::write(libc::STDERR_FILENO, start.cast(), length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{READING, reading};
    use std::panic::catch_unwind;

    #[test]
    fn what_was_read_before_is_known_again() {
        let length = || READING.get().map(|(_, length)| length);
        reading("outer", || {
            assert!(catch_unwind(|| reading("in", || assert_eq!(length(), None))).is_err());
            assert_eq!(reading("inner!", length), Some(6));
            assert_eq!(length(), Some(5));
        });
        assert_eq!(length(), None);
    }
}
