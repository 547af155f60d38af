use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::Span;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{FoldingRange, FoldingRangeParams};

pub(crate) async fn folding_range(
    server: &Server,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>> {
    let client = server.client();
    let path = convert::path(&params.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let most = client.shows.most_folds.map_or(usize::MAX, |most| most as usize);
        let folds = snapshot.folds(&path).into_iter().take(most).map(|fold| {
            let range = convert::range(fold, &lines, client.encoding);
            let character = |character| Some(character).filter(|_| !client.shows.folds_lines);
            let first = lines.line_span(range.start.line as usize).end as usize;
            let first = convert::range(Span::empty(first), &lines, client.encoding).end;
            FoldingRange {
                start_line: range.start.line,
                // What stands on the first line stays in sight.
                start_character: character(first.character),
                end_line: range.end.line,
                end_character: character(range.end.character),
                ..FoldingRange::default()
            }
        });
        Some(folds.collect())
    });
    answer.await
}
