//! Costs for a pull request.

use super::Beside;
use super::difference::{Change, Difference};
use super::document::{Document, Input, Unit};
use super::text::{basis, unchanged};
use super::usd::shown;
use klotho_ide::format;
use klotho_ide::markdown::{code, plain, table, with_code};
use std::fmt::Write;

/// A headline, what differs where that was asked, and all the rest behind a fold.
pub(super) fn report(document: &Document, beside: &Beside) -> String {
    let mut out = head(document, None);
    match document.comparison {
        Some(_) => folded("What everything costs", &everything(document), &mut out),
        None => out.push_str(&everything(document)),
    }
    folded("What it rests on", &rests_on(document), &mut out);
    let _ = writeln!(out, "{}", plain(&basis(document, beside)));
    out
}

/// What stands in a comment among other things: the headline, what differs, and everything behind a fold. Of several projects each
/// says whose costs they are.
pub(super) fn comment(document: &Document, whose: Option<&str>) -> String {
    let mut out = head(document, whose);
    folded("What everything costs", &everything(document), &mut out);
    out
}

/// The headline, what differs, and the budgets that do not hold.
fn head(document: &Document, whose: Option<&str>) -> String {
    let whose = whose.map(|project| format!(" of {}", code(project))).unwrap_or_default();
    let mut out = format!("### Costs{whose}: {}\n\n", headline(document));
    if let Some(difference) = &document.comparison {
        differences(difference, &mut out);
    }
    for unheeded in document.unheeded("") {
        let _ = writeln!(out, "**Note:** {}\n", with_code(&unheeded));
    }
    for budget in &document.budgets_exceeded {
        let _ = writeln!(out, "**Budget:** {}\n", plain(budget));
    }
    out
}

fn headline(document: &Document) -> String {
    match (&document.comparison, document.total.monthly) {
        (Some(difference), _) => difference.headline().replace("->", "→"),
        (None, Some(total)) => format!("{total} a month"),
        (None, None) => format!("{} a month and what is not known", document.total.known),
    }
}

fn differences(difference: &Difference, out: &mut String) {
    for reason in &difference.reasons {
        let _ = writeln!(out, "{}\n", plain(&reason.replace("->", "→")));
    }
    if !difference.changes.is_empty() {
        let head = ["", "Before", "After", "Change", "Why"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(head).chain(difference.changes.iter().map(change_row)).collect();
        let _ = writeln!(out, "{}", table(&rows));
    }
    let _ = writeln!(out, "{}\n", unchanged(difference));
}

fn change_row(change: &Change) -> [String; 5] {
    [
        code(&change.id),
        change.side(change.before, "added"),
        change.side(change.after, "removed"),
        format!("**{}**", change.amount()),
        plain(&change.reasons.join("; ").replace("->", "→")),
    ]
}

fn everything(document: &Document) -> String {
    let head = ["", "Is", "Requests", "A month"].map(str::to_owned);
    let mut rows = vec![head];
    rows.extend(document.units.iter().map(unit_row));
    rows.extend(document.resources.iter().map(|it| {
        [
            code(&it.reference()),
            format!("{}{}", it.name, star(it.is_assumed())),
            String::new(),
            shown(it.monthly),
        ]
    }));
    rows.extend(document.shared.iter().map(|it| {
        let users: Vec<_> = it.units.iter().map(|unit| code(unit)).collect();
        [plain(&it.name), format!("shared by {}", users.join(", ")), String::new(), it.monthly.to_string()]
    }));
    let sum = document.total.monthly.unwrap_or(document.total.known);
    let total = if document.total.monthly.is_some() { "**Total**" } else { "**Total of what is known**" };
    rows.push([total.to_owned(), String::new(), String::new(), format!("**{sum}**")]);
    let note =
        if document.has_assumed() { "\n\\* assumed, since nobody states it in `[workload]`\n" } else { "" };
    format!("{}\n{note}", table(&rows))
}

/// What marks a figure that rests on what is assumed.
fn star(is_assumed: bool) -> &'static str {
    if is_assumed { "\\*" } else { "" }
}

fn unit_row(unit: &Unit) -> [String; 4] {
    let size = unit.size.as_ref().map_or_else(String::new, |size| format!(", {size}"));
    let requests = format!("{}{}", format::count(unit.requests), star(unit.requests_assumed));
    [code(&unit.id), plain(&format!("{}{size}", unit.name)), requests, shown(unit.monthly)]
}

/// What to make of each unit, what it pays for and what is assumed of it, then what is missing.
fn rests_on(document: &Document) -> String {
    let mut out = String::new();
    for unit in &document.units {
        let _ = writeln!(out, "- {}: {}", code(&unit.id), plain(&unit.verdict));
        for part in &unit.components {
            let _ = writeln!(
                out,
                "  - {} {}: {}",
                part.name.replace('_', " "),
                part.monthly,
                plain(&part.formula)
            );
        }
        let assumed = assumed(&unit.inputs);
        if !assumed.is_empty() {
            let _ = writeln!(out, "  - assumed: {assumed}");
        }
    }
    for it in document.resources.iter().filter(|it| it.is_assumed()) {
        let _ = writeln!(out, "- {}: assumed: {}", code(&it.reference()), assumed(&it.inputs));
    }
    for missing in &document.total.missing {
        let _ = writeln!(out, "- not known: {}", plain(missing));
    }
    for address in &document.unmatched_usage {
        let _ = writeln!(out, "- the usage file names what is no unit: {}", code(address));
    }
    out
}

/// The inputs that are assumed, with their values.
fn assumed(inputs: &[Input]) -> String {
    let told = inputs.iter().filter(|input| input.is_assumed());
    told.map(|input| code(&format!("{} = {}", input.name, input.value))).collect::<Vec<_>>().join(", ")
}

fn folded(title: &str, text: &str, out: &mut String) {
    if !text.is_empty() {
        let _ = write!(out, "<details><summary>{title}</summary>\n\n{text}\n</details>\n\n");
    }
}
