use crate::lsp::configuration::Scoped;
use crate::lsp::diagnostics::{Pulled, diagnostics, name_of};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use crate::lsp::world::Message;
use crate::lsp::{capabilities::Client, convert};
use klotho_ide::{FilePath, Snapshot};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

/// The findings of one document, once its project is known.
pub(crate) async fn diagnostic(
    server: &Server,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let client = server.client();
    let path = convert::path(&params.text_document.uri);
    let settings = server.configuration.settings();
    let (asked, world) = (FilePath::clone(&path), server.world.clone());
    let answer = server.world.ask_known(asked, Lane::Quick, move |snapshot| {
        let previous = params.previous_result_id.as_deref();
        let (report, pulled) = report(&snapshot, &path, (&client, &settings), previous);
        // What was answered is remembered, so that the client is told when it is true no more.
        world.tell(Message::Pulled(path, pulled));
        DocumentDiagnosticReportResult::Report(report)
    });
    answer.await
}

fn report(
    snapshot: &Snapshot,
    path: &str,
    (client, settings): (&Client, &Scoped),
    previous: Option<&str>,
) -> (DocumentDiagnosticReport, Pulled) {
    let items = diagnostics(snapshot, path, client, settings);
    let name = name_of(&items);
    let pulled =
        Pulled { version: snapshot.version(path), generation: snapshot.generation(), name: name.clone() };
    let report = if previous == Some(&*name) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(name), items },
        })
    };
    (report, pulled)
}
