//! Calls of functions that another unit declares: each becomes a request between the two (reference, 4.7).

use super::units::Declarations;
use super::{Anchor, Call, Derived, GraphFinding, Hop};
use crate::project::Project;
use klotho_annotation::finding::Code;
use klotho_summary::{Facts, FileSummary, Function, FunctionName, Imported, ImportedCall};
use std::sync::Arc;

/// The calls in one file, and what is wrong with those that cannot become requests.
pub(super) fn of_file(
    project: &Project,
    declarations: &Declarations,
    derived: &Derived,
    path: &str,
) -> (Vec<Hop>, Vec<GraphFinding>) {
    let (mut hops, mut findings) = (Vec::new(), Vec::new());
    let units = derived.units_of(path);
    let Some((summary, links)) = project.linked(path).filter(|_| !units.is_empty()) else {
        return (hops, findings);
    };
    let declaring = |target: &Option<Arc<str>>| declarations.unit_of.get_key_value(target.as_ref()?);
    let declaring: Vec<_> = links.targets.iter().map(declaring).collect();
    if declaring.iter().all(Option::is_none) {
        return (hops, findings);
    }
    for (index, call) in summary.facts.imported_calls.iter().enumerate() {
        let Some((callee, to)) = declaring.get(call.import).copied().flatten() else { continue };
        let from: Vec<_> = units.iter().filter(|from| *from != to).collect();
        let module = project.summary(callee).filter(|_| !from.is_empty());
        let Some(called) = module.and_then(|module| called(module, call)) else { continue };
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

/// The function of a module that a call names directly.
fn called<'a>(summary: &'a FileSummary, call: &'a ImportedCall) -> Option<Called<'a>> {
    let [exported] = call.path.as_slice() else { return None };
    let is_wanted = |imported: &Imported| match imported {
        Imported::Name(name) => name == exported,
        Imported::Default | Imported::Module => exported == "default",
    };
    let facts = &summary.facts;
    // Of several the last holds: `tsc` writes `exports.f = void 0` first.
    let mut exports = facts.exports.iter().rev().chain(&facts.loose_exports);
    let export = exports.find(|export| is_wanted(&export.exported));
    // What is assigned to `exports.f` without a name of its own is called `f`.
    let names = export.map(|export| export.local.as_str()).into_iter().chain([exported.as_str()]);
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
