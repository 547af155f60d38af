//! Resources and routes of all projects, by a part of their name.

use super::{Navigator, SymbolKind, WorkspaceSymbol, places};
use crate::Snapshot;
use klotho_graph::{Derived, Kind, Reference};

/// A search shows no more than this: whoever gets so many types on.
const MOST: usize = 256;

impl Snapshot {
    /// The resources and routes whose name holds the letters of `query` in their order, best first.
    pub fn workspace_symbols(&self, query: &str) -> Vec<WorkspaceSymbol> {
        let query = query.to_lowercase();
        let mut found: Vec<(u8, WorkspaceSymbol)> = Vec::new();
        for root in self.projects.keys() {
            let Some(navigator) = self.navigator(root) else { continue };
            found.extend(of_project(&navigator, &query));
            found.sort_by(|(rank, one), (other_rank, other)| (rank, key(one)).cmp(&(other_rank, key(other))));
            found.truncate(MOST);
        }
        found.into_iter().map(|(_, symbol)| symbol).collect()
    }
}

fn key(symbol: &WorkspaceSymbol) -> (&str, &str, &str, u32) {
    (&symbol.name, &symbol.container, &symbol.target.path, symbol.target.focus.start)
}

fn of_project(navigator: &Navigator<'_>, query: &str) -> Vec<(u8, WorkspaceSymbol)> {
    let derived = navigator.context.project.derived();
    let mut found: Vec<_> = resources(derived)
        .filter_map(|reference| {
            let rank = rank(&reference.id, query)?;
            let item = navigator.item(&reference)?;
            let (name, container) = (reference.id, item.detail);
            Some((rank, WorkspaceSymbol { name, kind: item.kind, container, target: item.target }))
        })
        .collect();
    for (id, gateway) in derived.gateways.iter() {
        for ((path, verb), row) in &gateway.routes {
            let name = format!("{verb} {path}");
            let Some(rank) = rank(&name, query) else { continue };
            let Some(place) = places::route_place(navigator, row, places::Role::Use) else { continue };
            let target = navigator.target(&place);
            let container = format!("gateway {id}");
            found.push((rank, WorkspaceSymbol { name, kind: SymbolKind::Route, container, target }));
        }
    }
    found
}

fn resources(derived: &Derived) -> impl Iterator<Item = Reference> + '_ {
    let of = |kind: Kind| move |id: &String| Reference::new(kind, id.as_str());
    let units = derived.units.keys().map(of(Kind::ExecutionUnit));
    let gateways = derived.gateways.keys().map(of(Kind::Gateway));
    let topics = derived.topics.keys().map(of(Kind::Pubsub));
    let websites = derived.static_units.keys().map(of(Kind::StaticUnit));
    units.chain(gateways).chain(topics).chain(websites).chain(derived.stores.keys().cloned())
}

/// How well a name fits a query in lower case, best first; `None` if its letters are not in it in their order.
fn rank(name: &str, query: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name.starts_with(query) {
        return Some(0);
    }
    if name.contains(query) {
        return Some(1);
    }
    let mut letters = name.chars();
    query.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn letters_in_their_order_are_enough() {
        let ranks = ["", "ord", "rder", "ors", "sro"].map(|query| rank("Orders", query));
        assert_eq!(ranks, [Some(0), Some(0), Some(1), Some(2), None]);
    }
}
