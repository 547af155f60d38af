//! Following the plan of the project: for one unit, or for all.

use crate::plan::{plan, rewrite};
use crate::snapshot::Context;
use crate::{CodeAction, Named, WorkspaceEdit};
use klotho_cost::format;
use klotho_cost::plan::{Plan, Planned};
use rust_decimal::Decimal;

/// Projects with more units are planned on the command line: an editor asks at every movement of the cursor.
const UNITS: usize = 100;

/// What the plan would change about some units, then about all.
pub(super) fn actions(context: &Context<'_>, units: &[String]) -> Vec<CodeAction> {
    // The units of a project of which only a part is known are not all.
    let is_whole = context.project.is_listed() || context.project.is_document();
    if units.is_empty() || !is_whole || context.project.derived().units.len() > UNITS {
        return Vec::new();
    }
    let Ok(plan) = plan(context.project, context.today) else { return Vec::new() };
    // What only has to be written down is a fix of the finding that says so.
    let here = plan.changes().filter(|planned| planned.is_moved() && units.contains(&planned.id));
    let mut actions: Vec<_> = here.filter_map(|planned| action(context, one(planned), &[planned])).collect();
    let all: Vec<_> = plan.changes().collect();
    if all.len() > 1 {
        actions.extend(action(context, every(&plan, all.len()), &all));
    }
    actions
}

fn action(context: &Context<'_>, title: String, units: &[&Planned]) -> Option<CodeAction> {
    let found = rewrite(context, units.iter().copied());
    let disabled = found.by_hand.into_iter().next().map(|(_, reason)| reason);
    // A document without a project, in which nothing states a target: there is nowhere to write one.
    if disabled.is_none() && found.edit.files.is_empty() {
        return None;
    }
    let edit = if disabled.is_some() { WorkspaceEdit::default() } else { found.edit };
    Some(CodeAction {
        title,
        kind: "refactor.rewrite",
        is_preferred: false,
        disabled,
        fixes: Vec::new(),
        edit,
    })
}

/// All that the plan would change of the units whose traffic somebody stated; the error says why nothing is changed.
pub(crate) fn whole(context: &Context<'_>) -> Result<Named, String> {
    let plan = plan(context.project, context.today)?;
    let changes: Vec<_> = plan.changes().collect();
    let title = match changes.as_slice() {
        [] if plan.all_changes().next().is_some() => {
            return Err("the plan would change only units whose traffic nobody stated".to_owned());
        }
        [] => return Err("every unit runs where the plan would put it".to_owned()),
        [planned] => one(planned),
        several => every(&plan, several.len()),
    };
    let found = rewrite(context, changes.into_iter());
    match found.by_hand.into_iter().next() {
        Some((id, reason)) => Err(format!("{id} has to be changed by hand: {reason}")),
        None if found.edit.files.is_empty() => Err("there is nowhere to write the targets".to_owned()),
        None => Ok(Named { title, edit: found.edit }),
    }
}

fn one(planned: &Planned) -> String {
    let to = planned.then.as_ref().map(|then| then.text()).unwrap_or_default();
    let now = planned.now.as_ref().and_then(|now| now.monthly);
    let then = planned.then.as_ref().and_then(|then| then.monthly);
    let volume = planned.assumed_requests.map(format::count);
    let volume = volume.map(|count| format!(" at an assumed {count} requests")).unwrap_or_default();
    format!("Apply the plan to {}: {to}{}{volume}", planned.id, months(now, then))
}

/// Of several units that change. The amounts are those of the whole application, which are not what comes of this while other
/// units wait for their traffic to be stated.
fn every(plan: &Plan, count: usize) -> String {
    let all = plan.units.len();
    let whole = if plan.waiting().next().is_none() { months(plan.now, plan.then) } else { String::new() };
    if count == all {
        return format!("Apply the plan to all {all} units{whole}");
    }
    let of_all = if whole.is_empty() { whole } else { format!("{whole} for all {all}") };
    format!("Apply the plan to the {count} units that it changes{of_all}")
}

fn months(now: Option<Decimal>, then: Option<Decimal>) -> String {
    match (now, then) {
        (Some(now), Some(then)) => format!(": {} → {} a month", format::money(now), format::money(then)),
        (None, Some(then)) => format!(": {} a month", format::money(then)),
        (_, None) => String::new(),
    }
}
