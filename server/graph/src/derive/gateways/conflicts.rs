//! Units that serve gateways of different apps (reference, 6.4 X21).

use super::Made;
use crate::derive::{Anchor, FactRef, GraphFinding};
use klotho_annotation::finding::Code;
use klotho_summary::Framework;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The frameworks whose compilers refuse it: those of JavaScript, Python and C#.
const REFUSED: [Framework; 4] =
    [Framework::Express, Framework::NestJs, Framework::FastApi, Framework::AspNet];

/// One finding for each gateway of another app than the first of its unit.
pub(super) fn findings(made: &BTreeMap<String, Made>) -> Vec<(Arc<str>, GraphFinding)> {
    let refused = made.iter().filter(|(_, made)| REFUSED.contains(&made.framework));
    let mut in_order: Vec<_> =
        refused.filter_map(|(id, made)| Some((made.gateway.declared.first()?, id, made))).collect();
    in_order.sort_by_key(|(declared, ..)| *declared);
    let mut first: BTreeMap<&str, (&FactRef, &str, &Made)> = BTreeMap::new();
    let mut found = Vec::new();
    for (declared, id, made) in in_order {
        let units: BTreeSet<&str> = made.gateway.routes.values().map(|route| route.unit.as_str()).collect();
        for unit in units {
            let (earlier, first_id, other) = first.entry(unit).or_insert((declared, id, made));
            if earlier.path == declared.path && other.app == made.app {
                continue;
            }
            let finding = GraphFinding::new(Code::GatewayConflict, "", Anchor::Id(declared.annotation))
                .with("unit", unit)
                .with("first", *first_id)
                .with("app", other.gateway.symbol.as_deref().unwrap_or(&other.app))
                .with("file", &earlier.path);
            found.push((Arc::clone(&declared.path), finding));
        }
    }
    found
}
