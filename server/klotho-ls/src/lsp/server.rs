//! The protocol's methods, each handed to the file that bears its name.

use super::capabilities::{self, Client};
use super::configuration::{Configuration, attend};
use super::diagnostics::{Outgoing, Publication};
use super::graph_changed::{self, GraphChanged, GraphChangedParams};
use super::project_reports::ProjectReports;
use super::refreshes::{Refresh, Refreshes};
use super::requests::Shown;
use super::shell::Exit;
use super::turns::Turns;
use super::world::{Message, World};
use super::{convert, notifications, parent, progress, requests};
use crate::settings::Settings;
use klotho_ide::{FilePath, Snapshot};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::{mpsc, watch};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;
use tower_lsp::{Client as Connection, LanguageServer};

/// One session with one client.
pub(super) struct Server {
    pub(super) connection: Connection,
    pub(super) world: World,
    /// The colours that the client has.
    pub(super) shown: Shown,
    /// The world as it was looked at last, for those who ask about all of it.
    pub(super) looked: watch::Receiver<Option<Snapshot>>,
    /// What those who ask about all of the world were told.
    pub(super) project_reports: Arc<ProjectReports>,
    /// Of those who ask about all of the world only the latest waits.
    pub(super) turns: Turns,
    /// What the person wants.
    pub(super) configuration: Arc<Configuration>,
    /// Heard when the client is to be asked or told; taken once it is known what it can do.
    bell: Mutex<Option<mpsc::Receiver<()>>>,
    client: OnceLock<Client>,
    exit: Exit,
    /// Shown once, when the client is ready for it.
    notice: Option<String>,
}

impl Server {
    pub(super) fn new(connection: Connection, exit: Exit, notice: Option<String>) -> Self {
        let (outgoing, inbox) = mpsc::unbounded_channel();
        let (reading, shown) = watch::channel(None);
        let refreshes = Refreshes::default();
        tokio::spawn(publish(connection.clone(), inbox, refreshes.clone(), reading));
        tokio::spawn(progress::show(connection.clone(), shown));
        tokio::spawn(refresh(connection.clone(), refreshes));
        let (looks, looked) = watch::channel(None);
        let (world, shown, turns) = (World::start(outgoing, looks), Shown::default(), Turns::default());
        let (ring, bell) = mpsc::channel(1);
        let configuration = Arc::new(Configuration::new(world.clone(), ring));
        let (bell, client) = (Mutex::new(Some(bell)), OnceLock::new());
        let project_reports = Arc::default();
        Self {
            connection,
            world,
            shown,
            looked,
            project_reports,
            turns,
            configuration,
            bell,
            client,
            exit,
            notice,
        }
    }

    /// What the client can do; before `initialize` nothing but the protocol's defaults.
    pub(super) fn client(&self) -> Client {
        self.client.get().copied().unwrap_or_else(|| Client::new(&lsp::ClientCapabilities::default()))
    }

    /// What the person wants of a file.
    pub(super) fn settings(&self, path: &str) -> Arc<Settings> {
        Arc::clone(self.configuration.settings().of(path))
    }

    fn start(&self, params: &lsp::InitializeParams) -> Client {
        let client = *self.client.get_or_init(|| Client {
            follows_graphs: graph_changed::is_wanted(params),
            ..Client::new(&params.capabilities)
        });
        self.world.tell(Message::Client(client));
        let folders = folders(params);
        self.configuration.begin(params.initialization_options.clone(), &folders);
        for folder in folders {
            self.world.tell(Message::AddFolder(folder));
        }
        if let Some(id) = params.process_id {
            parent::watch(id, self.exit.clone());
        }
        client
    }
}

/// The folders that the client works on.
#[expect(deprecated, reason = "clients without workspace folders name their one folder by `rootUri`")]
fn folders(params: &lsp::InitializeParams) -> Vec<FilePath> {
    let root = params.root_uri.iter().filter(|_| params.workspace_folders.is_none());
    let uris = params.workspace_folders.iter().flatten().map(|folder| &folder.uri).chain(root);
    uris.map(convert::path).collect()
}

/// Sends findings in the order in which the owner publishes them; of those that wait for a client that reads slowly, only
/// the last of each document.
async fn publish(
    connection: Connection,
    mut inbox: mpsc::UnboundedReceiver<Outgoing>,
    refreshes: Refreshes,
    reading: watch::Sender<progress::Shown>,
) {
    let mut waiting: Vec<Outgoing> = Vec::new();
    while inbox.recv_many(&mut waiting, usize::MAX).await > 0 {
        let mut latest: Vec<Publication> = Vec::new();
        let mut changed: Vec<lsp::Uri> = Vec::new();
        for outgoing in waiting.drain(..) {
            match outgoing {
                Outgoing::Findings(publication) => {
                    latest.retain(|other| other.uri != publication.uri);
                    latest.push(publication);
                }
                Outgoing::Progress(shown) => drop(reading.send(shown)),
                Outgoing::Refresh(refresh) => refreshes.want(refresh),
                Outgoing::Graphs(news) => {
                    changed.retain(|root| !news.roots.contains(root));
                    changed.extend(news.roots);
                }
            }
        }
        for publication in latest {
            connection.send_notification::<Publication>(publication).await;
        }
        if !changed.is_empty() {
            connection.send_notification::<GraphChanged>(GraphChangedParams { roots: changed }).await;
        }
    }
}

/// Has the client ask anew, one time after the other: of a client that does not answer nothing more is wanted.
async fn refresh(connection: Connection, wanted: Refreshes) {
    loop {
        let Refresh { hints, lenses, colours, findings } = wanted.next().await;
        let client = &connection;
        let (hints, lenses, colours, findings) = tokio::join!(
            async move { if hints { client.inlay_hint_refresh().await } else { Ok(()) } },
            async move { if lenses { client.code_lens_refresh().await } else { Ok(()) } },
            async move { if colours { client.semantic_tokens_refresh().await } else { Ok(()) } },
            async move { if findings { client.workspace_diagnostic_refresh().await } else { Ok(()) } },
        );
        for error in [hints, lenses, colours, findings].into_iter().filter_map(Result::err) {
            tracing::debug!("the client does not ask anew: {error}");
        }
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let client = self.start(&params);
        Ok(lsp::InitializeResult {
            capabilities: capabilities::server(&client, &self.configuration.settings()),
            server_info: Some(lsp::ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..lsp::InitializeResult::default()
        })
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        if let Some(notice) = self.notice.clone() {
            tracing::warn!("{notice}");
            let connection = self.connection.clone();
            tokio::spawn(async move { connection.show_message(lsp::MessageType::WARNING, notice).await });
        }
        if let Some(bell) = self.bell.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let (connection, configuration) = (self.connection.clone(), Arc::clone(&self.configuration));
            tokio::spawn(attend(connection, configuration, self.client(), bell));
            self.configuration.ring();
        }
        if self.client().watches_files {
            let connection = self.connection.clone();
            tokio::spawn(async move {
                if let Err(error) = connection.register_capability(vec![notifications::watched_files()]).await
                {
                    tracing::warn!("the client does not watch files: {error}");
                }
            });
        }
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        notifications::did_change_configuration(self, params);
    }

    async fn shutdown(&self) -> Result<()> {
        self.world.tell(Message::Ending);
        self.turns.end();
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        notifications::did_open(self, params);
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        notifications::did_change(self, params);
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        notifications::did_close(self, &params);
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        notifications::did_save(self, &params);
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        notifications::did_change_watched_files(self, params);
    }

    async fn will_rename_files(&self, params: lsp::RenameFilesParams) -> Result<Option<lsp::WorkspaceEdit>> {
        requests::will_rename_files(self, params).await
    }

    async fn did_create_files(&self, params: lsp::CreateFilesParams) {
        notifications::did_create_files(self, &params);
    }

    async fn did_rename_files(&self, params: lsp::RenameFilesParams) {
        notifications::did_rename_files(self, &params);
    }

    async fn did_delete_files(&self, params: lsp::DeleteFilesParams) {
        notifications::did_delete_files(self, &params);
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        notifications::did_change_workspace_folders(self, params);
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        requests::hover(self, params).await
    }

    async fn diagnostic(
        &self,
        params: lsp::DocumentDiagnosticParams,
    ) -> Result<lsp::DocumentDiagnosticReportResult> {
        requests::diagnostic(self, params).await
    }

    async fn workspace_diagnostic(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        requests::workspace_diagnostic(self, params).await
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        requests::code_action(self, params).await
    }

    async fn code_action_resolve(&self, action: lsp::CodeAction) -> Result<lsp::CodeAction> {
        requests::code_action_resolve(self, action).await
    }

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        requests::completion(self, params).await
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        requests::completion_resolve(self, item).await
    }

    async fn goto_definition(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        requests::goto::definition(self, params).await
    }

    async fn goto_declaration(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        requests::goto::declaration(self, params).await
    }

    async fn goto_implementation(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        requests::goto::implementation(self, params).await
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        requests::references(self, params).await
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        requests::document_highlight(self, params).await
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        requests::prepare_rename(self, params).await
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        requests::rename(self, params).await
    }

    async fn document_symbol(
        &self,
        params: lsp::DocumentSymbolParams,
    ) -> Result<Option<lsp::DocumentSymbolResponse>> {
        requests::document_symbol(self, params).await
    }

    async fn symbol(
        &self,
        params: lsp::WorkspaceSymbolParams,
    ) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        requests::workspace_symbol(self, params).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: lsp::CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyItem>>> {
        requests::call_hierarchy::prepare(self, params).await
    }

    async fn incoming_calls(
        &self,
        params: lsp::CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
        requests::call_hierarchy::incoming(self, params).await
    }

    async fn outgoing_calls(
        &self,
        params: lsp::CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
        requests::call_hierarchy::outgoing(self, params).await
    }

    async fn inlay_hint(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        requests::inlay_hint(self, params).await
    }

    async fn inlay_hint_resolve(&self, params: lsp::InlayHint) -> Result<lsp::InlayHint> {
        requests::inlay_hint_resolve(self, params).await
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        requests::code_lens(self, params).await
    }

    async fn code_lens_resolve(&self, params: lsp::CodeLens) -> Result<lsp::CodeLens> {
        requests::code_lens_resolve(self, params).await
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<lsp::LSPAny>> {
        requests::execute_command(self, params).await
    }

    async fn semantic_tokens_full(
        &self,
        params: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        requests::semantic_tokens_full(self, params).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: lsp::SemanticTokensDeltaParams,
    ) -> Result<Option<lsp::SemanticTokensFullDeltaResult>> {
        requests::semantic_tokens_full_delta(self, params).await
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        requests::semantic_tokens_range(self, params).await
    }

    async fn folding_range(&self, params: lsp::FoldingRangeParams) -> Result<Option<Vec<lsp::FoldingRange>>> {
        requests::folding_range(self, params).await
    }

    async fn selection_range(
        &self,
        params: lsp::SelectionRangeParams,
    ) -> Result<Option<Vec<lsp::SelectionRange>>> {
        requests::selection_range(self, params).await
    }

    async fn document_link(&self, params: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>> {
        requests::document_link(self, params).await
    }

    async fn formatting(&self, params: lsp::DocumentFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>> {
        requests::formatting(self, params).await
    }

    async fn range_formatting(
        &self,
        params: lsp::DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        requests::range_formatting(self, params).await
    }

    async fn on_type_formatting(
        &self,
        params: lsp::DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        requests::on_type_formatting(self, params).await
    }
}
