use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Position, Range, SelectionRange, SelectionRangeParams};

/// No client has more cursors than this.
const MOST: usize = 10_000;

/// One answer for each position. Where no position is in an annotation, other servers shall have the word.
pub(crate) async fn selection_range(
    server: &Server,
    params: SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>> {
    let encoding = server.client().encoding;
    let path = convert::path(&params.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let around = |position: &Position| {
            let spans = snapshot.selections(&path, lines.offset(convert::position(*position), encoding));
            let ranges = spans.into_iter().map(|span| convert::range(span, &lines, encoding));
            ranges.fold(None, |outer: Option<Box<SelectionRange>>, range| {
                Some(Box::new(SelectionRange { range, parent: outer }))
            })
        };
        let found: Vec<_> =
            params.positions.iter().take(MOST).map(|position| (position, around(position))).collect();
        if found.iter().all(|(_, around)| around.is_none()) {
            return None;
        }
        let nothing = |at: &Position| SelectionRange { range: Range { start: *at, end: *at }, parent: None };
        Some(
            found
                .into_iter()
                .map(|(at, around)| around.map_or_else(|| nothing(at), |found| *found))
                .collect(),
        )
    });
    answer.await
}
