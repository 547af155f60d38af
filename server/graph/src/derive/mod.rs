//! What all files say together: from the project's summaries and configuration, a step at a time (`step.rs`).

mod assets;
mod calls;
mod entries;
mod gateways;
mod hosts;
mod ids;
mod judging;
mod manifests;
mod measurements;
mod sheets;
mod step;
mod stores;
mod tally;
mod targets;
mod topics;
mod typescript;
mod units;
mod variables;
mod verdicts;
mod walk;

use crate::config::Origin;
use crate::kind::{Kind, Reference};
use crate::project::Project;
use imbl::OrdMap;
use klotho_annotation::catalogue::TARGET;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Language;
use klotho_summary::{Event, FileSummary, is_types_only};
use klotho_text::Place;
use sheets::Sheets;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use step::Kept;

pub(crate) use assets::compiled_folder;
pub use assets::{StaticUnit, file_of_pattern, placed_pattern};
pub use measurements::measurement_path;
pub use step::News;
pub(crate) use step::{Changed, derive};
pub use tally::Tally;
pub use targets::builds;
pub(crate) use typescript::Losses;
pub(crate) use verdicts::holds_unused;

/// An annotation of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactRef {
    /// The file.
    pub path: Arc<str>,
    /// Index of the annotation in its summary.
    pub annotation: usize,
}

/// Everything that follows from the files together. Cloning shares everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// Execution units by id.
    pub units: OrdMap<String, Arc<Unit>>,
    /// Gateways by id.
    pub gateways: Arc<BTreeMap<String, Gateway>>,
    /// Stores by kind and id.
    pub stores: OrdMap<Reference, Arc<Store>>,
    /// Emitters by id.
    pub topics: OrdMap<String, Arc<Topic>>,
    /// Static units by id.
    pub static_units: Arc<BTreeMap<String, StaticUnit>>,
    /// Which resource each annotation declares.
    pub resources: OrdMap<FactRef, Reference>,
    /// How many units each target has.
    pub targets: Tally<String>,
    /// The gateway that each unit stands behind: of several the first.
    pub unit_gateways: Arc<BTreeMap<String, String>>,
    /// The ids of the units that hold each file, sorted.
    pub file_units: OrdMap<Arc<str>, Arc<[String]>>,
    /// Calls from one unit to another where they stand in each file.
    hops: OrdMap<Arc<str>, Arc<[Hop]>>,
    /// Calls on the maps and emitters of other files, where they stand in each file.
    uses: OrdMap<Arc<str>, Arc<[VariableUse]>>,
    /// Measurements that workloads name, there or not.
    pub measurements: Arc<BTreeSet<Arc<str>>>,
    /// Files to read next.
    pub wanted: Vec<Arc<str>>,
    /// Findings in sources that need more than one file to see.
    findings: Sheets,
    /// Findings in `klotho.yaml` that need the sources to see.
    config_findings: Vec<Finding>,
    /// Findings in project files.
    text_findings: Arc<BTreeMap<Arc<str>, Vec<Finding>>>,
    /// Findings about the project as a whole.
    project_findings: Vec<Finding>,
    kept: Kept,
}

/// One execution unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// Annotations that declare it; none for the implicit unit.
    pub declared: Vec<FactRef>,
    /// Its language: that of the first file it starts with, else of what its project file stands for.
    pub language: Option<Language>,
    /// The files that it starts with.
    pub entrypoints: BTreeSet<Arc<str>>,
    /// All its source files.
    pub files: BTreeSet<Arc<str>>,
    /// Files that are carried along.
    pub assets: BTreeSet<Arc<str>>,
    /// Its project file.
    pub project_file: Option<Arc<str>>,
    /// What it becomes in the cloud.
    pub target: Target,
}

/// What a resource becomes in the cloud, and who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// `lambda`, `ecs`, ...
    pub name: String,
    /// Who says so.
    pub origin: Origin,
    /// The annotation that says so, for [`Origin::Annotation`].
    pub stated: Option<FactRef>,
    /// What the compiler will make of it, where that is something else: it obeys no annotation.
    pub obeyed: Option<String>,
}

/// One gateway.
#[derive(Clone, Debug, PartialEq)]
pub struct Gateway {
    /// Annotations that declare it.
    pub declared: Vec<FactRef>,
    /// The program's name for its server.
    pub symbol: Option<String>,
    /// `apigateway` or `alb`.
    pub type_name: String,
    /// By path and verb.
    pub routes: BTreeMap<(String, &'static str), RouteRow>,
}

/// Who answers a route.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteRow {
    /// The unit.
    pub unit: String,
    /// The file that defines it.
    pub path: Arc<str>,
    /// What in that file defines it.
    pub anchor: Anchor,
}

/// One store.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// Annotations that declare it.
    pub declared: Vec<FactRef>,
    /// The program's name for it.
    pub symbol: Option<String>,
    /// `dynamodb`, `s3`, ...
    pub type_name: String,
    /// The units that use it, sorted. Stores of one file share them with it.
    pub units: Arc<[String]>,
    /// Files that are read through it.
    pub secrets: BTreeSet<String>,
    /// Environment variables bound to it: name and property.
    pub variables: BTreeSet<(String, &'static str)>,
}

/// One emitter whose events go from unit to unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Annotations that declare it.
    pub declared: Vec<FactRef>,
    /// The program's name for it.
    pub symbol: Option<String>,
    /// `sns`.
    pub type_name: String,
    /// Which unit emits or listens to what.
    pub events: BTreeSet<(String, Event)>,
}

/// A call from a unit to a function of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// Id of the calling unit.
    pub from: String,
    /// Id of the called unit.
    pub to: String,
    /// The function's name.
    pub function: String,
}

/// A call in a file that leaves the units that hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Index among the calls of imported functions in the file's summary.
    pub call: usize,
    /// Ids of the calling units, sorted.
    pub from: Vec<String>,
    /// Id of the called unit.
    pub to: String,
    /// The file of the called function.
    pub path: Arc<str>,
    /// The function's name.
    pub function: String,
}

/// A call in a file on a map or an emitter that another file declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableUse {
    /// Index among the calls of imported names in the file's summary.
    pub call: usize,
    /// The declaring annotation.
    pub declared: FactRef,
}

/// A fact of a summary that something can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// The name of the capability of the annotation with this index.
    Capability(usize),
    /// The whole annotation.
    Annotation(usize),
    /// The value of its `id`.
    Id(usize),
    /// The value of its `target`.
    Target(usize),
    /// The value of a directive.
    Directive {
        /// Index of the annotation.
        annotation: usize,
        /// Its key.
        key: &'static str,
    },
    /// The key of an entry of the body itself.
    Key {
        /// Index of the annotation.
        annotation: usize,
        /// Index of the entry.
        index: usize,
    },
    /// An entry of a table in the body.
    Setting {
        /// Index of the annotation.
        annotation: usize,
        /// Name of the table.
        table: &'static str,
        /// Index of the entry.
        index: usize,
    },
    /// The value of an entry of a table in the body.
    SettingValue {
        /// Index of the annotation.
        annotation: usize,
        /// Name of the table.
        table: &'static str,
        /// Index of the entry.
        index: usize,
    },
    /// The route with this index.
    Route(usize),
    /// The mount with this index.
    Mount(usize),
    /// The module's name in the import with this index.
    Import(usize),
    /// The imported call with this index.
    ImportedCall(usize),
    /// The name of the host with this index.
    Host(usize),
}

/// A finding that names its place by a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphFinding {
    /// What is wrong.
    pub code: Code,
    /// Which message says so.
    pub variant: &'static str,
    /// The fact that it is about.
    pub anchor: Anchor,
    /// What the message's placeholders stand for.
    pub parameters: Vec<(&'static str, String)>,
}

impl Default for Target {
    fn default() -> Self {
        Self { name: String::new(), origin: Origin::Provider, stated: None, obeyed: None }
    }
}

impl Anchor {
    /// Where the fact stands now.
    pub fn place(self, summary: &FileSummary) -> Place {
        let facts = &summary.facts;
        let place = match self {
            Self::Capability(index) => facts.annotations.get(index).map(|found| found.capability_at),
            Self::Annotation(index) => facts.annotations.get(index).map(|found| found.at),
            Self::Id(index) => facts.annotations.get(index).map(|found| found.id_at()),
            Self::Target(index) => facts
                .annotations
                .get(index)
                .map(|found| found.directives.get(TARGET).map_or(found.capability_at, |value| value.at)),
            Self::Directive { annotation, key } => facts
                .annotations
                .get(annotation)
                .map(|found| found.directives.get(key).map_or(found.capability_at, |value| value.at)),
            Self::Key { annotation, index } => {
                let found = facts.annotations.get(annotation);
                found.and_then(|found| Some(found.directives.entries.get(index)?.key_at))
            }
            Self::Setting { annotation, table, index } => {
                facts.annotations.get(annotation).and_then(|found| {
                    let entry = found.directives.table(table)?.entries.get(index)?;
                    Some(entry.key_at)
                })
            }
            Self::SettingValue { annotation, table, index } => {
                facts.annotations.get(annotation).and_then(|found| {
                    let entry = found.directives.table(table)?.entries.get(index)?;
                    Some(entry.value.at)
                })
            }
            Self::Route(index) => facts.routes.get(index).map(|found| found.at),
            Self::Mount(index) => facts.mounts.get(index).map(|found| found.at),
            Self::Import(index) => facts.imports.get(index).map(|found| found.at),
            Self::ImportedCall(index) => facts.imported_calls.get(index).map(|found| found.at),
            Self::Host(index) => facts.hosts.get(index).map(|found| found.at),
        };
        place.unwrap_or_default()
    }
}

impl Store {
    /// Whether a unit uses it.
    pub fn is_used_by(&self, unit: &str) -> bool {
        self.units.binary_search_by(|id| id.as_str().cmp(unit)).is_ok()
    }
}

impl GraphFinding {
    /// A finding about a fact.
    pub fn new(code: Code, variant: &'static str, anchor: Anchor) -> Self {
        Self { code, variant, anchor, parameters: Vec::new() }
    }

    /// Says what `{name}` in the message stands for.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.parameters.push((name, value.to_string()));
        self
    }

    pub(crate) fn located(&self, summary: &FileSummary) -> Finding {
        let at = self.anchor.place(summary);
        Finding { code: self.code, variant: self.variant, at, parameters: self.parameters.clone() }
    }
}

impl Derived {
    /// All findings of one source file: those that it shows by itself and those that follow from the whole.
    pub(crate) fn findings_of(&self, path: &str, summary: &FileSummary) -> Vec<Finding> {
        let used = self.file_units.contains_key(path);
        let own = summary.facts.findings.iter().filter(|finding| {
            let is_served = !self.gateways.is_empty() || !verdicts::concerns_routes(finding);
            is_served && (used || holds_unused(finding))
        });
        let derived = self.findings.of_file(path).filter(|_| self.is_complete());
        own.cloned().chain(derived.map(|finding| finding.located(summary))).collect()
    }

    /// Whether all is read that it follows from: before, what seems missing may only be unread.
    fn is_complete(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The sources with findings that need more than one file to see, sorted; some more than once.
    pub(crate) fn faulty_files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.findings.files().filter(|_| self.is_complete())
    }

    /// Findings in `klotho.yaml` that need the sources to see.
    pub(crate) fn config_findings(&self) -> &[Finding] {
        if self.is_complete() { &self.config_findings } else { &[] }
    }

    /// Findings in project files.
    pub(crate) fn text_findings(&self) -> Option<&BTreeMap<Arc<str>, Vec<Finding>>> {
        self.is_complete().then_some(&*self.text_findings)
    }

    /// Findings about the project as a whole.
    pub fn project_findings(&self) -> &[Finding] {
        if self.is_complete() { &self.project_findings } else { &[] }
    }

    /// The files with calls from one unit to another, sorted, and these.
    pub fn hops(&self) -> impl Iterator<Item = (&Arc<str>, &Hop)> {
        self.hops.iter().flat_map(|(path, hops)| hops.iter().map(move |hop| (path, hop)))
    }

    /// The calls in one file that leave its units.
    pub fn hops_of(&self, path: &str) -> &[Hop] {
        self.hops.get(path).map_or(&[], |hops| hops)
    }

    /// The same calls by unit, each once.
    pub fn calls(&self) -> BTreeSet<Call> {
        self.hops().flat_map(|(_, hop)| calls::calls_of(hop)).collect()
    }

    /// The files with calls on the maps and emitters of others, sorted, and these.
    pub fn uses(&self) -> impl Iterator<Item = (&Arc<str>, &[VariableUse])> {
        self.uses.iter().map(|(path, uses)| (path, &**uses))
    }

    /// The calls in one file on the maps and emitters of others.
    pub fn uses_of(&self, path: &str) -> &[VariableUse] {
        self.uses.get(path).map_or(&[], |uses| uses)
    }

    /// Whether there is a resource.
    pub(crate) fn has(&self, kind: Kind, id: &str) -> bool {
        match kind {
            Kind::ExecutionUnit => self.units.contains_key(id),
            Kind::Gateway => self.gateways.contains_key(id),
            Kind::Pubsub => self.topics.contains_key(id),
            Kind::StaticUnit => self.static_units.contains_key(id),
            kind => self.stores.contains_key(&Reference::new(kind, id)),
        }
    }

    /// The ids of all resources of a kind, sorted.
    pub(crate) fn ids(&self, kind: Kind) -> Box<dyn Iterator<Item = &str> + '_> {
        match kind {
            Kind::ExecutionUnit => Box::new(self.units.keys().map(String::as_str)),
            Kind::Gateway => Box::new(self.gateways.keys().map(String::as_str)),
            Kind::Pubsub => Box::new(self.topics.keys().map(String::as_str)),
            Kind::StaticUnit => Box::new(self.static_units.keys().map(String::as_str)),
            kind => {
                let stores = self.stores.range(Reference::new(kind, "")..).map(|(reference, _)| reference);
                Box::new(stores.take_while(move |it| it.kind == kind).map(|it| it.id.as_str()))
            }
        }
    }

    /// The units that hold a file.
    pub fn units_of(&self, path: &str) -> &[String] {
        self.file_units.get(path).map_or(&[], |units| units)
    }
}

/// The file that an import leads to: the first that is there (reference, 4.6). What `tsc` wrote beside a source stands for that,
/// and a file that only describes types leads nowhere.
pub(crate) fn found<'a>(project: &Project, candidates: &'a [String]) -> Option<&'a str> {
    let is_there = |path: &&str| {
        project.has(path) && !is_types_only(path) && !project.layout().is_beside_source(project, path)
    };
    candidates.iter().map(String::as_str).find(is_there)
}

/// The source file that an import leads to. Data is none: the compiler knows it as a file and nothing else (reference, 1.1).
pub(crate) fn resolve<'a>(project: &Project, candidates: &'a [String]) -> Option<&'a str> {
    found(project, candidates).filter(|path| project.language_of(path).is_some())
}
