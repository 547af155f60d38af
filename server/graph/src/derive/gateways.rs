//! Gateways and their routes: those of the server, and those of the routers mounted on it.

use super::units::Declarations;
use super::{Anchor, Derived, FactRef, Gateway, RouteRow, resolve};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use klotho_summary::{Declares, Export, Facts, FileSummary, Framework, Imported, MountTarget};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Adds every gateway, its routes and the annotations that declare it.
pub(super) fn add(project: &Project, declarations: &Declarations, derived: &mut Derived) {
    for (path, summary) in project.annotated() {
        let Some(unit) = derived.units_of(path).first().cloned() else { continue };
        for declaration in &summary.facts.declarations {
            let Declares::Gateway { framework, router, prefix } = &declaration.declares else { continue };
            let Some(id) = gateway_id(&summary.facts, declaration.annotation) else { continue };
            let server =
                Server { project, declarations, path, summary, framework: *framework, router, prefix };
            let routes = server.routes(&unit, declaration.annotation);
            if routes.is_empty() {
                continue;
            }
            let fact = FactRef { path: Arc::clone(path), annotation: declaration.annotation };
            let reference = Reference::new(Kind::Gateway, id);
            derived.resources.insert(fact.clone(), reference);
            let gateway = derived.gateways.entry(id.to_owned()).or_insert_with(|| Gateway {
                declared: Vec::new(),
                symbol: declaration.symbol.clone(),
                type_name: super::targets::type_of(project, Kind::Gateway, id),
                routes: BTreeMap::new(),
            });
            gateway.declared.push(fact);
            for (key, row) in routes {
                gateway.routes.entry(key).or_insert(row);
            }
        }
    }
}

fn gateway_id(facts: &Facts, annotation: usize) -> Option<&str> {
    facts.annotations.get(annotation)?.id()
}

type Routes = BTreeMap<(String, &'static str), RouteRow>;

/// A server in its file.
struct Server<'a> {
    project: &'a Project,
    declarations: &'a Declarations,
    path: &'a Arc<str>,
    summary: &'a FileSummary,
    framework: Framework,
    router: &'a str,
    prefix: &'a str,
}

/// A router in its file, and the name that the file knows it by.
struct Router<'a> {
    path: &'a str,
    facts: &'a Facts,
    name: &'a str,
}

impl Server<'_> {
    fn routes(&self, unit: &str, annotation: usize) -> Routes {
        let mut routes = Routes::new();
        let facts = &self.summary.facts;
        self.take(&Router { path: self.path, facts, name: self.router }, self.prefix, unit, &mut routes);
        for index in 0..facts.mounts.len() {
            self.mount(index, unit, &mut routes);
        }
        if routes.is_empty() && self.framework.catches_all() {
            self.catch_all(self.prefix, Anchor::Annotation(annotation), unit, &mut routes);
        }
        routes
    }

    /// Takes the routes of one router; false when it has none.
    fn take(&self, router: &Router<'_>, prefix: &str, unit: &str, routes: &mut Routes) -> bool {
        let mut found = false;
        for (index, route) in
            router.facts.routes.iter().enumerate().filter(|(_, route)| route.on == router.name)
        {
            found = true;
            let row = RouteRow {
                unit: self.declarations.unit_of.get(router.path).map_or(unit, |unit| unit).to_owned(),
                path: router.path.into(),
                anchor: Anchor::Route(index),
            };
            routes.entry((join(prefix, &route.path), route.verb)).or_insert(row);
        }
        found
    }

    fn mount(&self, index: usize, unit: &str, routes: &mut Routes) {
        let mount = &self.summary.facts.mounts[index];
        if mount.on != self.router {
            return;
        }
        let prefix = mount.prefix.as_deref();
        let full = join(self.prefix, prefix.unwrap_or_default());
        let found = self.mounted(&mount.target).is_some_and(|router| self.take(&router, &full, unit, routes));
        if !found && prefix.is_some() {
            self.catch_all(&full, Anchor::Mount(index), unit, routes);
        }
    }

    fn mounted<'b>(&'b self, target: &'b MountTarget) -> Option<Router<'b>> {
        match target {
            MountTarget::Local(name) => Some(Router { path: self.path, facts: &self.summary.facts, name }),
            MountTarget::Imported(import, imported) => {
                let import = self.summary.facts.imports.get(*import)?;
                let path = resolve(self.project, &import.candidates)?;
                let facts = &self.project.summary(path)?.facts;
                let export = facts.exports.iter().rev().find(|export| is_export(export, imported))?;
                Some(Router { path, facts, name: &export.local })
            }
            MountTarget::Opaque => None,
        }
    }

    fn catch_all(&self, prefix: &str, anchor: Anchor, unit: &str, routes: &mut Routes) {
        for path in [join(prefix, "/"), join(prefix, "/:rest*")] {
            let row = RouteRow { unit: unit.to_owned(), path: Arc::clone(self.path), anchor };
            routes.entry((path, "ANY")).or_insert(row);
        }
    }
}

fn is_export(export: &Export, imported: &Imported) -> bool {
    // A CommonJS module that is used as a whole is what it assigns to `module.exports`.
    let wanted = if *imported == Imported::Module { &Imported::Default } else { imported };
    export.exported == *wanted
}

/// Joins two paths of the graph's notation: one slash between them, none at the end.
pub(super) fn join(prefix: &str, path: &str) -> String {
    let segments = prefix.split('/').chain(path.split('/')).filter(|segment| !segment.is_empty());
    let mut joined = String::new();
    for segment in segments {
        joined.push('/');
        joined.push_str(segment);
    }
    if joined.is_empty() { "/".to_owned() } else { joined }
}
