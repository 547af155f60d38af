//! Maps and emitters that other files reach through the module that exports them (reference, 5.7.2, 5.7.6).

use super::{Anchor, Derived, FactRef, GraphFinding, VariableUse};
use crate::project::Project;
use klotho_annotation::finding::Code;
use klotho_summary::{Declaration, Declares, Facts, FileSummary, Imported, ImportedCall, StoreKind};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

/// How many annotations of one variable are looked at: more are a mistake, and would multiply its uses.
const MOST: usize = 16;

/// The annotations behind each exported name of a file.
type Exported = HashMap<String, Vec<FactRef>>;

/// The variables that files export, each file looked through once.
#[derive(Default)]
pub(super) struct Exports(RefCell<HashMap<Arc<str>, Option<Rc<Exported>>>>);

impl Exports {
    /// What other files can reach of a file: of one that belongs to a unit.
    fn of(&self, project: &Project, derived: &Derived, path: &Arc<str>) -> Option<Rc<Exported>> {
        if let Some(known) = self.0.borrow().get(path) {
            return known.clone();
        }
        let summary = project.speaking(path).filter(|_| !derived.units_of(path).is_empty());
        let found = summary.map(|summary| exported(path, summary)).filter(|found| !found.is_empty());
        let found = found.map(Rc::new);
        self.0.borrow_mut().insert(Arc::clone(path), found.clone());
        found
    }
}

/// Whether a file declares variables that others may reach.
pub(super) fn has_variables(summary: &FileSummary) -> bool {
    summary.facts.declarations.iter().any(is_variable)
}

/// The calls in one file on the variables of others, in document order, and where the compiler does not choose between two
/// imports.
pub(super) fn of_file(
    project: &Project,
    derived: &Derived,
    exports: &Exports,
    path: &str,
) -> (Vec<VariableUse>, Vec<GraphFinding>) {
    let (mut uses, mut ambiguous) = (Vec::new(), Vec::new());
    let is_held = !derived.units_of(path).is_empty();
    let Some((summary, links)) = project.linked(path).filter(|_| is_held) else { return (uses, ambiguous) };
    let mut imports: BTreeMap<&Arc<str>, (Rc<Exported>, Vec<usize>)> = BTreeMap::new();
    for (index, _) in summary.facts.imports.iter().enumerate().filter(|(_, import)| import.followed) {
        let Some(module) = links.target(index).filter(|module| ***module != *path) else { continue };
        if let Some((_, indices)) = imports.get_mut(module) {
            indices.push(index);
        } else if let Some(exported) = exports.of(project, derived, module) {
            imports.insert(module, (exported, vec![index]));
        }
    }
    let mut only: HashMap<usize, &Exported> = HashMap::new();
    for (exported, indices) in imports.values() {
        match indices.as_slice() {
            [one] => _ = only.insert(*one, exported),
            [_, second, ..] => ambiguous.extend(ambiguity(summary, *second, exported)),
            [] => {}
        }
    }
    for (call, called) in summary.facts.imported_calls.iter().enumerate().filter(|_| !only.is_empty()) {
        let Some((name, _)) = member_call(called) else { continue };
        let facts = only.get(&called.import).and_then(|exported| exported.get(name)).into_iter().flatten();
        uses.extend(facts.map(|fact| VariableUse { call, declared: fact.clone() }));
    }
    uses.sort_by(|a, b| (a.call, &a.declared).cmp(&(b.call, &b.declared)));
    (uses, ambiguous)
}

/// The exported name and the method of a call such as `orders.emit()`.
pub(super) fn member_call(call: &ImportedCall) -> Option<(&str, &str)> {
    match call.path.as_slice() {
        [name, method] => Some((name, method)),
        _ => None,
    }
}

fn exported(path: &Arc<str>, summary: &FileSummary) -> Exported {
    let facts = &summary.facts;
    let variables = facts.declarations.iter().filter(|declaration| is_variable(declaration));
    let mut variables =
        variables.filter_map(|declaration| Some((declaration, declaration.symbol.as_deref()?)));
    let mut exported = Exported::new();
    let Some(first) = variables.next() else { return exported };
    let names = names(facts);
    for (declaration, symbol) in std::iter::once(first).chain(variables) {
        for name in names.get(symbol).into_iter().flatten() {
            let fact = FactRef { path: Arc::clone(path), annotation: declaration.annotation };
            let facts = exported.entry((*name).to_owned()).or_default();
            if facts.len() < MOST {
                facts.push(fact);
            }
        }
    }
    exported
}

fn is_variable(declaration: &Declaration) -> bool {
    let kind = &declaration.declares;
    matches!(kind, Declares::Topic { .. } | Declares::Store { kind: StoreKind::Kv, .. })
}

/// The exported names of each variable. In JavaScript `module.exports = x` gives it none.
fn names(facts: &Facts) -> HashMap<&str, Vec<&str>> {
    let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
    for export in &facts.exports {
        let name = match &export.exported {
            Imported::Name(name) => name.as_str(),
            Imported::Default => "default",
            Imported::Module => continue,
        };
        let local = export.local.strip_prefix("exports.").unwrap_or(&export.local);
        names.entry(local).or_default().push(name);
    }
    names
}

fn ambiguity(summary: &FileSummary, import: usize, exported: &Exported) -> Option<GraphFinding> {
    let symbol = exported.keys().min()?;
    let module = &summary.facts.imports.get(import)?.specifier;
    let finding = GraphFinding::new(Code::ImportAmbiguous, "", Anchor::Import(import));
    Some(finding.with("module", module).with("symbol", symbol))
}
