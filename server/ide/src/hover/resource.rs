//! What one resource costs: a store, a topic, a gateway, a static unit.

use super::Detail;
use crate::markdown::code;
use crate::region::in_words;
use crate::resources::{ResourceBill, gateway_bills, resource_bill, resource_rates, row_of, site};
use klotho_cost::sources::{price_note, sources_of};
use klotho_cost::{Date, Origin, format};
use klotho_graph::{Kind, Project, Reference};

/// What a resource costs, for a hover; `None` where nothing is known of its type.
pub(super) fn text(project: &Project, reference: &Reference, today: Date, detail: Detail) -> Option<String> {
    let bills: Vec<_> = match reference.kind {
        Kind::Gateway => gateway_bills(project, reference),
        _ => resource_bill(project, reference, site(project)).into_iter().collect(),
    };
    let texts: Vec<_> = bills.iter().map(|bill| part(project, reference, bill, (today, detail))).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn part(
    project: &Project,
    reference: &Reference,
    found: &ResourceBill,
    (today, detail): (Date, Detail),
) -> String {
    let Some(monthly) = found.estimate.monthly() else {
        let missing: Vec<_> = found.estimate.missing.iter().map(ToString::to_string).collect();
        return format!("What it costs is not known: {}", missing.join("; "));
    };
    let whose = if found.row.is_on_the_bill_of_units() { ", on the bill of the units behind it" } else { "" };
    let is_instead = row_of(project, reference).is_some_and(|row| !std::ptr::eq(row, found.row));
    let what = if is_instead { " for the load balancer before its containers" } else { "" };
    let components = found.estimate.components.iter();
    let shown =
        components.map(|part| format!("{} {}", part.name.replace('_', " "), format::money(part.monthly)));
    let head = format!(
        "**{} a month**{what} ({}; {}{whose})",
        format::money(monthly),
        shown.collect::<Vec<_>>().join(", "),
        found.row.billing.words()
    );
    if detail == Detail::Brief {
        return head;
    }
    let mut parts =
        vec![head, format!("{}: {}", in_words(project), resource_rates(project, reference, found.row))];
    let assumed = found.usage.inputs().into_iter().filter(|input| input.origin == Origin::Model);
    let assumed: Vec<_> = assumed.map(|input| code(&format!("{} = {}", input.input, input.value))).collect();
    if !assumed.is_empty() {
        // The table of a gateway speaks of its own type.
        let way_out = if is_instead { "" } else { ". Its `workload` table may say otherwise" };
        parts.push(format!("Assumed: {}{way_out}", assumed.join(", ")));
    }
    let sources = sources_of(found.estimate.prices().into_iter(), today);
    parts.push(format!("{} No free tier.", price_note(&sources)));
    parts.join("\n\n")
}
