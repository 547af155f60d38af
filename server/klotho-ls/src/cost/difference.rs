//! What differs between two documents, and why.

use super::document::{Component, Document, Input, Resource, Shared, Unit};
use super::usd::{Usd, shown};
use klotho_ide::format;
use serde::Serialize;
use std::collections::BTreeMap;

/// `docs/cost-json.md` says what each field is.
#[derive(Serialize)]
pub(super) struct Difference {
    pub(super) before: Option<Usd>,
    pub(super) after: Option<Usd>,
    pub(super) change: Option<Usd>,
    /// What holds for everything: the region, the prices.
    pub(super) reasons: Vec<String>,
    /// Largest change first.
    pub(super) changes: Vec<Change>,
    pub(super) unchanged: usize,
}

#[derive(Serialize)]
pub(super) struct Change {
    /// `unit`, `shared` or `resource`.
    pub(super) what: &'static str,
    pub(super) id: String,
    /// `added`, `removed` or `changed`.
    pub(super) way: &'static str,
    pub(super) before: Option<Usd>,
    pub(super) after: Option<Usd>,
    pub(super) change: Option<Usd>,
    pub(super) reasons: Vec<String>,
}

/// What differs; the error says why the two cannot be held against each other.
pub(super) fn between(base: &Document, head: &Document) -> Result<Difference, String> {
    if base.provider != head.provider {
        return Err(format!(
            "what is compared with is of {}, and the project is of {}: costs of two clouds are not compared line by line",
            base.provider, head.provider
        ));
    }
    let common = common(base, head);
    let mut rows = units(base, head);
    rows.extend(shareds(base, head));
    rows.extend(resources(base, head));
    let all = rows.len();
    let mut changes: Vec<_> = rows.into_iter().flatten().collect();
    for change in changes.iter_mut().filter(|change| change.reasons.is_empty()) {
        change.reasons.extend(common.iter().cloned());
        if change.reasons.is_empty() {
            change.reasons.push("other prices, or another version of this program".to_owned());
        }
    }
    let size = |change: &Change| change.change.map_or(u64::MAX, Usd::size);
    changes.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| (a.what, &a.id).cmp(&(b.what, &b.id))));
    Ok(Difference {
        before: base.total.monthly,
        after: head.total.monthly,
        change: minus(head.total.monthly, base.total.monthly),
        reasons: common,
        unchanged: all - changes.len(),
        changes,
    })
}

/// After less before; `None` = one of them is not known.
fn minus(after: Option<Usd>, before: Option<Usd>) -> Option<Usd> {
    Some(after?.minus(before?))
}

fn common(base: &Document, head: &Document) -> Vec<String> {
    let imported = |document: &Document| {
        document.catalogue.imported.as_ref().map_or_else(|| "none".to_owned(), Clone::clone)
    };
    let pairs = [
        ("region", base.region.clone(), head.region.clone()),
        ("catalogue of", base.catalogue.date.clone(), head.catalogue.date.clone()),
        ("imported prices of", imported(base), imported(head)),
    ];
    pairs.into_iter().filter_map(|(what, before, after)| moved(what, &before, &after)).collect()
}

/// `region us-east-1 -> eu-west-1`; `None` where nothing changed.
fn moved(what: &str, before: &str, after: &str) -> Option<String> {
    (before != after).then(|| format!("{what} {before} -> {after}"))
}

/// Both sides by their key, in order.
fn paired<'a, T>(
    base: &'a [T],
    head: &'a [T],
    key: impl Fn(&T) -> String,
) -> BTreeMap<String, (Option<&'a T>, Option<&'a T>)> {
    let mut pairs: BTreeMap<String, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for item in base {
        pairs.entry(key(item)).or_default().0 = Some(item);
    }
    for item in head {
        pairs.entry(key(item)).or_default().1 = Some(item);
    }
    pairs
}

/// A row of the difference; `None` where both sides are the same.
struct Sides {
    what: &'static str,
    id: String,
    before: Option<Option<Usd>>,
    after: Option<Option<Usd>>,
}

impl Sides {
    fn change(self, is_moved: bool, reasons: Vec<String>) -> Option<Change> {
        let (before, after) = (self.before.flatten(), self.after.flatten());
        let (way, change) = match (self.before, self.after) {
            (None, _) => ("added", after),
            (_, None) => ("removed", before.map(|before| Usd::default().minus(before))),
            _ if before == after && !is_moved => return None,
            _ => ("changed", minus(after, before)),
        };
        let reasons = if way == "changed" { reasons } else { vec![way.to_owned()] };
        Some(Change { what: self.what, id: self.id, way, before, after, change, reasons })
    }
}

fn units(base: &Document, head: &Document) -> Vec<Option<Change>> {
    let pairs = paired(&base.units, &head.units, |unit| unit.id.clone());
    let change = |(id, (before, after)): (String, (Option<&Unit>, Option<&Unit>))| {
        let both = before.zip(after);
        let reasons = both.map(|(before, after)| of_unit((base, before), (head, after))).unwrap_or_default();
        let place = |unit: &Unit| (unit.target.clone(), unit.plan.clone());
        let is_moved = both.is_some_and(|(before, after)| place(before) != place(after));
        let (before, after) = (before.map(|unit| unit.monthly), after.map(|unit| unit.monthly));
        Sides { what: "unit", id, before, after }.change(is_moved, reasons)
    };
    pairs.into_iter().map(change).collect()
}

/// Why a unit costs something else.
fn of_unit((base, before): (&Document, &Unit), (head, after): (&Document, &Unit)) -> Vec<String> {
    let mut reasons = Vec::new();
    let is_moved = (&before.target, &before.plan) != (&after.target, &after.plan);
    if is_moved {
        reasons.push(format!("moved from {} to {}", before.name, after.name));
    }
    let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    if !is_moved {
        reasons.extend(moved("size", &word(&before.size), &word(&after.size)));
    }
    reasons.extend(moved("entry", &word(&before.entry), &word(&after.entry)));
    reasons.extend(moved("gateway", &word(&before.gateway), &word(&after.gateway)));
    reasons.extend(inputs(&before.inputs, &after.inputs));
    reasons.extend(sharing((base, before), (head, after)));
    if reasons.is_empty() {
        reasons.extend(moved(
            "requests a month",
            &format::count(before.requests),
            &format::count(after.requests),
        ));
    }
    or_components(reasons, &before.components, &after.components)
}

/// Where nothing else tells why: what changed on the bill.
fn or_components(mut reasons: Vec<String>, before: &[Component], after: &[Component]) -> Vec<String> {
    if !reasons.is_empty() {
        return reasons;
    }
    for (name, (before, after)) in paired(before, after, |part| part.name.clone()) {
        let amount = |part: Option<&Component>| part.map_or(Usd::default(), |part| part.monthly).to_string();
        let words = name.replace('_', " ");
        reasons.extend(moved(&words, &amount(before), &amount(after)));
    }
    reasons
}

/// The inputs that differ and that somebody states on one side; those that are assumed on both only where no other does.
fn inputs(before: &[Input], after: &[Input]) -> Vec<String> {
    let (mut stated, mut assumed) = (Vec::new(), Vec::new());
    let told = |input: Option<&Input>| match input {
        None => "none".to_owned(),
        Some(input) if input.is_assumed() => format!("{} (assumed)", input.value),
        Some(input) => input.value.clone(),
    };
    for (name, (before, after)) in paired(before, after, |input| input.name.clone()) {
        let value = |input: Option<&Input>| input.map(|input| input.value.clone());
        if value(before) == value(after) {
            continue;
        }
        let is_assumed = |input: Option<&Input>| input.is_none_or(Input::is_assumed);
        if is_assumed(before) && is_assumed(after) {
            // What is no key follows from other things, which are told by themselves.
            if name.contains(' ') {
                continue;
            }
            let bare = |input: Option<&Input>| value(input).unwrap_or_else(|| "none".to_owned());
            assumed.extend(moved(&name, &bare(before), &bare(after)).map(|text| text + " (assumed)"));
        } else {
            stated.extend(moved(&name, &told(before), &told(after)));
        }
    }
    if stated.is_empty() { assumed } else { stated }
}

/// What a unit shares now and did not, or did and does not.
fn sharing((base, before): (&Document, &Unit), (head, after): (&Document, &Unit)) -> Vec<String> {
    let pairs = paired(&base.shared, &head.shared, |shared| shared.name.clone());
    let others = |shared: Option<&Shared>, id: &str| {
        let uses = |shared: &&Shared| shared.units.iter().any(|unit| unit == id);
        let others = |shared: &Shared| {
            shared.units.iter().filter(|unit| *unit != id).cloned().collect::<Vec<_>>().join(", ")
        };
        shared.filter(uses).map(others)
    };
    let reason = |(name, (left, right)): (String, (Option<&Shared>, Option<&Shared>))| match (
        others(left, &before.id),
        others(right, &after.id),
    ) {
        (None, Some(others)) => Some(format!("shares the {name} with {others}")),
        (Some(others), None) => Some(format!("no longer shares the {name} with {others}")),
        _ => None,
    };
    pairs.into_iter().filter_map(reason).collect()
}

fn shareds(base: &Document, head: &Document) -> Vec<Option<Change>> {
    let pairs = paired(&base.shared, &head.shared, |shared| shared.name.clone());
    let change = |(id, (before, after)): (String, (Option<&Shared>, Option<&Shared>))| {
        let users = |shared: Option<&Shared>| shared.map(|shared| shared.units.join(", "));
        let used = match (users(before), users(after)) {
            (Some(before), Some(after)) => moved("shared by", &before, &after),
            (Some(before), None) => Some(format!("no longer shared by {before}")),
            (None, Some(after)) => Some(format!("now shared by {after}")),
            (None, None) => None,
        };
        let sides = Sides {
            what: "shared",
            id,
            before: before.map(|shared| Some(shared.monthly)),
            after: after.map(|shared| Some(shared.monthly)),
        };
        let is_moved = before.is_some() && after.is_some() && used.is_some();
        let mut change = sides.change(is_moved, Vec::new())?;
        change.reasons = used.into_iter().collect();
        Some(change)
    };
    pairs.into_iter().map(change).collect()
}

fn resources(base: &Document, head: &Document) -> Vec<Option<Change>> {
    let pairs = paired(&base.resources, &head.resources, Resource::reference);
    let change = |(id, (before, after)): (String, (Option<&Resource>, Option<&Resource>))| {
        let both = before.zip(after);
        let reasons = both.map(|(before, after)| of_resource(before, after)).unwrap_or_default();
        let is_moved = both.is_some_and(|(before, after)| before.type_name != after.type_name);
        let (before, after) = (before.map(|it| it.monthly), after.map(|it| it.monthly));
        Sides { what: "resource", id, before, after }.change(is_moved, reasons)
    };
    pairs.into_iter().map(change).collect()
}

/// Why a resource costs something else.
fn of_resource(before: &Resource, after: &Resource) -> Vec<String> {
    let mut reasons = Vec::new();
    if before.type_name != after.type_name {
        return vec![format!("moved from {} to {}", before.name, after.name)];
    }
    reasons.extend(inputs(&before.inputs, &after.inputs));
    or_components(reasons, &before.components, &after.components)
}

impl Difference {
    /// `$1.00 -> $3.00 a month (+$2.00)`
    pub(super) fn headline(&self) -> String {
        let change = match self.change {
            None => String::new(),
            Some(change) if change.size() == 0 => " (no change)".to_owned(),
            Some(change) => format!(" ({})", change.signed()),
        };
        format!("{} -> {} a month{change}", shown(self.before), shown(self.after))
    }
}

impl Change {
    /// The change with its sign; what a side lacks is not known.
    pub(super) fn amount(&self) -> String {
        self.change.map_or_else(|| "not known".to_owned(), Usd::signed)
    }

    /// One side; nothing where there was none.
    pub(super) fn side(&self, amount: Option<Usd>, absent: &str) -> String {
        if self.way == absent { "-".to_owned() } else { shown(amount) }
    }
}
