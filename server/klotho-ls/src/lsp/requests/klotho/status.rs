use crate::cost::Usd;
use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::{ProjectStatus, Severity};
use serde::Serialize;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Uri;

/// What the server knows, in a few figures.
#[derive(Serialize)]
pub(super) struct Status {
    version: &'static str,
    phase: &'static str,
    projects: Vec<Project>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Project {
    root: Uri,
    name: Option<String>,
    configuration: Option<Uri>,
    units: usize,
    resources: usize,
    files: usize,
    findings: Findings,
    monthly_usd: Option<Usd>,
    assumed: bool,
    missing_prices: bool,
}

#[derive(Serialize)]
struct Findings {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
}

pub(super) async fn status(server: &Server) -> Result<Status> {
    // Both are asked at once, so that they speak of the same moment.
    let reading = server.world.is_reading();
    let answer = server
        .world
        .ask(Lane::Heavy, |snapshot| snapshot.status().into_iter().filter_map(project).collect::<Vec<_>>());
    let phase = if reading.await? { "reading" } else { "ready" };
    Ok(Status { version: env!("CARGO_PKG_VERSION"), phase, projects: answer.await? })
}

fn project(found: ProjectStatus) -> Option<Project> {
    let count = |wanted| found.findings.iter().filter(|severity| **severity == wanted).count();
    Some(Project {
        root: super::root(&found.root)?,
        configuration: found.configuration.as_deref().and_then(convert::uri),
        units: found.units,
        resources: found.resources,
        files: found.files,
        findings: Findings {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            information: count(Severity::Information),
            hint: count(Severity::Hint),
        },
        monthly_usd: found.known.map(Usd::of),
        assumed: found.assumed,
        missing_prices: found.is_incomplete,
        name: found.name,
    })
}
