//! What the client can show beside findings, hovers and actions, and what it is offered of that.

use super::configuration::Scoped;
use super::refreshes::Refresh;
use super::registrations::Registers;
use super::requests::{SHOW, commands, legend};
use tower_lsp::ls_types::{
    ClientCapabilities, CodeLensOptions, DocumentLinkOptions, DocumentOnTypeFormattingOptions,
    ExecuteCommandOptions, FoldingRangeProviderCapability, InlayHintOptions, InlayHintServerCapabilities,
    OneOf, SelectionRangeProviderCapability, SemanticTokensFullOptions, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, WorkDoneProgressOptions,
};

/// What the client can show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shows {
    hints: bool,
    /// Whether it asks for the tooltip of a hint when that is needed.
    pub(super) hint_tooltips: bool,
    lenses: bool,
    /// Whether it changes files when it is asked to.
    pub(super) applies_edits: bool,
    /// What it asks for anew when it is told that it changed.
    pub(super) refresh: Refresh,
    colours: bool,
    /// Which of them it asks for: what differs, and those in sight.
    pub(super) colour_requests: (bool, bool),
    folds: bool,
    /// The most folds that it takes of a document.
    pub(super) most_folds: Option<u32>,
    /// Whether it folds whole lines only.
    pub(super) folds_lines: bool,
    selections: bool,
    links: bool,
    layout: bool,
    layout_of_ranges: bool,
    layout_on_type: bool,
    /// What it can be told of later.
    pub(super) registers: Registers,
}

impl Shows {
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let hints = document.and_then(|document| document.inlay_hint.as_ref());
        let resolved = hints.and_then(|hints| hints.resolve_support.as_ref());
        let refreshed_hints = workspace.and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support);
        let refreshed_lenses = workspace.and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support);
        let refreshed_colours =
            workspace.and_then(|workspace| workspace.semantic_tokens.as_ref()?.refresh_support);
        let folds = document.and_then(|document| document.folding_range.as_ref());
        Self {
            hints: hints.is_some(),
            hint_tooltips: resolved
                .is_some_and(|found| found.properties.iter().any(|name| name == "tooltip")),
            lenses: document.is_some_and(|document| document.code_lens.is_some()),
            refresh: Refresh {
                hints: refreshed_hints == Some(true),
                lenses: refreshed_lenses == Some(true),
                colours: refreshed_colours == Some(true),
                findings: false,
            },
            applies_edits: workspace.is_some_and(|workspace| workspace.apply_edit == Some(true)),
            colours: document.is_some_and(|document| document.semantic_tokens.is_some()),
            colour_requests: document.and_then(|it| it.semantic_tokens.as_ref()).map_or(
                (false, false),
                |it| {
                    let full = it.requests.full.as_ref();
                    let delta = matches!(full, Some(SemanticTokensFullOptions::Delta { delta: Some(true) }));
                    (delta, it.requests.range == Some(true))
                },
            ),
            folds: folds.is_some(),
            most_folds: folds.and_then(|folds| folds.range_limit),
            folds_lines: folds.is_some_and(|folds| folds.line_folding_only == Some(true)),
            selections: document.is_some_and(|document| document.selection_range.is_some()),
            links: document.is_some_and(|document| document.document_link.is_some()),
            layout: document.is_some_and(|document| document.formatting.is_some()),
            layout_of_ranges: document.is_some_and(|document| document.range_formatting.is_some()),
            layout_on_type: document.is_some_and(|document| document.on_type_formatting.is_some()),
            registers: registers(capabilities),
        }
    }

    /// Adds what is offered to a client that can show this. What can be registered later is, as soon as all is known that
    /// people want.
    pub(super) fn offer(&self, offered: ServerCapabilities, settings: &Scoped) -> ServerCapabilities {
        let nothing = WorkDoneProgressOptions::default;
        let hints = || {
            let resolve_provider = Some(self.hint_tooltips);
            let work_done_progress_options = nothing();
            InlayHintServerCapabilities::Options(InlayHintOptions {
                work_done_progress_options,
                resolve_provider,
            })
        };
        let (later, layout) = (self.registers, settings.any(|settings| settings.layout));
        let coloured = self.colours && !later.colours && settings.any(|settings| settings.colours);
        let whole = self.layout && !later.layout && layout;
        let ranges = self.layout_of_ranges && !later.layout_of_ranges && layout;
        let typed = settings.any(|settings| settings.layout_on_type);
        let typed = typed && self.layout_on_type && !later.layout_on_type;
        let links = || DocumentLinkOptions { resolve_provider: None, work_done_progress_options: nothing() };
        ServerCapabilities {
            inlay_hint_provider: self.hints.then(hints).map(OneOf::Right),
            code_lens_provider: self.lenses.then_some(CodeLensOptions { resolve_provider: Some(true) }),
            semantic_tokens_provider: coloured.then(|| {
                SemanticTokensServerCapabilities::SemanticTokensOptions(colours(self.colour_requests))
            }),
            execute_command_provider: self.commands(),
            folding_range_provider: self.folds.then_some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: self
                .selections
                .then_some(SelectionRangeProviderCapability::Simple(true)),
            document_link_provider: self.links.then(links),
            document_formatting_provider: whole.then_some(OneOf::Left(true)),
            document_range_formatting_provider: ranges.then_some(OneOf::Left(true)),
            document_on_type_formatting_provider: typed.then(typing),
            ..offered
        }
    }

    /// The commands that the client can run: those that change files only where it makes the changes.
    fn commands(&self) -> Option<ExecuteCommandOptions> {
        let show = self.lenses.then_some(SHOW).into_iter();
        let commands: Vec<_> =
            show.chain(commands::names().filter(|_| self.applies_edits)).map(str::to_owned).collect();
        let work_done_progress_options = WorkDoneProgressOptions::default();
        (!commands.is_empty()).then_some(ExecuteCommandOptions { commands, work_done_progress_options })
    }
}

fn registers(capabilities: &ClientCapabilities) -> Registers {
    let Some(document) = &capabilities.text_document else { return Registers::default() };
    let told = |dynamic: Option<bool>| dynamic == Some(true);
    let colours = document.semantic_tokens.as_ref();
    Registers {
        colours: colours.is_some_and(|colours| told(colours.dynamic_registration)),
        layout: document.formatting.is_some_and(|layout| told(layout.dynamic_registration)),
        layout_of_ranges: document.range_formatting.is_some_and(|layout| told(layout.dynamic_registration)),
        layout_on_type: document.on_type_formatting.is_some_and(|layout| told(layout.dynamic_registration)),
    }
}

/// How colours are asked for.
pub(super) fn colours((delta, range): (bool, bool)) -> SemanticTokensOptions {
    SemanticTokensOptions {
        work_done_progress_options: WorkDoneProgressOptions::default(),
        legend: legend(),
        range: Some(range),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(delta) }),
    }
}

/// Which characters are told of.
pub(super) fn typing() -> DocumentOnTypeFormattingOptions {
    DocumentOnTypeFormattingOptions {
        first_trigger_character: "\n".to_owned(),
        more_trigger_character: Some(vec!["}".to_owned()]),
    }
}
