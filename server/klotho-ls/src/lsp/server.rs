//! The protocol's methods, each handed to the file that bears its name.

use super::capabilities::{self, Client};
use super::diagnostics::Publication;
use super::shell::Exit;
use super::world::{Message, World};
use super::{convert, notifications, parent, requests};
use klotho_ide::FilePath;
use std::sync::OnceLock;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;
use tower_lsp::{Client as Connection, LanguageServer};

/// One session with one client.
pub(super) struct Server {
    connection: Connection,
    pub(super) world: World,
    client: OnceLock<Client>,
    exit: Exit,
    /// Shown once, when the client is ready for it.
    notice: Option<String>,
}

impl Server {
    pub(super) fn new(connection: Connection, exit: Exit, notice: Option<String>) -> Self {
        let (publications, inbox) = mpsc::unbounded_channel();
        tokio::spawn(publish(connection.clone(), inbox));
        Self { connection, world: World::start(publications), client: OnceLock::new(), exit, notice }
    }

    /// What the client can do; before `initialize` nothing but the protocol's defaults.
    pub(super) fn client(&self) -> Client {
        self.client.get().copied().unwrap_or_else(|| Client::new(&lsp::ClientCapabilities::default()))
    }

    fn start(&self, params: &lsp::InitializeParams) -> Client {
        let client = *self.client.get_or_init(|| Client::new(&params.capabilities));
        self.world.tell(Message::Client(client));
        for folder in folders(params) {
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
async fn publish(connection: Connection, mut inbox: mpsc::UnboundedReceiver<Publication>) {
    let mut waiting: Vec<Publication> = Vec::new();
    while inbox.recv_many(&mut waiting, usize::MAX).await > 0 {
        let mut latest: Vec<Publication> = Vec::new();
        for publication in waiting.drain(..) {
            latest.retain(|other| other.uri != publication.uri);
            latest.push(publication);
        }
        for Publication { uri, version, diagnostics } in latest {
            connection.publish_diagnostics(uri, diagnostics, version).await;
        }
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let client = self.start(&params);
        Ok(lsp::InitializeResult {
            capabilities: capabilities::server(&client),
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

    async fn shutdown(&self) -> Result<()> {
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

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        notifications::did_change_workspace_folders(self, params);
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        requests::hover(self, params).await
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        requests::code_action(self, params).await
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
}
