//! What there is to say of a project in one line.

use crate::FilePath;
use crate::bill::month;
use crate::snapshot::Snapshot;
use klotho_annotation::finding::Severity;
use klotho_graph::Project;
use rust_decimal::Decimal;

/// A project in a few figures.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectStatus {
    /// Its root.
    pub root: FilePath,
    /// What the configuration calls the application.
    pub name: Option<String>,
    /// The configuration, if there is one.
    pub configuration: Option<FilePath>,
    /// How many execution units it has.
    pub units: usize,
    /// How many other resources.
    pub resources: usize,
    /// How many files are part of it.
    pub files: usize,
    /// The severity of each of its findings.
    pub findings: Vec<Severity>,
    /// What can be priced of all that it pays, US dollars a month; `None` = nothing can.
    pub known: Option<Decimal>,
    /// Whether that rests on traffic that nobody stated.
    pub assumed: bool,
    /// Whether a price is missing, so that it is more.
    pub is_incomplete: bool,
}

/// Every project in a few figures, sorted by root.
pub(crate) fn status(snapshot: &Snapshot) -> Vec<ProjectStatus> {
    let projects = snapshot.projects.iter();
    projects.map(|(root, project)| of_project(snapshot, root, project)).collect()
}

fn of_project(snapshot: &Snapshot, root: &FilePath, project: &Project) -> ProjectStatus {
    let derived = project.derived();
    let file = || format!("{root}/{}", project.config_file());
    let month = month(project, snapshot.today);
    let findings = snapshot.project_diagnostics(root).into_iter();
    ProjectStatus {
        root: FilePath::clone(root),
        name: project.config().root.string("app").map(str::to_owned),
        configuration: project.has_config().then(|| file().into()),
        units: derived.units.len(),
        resources: [
            derived.stores.len(),
            derived.topics.len(),
            derived.gateways.len(),
            derived.static_units.len(),
        ]
        .iter()
        .sum(),
        files: project.paths().count(),
        findings: findings.map(|found| found.severity).collect(),
        known: month.known,
        assumed: month.assumed,
        is_incomplete: !month.is_complete,
    }
}
