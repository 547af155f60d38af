//! Where a unit can run, each with what that costs.

use super::item::{Completion, CompletionKind, Documentation, Word};
use crate::tradeoff;
use klotho_cost::Date;
use klotho_graph::Project;

/// One of `names` each, those that the cost model knows cheapest first.
pub(super) fn targets(
    project: &Project,
    id: Option<&str>,
    names: &[&'static str],
    today: Date,
    word: Word,
) -> Vec<Completion> {
    let unit = id.and_then(|id| Some((id, project.derived().units.get(id)?)));
    let offers = unit.map(|(id, unit)| tradeoff::offers(project, id, unit, today)).unwrap_or_default();
    let known = offers.iter().filter(|offer| names.contains(&offer.target)).map(|offer| {
        let documentation = Documentation::Unit(unit.map(|(id, _)| id.to_owned()).unwrap_or_default());
        let item = word.item(CompletionKind::Value, offer.target).detail(offer.detail.clone());
        Completion { documentation, ..item }
    });
    let is_unknown = |name: &&&str| offers.iter().all(|offer| offer.target != **name);
    let others = names.iter().filter(is_unknown).map(|name| {
        let title = klotho_cost::target::target(tradeoff::model_key(name)).map_or("", |target| target.name);
        word.item(CompletionKind::Value, *name).detail(title)
    });
    known.chain(others).collect()
}
