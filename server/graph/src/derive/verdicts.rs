//! What is wrong that one file alone cannot show.

use super::units::Declarations;
use super::variables::{Variables, member_call};
use super::{Anchor, Derived, FactRef, GraphFinding, entries, hosts, ids, targets, typescript};
use crate::kind::Kind;
use crate::manifest::{Ecosystem, ecosystem};
use crate::project::Project;
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_summary::{Declares, FileSummary, StoreKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Capabilities whose annotation has to declare a resource of the graph.
const DECLARING: [&str; 5] = ["config", "execution_unit", "expose", "persist", "pubsub"];

/// The messages for a file that belongs to no unit.
const UNREACHED: [&str; 2] = ["no-entrypoint", "unreachable"];

/// A message names no more entry points than these.
const MOST_SHOWN: usize = 5;

/// Whether a finding counts in a file that belongs to no unit. The compiler reads the annotations of every file but
/// looks at the code of those alone that it keeps.
pub(crate) fn holds_unused(code: Code) -> bool {
    matches!(
        code,
        Code::AnnotationSyntax
            | Code::AnnotationDuplicate
            | Code::BodyQuirk
            | Code::IdInvalid
            | Code::TargetStolen
            | Code::UnknownCapability
    )
}

/// Whether a finding says how the compiler reads routes: nobody asks in a project without a gateway.
pub(super) fn concerns_routes(finding: &Finding) -> bool {
    matches!(finding.variant, "express-route" | "express-chain" | "express-setting")
}

pub(super) fn add(
    project: &Project,
    declarations: &Declarations,
    others: Vec<(Arc<str>, GraphFinding)>,
    variables: Variables,
    derived: &mut Derived,
) {
    let mut findings: BTreeMap<Arc<str>, Vec<GraphFinding>> = BTreeMap::new();
    let unread = Unread::of(project);
    let context =
        Context { project, declarations, derived, unread: &unread, entrypoints: entrypoints(derived) };
    for (path, summary) in project.annotated() {
        let of_file = no_resource(&context, path, summary);
        if !of_file.is_empty() {
            findings.insert(Arc::clone(path), of_file);
        }
    }
    let awaits = missing_awaits(project, &variables, derived);
    for (path, finding) in others
        .into_iter()
        .chain(ids::findings(derived))
        .chain(targets::findings(project, derived))
        .chain(typescript::findings(project, derived))
        .chain(variables.ambiguous)
        .chain(awaits)
        .chain(hosts::findings(project, derived))
    {
        findings.entry(path).or_default().push(finding);
    }
    for (path, finding) in lost_links(project, derived) {
        findings.entry(path).or_default().push(finding);
    }
    derived.findings = findings;
    derived.config_findings = entries::findings(project, &unread, derived);
    derived.config_findings.extend(targets::refused_types(project, derived));
}

/// What annotations that cannot be read may have declared: one mistake is to be one finding, not all that follows.
pub(super) struct Unread {
    /// Capabilities of annotations with an error.
    capabilities: BTreeSet<String>,
    /// Ids of all annotations, whatever became of them.
    ids: BTreeSet<String>,
}

impl Unread {
    fn of(project: &Project) -> Self {
        let all = || project.annotated().flat_map(|(_, summary)| &summary.facts.annotations);
        let broken = all().filter(|annotation| !annotation.recorded && !annotation.replaced);
        let ids = all().filter_map(|annotation| annotation.id());
        Self {
            capabilities: broken.map(|annotation| annotation.capability.clone()).collect(),
            ids: ids.map(str::to_owned).collect(),
        }
    }

    /// Whether the entry `id` of a section may be that of an annotation that declares nothing because of an error.
    pub(super) fn explains(&self, section: &str, id: &str) -> bool {
        let capability = match section {
            "execution_units" => "execution_unit",
            "exposed" => "expose",
            "static_unit" => "static_unit",
            "pubsub" => "pubsub",
            "config" => "config",
            _ => "persist",
        };
        let declares_files = self.capabilities.contains("execution_unit");
        self.ids.contains(id) || self.capabilities.contains(capability) || declares_files
    }
}

/// What tells why an annotation declares nothing.
struct Context<'a> {
    project: &'a Project,
    declarations: &'a Declarations,
    derived: &'a Derived,
    unread: &'a Unread,
    /// Of all units, for people.
    entrypoints: String,
}

fn no_resource(context: &Context<'_>, path: &Arc<str>, summary: &FileSummary) -> Vec<GraphFinding> {
    let annotations = summary.facts.annotations.iter().enumerate();
    let silent = annotations.filter(|(index, annotation)| {
        let fact = FactRef { path: Arc::clone(path), annotation: *index };
        let declares = DECLARING.contains(&annotation.capability.as_str());
        annotation.recorded && declares && !context.derived.resources.contains_key(&fact)
    });
    silent
        .filter_map(|(index, annotation)| {
            let finding = GraphFinding::new(Code::NoResource, "served", Anchor::Capability(index));
            match context.declarations.served.contains(path) {
                true => Some(finding.with("file", path)),
                false => why_nothing(context, path, summary, index, annotation),
            }
        })
        .filter(|found| {
            !UNREACHED.contains(&found.variant) || !context.unread.capabilities.contains("execution_unit")
        })
        .collect()
}

/// Why an annotation declares nothing; `None` when its own file says so already.
fn why_nothing(
    context: &Context<'_>,
    path: &str,
    summary: &FileSummary,
    index: usize,
    annotation: &Annotation,
) -> Option<GraphFinding> {
    let finding = |variant| GraphFinding::new(Code::NoResource, variant, Anchor::Capability(index));
    if annotation.capability == "execution_unit" {
        let shared = annotation.directives.boolean("all_units") == Some(true);
        return (!shared).then(|| finding("unit-without-id"));
    }
    if context.derived.units_of(path).is_empty() {
        return Some(unreached(context, path, index));
    }
    let mut findings = summary.facts.findings.iter().filter(|found| explains(found.code));
    if findings.any(|found| annotation.comment.covers(*found.at) || concerns(annotation, found)) {
        return None;
    }
    if annotation.id().is_none() {
        return Some(finding("without-id").with("capability", &annotation.capability));
    }
    let declared = summary.facts.declarations.iter().find(|declared| declared.annotation == index);
    match declared.map(|declared| &declared.declares) {
        Some(Declares::Gateway { framework, .. }) => {
            Some(finding("no-routes").with("framework", framework.spec().title))
        }
        _ => Some(
            finding("other")
                .with("capability", &annotation.capability)
                .with("id", annotation.id().unwrap_or_default()),
        ),
    }
}

/// Whether a finding can be the reason why an annotation declares nothing.
fn explains(code: Code) -> bool {
    !matches!(code, Code::BodyQuirk | Code::LooseMatch | Code::SecretUnread | Code::TargetStolen)
}

/// Why a file belongs to no unit (reference, 9 Q19).
fn unreached(context: &Context<'_>, path: &str, index: usize) -> GraphFinding {
    let finding =
        |variant| GraphFinding::new(Code::NoResource, variant, Anchor::Capability(index)).with("file", path);
    let entrypoints = context.entrypoints.as_str();
    if entrypoints.is_empty() {
        let ecosystem = context.project.program_language(path).and_then(ecosystem);
        let mains = ecosystem.map(Ecosystem::mains_for_people).unwrap_or_default();
        return finding("no-entrypoint").with("mains", mains);
    }
    finding("unreachable").with("entrypoints", entrypoints)
}

/// The entry points of all units, for people.
fn entrypoints(derived: &Derived) -> String {
    let all: BTreeSet<_> = derived.units.values().flat_map(|unit| &unit.entrypoints).collect();
    let mut shown: Vec<_> = all.iter().take(MOST_SHOWN).map(|path| format!("`{path}`")).collect();
    if all.len() > MOST_SHOWN {
        shown.push(format!("{} others", all.len() - MOST_SHOWN));
    }
    let last = shown.pop().unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} or {last}", shown.join(", ")) }
}

fn concerns(annotation: &Annotation, finding: &Finding) -> bool {
    annotation.node.as_ref().is_some_and(|node| node.at.covers(*finding.at))
}

/// Calls on the maps of other files that are not awaited (reference, 5.7.2).
fn missing_awaits(
    project: &Project,
    variables: &Variables,
    derived: &Derived,
) -> Vec<(Arc<str>, GraphFinding)> {
    let maps = derived.stores.iter().filter(|(reference, _)| reference.kind == Kind::PersistKv);
    let uses = maps.flat_map(|(_, store)| &store.declared).flat_map(|fact| variables.uses(fact));
    let missing = uses.filter_map(|used| {
        let call = project.summary(&used.path)?.facts.imported_calls.get(used.call)?;
        let (name, method) = member_call(call).filter(|_| !call.awaited)?;
        let finding = GraphFinding::new(Code::MissingAwait, "", Anchor::ImportedCall(used.call));
        let is_missing = StoreKind::Kv.is_asynchronous(method);
        is_missing.then(|| (Arc::clone(&used.path), finding.with("call", format!("{name}.{method}"))))
    });
    missing.collect()
}

/// Imports of program files that lead to a link, where nothing is read.
fn lost_links(project: &Project, derived: &Derived) -> Vec<(Arc<str>, GraphFinding)> {
    let mut found = Vec::new();
    for path in derived.file_units.keys() {
        let Some((summary, links)) = project.linked(path) else { continue };
        for (index, link) in &links.lost {
            let Some(import) = summary.facts.imports.get(*index) else { continue };
            let finding = GraphFinding::new(Code::FileSkipped, "link", Anchor::Import(*index));
            let finding = finding.with("module", &import.specifier).with("file", link);
            found.push((Arc::clone(path), finding));
        }
    }
    found
}
