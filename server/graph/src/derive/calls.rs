//! Calls of functions that another unit declares: each becomes a request between the two (reference, 4.7).

use super::units::Declarations;
use super::{Anchor, Call, Derived, GraphFinding, Hop};
use crate::project::Project;
use klotho_annotation::finding::Code;
use klotho_summary::{Facts, FileSummary, Function, FunctionName, Imported, ImportedCall};
use std::collections::HashSet;
use std::sync::Arc;

/// No export is passed on through more files.
const MOST_PASSED: usize = 32;

/// The calls in one file, and what is wrong with those that cannot become requests.
pub(super) fn of_file(
    project: &Project,
    declarations: &Declarations,
    derived: &Derived,
    path: &str,
) -> (Vec<Hop>, Vec<GraphFinding>) {
    let (mut hops, mut findings) = (Vec::new(), Vec::new());
    let units = derived.units_of(path);
    let is_split = declarations.units.len() > 1 && !units.is_empty();
    let Some((summary, links)) = project.linked(path).filter(|_| is_split) else {
        return (hops, findings);
    };
    let leads = |target: &&Arc<str>| {
        let is_elsewhere = |unit: &String| units.iter().any(|from| from != unit);
        declarations.unit_of.get(*target).is_some_and(is_elsewhere) || derived.kept.passing.contains(*target)
    };
    let leading: Vec<_> = links.targets.iter().map(|target| target.as_ref().filter(leads)).collect();
    if leading.iter().all(Option::is_none) {
        return (hops, findings);
    }
    for (index, call) in summary.facts.imported_calls.iter().enumerate() {
        let Some(module) = leading.get(call.import).copied().flatten() else { continue };
        let Some((to, callee, called)) = called(project, declarations, module, call) else { continue };
        let from: Vec<_> = units.iter().filter(|from| *from != to).collect();
        if from.is_empty() {
            continue;
        }
        if let Some(variant) = called.fault(call) {
            let from = from.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
            let finding = GraphFinding::new(Code::UnitCall, variant, Anchor::ImportedCall(index));
            findings.push(finding.with("function", called.name).with("unit", to).with("from", from));
        }
        if called.is_request() {
            let from = from.into_iter().cloned().collect();
            let (to, function) = (to.clone(), called.name.to_owned());
            hops.push(Hop { call: index, from, to, path: Arc::clone(callee), function });
        }
    }
    (hops, findings)
}

/// Whether calls of what a file exports mean the same in two of its states.
pub(super) fn lead_alike(before: &FileSummary, now: &FileSummary) -> bool {
    let (before, now) = (&before.facts, &now.facts);
    before.functions.iter().map(callable).eq(now.functions.iter().map(callable))
        && exported(before).eq(exported(now))
        && passed(before).eq(passed(now))
}

fn callable(function: &Function) -> (&FunctionName, bool) {
    (&function.name, function.is_async)
}

fn exported(facts: &Facts) -> impl Iterator<Item = (&Imported, &str)> {
    let all = facts.exports.iter().chain(&facts.loose_exports);
    all.map(|export| (&export.exported, export.local.as_str()))
}

fn passed(facts: &Facts) -> impl Iterator<Item = (Option<&str>, &Imported, &Imported)> {
    facts.passed_on.iter().map(|it| {
        let import = facts.imports.get(it.import).map(|import| import.specifier.as_str());
        (import, &it.exported, &it.imported)
    })
}

/// What each unit calls.
pub(super) fn calls_of(hop: &Hop) -> impl Iterator<Item = Call> {
    let call =
        |from: &String| Call { from: from.clone(), to: hop.to.clone(), function: hop.function.clone() };
    hop.from.iter().map(call)
}

/// The function that a call means.
struct Called<'a> {
    name: &'a str,
    is_async: bool,
    is_exported: bool,
}

impl Called<'_> {
    fn is_request(&self) -> bool {
        self.is_async && self.is_exported
    }

    /// Which message says what is wrong with the call.
    fn fault(&self, call: &ImportedCall) -> Option<&'static str> {
        match () {
            () if !self.is_exported => Some("not-exported"),
            () if !self.is_async => Some("not-async"),
            () if call.is_statement => Some("not-awaited"),
            () => None,
        }
    }
}

/// The function that a call names directly, its file, and the unit: that of the last file on the way to it which declares one. A
/// module may have it from another one.
fn called<'a>(
    project: &'a Project,
    declarations: &'a Declarations,
    module: &'a Arc<str>,
    call: &'a ImportedCall,
) -> Option<(&'a String, &'a Arc<str>, Called<'a>)> {
    let [exported] = call.path.as_slice() else { return None };
    let mut open = vec![(module, exported.as_str(), None)];
    let mut seen = HashSet::new();
    while let Some((path, exported, unit)) = open.pop() {
        if !seen.insert((path, exported)) || seen.len() > MOST_PASSED {
            continue;
        }
        let Some((summary, links)) = project.linked(path) else { continue };
        let unit = declarations.unit_of.get(path).or(unit);
        let passed = &summary.facts.passed_on;
        let named = passed.iter().rev().find(|it| name_of(&it.exported) == Some(exported));
        if named.is_none()
            && let Some(called) = exported_function(summary, exported)
            && (called.is_exported || passed.is_empty())
        {
            return Some((unit?, path, called));
        }
        // What is passed on whole goes without the default.
        let is_among = named.is_none() && exported != "default";
        let whole = passed.iter().filter(|it| is_among && it.exported == Imported::Module);
        for it in named.into_iter().chain(whole) {
            let next = links.target(it.import);
            open.extend(next.map(|next| (next, name_of(&it.imported).unwrap_or(exported), unit)));
        }
    }
    None
}

/// What is imported under one name.
fn name_of(imported: &Imported) -> Option<&str> {
    match imported {
        Imported::Name(name) => Some(name),
        Imported::Default => Some("default"),
        Imported::Module => None,
    }
}

/// The function that a module exports and has itself.
fn exported_function<'a>(summary: &'a FileSummary, exported: &'a str) -> Option<Called<'a>> {
    let is_wanted = |imported: &Imported| name_of(imported).unwrap_or("default") == exported;
    let facts = &summary.facts;
    // Of several the last holds: `tsc` writes `exports.f = void 0` first.
    let mut exports = facts.exports.iter().rev().chain(&facts.loose_exports);
    let export = exports.find(|export| is_wanted(&export.exported));
    // What is assigned to `exports.f` without a name of its own is called `f`.
    let names = export.map(|export| export.local.as_str()).into_iter().chain([exported]);
    let (name, is_async) = names.into_iter().find_map(|name| Some((name, is_async(facts, name)?)))?;
    // In Python every top-level name can be imported as it is.
    let is_exported = export.is_some() || !summary.language.is_ecmascript();
    Some(Called { name, is_async, is_exported })
}

/// Whether the function of this name is asynchronous; `None` when there is none.
fn is_async(facts: &Facts, name: &str) -> Option<bool> {
    let is_named = |function: &&Function| matches!(&function.name, FunctionName::Named(own) if own == name);
    facts.functions.iter().find(is_named).map(|function| function.is_async)
}
