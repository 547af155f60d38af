use super::hover;
use crate::lsp::convert::{self, About};
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::Span;
use klotho_text::visible_line;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

pub(crate) async fn inlay_hint(server: &Server, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
    let client = server.client();
    let uri = params.text_document.uri;
    let path = convert::path(&uri);
    let settings = server.settings(&path);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let span = convert::span(params.range, &lines, client.encoding);
        let version = snapshot.version(&path);
        let hints = snapshot.inlay_hints(&path, span, settings.hints).into_iter().map(|hint| {
            let about = About { uri: uri.clone(), version, offset: hint.about };
            InlayHint {
                position: convert::range(Span::empty(hint.at), &lines, client.encoding).start,
                label: InlayHintLabel::String(cut(
                    visible_line(&hint.label).into_owned(),
                    settings.longest_hint,
                )),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: about.to_data().filter(|_| client.shows.hint_tooltips),
            }
        });
        Some(hints.collect())
    });
    answer.await
}

/// A label of at most `longest` characters; of any length where that is 0.
fn cut(label: String, longest: u32) -> String {
    let longest = longest as usize;
    if longest == 0 || label.chars().count() <= longest {
        return label;
    }
    let kept: String = label.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Adds the tooltip, unless the document has changed since: the client asks for its hints anew then.
pub(crate) async fn inlay_hint_resolve(server: &Server, mut hint: InlayHint) -> Result<InlayHint> {
    let client = server.client();
    let about = About::of_data(hint.data.as_ref());
    let settings = about.as_ref().map(|about| server.settings(&about.path())).unwrap_or_default();
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let about = about.filter(|about| snapshot.version(&about.path()) == about.version)?;
        let hover = hover::wanted(&snapshot, &settings, &about.path(), about.offset)?;
        Some(convert::markup(hover.markdown, &client))
    });
    hint.tooltip = answer.await?.map(InlayHintTooltip::MarkupContent);
    Ok(hint)
}
