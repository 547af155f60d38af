//! Maps and emitters that other files reach through the module that exports them (reference, 5.7.2, 5.7.6).

use super::{Anchor, Derived, FactRef, GraphFinding, VariableUse};
use crate::links::FileLinks;
use crate::project::Project;
use klotho_annotation::finding::Code;
use klotho_grammars::Language;
use klotho_summary::{Declaration, Declares, Facts, FileSummary, Imported, ImportedCall, StoreKind};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What files do with the variables of others.
#[derive(Default)]
pub(super) struct Variables {
    /// By the declaring annotation, sorted by file and place.
    uses: BTreeMap<FactRef, Vec<Use>>,
    /// Where the compiler does not choose between two imports.
    pub(super) ambiguous: Vec<(Arc<str>, GraphFinding)>,
}

/// A call of a method on a variable of another file.
pub(super) struct Use {
    /// The calling file.
    pub(super) path: Arc<str>,
    /// Index of the call among its imported calls.
    pub(super) call: usize,
}

/// How many annotations of one variable are looked at: more are a mistake, and would multiply its uses.
const MOST: usize = 16;

/// The annotations behind each exported name of a file.
type Exported = HashMap<String, Vec<FactRef>>;

impl Variables {
    /// Looks through all files that belong to a unit, once.
    pub(super) fn of(project: &Project, derived: &Derived) -> Self {
        let mut found = Self::default();
        let declared = declared(project, derived);
        if declared.is_empty() {
            return found;
        }
        for path in derived.file_units.keys() {
            if let Some((summary, links)) = project.linked(path) {
                found.add(&declared, path, summary, links);
            }
        }
        found
    }

    /// The calls on the variable that an annotation declares, in other files than its own.
    pub(super) fn uses(&self, fact: &FactRef) -> &[Use] {
        self.uses.get(fact).map_or(&[], |uses| uses)
    }

    /// The same calls where they stand in each file, in document order.
    pub(super) fn by_file(&self) -> BTreeMap<Arc<str>, Vec<VariableUse>> {
        let mut by_file: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (fact, uses) in &self.uses {
            for used in uses {
                let found = VariableUse { call: used.call, declared: fact.clone() };
                by_file.entry(Arc::clone(&used.path)).or_default().push(found);
            }
        }
        by_file.values_mut().for_each(|uses| uses.sort_by_key(|used| used.call));
        by_file
    }

    fn add(
        &mut self,
        declared: &HashMap<Arc<str>, Exported>,
        path: &Arc<str>,
        summary: &FileSummary,
        links: &FileLinks,
    ) {
        let imports = declaring_imports(declared, path, summary, links);
        if imports.is_empty() {
            return;
        }
        for (module, indices) in &imports {
            if let ([_, second, ..], Some(exported)) = (indices.as_slice(), declared.get(*module)) {
                self.ambiguous
                    .extend(ambiguity(summary, *second, exported).map(|found| (path.clone(), found)));
            }
        }
        let only: HashMap<usize, &Exported> = imports
            .iter()
            .filter(|(_, indices)| indices.len() == 1)
            .filter_map(|(module, indices)| Some((*indices.first()?, declared.get(*module)?)))
            .collect();
        for (index, call) in summary.facts.imported_calls.iter().enumerate() {
            let Some((name, _)) = member_call(call) else { continue };
            for fact in only.get(&call.import).and_then(|exported| exported.get(name)).into_iter().flatten() {
                let found = Use { path: Arc::clone(path), call: index };
                self.uses.entry(fact.clone()).or_default().push(found);
            }
        }
    }
}

/// The exported name and the method of a call such as `orders.emit()`.
pub(super) fn member_call(call: &ImportedCall) -> Option<(&str, &str)> {
    match call.path.as_slice() {
        [name, method] => Some((name, method)),
        _ => None,
    }
}

/// Every map and emitter that other files can reach, by file and exported name.
fn declared(project: &Project, derived: &Derived) -> HashMap<Arc<str>, Exported> {
    let mut declared = HashMap::new();
    for (path, summary) in project.annotated().filter(|(path, _)| !derived.units_of(path).is_empty()) {
        let of_file = exported(path, summary);
        if !of_file.is_empty() {
            declared.insert(Arc::clone(path), of_file);
        }
    }
    declared
}

fn exported(path: &Arc<str>, summary: &FileSummary) -> Exported {
    let facts = &summary.facts;
    let variables = facts.declarations.iter().filter(|declaration| is_variable(declaration));
    let mut variables =
        variables.filter_map(|declaration| Some((declaration, declaration.symbol.as_deref()?)));
    let mut exported = Exported::new();
    let Some(first) = variables.next() else { return exported };
    let names = names(facts, summary.language == Language::JavaScript);
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
fn names(facts: &Facts, is_plain: bool) -> HashMap<&str, Vec<&str>> {
    let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
    for export in &facts.exports {
        let name = match &export.exported {
            Imported::Name(name) => name.as_str(),
            Imported::Default if !is_plain => "default",
            _ => continue,
        };
        let local = export.local.strip_prefix("exports.").unwrap_or(&export.local);
        names.entry(local).or_default().push(name);
    }
    names
}

/// The imports of each module with such variables.
fn declaring_imports<'a>(
    declared: &HashMap<Arc<str>, Exported>,
    path: &str,
    summary: &FileSummary,
    links: &'a FileLinks,
) -> BTreeMap<&'a str, Vec<usize>> {
    let mut imports: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, _) in summary.facts.imports.iter().enumerate().filter(|(_, import)| import.followed) {
        let module = links.target(index).map(|module| &**module);
        if let Some(module) = module.filter(|module| *module != path && declared.contains_key(*module)) {
            imports.entry(module).or_default().push(index);
        }
    }
    imports
}

fn ambiguity(summary: &FileSummary, import: usize, exported: &Exported) -> Option<GraphFinding> {
    let symbol = exported.keys().min()?;
    let module = &summary.facts.imports.get(import)?.specifier;
    let finding = GraphFinding::new(Code::ImportAmbiguous, "", Anchor::Import(import));
    Some(finding.with("module", module).with("symbol", symbol))
}
