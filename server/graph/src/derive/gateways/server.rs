//! One server: its own routes, and those of what is mounted on it.

use super::mounted::{Mounted, Nothing};
use super::routers::{File, Router, Routers};
use crate::derive::units::Declarations;
use crate::derive::{Anchor, GraphFinding, RouteRow};
use klotho_annotation::finding::Code;
use klotho_summary::{FileSummary, Framework, Route};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// No gateway has more routes.
pub(super) const MOST_ROUTES: usize = 10_000;

/// Looking at routers ends here: mounts of mounts can be more than any machine counts.
const MOST_ROUTERS: usize = 100_000;

pub(super) type Routes = BTreeMap<(String, &'static str), RouteRow>;

/// A place that a finding is about: a file and a fact of it.
type At = (Arc<str>, Anchor);

/// What has been taken for one gateway.
#[derive(Default)]
pub(super) struct Taken {
    routes: Routes,
    /// What is wrong, by place: units that share a server say it once.
    findings: BTreeMap<At, GraphFinding>,
    /// Mounts that came to something in some unit.
    served: BTreeSet<At>,
    /// Whether the server's framework knows routers that have no routes.
    has_empty_routers: bool,
    routers: usize,
    is_full: bool,
}

impl Taken {
    /// The routes, what is wrong, and whether there was more than is looked at.
    pub(super) fn finish(self) -> (Routes, Vec<(Arc<str>, GraphFinding)>, bool) {
        let unserved = self.findings.into_iter().filter(|(at, _)| !self.served.contains(at));
        (self.routes, unserved.map(|((path, _), finding)| (path, finding)).collect(), self.is_full)
    }

    fn add(&mut self, key: (String, &'static str), row: RouteRow) {
        if self.routes.len() < MOST_ROUTES {
            self.routes.entry(key).or_insert(row);
        } else {
            self.is_full |= !self.routes.contains_key(&key);
        }
    }

    /// Counts a router; false when that is one too many.
    fn counts(&mut self) -> bool {
        self.routers += 1;
        self.is_full |= self.routers > MOST_ROUTERS;
        !self.is_full
    }
}

/// A server in its file, in one of the units that run it.
pub(super) struct Server<'s, 'a> {
    pub(super) routers: &'s Routers<'a>,
    pub(super) declarations: &'a Declarations,
    pub(super) unit: &'a str,
    /// The files of the unit.
    pub(super) files: Option<&'a BTreeSet<Arc<str>>>,
    pub(super) path: &'a Arc<str>,
    pub(super) summary: &'a FileSummary,
    pub(super) annotation: usize,
    pub(super) framework: Framework,
    pub(super) router: &'a str,
    pub(super) prefix: &'a str,
}

impl<'a> Server<'_, 'a> {
    /// Takes the server's routes and those of what is mounted on it.
    pub(super) fn collect(&self, taken: &mut Taken) {
        let Some(file) = self.routers.file(self.path) else { return };
        let server = Router { file, name: self.router.to_owned() };
        if self.framework != Framework::NestJs {
            self.take(&server, self.prefix, taken);
        }
        self.follow(&server, self.prefix, self.framework.spec().mount_depth, taken);
        for (path, index) in self.routers.uses(self.path) {
            let is_of_unit = self.files.is_some_and(|files| files.contains(*path));
            if let Some(file) = self.routers.file(path).filter(|_| is_of_unit && *path != &**self.path) {
                self.mount(&file, *index, self.prefix, 1, taken);
            }
        }
    }

    /// Serves everything if no route was found, where the framework's rules say so.
    pub(super) fn catch_rest(&self, taken: &mut Taken) {
        let catches = self.framework.spec().catches_all || taken.has_empty_routers;
        if taken.routes.is_empty() && catches {
            self.catch_all(self.path, self.prefix, Anchor::Annotation(self.annotation), taken);
        }
    }

    /// Takes the routes of one router; false when it has none.
    fn take(&self, router: &Router<'a>, prefix: &str, taken: &mut Taken) -> bool {
        let defined = &router.file.facts().routes;
        for &index in router.routes() {
            let Some(route) = defined.get(index) else { continue };
            // A bare `*` is two routes at one place; below a prefix the compiler makes it one.
            let same = |next: &Route| next.at == route.at && next.on == route.on && next.verb == route.verb;
            let is_half = route.path == "/" && defined.get(index + 1).is_some_and(same);
            if is_half && !prefix.trim_matches('/').is_empty() {
                continue;
            }
            let unit = self.declarations.unit_of.get(router.file.path).map_or(self.unit, |unit| unit);
            let row = RouteRow {
                unit: unit.to_owned(),
                path: router.file.path.into(),
                anchor: Anchor::Route(index),
            };
            taken.add((join(prefix, &route.path), route.verb), row);
            if taken.is_full {
                break;
            }
        }
        !router.routes().is_empty()
    }

    /// Takes the routes of what is mounted on a router, `depth` mounts deep; false when there are none.
    fn follow(&self, router: &Router<'a>, prefix: &str, depth: u8, taken: &mut Taken) -> bool {
        let mut any = false;
        for &index in router.mounts() {
            if depth > 0 {
                any |= self.mount(&router.file, index, prefix, depth, taken);
            } else {
                self.passed_over(&router.file, index, taken);
            }
            if taken.is_full {
                break;
            }
        }
        any
    }

    /// Takes the routes of one mount; false when there are none.
    fn mount(&self, file: &Rc<File<'a>>, index: usize, prefix: &str, depth: u8, taken: &mut Taken) -> bool {
        let Some(mount) = file.facts().mounts.get(index) else { return false };
        let at: At = (file.path.into(), Anchor::Mount(index));
        let full = join(prefix, mount.prefix.as_deref().unwrap_or_default());
        let Mounted { routers, note } = match self.mounted(file, &mount.target, depth) {
            Ok(mounted) => mounted,
            Err(nothing) => {
                taken.findings.extend(finding(nothing, at.1).map(|finding| (at, finding)));
                return false;
            }
        };
        let mut found = false;
        for router in &routers {
            if !taken.counts() {
                return true;
            }
            found |= self.take(router, &full, taken);
            found |= self.follow(router, &full, depth - 1, taken);
        }
        if !found {
            let prefix = mount.prefix.is_some().then_some(full.as_str());
            // Nest: an application's module mounts nothing, its controllers do.
            let router = routers.first().filter(|_| self.framework != Framework::NestJs || depth == 1);
            self.without_routes(router, at.clone(), prefix, taken);
        }
        if let Some(note) = note {
            // It is said even where the mount serves something.
            taken.served.remove(&at);
            taken.findings.insert(at.clone(), note.at(at.1));
        } else if found {
            taken.served.insert(at);
        }
        found
    }

    /// What a mount comes to of which no route can be seen.
    fn without_routes(&self, router: Option<&Router<'a>>, at: At, prefix: Option<&str>, taken: &mut Taken) {
        match (self.framework, prefix, router) {
            (Framework::NestJs, _, Some(router)) => {
                taken.has_empty_routers = true;
                let finding = GraphFinding::new(Code::MountWithoutRoutes, "controller", at.1);
                taken.findings.insert(at, finding.with("name", &router.name));
            }
            (Framework::NestJs, ..) => {}
            (framework, Some(prefix), router) if framework.spec().fills_mounts || router.is_none() => {
                // What is mounted also serves what is below it, so a wildcard adds nothing.
                let prefix = prefix.strip_suffix("/*").unwrap_or(prefix);
                taken.served.insert(at.clone());
                self.catch_all(&at.0, prefix, at.1, taken);
            }
            (Framework::Express, None, Some(router)) if !router.is_function() => {
                let finding = GraphFinding::new(Code::MountWithoutRoutes, "router", at.1);
                taken.findings.insert(at, finding.with("name", &router.name));
            }
            _ => {}
        }
    }

    /// A router mounted on a router, which the compiler does not follow.
    fn passed_over(&self, file: &Rc<File<'a>>, index: usize, taken: &mut Taken) {
        let Some(mount) = file.facts().mounts.get(index) else { return };
        if self.framework != Framework::Express || !taken.counts() {
            return;
        }
        let mounted = self.mounted(file, &mount.target, 1);
        if mounted.is_ok_and(|mounted| mounted.routers.iter().any(|router| !router.routes().is_empty())) {
            let at: At = (file.path.into(), Anchor::Mount(index));
            let finding = GraphFinding::new(Code::MountWithoutRoutes, "nested", at.1);
            taken.findings.insert(at, finding);
        }
    }

    fn catch_all(&self, file: &str, prefix: &str, anchor: Anchor, taken: &mut Taken) {
        for path in [join(prefix, "/"), join(prefix, "/:rest*")] {
            let row = RouteRow { unit: self.unit.to_owned(), path: file.into(), anchor };
            taken.add((path, "ANY"), row);
        }
    }
}

fn finding(nothing: Nothing, anchor: Anchor) -> Option<GraphFinding> {
    match nothing {
        Nothing::Silent => None,
        Nothing::Said(note) => Some(note.at(anchor)),
    }
}

/// Joins two paths of the graph's notation: one slash between them, none at the end.
fn join(prefix: &str, path: &str) -> String {
    let segments = prefix.split('/').chain(path.split('/')).filter(|segment| !segment.is_empty());
    let mut joined = String::new();
    for segment in segments {
        joined.push('/');
        joined.push_str(segment);
    }
    if joined.is_empty() { "/".to_owned() } else { joined }
}
