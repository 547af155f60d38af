//! What a change of files does to where things run and what they cost, in a line for each.

use super::difference::{Change, between};
use super::document::Document;
use super::usd::shown;
use klotho_ide::Snapshot;

/// So many are told one by one.
const TOLD: usize = 10;

/// What differs between a project as it was and as it is; nothing where everything runs where it did and costs the same.
pub(crate) fn effect([before, after]: [&Snapshot; 2], root: &str) -> Vec<String> {
    let documents = [before, after].map(|snapshot| Document::read(snapshot, root));
    let [Some(before), Some(after)] = documents else { return Vec::new() };
    let Ok(difference) = between(&before, &after) else {
        return vec![format!("the provider is {}, and was taken to be {}", after.provider, before.provider)];
    };
    let mut lines: Vec<_> = difference.changes.iter().take(TOLD).map(line).collect();
    match difference.changes.len().saturating_sub(TOLD) {
        0 => {}
        more => lines.push(format!("and {more} more: klotho-ls cost shows what everything costs")),
    }
    lines
}

fn line(change: &Change) -> String {
    let (before, after) = (shown(change.before), shown(change.after));
    let amounts = match change.way {
        "added" => return format!("{} is new: {after} a month", change.id),
        "removed" => return format!("{} is gone: it was {before} a month", change.id),
        _ if before == after => after,
        _ => format!("{before} -> {after}"),
    };
    format!("{}: {amounts} a month ({})", change.id, change.reasons.join("; "))
}
