use crate::lsp::convert;
use crate::lsp::diagnostics::name_of;
use crate::lsp::pool::Lane;
use crate::lsp::project_reports::{FileReport, ProjectReport};
use crate::lsp::server::Server;
use klotho_ide::{FilePath, Snapshot};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    FullDocumentDiagnosticReport, PreviousResultId, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

/// What the client was told of a file: how it spells it, and the name of the result.
type Known = BTreeMap<FilePath, (Uri, String)>;

/// The findings of all files, open and closed. Clients ask again as soon as they have an answer, so there is none until
/// something differs from what they know. Of several questions the latest waits, and the others are told that nothing is
/// new.
pub(crate) async fn workspace_diagnostic(
    server: &Server,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let client = server.client();
    let mut turn = server.turns.begin();
    let mut looked = server.looked.clone();
    let known = Arc::new(known(params.previous_result_ids));
    let mut seen = None;
    loop {
        let snapshot = looked.borrow_and_update().clone();
        // What merely moved in an open document the client asks for by itself.
        let settings = server.configuration.settings();
        let now = snapshot.as_ref().map(|snapshot| (snapshot.revision(), Arc::clone(&settings)));
        if let Some(snapshot) = snapshot.filter(|_| seen != now) {
            seen = now;
            let (known, projects) = (Arc::clone(&known), Arc::clone(&server.project_reports));
            let answer = move |_| reports(&snapshot, &known, &projects.of(&snapshot, &client, &settings));
            let items = server.world.ask(Lane::Heavy, answer);
            let items = items.await?;
            if items.iter().any(|item| matches!(item, WorkspaceDocumentDiagnosticReport::Full(_))) {
                return Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }));
            }
        }
        let is_told = tokio::select! {
            changed = looked.changed() => changed.is_ok(),
            () = turn.ends() => false,
        };
        if !is_told {
            return Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport::default()));
        }
    }
}

fn known(previous: Vec<PreviousResultId>) -> Known {
    let known = previous.into_iter().map(|known| (convert::path(&known.uri), (known.uri, known.value)));
    known.collect()
}

/// A report for each file that has findings or was reported before.
fn reports(
    snapshot: &Snapshot,
    known: &Known,
    projects: &[Arc<ProjectReport>],
) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let clean = FileReport { items: Vec::new(), name: name_of(&[]) };
    let mut files: BTreeMap<&FilePath, &FileReport> = known.keys().map(|path| (path, &clean)).collect();
    files.extend(projects.iter().flat_map(|project| &project.files));
    let files = files.into_iter();
    files.filter_map(|(path, found)| report(snapshot, path, found, known.get(path))).collect()
}

fn report(
    snapshot: &Snapshot,
    path: &str,
    found: &FileReport,
    known: Option<&(Uri, String)>,
) -> Option<WorkspaceDocumentDiagnosticReport> {
    let (name, version) = (found.name.clone(), snapshot.version(path).map(i64::from));
    Some(match known {
        Some((uri, previous)) if *previous == name => {
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri: uri.clone(),
                version,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
            })
        }
        _ => WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
            uri: known.map(|(uri, _)| uri.clone()).or_else(|| convert::uri(path))?,
            version,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(name),
                items: found.items.clone(),
            },
        }),
    })
}
