//! What the client can show of findings, and how it comes by them: it asks for them, or they are sent to it.

use tower_lsp::ls_types::{
    ClientCapabilities, DiagnosticOptions, DiagnosticServerCapabilities, DiagnosticTag, ServerCapabilities,
    WorkDoneProgressOptions,
};

/// What findings are called by those who ask for them.
const IDENTIFIER: &str = "klotho";

/// What the client can show of findings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reports {
    /// Whether it asks for findings, and asks again when it is told that they changed.
    pub(super) pulls: bool,
    pub(super) related_places: bool,
    /// Whether a code leads to its page.
    pub(super) links: bool,
    /// Whether it keeps what belongs to a finding until it asks for the ways out.
    pub(super) data: bool,
    pub(super) unnecessary: bool,
    pub(super) deprecated: bool,
}

impl Reports {
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let pushed = document.and_then(|document| document.publish_diagnostics.as_ref());
        let pulled = document.and_then(|document| document.diagnostic.as_ref());
        // Clients name what they show under the one or the other, whichever way the findings come.
        let tags = pushed.and_then(|pushed| pushed.tag_support.as_ref());
        let shows = |tag| tags.is_some_and(|tags| tags.value_set.contains(&tag));
        let either = |a: Option<bool>, b: Option<bool>| a == Some(true) || b == Some(true);
        let refreshes = workspace.and_then(|workspace| workspace.diagnostics.as_ref()?.refresh_support);
        Self {
            // Whoever cannot be told would show what was true when it asked last.
            pulls: pulled.is_some() && refreshes == Some(true),
            related_places: either(
                pushed.and_then(|it| it.related_information),
                pulled.and_then(|it| it.related_information),
            ),
            links: either(
                pushed.and_then(|it| it.code_description_support),
                pulled.and_then(|it| it.code_description_support),
            ),
            data: either(pushed.and_then(|it| it.data_support), pulled.and_then(|it| it.data_support)),
            unnecessary: shows(DiagnosticTag::UNNECESSARY),
            deprecated: shows(DiagnosticTag::DEPRECATED),
        }
    }

    /// Adds what is offered to a client that asks for findings.
    pub(super) fn offer(&self, offered: ServerCapabilities) -> ServerCapabilities {
        let options = || {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some(IDENTIFIER.to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        };
        ServerCapabilities { diagnostic_provider: self.pulls.then(options), ..offered }
    }
}
