use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::{iter, thread};

/// More threads than this only wait for the disk.
const THREADS: usize = 8;

/// How many results a thread hands over at a time: whoever takes them in is woken for each time.
const BATCH: usize = 16;

/// How many threads a scan uses.
pub(super) fn threads() -> usize {
    thread::available_parallelism().map_or(2, usize::from).clamp(1, THREADS)
}

/// Applies `work` to every item on several threads. The results stand in the order of the items.
pub(super) fn map<I: Sync, O: Send>(items: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<O> {
    let mut results = Vec::with_capacity(items.len());
    each(items, work, |_, result| results.push(result));
    results
}

/// Applies `work` to every item on several threads, and gives each item to `take` with what came of it, in the order of the
/// items. That is done on this thread, while the others go on.
pub(super) fn each<I: Sync, O: Send>(
    items: &[I],
    work: impl Fn(&I) -> O + Sync,
    mut take: impl FnMut(&I, O),
) {
    let threads = threads().min(items.len());
    if threads < 2 {
        items.iter().for_each(|item| take(item, work(item)));
        return;
    }
    let next = AtomicUsize::new(0);
    let drain = |done: Sender<Vec<(usize, O)>>| {
        let one = || next.fetch_add(1, Ordering::Relaxed);
        let mut rest = iter::repeat_with(one).map_while(|index| Some((index, work(items.get(index)?))));
        loop {
            let batch: Vec<_> = rest.by_ref().take(BATCH).collect();
            if batch.is_empty() || done.send(batch).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let (done, results) = channel();
        for done in iter::repeat_n(done, threads) {
            scope.spawn(|| drain(done));
        }
        // Those that came before their turn.
        let mut early = BTreeMap::new();
        let mut turn = 0;
        for (index, result) in results.into_iter().flatten() {
            early.insert(index, result);
            while let Some(result) = early.remove(&turn) {
                take(&items[turn], result);
                turn += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<_> = (0..1000).collect();
        assert_eq!(
            super::map(&items, |item| item * 2),
            items.iter().map(|item| item * 2).collect::<Vec<_>>()
        );
        assert_eq!(super::map(&[] as &[u8], |item| *item), Vec::<u8>::new());
    }
}
