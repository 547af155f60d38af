use crate::lsp::capabilities::Client;
use crate::lsp::configuration::Scoped;
use crate::lsp::convert;
use crate::lsp::diagnostics::name_of;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::{Diagnostic, FilePath, Snapshot};
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
        // What merely moved is in open documents, and the client asks for those by themselves.
        let settings = server.configuration.settings();
        let now = snapshot.as_ref().map(|snapshot| (snapshot.generation(), Arc::clone(&settings)));
        if let Some(snapshot) = snapshot.filter(|_| seen != now) {
            seen = now;
            let known = Arc::clone(&known);
            let answer = move |_| reports(&snapshot, &known, &client, &settings);
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
    client: &Client,
    settings: &Scoped,
) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let mut files: BTreeMap<FilePath, Vec<Diagnostic>> =
        known.keys().map(|path| (FilePath::clone(path), Vec::new())).collect();
    for found in snapshot.projects().iter().flat_map(|root| snapshot.shown_diagnostics(root)) {
        if let Some(path) = found.path.clone() {
            files.entry(path).or_default().push(found);
        }
    }
    let files = files.into_iter().map(|(path, found)| {
        let found = settings.of(&path).findings.shown(found);
        (path, found)
    });
    files.filter_map(|(path, found)| report(snapshot, &path, &found, known.get(&path), client)).collect()
}

fn report(
    snapshot: &Snapshot,
    path: &str,
    found: &[Diagnostic],
    known: Option<&(Uri, String)>,
    client: &Client,
) -> Option<WorkspaceDocumentDiagnosticReport> {
    let items = convert::diagnostics(found, snapshot, path, client);
    let (name, version) = (name_of(&items), snapshot.version(path).map(i64::from));
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
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(name), items },
        }),
    })
}
