//! The graph as its JSON document: tables of flat rows in a fixed order (`docs/graph-json.md`).

use crate::derive::{Anchor, Derived, FactRef};
use crate::kind::{Kind, Reference};
use crate::project::{Located, Project};
use klotho_annotation::finding::Severity;
use klotho_summary::{EventWay, FileSummary, FunctionName};
use klotho_text::{Encoding, LineIndex, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The version of the form.
const VERSION: u32 = 1;

/// The whole graph.
pub fn document(project: &Project) -> Value {
    let tables = Tables { project, derived: project.derived() };
    json!({
        "version": VERSION,
        "annotations": tables.annotations(),
        "nodes": tables.nodes(),
        "edges": tables.edges(),
        "routes": tables.routes(),
        "files": tables.files(),
        "functions": tables.functions(),
        "environment": tables.environment(),
        "diagnostics": diagnostics(project, &project.findings()),
    })
}

/// The diagnostics alone, as `--check` prints them.
pub fn report(rows: Vec<Value>) -> Value {
    json!({ "version": VERSION, "diagnostics": rows })
}

/// Findings as rows.
pub fn diagnostics(project: &Project, findings: &[Located]) -> Vec<Value> {
    let mut rows: Vec<_> = findings.iter().map(|located| diagnostic(project, located)).collect();
    rows.dedup();
    rows
}

fn diagnostic(project: &Project, located: &Located) -> Value {
    let lines = located.path.as_deref().and_then(|path| project.lines(path));
    json!({
        "code": located.finding.code.name(),
        "severity": severity(located.severity),
        "message": located.finding.message(),
        "file": located.path.as_deref(),
        "range": lines.map(|lines| range(&lines, *located.at)),
    })
}

/// A severity as the protocol spells it.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}

fn range(lines: &LineIndex, span: Span) -> Value {
    let (start, end) = lines.positions(span, Encoding::Utf16);
    json!({
        "start": { "line": start.line, "character": start.character },
        "end": { "line": end.line, "character": end.character },
    })
}

struct Tables<'a> {
    project: &'a Project,
    derived: &'a Derived,
}

impl Tables<'_> {
    fn annotations(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        for (path, summary) in self.project.annotated() {
            for (index, annotation) in summary.facts.annotations.iter().enumerate() {
                let fact = FactRef { path: Arc::clone(path), annotation: index };
                let node = annotation.node.as_ref();
                rows.push(json!({
                    "capability": annotation.capability,
                    "id": annotation.id(),
                    "directives": annotation.directives.to_json(),
                    "file": path,
                    "range": range(&summary.lines, *annotation.at),
                    "node": node.map(|node| json!({ "kind": node.kind, "range": range(&summary.lines, *node.at) })),
                    "resource": self.derived.resources.get(&fact).map(ToString::to_string),
                }));
            }
        }
        rows
    }

    fn nodes(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        for (id, unit) in &self.derived.units {
            let reference = Reference::new(Kind::ExecutionUnit, id.as_str());
            let language = unit.language.map(|language| language.spec().name);
            rows.push((reference, self.node(&unit.target.name, language, None, &unit.declared)));
        }
        for (id, gateway) in self.derived.gateways.iter() {
            let reference = Reference::new(Kind::Gateway, id.as_str());
            let language = self.language_of(&gateway.declared);
            rows.push((
                reference,
                self.node(&gateway.type_name, language, gateway.symbol.as_deref(), &gateway.declared),
            ));
        }
        for (id, unit) in self.derived.static_units.iter() {
            let reference = Reference::new(Kind::StaticUnit, id.as_str());
            rows.push((reference, self.node(&unit.type_name, None, None, &unit.declared)));
        }
        for (reference, store) in &self.derived.stores {
            let language = self.language_of(&store.declared);
            let node = self.node(&store.type_name, language, store.symbol.as_deref(), &store.declared);
            rows.push((reference.clone(), node));
        }
        for (id, topic) in &self.derived.topics {
            let language = self.language_of(&topic.declared);
            let node = self.node(&topic.type_name, language, topic.symbol.as_deref(), &topic.declared);
            rows.push((Reference::new(Kind::Pubsub, id.as_str()), node));
        }
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        rows.into_iter().map(|(reference, row)| with_reference(&reference, row)).collect()
    }

    fn node(
        &self,
        type_name: &str,
        language: Option<&str>,
        symbol: Option<&str>,
        declared: &[FactRef],
    ) -> Value {
        let first = declared.first().and_then(|fact| Some((fact, self.project.summary(&fact.path)?)));
        json!({
            "type": type_name,
            "language": language,
            "symbol": symbol,
            "file": first.map(|(fact, _)| &fact.path),
            "range": first.map(|(fact, summary)| place(summary, Anchor::Annotation(fact.annotation))),
        })
    }

    fn language_of(&self, declared: &[FactRef]) -> Option<&'static str> {
        let summary = self.project.summary(&declared.first()?.path)?;
        summary.language.is_program().then(|| summary.language.spec().name)
    }

    fn edges(&self) -> Vec<Value> {
        let unit = |id: &str| Reference::new(Kind::ExecutionUnit, id).to_string();
        let mut edges = BTreeSet::new();
        for (id, gateway) in self.derived.gateways.iter() {
            let from = Reference::new(Kind::Gateway, id.as_str()).to_string();
            let units: BTreeSet<_> = gateway.routes.values().map(|route| &route.unit).collect();
            edges.extend(units.into_iter().map(|id| (from.clone(), "routes_to", unit(id), None)));
        }
        for (reference, store) in &self.derived.stores {
            edges.extend(store.units.iter().map(|id| (unit(id), "uses", reference.to_string(), None)));
        }
        for (id, topic) in &self.derived.topics {
            let to = Reference::new(Kind::Pubsub, id.as_str()).to_string();
            for (from, event) in &topic.events {
                let kind = match event.way {
                    EventWay::Published => "publishes_to",
                    EventWay::Subscribed => "subscribes_to",
                };
                edges.insert((unit(from), kind, to.clone(), Some(event.name.clone())));
            }
        }
        for call in &self.derived.calls() {
            edges.insert((unit(&call.from), "calls", unit(&call.to), Some(call.function.clone())));
        }
        let rows = edges.into_iter();
        rows.map(|(from, kind, to, label)| json!({ "from": from, "kind": kind, "to": to, "label": label }))
            .collect()
    }

    fn routes(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        for (id, gateway) in self.derived.gateways.iter() {
            for ((path, verb), row) in &gateway.routes {
                let summary = self.project.summary(&row.path);
                rows.push(json!({
                    "gateway": Reference::new(Kind::Gateway, id.as_str()).to_string(),
                    "verb": verb,
                    "path": path,
                    "unit": Reference::new(Kind::ExecutionUnit, row.unit.as_str()).to_string(),
                    "file": row.path,
                    "range": summary.map(|summary| place(summary, row.anchor)),
                }));
            }
        }
        rows
    }

    fn files(&self) -> Vec<Value> {
        let mut rows = BTreeSet::new();
        for (id, unit) in &self.derived.units {
            let owner = Reference::new(Kind::ExecutionUnit, id.as_str()).to_string();
            for path in &unit.files {
                let role = if unit.entrypoints.contains(path) { "entrypoint" } else { "source" };
                rows.insert((owner.clone(), path.to_string(), role));
            }
            let resource = unit.project_file.as_ref();
            rows.extend(resource.map(|path| (owner.clone(), path.to_string(), "resource")));
            let carried =
                unit.assets.iter().filter(|path| !unit.files.contains(*path) && Some(*path) != resource);
            rows.extend(carried.map(|path| (owner.clone(), path.to_string(), "asset")));
        }
        for (id, unit) in self.derived.static_units.iter() {
            let owner = Reference::new(Kind::StaticUnit, id.as_str()).to_string();
            rows.extend(unit.files.iter().map(|(path, role)| (owner.clone(), path.to_string(), *role)));
        }
        for (reference, store) in &self.derived.stores {
            let secrets = store.secrets.iter();
            rows.extend(secrets.map(|path| (reference.to_string(), path.clone(), "secret")));
        }
        rows.into_iter()
            .map(|(owner, path, role)| json!({ "owner": owner, "path": path, "role": role }))
            .collect()
    }

    fn functions(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        for (path, units) in &self.derived.file_units {
            let Some(summary) = self.project.summary(path) else { continue };
            let units: Vec<_> =
                units.iter().map(|id| Reference::new(Kind::ExecutionUnit, id.as_str()).to_string()).collect();
            let mut functions: Vec<_> = summary.facts.functions.iter().collect();
            functions.sort_by_key(|function| (function.at.start, function.at.end));
            for function in functions {
                rows.push(json!({
                    "name": self.derived.function_name(path, summary, &function.name),
                    "file": path,
                    "range": range(&summary.lines, *function.at),
                    "units": units,
                }));
            }
        }
        rows.dedup();
        rows
    }

    fn environment(&self) -> Vec<Value> {
        let mut rows = BTreeSet::new();
        for (reference, store) in &self.derived.stores {
            for (unit, (name, property)) in store
                .units
                .iter()
                .flat_map(|unit| store.variables.iter().map(move |variable| (unit, variable)))
            {
                rows.insert((
                    unit.clone(),
                    name.clone(),
                    (*property).to_owned(),
                    Some(reference.to_string()),
                ));
            }
        }
        for id in self.derived.units.keys() {
            let stated = self.project.config().environment(id).into_iter();
            rows.extend(stated.map(|(name, value)| (id.clone(), name, value.to_owned(), None)));
        }
        let rows = rows.into_iter().map(|(unit, name, value, from)| {
            let unit = Reference::new(Kind::ExecutionUnit, unit).to_string();
            json!({ "unit": unit, "name": name, "value": value, "from": from })
        });
        rows.collect()
    }
}

fn place(summary: &FileSummary, anchor: Anchor) -> Value {
    range(&summary.lines, *anchor.place(summary))
}

fn with_reference(reference: &Reference, row: Value) -> Value {
    let mut full = json!({ "kind": reference.kind.spec().name, "id": reference.id });
    if let (Value::Object(full), Value::Object(row)) = (&mut full, row) {
        full.extend(row);
    }
    full
}

impl Derived {
    /// What a function is called: an anonymous handler by the route as its gateway serves it.
    pub fn function_name(&self, path: &str, summary: &FileSummary, name: &FunctionName) -> String {
        let index = match name {
            FunctionName::Named(name) => return name.clone(),
            FunctionName::HandlerOf(index) => *index,
        };
        let served = self
            .gateways
            .values()
            .flat_map(|gateway| &gateway.routes)
            .find(|(_, row)| &*row.path == path && row.anchor == Anchor::Route(index));
        let defined = summary.facts.routes.get(index);
        match (served, defined) {
            (Some(((path, verb), _)), _) => format!("{verb} {path}"),
            (None, Some(route)) => format!("{} {}", route.verb, route.path),
            (None, None) => "handler".to_owned(),
        }
    }
}
