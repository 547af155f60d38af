//! What one resource costs: a store, a topic, a gateway, a static unit.

use super::Detail;
use crate::markdown::code;
use crate::region::in_words;
use crate::resources::{resource_bill, resource_rates, site};
use klotho_cost::sources::{price_note, sources_of};
use klotho_cost::{Date, Origin, format};
use klotho_graph::{Project, Reference};

/// What a resource costs, for a hover; `None` where nothing is known of its type.
pub(super) fn text(project: &Project, reference: &Reference, today: Date, detail: Detail) -> Option<String> {
    let found = resource_bill(project, reference, site(project))?;
    let Some(monthly) = found.estimate.monthly() else {
        let missing: Vec<_> = found.estimate.missing.iter().map(ToString::to_string).collect();
        return Some(format!("What it costs is not known: {}", missing.join("; ")));
    };
    let whose = if found.row.is_on_the_bill_of_units() { ", on the bill of the units behind it" } else { "" };
    let components = found.estimate.components.iter();
    let shown =
        components.map(|part| format!("{} {}", part.name.replace('_', " "), format::money(part.monthly)));
    let head = format!(
        "**{} a month** ({}; {}{whose})",
        format::money(monthly),
        shown.collect::<Vec<_>>().join(", "),
        found.row.billing.words()
    );
    if detail == Detail::Brief {
        return Some(head);
    }
    let rates = resource_rates(project, reference, found.row);
    let mut parts = vec![head, format!("{}: {rates}", in_words(project))];
    let assumed = found.usage.inputs().into_iter().filter(|input| input.origin == Origin::Model);
    let assumed: Vec<_> = assumed.map(|input| code(&format!("{} = {}", input.input, input.value))).collect();
    if !assumed.is_empty() {
        parts.push(format!("Assumed: {}. Its `workload` table may say otherwise", assumed.join(", ")));
    }
    let sources = sources_of(found.estimate.prices().into_iter(), today);
    parts.push(format!("{} No free tier.", price_note(&sources)));
    Some(parts.join("\n\n"))
}
