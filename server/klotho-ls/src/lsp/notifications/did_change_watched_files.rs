use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::{DiskChange, Message};
use klotho_grammars::Language;
use serde_json::json;
use tower_lsp::ls_types::{DidChangeWatchedFilesParams, FileChangeType, Registration};

/// Files beside the sources that decide about a project.
const CONFIGURATION: [&str; 5] =
    ["klotho.yaml", "package.json", "tsconfig.json", "requirements.txt", "go.mod"];

pub(crate) fn did_change_watched_files(server: &Server, params: DidChangeWatchedFilesParams) {
    let changes = params.changes.into_iter().map(|event| DiskChange {
        path: convert::path(&event.uri),
        is_structural: event.typ != FileChangeType::CHANGED,
    });
    server.world.tell(Message::Disk(changes.collect()));
}

/// Asks the client to watch every file that can change what we know.
pub(crate) fn watched_files() -> Registration {
    let sources = Language::all().flat_map(|language| language.spec().extensions.iter());
    let sources = sources.map(|extension| format!("**/*.{extension}"));
    let patterns = sources.chain(CONFIGURATION.iter().map(|name| format!("**/{name}")));
    let watchers: Vec<_> = patterns.map(|pattern| json!({ "globPattern": pattern })).collect();
    Registration {
        id: "watched-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": watchers })),
    }
}
