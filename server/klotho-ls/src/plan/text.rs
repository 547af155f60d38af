//! The plan for people.

use super::{PlanArgs, Written};
use crate::graph::quoted;
use crate::words::{NO_UNIT, listed, number_of};
use klotho_ide::{Choice, Plan, Planned, SharedCost, format};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt::Write;

/// No more units than these are named in a sentence.
const NAMED: usize = 5;

/// A table of the units with what is shared and the total, why each is where it is, then what is to do or was done.
pub(super) fn report(plan: &Plan, written: Option<&Written>, args: &PlanArgs) -> String {
    if plan.units.is_empty() {
        return NO_UNIT.to_owned();
    }
    let mut out = unwritten(plan, written, args);
    out.push_str(&table(plan));
    for unit in &plan.units {
        reasons(unit, &mut out);
    }
    out.push('\n');
    assumptions(plan, &mut out);
    match written {
        Some(written) => done(plan, written, args, &mut out),
        None => to_do(plan, args, &mut out),
    }
    out
}

/// Unit, where it runs, where it should run, what it costs now and then.
type Row = [String; 4];

fn table(plan: &Plan) -> String {
    let head = ["unit", "now", "then", "a month"].map(str::to_owned);
    let mut rows: Vec<Row> = vec![head];
    rows.extend(plan.units.iter().map(row));
    rows.extend(shared(plan));
    rows.push(["total".to_owned(), String::new(), String::new(), months(Some(plan.now), Some(plan.then))]);
    let mut widths = [0; 3];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let [first, second, third] = widths;
    rows.iter().map(|[a, b, c, d]| format!("{a:<first$}  {b:<second$}  {c:<third$}  {d}\n")).collect()
}

fn row(unit: &Planned) -> Row {
    let text = |choice: &Choice| choice.text();
    let now = unit.now.as_ref().map_or_else(|| "not known".to_owned(), text);
    let then = match &unit.then {
        None => "nothing fits: stays".to_owned(),
        Some(_) if !unit.is_change() => "stays".to_owned(),
        Some(_) if !unit.is_moved() => "to be written down".to_owned(),
        Some(then) => then.text(),
    };
    let monthly = |choice: &Option<Choice>| choice.as_ref().map(|choice| choice.monthly);
    let stays = unit.then.is_none().then(|| monthly(&unit.now)).flatten();
    let assumed = if unit.assumed_requests.is_some() { " *" } else { "" };
    let months = months(monthly(&unit.now), stays.or(monthly(&unit.then)));
    [unit.id.clone(), now, then, format!("{months}{assumed}")]
}

/// What several units pay for together, before and after.
fn shared(plan: &Plan) -> Vec<Row> {
    let mut all: BTreeMap<String, [Option<&SharedCost>; 2]> = BTreeMap::new();
    for (place, costs) in [&plan.shared_now, &plan.shared_then].into_iter().enumerate() {
        for cost in costs {
            let both = all.entry(cost.facility.text()).or_default();
            if let Some(slot) = both.get_mut(place) {
                *slot = Some(cost);
            }
        }
    }
    let units = |cost: Option<&SharedCost>| cost.map(|cost| cost.units.join(", ")).unwrap_or_default();
    let amount = |cost: Option<&SharedCost>| Some(Some(cost.map_or(Decimal::ZERO, |cost| cost.monthly)));
    let row = |(name, [now, then]): (String, [Option<&SharedCost>; 2])| {
        [name, units(now), units(then), months(amount(now), amount(then))]
    };
    all.into_iter().map(row).collect()
}

/// `$1.00 -> $2.00`, or one amount when both are the same; the inner `None` is a price that is missing.
fn months(now: Option<Option<Decimal>>, then: Option<Option<Decimal>>) -> String {
    let text = |amount: Option<Option<Decimal>>| {
        amount.flatten().map_or_else(|| "not known".to_owned(), format::cents)
    };
    let (now, then) = (text(now), text(then));
    if now == then { now } else { format!("{now} -> {then}") }
}

fn reasons(unit: &Planned, out: &mut String) {
    let _ = writeln!(out, "\n{}: {}", unit.id, unit.why);
    if let Some(obeyed) = &unit.obeyed {
        let _ = writeln!(out, "  as it is, the compiler will use {obeyed}: it does not obey the annotation");
    }
    for line in &unit.excluded {
        let _ = writeln!(out, "  not {line}");
    }
}

fn assumptions(plan: &Plan, out: &mut String) {
    let assumed: Vec<_> = plan.units.iter().filter_map(|unit| unit.assumed_requests).collect();
    if let Some(requests) = assumed.first() {
        let _ = writeln!(
            out,
            "* at an assumed {} requests a month: set monthly_requests in [workload] of the unit",
            format::count(*requests)
        );
    }
    out.push_str("List prices, no free tier; always-on targets have capacity for the peak all day.\n");
    out.push_str("Stores, topics and all else that no target changes are left to klotho-ls cost.\n");
}

/// Says first that nothing was written where whoever asked for it may think otherwise, and what to do.
fn unwritten(plan: &Plan, written: Option<&Written>, args: &PlanArgs) -> String {
    let is_untouched = |written: &Written| written.files.is_empty() && written.by_hand.is_empty();
    if !is_waiting(plan, args) || !written.is_some_and(is_untouched) {
        return String::new();
    }
    let waiting: Vec<_> = plan.waiting().map(|unit| unit.id.as_str()).collect();
    let (whose, dir) = (listed(&waiting, NAMED), quoted(&args.dir));
    format!(
        "Nothing was written: the traffic of {whose} is assumed. State monthly_requests in [workload], or take the\n\
         assumption with klotho-ls plan {dir} --write --assume\n\n"
    )
}

/// Which units are left alone because nobody states their traffic, and the way out.
pub(super) fn left_alone(waiting: &[&str]) -> String {
    let whose = listed(waiting, NAMED);
    format!(
        "left alone: the traffic of {whose} is assumed; state monthly_requests in [workload], or add --assume"
    )
}

/// Whether there are changes that wait for their traffic to be stated.
fn is_waiting(plan: &Plan, args: &PlanArgs) -> bool {
    !args.assume && plan.waiting().next().is_some()
}

/// Says which changes wait for that, if any do.
fn waiting(plan: &Plan, args: &PlanArgs, out: &mut String) {
    if is_waiting(plan, args) {
        let dir = quoted(&args.dir);
        let _ = writeln!(
            out,
            "Units marked * are not changed at an assumed volume: state it, or klotho-ls plan {dir} --write --assume"
        );
    }
}

fn to_do(plan: &Plan, args: &PlanArgs, out: &mut String) {
    let (count, assume) =
        if args.assume { (plan.all_changes().count(), " --assume") } else { (plan.changes().count(), "") };
    waiting(plan, args, out);
    match count {
        0 if is_waiting(plan, args) => {}
        0 => out.push_str("Nothing to change.\n"),
        count => {
            let units = number_of(count, "unit");
            let _ = writeln!(out, "To change {units}: klotho-ls plan {} --write{assume}", quoted(&args.dir));
        }
    }
}

fn done(plan: &Plan, written: &Written, args: &PlanArgs, out: &mut String) {
    let is_untouched = written.files.is_empty() && written.by_hand.is_empty();
    match is_waiting(plan, args) {
        true if is_untouched => {}
        false if is_untouched => out.push_str("Nothing to change.\n"),
        _ => waiting(plan, args, out),
    }
    if !written.files.is_empty() {
        let _ = writeln!(out, "Changed {} in {}.", written.units.join(", "), written.files.join(", "));
    }
    for (unit, reason) in &written.by_hand {
        let _ = writeln!(out, "{unit} is not changed: {reason}");
    }
}
