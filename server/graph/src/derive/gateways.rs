//! Gateways and their routes: those of the server, and those of the routers mounted on it.

mod conflicts;
mod mounted;
mod routers;
mod server;

use super::sheets::Found;
use super::units::Declarations;
use super::{Anchor, Derived, FactRef, Gateway, GraphFinding, targets};
use crate::kind::Kind;
use crate::project::Project;
use imbl::OrdSet;
use klotho_annotation::finding::Code;
use klotho_summary::{Declaration, Declares, FileSummary, Framework, MountTarget};
use routers::{Consulted, Routers};
use server::{MOST_ROUTES, Server, Taken};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All gateways together have no more routes: many that mount the same are more than any machine holds.
const MOST_ROUTES_OF_ALL: usize = 200_000;

/// A gateway, and what it was first made of.
struct Made {
    gateway: Gateway,
    framework: Framework,
    /// The app variable, in the file that declares the gateway first.
    app: String,
}

/// All gateways of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Gateways {
    pub(super) by_id: Arc<BTreeMap<String, Gateway>>,
    /// What is wrong with them.
    pub(super) findings: Vec<Found>,
    /// What they follow from beside the files that declare them, or that mount what they import from those.
    pub(super) consulted: Consulted,
}

/// Whether a file declares a gateway.
pub(super) fn serves(summary: &FileSummary) -> bool {
    summary.facts.declarations.iter().any(|found| framework_of(found).is_some())
}

/// Whether a file mounts something on what it imports.
pub(super) fn mounts(summary: &FileSummary) -> bool {
    summary.facts.mounts.iter().any(|mount| matches!(mount.target, MountTarget::Named { .. }))
}

/// All gateways, their routes and the annotations that declare them; `serving` are the files that declare any, `mounting`
/// those that mount something on what they import.
pub(super) fn all<'a>(
    project: &'a Project,
    declarations: &'a Declarations,
    derived: &'a Derived,
    serving: &OrdSet<Arc<str>>,
    mounting: &'a OrdSet<Arc<str>>,
) -> Gateways {
    let mut made: BTreeMap<String, Made> = BTreeMap::new();
    let mut findings = Vec::new();
    let routers = Routers::of(project, derived, mounting);
    let mut left = MOST_ROUTES_OF_ALL;
    for (path, summary) in serving.iter().filter_map(|path| project.source(path)) {
        for declaration in &summary.facts.declarations {
            let annotation = summary.facts.annotations.get(declaration.annotation);
            let Some(id) = annotation.and_then(|annotation| annotation.id()) else { continue };
            let Some(taken) = taken(&routers, declarations, derived, path, summary, declaration) else {
                continue;
            };
            let (mut routes, found, mut is_full) = taken.finish();
            if routes.len() > left {
                routes = routes.into_iter().take(left).collect();
                is_full = true;
            }
            left -= routes.len();
            findings.extend(found);
            let fact = FactRef { path: Arc::clone(path), annotation: declaration.annotation };
            if let Some(framework) = framework_of(declaration)
                && !routes.is_empty()
            {
                let entry = made.entry(id.to_owned());
                let gateway = entry.or_insert_with(|| Made::new(project, id, declaration, framework));
                if gateway.take(fact.clone(), routes) || is_full {
                    findings.push((Arc::clone(path), too_many(id, declaration.annotation)));
                }
            }
        }
    }
    findings.extend(conflicts::findings(&made));
    let by_id = made.into_iter().map(|(id, made)| (id, made.gateway)).collect();
    Gateways { by_id: Arc::new(by_id), findings, consulted: routers.consulted() }
}

fn framework_of(declaration: &Declaration) -> Option<Framework> {
    match &declaration.declares {
        Declares::Gateway { framework, .. } => Some(*framework),
        _ => None,
    }
}

/// The routes of one server, of all units that run its file; `None` if it is none, or in no unit.
fn taken<'a>(
    routers: &Routers<'a>,
    declarations: &'a Declarations,
    derived: &'a Derived,
    path: &'a Arc<str>,
    summary: &'a FileSummary,
    declaration: &'a Declaration,
) -> Option<Taken> {
    let Declares::Gateway { framework, router, prefix } = &declaration.declares else { return None };
    let units = derived.units_of(path);
    let server = |unit: &'a String| Server {
        routers,
        declarations,
        unit,
        files: derived.units.get(unit).map(|unit| &unit.files),
        path,
        summary,
        annotation: declaration.annotation,
        framework: *framework,
        router,
        prefix,
    };
    let mut taken = Taken::default();
    for unit in units {
        server(unit).collect(&mut taken);
    }
    server(units.first()?).catch_rest(&mut taken);
    Some(taken)
}

fn too_many(id: &str, annotation: usize) -> GraphFinding {
    let finding = GraphFinding::new(Code::TooManyRoutes, "", Anchor::Id(annotation));
    finding.with("gateway", id).with("limit", MOST_ROUTES)
}

impl Made {
    fn new(project: &Project, id: &str, declaration: &Declaration, framework: Framework) -> Self {
        let app = match &declaration.declares {
            Declares::Gateway { router, .. } => router.clone(),
            _ => String::new(),
        };
        let gateway = Gateway {
            declared: Vec::new(),
            symbol: declaration.symbol.clone(),
            type_name: targets::type_of(project, Kind::Gateway, id),
            routes: BTreeMap::new(),
        };
        Self { gateway, framework, app }
    }

    /// Adds what one annotation contributes; true when that is more than a gateway may have.
    fn take(&mut self, fact: FactRef, routes: server::Routes) -> bool {
        self.gateway.declared.push(fact);
        for (key, row) in routes {
            if self.gateway.routes.len() >= MOST_ROUTES && !self.gateway.routes.contains_key(&key) {
                return true;
            }
            self.gateway.routes.entry(key).or_insert(row);
        }
        false
    }
}
