//! What is wrong that one file alone cannot show.

use super::tally::Tally;
use super::units::Declarations;
use super::variables::member_call;
use super::{Anchor, Derived, FactRef, GraphFinding};
use crate::kind::Kind;
use crate::manifest::{Ecosystem, ecosystem};
use crate::project::Project;
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_summary::{Declares, FileSummary, StoreKind};
use std::sync::Arc;

/// Capabilities whose annotation has to declare a resource of the graph.
const DECLARING: [&str; 5] = ["config", "execution_unit", "expose", "persist", "pubsub"];

/// The messages for a file that belongs to no unit.
const UNREACHED: [&str; 2] = ["no-entrypoint", "unreachable"];

/// A message names no more entry points than these.
const MOST_SHOWN: usize = 5;

/// Whether a finding counts in a file that belongs to no unit. The compiler reads the annotations of every file but
/// looks at the code of those alone that it keeps; of what `tsc` makes nothing of, that is all there is to say.
pub(crate) fn holds_unused(finding: &Finding) -> bool {
    let is_uncompiled = finding.code == Code::CompilerGap && finding.variant == "uncompiled";
    let is_of_annotation = matches!(
        finding.code,
        Code::AnnotationSyntax
            | Code::AnnotationDuplicate
            | Code::BodyQuirk
            | Code::IdInvalid
            | Code::MarkMisspelt
            | Code::TargetStolen
            | Code::UnknownCapability
            | Code::UnknownDirective
    );
    is_of_annotation || is_uncompiled
}

/// Whether a finding says how the compiler reads routes: nobody asks in a project without a gateway.
pub(super) fn concerns_routes(finding: &Finding) -> bool {
    const OF_ROUTES: [&str; 8] = [
        "express-route",
        "express-chain",
        "express-setting",
        "nest-default",
        "aspnet-named",
        "aspnet-template",
        "aspnet-unread",
        "fastapi-method",
    ];
    OF_ROUTES.contains(&finding.variant)
}

/// What annotations that cannot be read may have declared: one mistake is to be one finding, not all that follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Unread {
    /// Capabilities of annotations with an error.
    capabilities: Tally<String>,
    /// The capability and the id of those whose id can be told all the same.
    legible: Tally<(String, String)>,
    /// The capability and the id of all annotations, whatever became of them.
    ids: Tally<(String, String)>,
}

impl Unread {
    /// Replaces what one file says.
    pub(super) fn replace(&mut self, before: Option<&FileSummary>, now: Option<&FileSummary>) {
        let said = |summary: Option<&FileSummary>| {
            let annotations = summary.map_or(&[][..], |summary| &summary.facts.annotations);
            let is_broken = |annotation: &&Annotation| !annotation.recorded && !annotation.replaced;
            let broken = || annotations.iter().filter(is_broken);
            let capabilities = broken().map(|found| found.capability.clone());
            let legible =
                broken().filter_map(|found| Some((found.capability.clone(), found.legible_id.clone()?)));
            let named = |found: &Annotation| Some((found.capability.clone(), found.id()?.to_owned()));
            let ids = annotations.iter().filter_map(named);
            (capabilities.collect(), legible.collect(), ids.collect())
        };
        let (before, now) = (said(before), said(now));
        self.capabilities.replace(before.0, now.0);
        self.legible.replace(before.1, now.1);
        self.ids.replace(before.2, now.2);
    }

    /// Whether an annotation that would declare a unit cannot be read.
    pub(super) fn hides_units(&self) -> bool {
        self.capabilities.contains("execution_unit")
    }

    /// Whether the entry `id` of a section may be that of an annotation that declares nothing, which another finding tells.
    /// `elsewhere` is the section of what has the id: where the same capability declares that, nothing is left to tell.
    pub(super) fn explains(&self, section: &str, id: &str, elsewhere: Option<&str>) -> bool {
        let capability = capability_of(section);
        let is_made = elsewhere.is_some_and(|other| capability_of(other) == capability);
        self.hides(section) || !is_made && self.ids.contains(&(capability.to_owned(), id.to_owned()))
    }

    /// Whether an annotation that would declare what is configured in a section cannot be read, so that its id is not known.
    pub(super) fn hides(&self, section: &str) -> bool {
        self.capabilities.contains(capability_of(section))
    }

    /// Whether the entry `id` of a section is that of an annotation that cannot be read, as far as its id can be told.
    pub(super) fn may_declare(&self, section: &str, id: &str) -> bool {
        self.hides(section) && self.legible.contains(&(capability_of(section).to_owned(), id.to_owned()))
    }
}

/// The capability of annotations that declare what is configured in a section.
fn capability_of(section: &str) -> &'static str {
    match section {
        "execution_units" => "execution_unit",
        "exposed" => "expose",
        "static_unit" => "static_unit",
        "pubsub" => "pubsub",
        "config" => "config",
        _ => "persist",
    }
}

/// What tells why an annotation declares nothing.
pub(super) struct Context<'a> {
    pub(super) project: &'a Project,
    pub(super) declarations: &'a Declarations,
    pub(super) derived: &'a Derived,
    /// Whether an annotation that would declare a unit cannot be read.
    pub(super) hides_units: bool,
    /// The entry points of all units, for people.
    pub(super) entrypoints: &'a str,
}

/// The annotations of a file that declare nothing.
pub(super) fn no_resource(
    context: &Context<'_>,
    path: &Arc<str>,
    summary: &FileSummary,
) -> Vec<GraphFinding> {
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
        .filter(|found| !UNREACHED.contains(&found.variant) || !context.hides_units)
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
        // A value of another kind, or keys without a brace, are said where they stand.
        let is_told = annotation.directives.get("id").is_some_and(|value| value.as_str().is_none())
            || summary.facts.findings.iter().any(|found| is_cause(found, annotation));
        return (!shared && !is_told).then(|| finding("unit-without-id"));
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
    !matches!(
        code,
        Code::BodyQuirk
            | Code::LooseMatch
            | Code::MarkMisspelt
            | Code::SecretUnread
            | Code::TargetStolen
            | Code::UnknownDirective
    )
}

/// Why a file belongs to no unit (reference, 9 Q19).
fn unreached(context: &Context<'_>, path: &str, index: usize) -> GraphFinding {
    let finding =
        |variant| GraphFinding::new(Code::NoResource, variant, Anchor::Capability(index)).with("file", path);
    let entrypoints = context.entrypoints;
    if entrypoints.is_empty() {
        let ecosystem = context.project.program_language(path).and_then(ecosystem);
        let mains = ecosystem.map(Ecosystem::mains_for_people).unwrap_or_default();
        return finding("no-entrypoint").with("mains", mains);
    }
    finding("unreachable").with("entrypoints", entrypoints)
}

/// The entry points of all units, for people.
pub(super) fn entrypoints(all: &Tally<Arc<str>>) -> String {
    let mut shown: Vec<_> = all.keys().take(MOST_SHOWN).map(|path| format!("`{path}`")).collect();
    if all.len() > MOST_SHOWN {
        shown.push(format!("{} others", all.len() - MOST_SHOWN));
    }
    let last = shown.pop().unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} or {last}", shown.join(", ")) }
}

fn concerns(annotation: &Annotation, finding: &Finding) -> bool {
    annotation.node.as_ref().is_some_and(|node| node.at.covers(*finding.at))
}

/// Calls in a file on the maps of others that are not awaited (reference, 5.7.2).
pub(super) fn missing_awaits(project: &Project, derived: &Derived, path: &str) -> Vec<GraphFinding> {
    let is_map =
        |declared| derived.resources.get(declared).is_some_and(|found| found.kind == Kind::PersistKv);
    let uses = derived.uses_of(path).iter().filter(|used| is_map(&used.declared));
    let missing = uses.filter_map(|used| {
        let call = project.summary(path)?.facts.imported_calls.get(used.call)?;
        let (name, method) = member_call(call).filter(|_| !call.awaited)?;
        let finding = GraphFinding::new(Code::MissingAwait, "", Anchor::ImportedCall(used.call));
        let is_missing = StoreKind::Kv.is_asynchronous(method);
        is_missing.then(|| finding.with("call", format!("{name}.{method}")))
    });
    missing.collect()
}

/// Imports of a program file that lead to a link, where nothing is read.
pub(super) fn lost_links(project: &Project, derived: &Derived, path: &str) -> Vec<GraphFinding> {
    let mut found = Vec::new();
    let is_held = !derived.units_of(path).is_empty();
    let Some((summary, links)) = project.linked(path).filter(|_| is_held) else { return found };
    for (index, link) in &links.lost {
        let Some(import) = summary.facts.imports.get(*index) else { continue };
        let finding = GraphFinding::new(Code::FileSkipped, "link", Anchor::Import(*index));
        found.push(finding.with("module", &import.specifier).with("file", link));
    }
    found
}

/// Whether a finding says that the keys of an annotation count for nothing.
fn is_cause(found: &Finding, annotation: &Annotation) -> bool {
    found.code == Code::BodyQuirk && found.variant == "unopened" && annotation.comment.covers(*found.at)
}
