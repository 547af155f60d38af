use crate::lsp::server::Server;
use tower_lsp::ls_types::DidChangeConfigurationParams;

/// Whoever can be asked is asked: what it tells is then often nothing.
pub(crate) fn did_change_configuration(server: &Server, params: DidChangeConfigurationParams) {
    if server.client().answers_settings {
        server.configuration.ring();
    } else {
        server.configuration.pushed(params.settings);
    }
}
