//! Costs for people.

use super::Beside;
use super::difference::{Change, Difference};
use super::document::{Component, Document, Input, Resource, Unit};
use super::lines::{Side, WIDEST, WIDTH, columns, filled, length};
use super::usd::{Usd, shown};
use crate::words::listed;
use klotho_cost::workload::workload_key;
use klotho_ide::format;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A sentence names no more units or addresses than this.
const NAMED: usize = 6;

/// Of more units than this nobody reads what to make of each.
const JUDGED: usize = 20;

/// What differs, where that was asked; else the tables with what to make of them; then what all rests on.
pub(super) fn report(document: &Document, beside: &Beside) -> String {
    let mut out = match &document.comparison {
        Some(difference) => differences(difference),
        None => everything(document),
    };
    if let Some(addresses) = unmatched(document) {
        out.push_str(&filled("", &addresses, 2));
    }
    out.push_str(&filled("", &basis(document, beside), 0));
    for unheeded in document.unheeded(&beside.dir) {
        out.push_str(&filled("Note: ", &unheeded, 2));
    }
    for budget in &document.budgets_exceeded {
        out.push_str(&filled("Budget: ", budget, 2));
    }
    out
}

fn everything(document: &Document) -> String {
    if document.units.is_empty() && document.resources.is_empty() {
        return "Nothing that costs: there is neither an execution unit nor a resource here.\n".to_owned();
    }
    let mut out = tables(document);
    out.push('\n');
    for missing in &document.total.missing {
        out.push_str(&filled("not known: ", missing, 2));
    }
    cheaper(document, &mut out);
    verdicts(document, &mut out);
    assumptions(document, &mut out);
    out
}

/// Name, what it is, requests, a month.
type Row = [String; 4];

/// A row and what its amount is made of.
type Priced<'a> = (Row, &'a [Component]);

fn tables(document: &Document) -> String {
    let units = document.units.iter().map(|unit| (unit_row(unit), &*unit.components)).collect();
    let resources = document.resources.iter().map(|it| {
        let mark = if it.is_assumed() { "*" } else { "" };
        let row = [it.reference(), format!("{}{mark}", it.name), String::new(), shown(it.monthly)];
        (row, &*it.components)
    });
    let shared = document.shared.iter().map(|it| {
        let row = [it.name.clone(), listed(&it.units, 3), String::new(), it.monthly.to_string()];
        (row, &[] as &[Component])
    });
    let is_known = document.total.monthly.is_some();
    let sum = document.total.monthly.unwrap_or(document.total.known).to_string();
    let of_what = if is_known { "" } else { "what is known" };
    let sections = [
        (["unit", "runs on", "requests", "a month"], units),
        (["resource", "is", "", "a month"], resources.collect()),
        (["shared", "by", "", "a month"], shared.collect::<Vec<_>>()),
        (["total", of_what, "", sum.as_str()], Vec::new()),
    ];
    let mut rows: Vec<Priced<'_>> = Vec::new();
    for (head, section) in sections {
        if section.is_empty() && head[0] != "total" {
            continue;
        }
        if !rows.is_empty() {
            rows.push((Row::default(), &[]));
        }
        rows.push((head.map(str::to_owned), &[]));
        rows.extend(section);
    }
    let cells: Vec<_> = rows.iter().map(|(row, _)| row.clone()).collect();
    let text = columns(&cells, [Side::Left, Side::Left, Side::Right, Side::Right]);
    let second = cells.iter().map(|row| length(&row[0])).max().unwrap_or_default().min(WIDEST) + 2;
    text.lines().zip(&rows).map(|(line, (_, parts))| priced(line, parts, second)).collect()
}

/// A row with what its amount is made of: behind it, else below it from column `second` on.
fn priced(line: &str, parts: &[Component], second: usize) -> String {
    let beside = of_what(parts, WIDTH.saturating_sub(length(line) + 2));
    if !beside.is_empty() {
        return format!("{line}  {beside}\n");
    }
    let below = of_what(parts, WIDTH.saturating_sub(second + 2));
    if below.is_empty() { format!("{line}\n") } else { format!("{line}\n{:second$}  {below}\n", "") }
}

fn unit_row(unit: &Unit) -> Row {
    let place = match &unit.size {
        Some(size) => format!("{}, {size}", unit.name),
        None => unit.name.clone(),
    };
    let mark = if unit.requests_assumed { "*" } else { "" };
    [unit.id.clone(), place, format!("{}{mark}", format::count(unit.requests)), shown(unit.monthly)]
}

/// What an amount is made of, the biggest parts first, as far as there is room.
fn of_what(parts: &[Component], room: usize) -> String {
    let mut parts: Vec<_> = parts.iter().filter(|part| part.monthly > Usd::default()).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.monthly));
    let mut out = String::new();
    for (place, part) in parts.iter().enumerate() {
        let gap = if place == 0 { "" } else { ", " };
        let more = format!("{gap}{} {}", part.name.replace('_', " "), part.monthly.bare());
        let rest = if place + 1 < parts.len() { length(", ...") } else { 0 };
        if length(&out) + length(&more) + rest > room {
            if place > 0 {
                out.push_str(", ...");
            }
            break;
        }
        out.push_str(&more);
    }
    out
}

/// One line for each unit that another target would serve for less.
fn cheaper(document: &Document, out: &mut String) {
    for unit in &document.units {
        let Some(now) = unit.monthly else { continue };
        let open = unit.alternatives.iter().filter(|other| other.fits == "yes");
        let lower = open.filter_map(|other| Some((other.monthly.filter(|cost| *cost < now)?, other)));
        if let Some((cost, other)) = lower.min_by_key(|(cost, _)| *cost) {
            let beside = if shares(document, unit) { ", what is shared aside" } else { "" };
            let _ = writeln!(out, "{}: {} would be {cost}{beside}", unit.id, other.name);
        }
    }
}

/// What to make of it, once for all units of which the same is said.
fn verdicts(document: &Document, out: &mut String) {
    if document.units.len() > JUDGED {
        out.push_str("What to make of each unit: klotho-ls cost --explain UNIT\n");
        return;
    }
    let told = document.units.iter().map(|unit| {
        let alone = if shares(document, unit) { "Were it alone: " } else { "" };
        (format!("{alone}{}", unit.verdict), unit.id.clone())
    });
    grouped(by_sentence(told), out);
}

/// Does a unit use what others use too?
fn shares(document: &Document, unit: &Unit) -> bool {
    document.shared.iter().any(|shared| shared.units.contains(&unit.id))
}

/// Sentences and for whom they hold, in the order of the first of them.
fn grouped(said: BTreeMap<String, Vec<String>>, out: &mut String) {
    let mut groups: Vec<_> = said.into_iter().collect();
    groups.sort_by(|(_, a), (_, b)| a.first().cmp(&b.first()));
    for (sentence, units) in groups {
        out.push_str(&filled(&format!("{}: ", listed(&units, NAMED)), &sentence, 2));
    }
}

fn assumptions(document: &Document, out: &mut String) {
    let is_key = |input: &&Input| workload_key(&input.name).is_some();
    let of_unit = |unit: &Unit| (assumed(unit.inputs.iter().filter(is_key)), unit.id.clone());
    let of_resource = |it: &Resource| (assumed(it.inputs.iter()), it.reference());
    let [units, resources] = [
        by_sentence(document.units.iter().map(of_unit)),
        by_sentence(document.resources.iter().map(of_resource)),
    ];
    if units.is_empty() && resources.is_empty() {
        return;
    }
    let star = if document.has_assumed() { "* assumed" } else { "assumed" };
    let _ = writeln!(out, "\n{star}, since nobody states it in [workload]:");
    grouped(units, out);
    grouped(resources, out);
}

/// The inputs that are assumed, with their values.
fn assumed<'a>(inputs: impl Iterator<Item = &'a Input>) -> String {
    let told = inputs.filter(|input| input.is_assumed());
    told.map(|input| format!("{} {}", input.name, input.value)).collect::<Vec<_>>().join(", ")
}

/// For whom each sentence holds; what has none is left out.
fn by_sentence(told: impl Iterator<Item = (String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (sentence, whose) in told.filter(|(sentence, _)| !sentence.is_empty()) {
        said.entry(sentence).or_default().push(whose);
    }
    said
}

fn unmatched(document: &Document) -> Option<String> {
    let addresses = &document.unmatched_usage;
    let named = listed(addresses, NAMED);
    (!addresses.is_empty()).then(|| format!("The usage file names what is no unit: {named}"))
}

/// What all figures rest on.
pub(super) fn basis(document: &Document, beside: &Beside) -> String {
    let assumed = if document.region_assumed { " (assumed)" } else { "" };
    let prices = beside.prices.clone();
    let prices = prices.unwrap_or_else(|| format!("Prices: catalogue of {}.", document.catalogue.date));
    let left_out = beside.left_out.iter().map(|note| format!(" {note}")).collect::<String>();
    format!(
        "Region {}{assumed}. {prices} List prices, {}; always-on targets have capacity for the peak all day.{left_out}",
        document.region, beside.free_tier
    )
}

fn differences(difference: &Difference) -> String {
    let mut out = format!("{}\n", difference.headline());
    for reason in &difference.reasons {
        let _ = writeln!(out, "{reason}");
    }
    if !difference.changes.is_empty() {
        out.push('\n');
        let head = ["", "before", "after", "change"].map(str::to_owned);
        let cells: Vec<_> = std::iter::once(head).chain(difference.changes.iter().map(change_row)).collect();
        let table = columns(&cells, [Side::Left, Side::Right, Side::Right, Side::Right]);
        let whys = std::iter::once(String::new())
            .chain(difference.changes.iter().map(|change| change.reasons.join("; ")));
        for (line, why) in table.lines().zip(whys) {
            out.push_str(&reasoned(line, &why));
        }
    }
    let _ = writeln!(out, "\n{}\n", unchanged(difference));
    out
}

/// A row and why, beside it or below it.
fn reasoned(line: &str, why: &str) -> String {
    if why.is_empty() {
        return format!("{line}\n");
    }
    if length(line) + 2 + length(why) <= WIDTH {
        return format!("{line}  {why}\n");
    }
    format!("{line}\n{}", filled("  ", why, 2))
}

/// `1 other is unchanged.`
pub(super) fn unchanged(difference: &Difference) -> String {
    let others = if difference.changes.is_empty() { "" } else { "other " };
    match difference.unchanged {
        0 if difference.changes.is_empty() => "There is nothing to compare.".to_owned(),
        0 => "Nothing else is there.".to_owned(),
        1 => format!("1 {others}item is unchanged."),
        count => format!("{count} {others}items are unchanged."),
    }
}

fn change_row(change: &Change) -> Row {
    [
        change.id.clone(),
        change.side(change.before, "added"),
        change.side(change.after, "removed"),
        change.amount(),
    ]
}
