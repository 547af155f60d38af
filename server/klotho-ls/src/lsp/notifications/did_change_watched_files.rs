use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::world::{DiskChange, Message};
use klotho_grammars::Language;
use klotho_graph::CONFIG_FILES;
use serde_json::json;
use tower_lsp::ls_types::{DidChangeWatchedFilesParams, FileChangeType, Registration};

/// How files end that are no source and whose text may count: what decides about a project, and measurements.
const TEXTS: [&str; 1] = ["json"];

/// The protocol's kinds of change.
const CREATED_OR_DELETED: u8 = 1 | 4;
const CHANGED: u8 = 2;

pub(crate) fn did_change_watched_files(server: &Server, params: DidChangeWatchedFilesParams) {
    let changes = params.changes.into_iter().map(|event| DiskChange {
        path: convert::path(&event.uri),
        is_structural: event.typ != FileChangeType::CHANGED,
    });
    server.world.tell(Message::Disk(changes.collect()));
}

/// Asks the client to watch what can change what we know: which files there are (any may be an asset, or tell what a folder
/// is) and what those say that are read. No event fits two of the patterns.
pub(crate) fn watched_files() -> Registration {
    let ends = Language::all().flat_map(|language| language.spec().extensions).copied().chain(TEXTS);
    let ends: Vec<_> = ends.map(|end| format!(".{end}")).collect();
    let names = CONFIG_FILES.iter().map(|(name, _)| *name);
    let names = names.filter(|name| !ends.iter().any(|end| name.ends_with(end)));
    let others = names.map(str::to_owned).chain(TEXTS.map(|end| format!("*.{end}")));
    let read = Language::all().flat_map(patterns).chain(others.map(|name| format!("**/{name}")));
    let read = read.map(|pattern| json!({ "globPattern": pattern, "kind": CHANGED }));
    let any = json!({ "globPattern": "**/*", "kind": CREATED_OR_DELETED });
    let watchers: Vec<_> = std::iter::once(any).chain(read).collect();
    Registration {
        id: "watched-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": watchers })),
    }
}

/// The files of a language; a section of a name in the ways in which people write it.
fn patterns(language: Language) -> impl Iterator<Item = String> {
    let spec = language.spec();
    let named = spec.name_section.into_iter().flat_map(|section| {
        let (first, rest) = section.split_at(section.len().min(1));
        [section.to_owned(), format!("{}{rest}", first.to_ascii_uppercase())]
    });
    let extensions = spec.extensions.iter().map(|extension| format!("**/*.{extension}"));
    extensions.chain(named.map(|section| format!("**/*{section}*")))
}
