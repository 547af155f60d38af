//! Gateways and their routes: those of the server, and those of the routers mounted on it.

use super::units::Declarations;
use super::{Anchor, Derived, FactRef, Gateway, RouteRow, resolve};
use crate::kind::{Kind, Reference};
use crate::project::Project;
use klotho_summary::{Declares, Export, Facts, FileSummary, Framework, Import, Imported, MountTarget};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Adds every gateway, its routes and the annotations that declare it.
pub(super) fn add(project: &Project, declarations: &Declarations, derived: &mut Derived) {
    for (path, summary) in project.annotated() {
        let Some(unit) = derived.units_of(path).first().cloned() else { continue };
        for declaration in &summary.facts.declarations {
            let Declares::Gateway { framework, router, prefix } = &declaration.declares else { continue };
            let Some(id) = gateway_id(&summary.facts, declaration.annotation) else { continue };
            let files = derived.units.get(&unit).map(|unit| &unit.files);
            let server =
                Server { project, declarations, files, path, summary, framework: *framework, router, prefix };
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
    /// The files of the unit that it runs in.
    files: Option<&'a BTreeSet<Arc<str>>>,
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

impl<'a> Server<'a> {
    fn routes(&self, unit: &str, annotation: usize) -> Routes {
        let mut routes = Routes::new();
        let server = Router { path: self.path, facts: &self.summary.facts, name: self.router };
        self.take(&server, self.prefix, unit, &mut routes);
        self.follow(&server, self.prefix, self.framework.spec().mount_depth, unit, &mut routes);
        if routes.is_empty() && self.framework.spec().catches_all {
            self.catch_all(&server, self.prefix, Anchor::Annotation(annotation), unit, &mut routes);
        }
        routes
    }

    /// Takes the routes of one router; false when it has none.
    fn take(&self, router: &Router<'_>, prefix: &str, unit: &str, routes: &mut Routes) -> bool {
        let mut found = false;
        let defined = &router.facts.routes;
        for (index, route) in defined.iter().enumerate().filter(|(_, route)| route.on == router.name) {
            found = true;
            // A bare `*` is two routes at one place; below a prefix the compiler makes it one.
            let is_half = route.path == "/" && defined.get(index + 1).is_some_and(|next| next.at == route.at);
            if is_half && !prefix.trim_matches('/').is_empty() {
                continue;
            }
            let row = RouteRow {
                unit: self.declarations.unit_of.get(router.path).map_or(unit, |unit| unit).to_owned(),
                path: router.path.into(),
                anchor: Anchor::Route(index),
            };
            routes.entry((join(prefix, &route.path), route.verb)).or_insert(row);
        }
        found
    }

    /// Takes the routes of what is mounted on a router, `depth` mounts deep; false when there are none.
    fn follow(&self, router: &Router<'_>, prefix: &str, depth: u8, unit: &str, routes: &mut Routes) -> bool {
        let mut any = false;
        let mounts =
            router.facts.mounts.iter().enumerate().filter(|(_, mount)| mount.on == router.name && depth > 0);
        for (index, mount) in mounts {
            let full = join(prefix, mount.prefix.as_deref().unwrap_or_default());
            let mounted = self.mounted(router, &mount.target);
            let mut found = false;
            for mounted in &mounted {
                found |= self.take(mounted, &full, unit, routes);
                found |= self.follow(mounted, &full, depth - 1, unit, routes);
            }
            // Code that shows no routes answers whatever is below its prefix; an import that leads nowhere nothing.
            let shows_none = !mounted.is_empty() || mount.target == MountTarget::Opaque;
            if !found && shows_none && mount.prefix.is_some() {
                self.catch_all(router, &full, Anchor::Mount(index), unit, routes);
            }
            any |= found;
        }
        any
    }

    /// The routers that a mount means.
    fn mounted<'b>(&'b self, from: &Router<'b>, target: &'b MountTarget) -> Vec<Router<'b>> {
        match target {
            MountTarget::Local(name) => vec![Router { path: from.path, facts: from.facts, name }],
            MountTarget::Imported(import, imported) => {
                let Some(import) = from.facts.imports.get(*import) else { return Vec::new() };
                let mut files = self.imported_files(import);
                files.find_map(|(path, facts)| exported(path, facts, imported)).into_iter().collect()
            }
            MountTarget::Everywhere(name) => {
                self.unit_files().map(|(path, facts)| Router { path, facts, name }).collect()
            }
            MountTarget::Opaque => Vec::new(),
        }
    }

    /// The files that an import may mean: the first candidate that exists, or all files of a package.
    fn imported_files<'b>(
        &'b self,
        import: &'b Import,
    ) -> Box<dyn Iterator<Item = (&'b str, &'b Facts)> + 'b> {
        match &import.package {
            Some(package) => {
                Box::new(self.unit_files().filter(|(_, facts)| facts.package.as_ref() == Some(package)))
            }
            None => {
                let path = resolve(self.project, &import.candidates);
                Box::new(path.and_then(|path| Some((path, &self.project.summary(path)?.facts))).into_iter())
            }
        }
    }

    fn unit_files(&self) -> impl Iterator<Item = (&str, &Facts)> {
        let files = self.files.into_iter().flatten();
        files.filter_map(|path| Some((&**path, &self.project.summary(path)?.facts)))
    }

    fn catch_all(&self, at: &Router<'_>, prefix: &str, anchor: Anchor, unit: &str, routes: &mut Routes) {
        for path in [join(prefix, "/"), join(prefix, "/:rest*")] {
            let row = RouteRow { unit: unit.to_owned(), path: at.path.into(), anchor };
            routes.entry((path, "ANY")).or_insert(row);
        }
    }
}

/// The router that a file exports as `imported`.
fn exported<'a>(path: &'a str, facts: &'a Facts, imported: &Imported) -> Option<Router<'a>> {
    let export = facts.exports.iter().rev().find(|export| is_export(export, imported))?;
    Some(Router { path, facts, name: &export.local })
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
