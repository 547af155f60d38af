use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::{Colour, ColouredSpan, Encoding, FilePath, LineIndex};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensLegend, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult,
};

/// Of more documents than this the client gets all tokens again.
const MOST: usize = 256;

/// How many numbers a token is to the protocol.
const NUMBERS: u32 = 5;

/// The tokens that the client has, by document, so that it can be told what differs.
#[derive(Default)]
pub(crate) struct Shown(Mutex<State>);

#[derive(Default)]
struct State {
    last_id: u64,
    documents: HashMap<FilePath, (u64, Vec<SemanticToken>)>,
}

impl Shown {
    /// Keeps the tokens of a document and gives them a name. Returns those under the name `previous` as well.
    fn keep(
        &self,
        path: FilePath,
        tokens: &[SemanticToken],
        previous: &str,
    ) -> (String, Option<Vec<SemanticToken>>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.last_id += 1;
        let id = state.last_id;
        if state.documents.len() >= MOST && !state.documents.contains_key(&path) {
            state.documents.clear();
        }
        let old = state.documents.insert(path, (id, tokens.to_vec()));
        (id.to_string(), old.filter(|(id, _)| id.to_string() == previous).map(|(_, tokens)| tokens))
    }

    /// A document was closed.
    pub(crate) fn forget(&self, path: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).documents.remove(path);
    }
}

/// What the numbers of tokens mean: types that every theme knows.
pub(crate) fn legend() -> SemanticTokensLegend {
    let name = |colour| match colour {
        Colour::Annotation => SemanticTokenType::DECORATOR,
        Colour::Table => SemanticTokenType::NAMESPACE,
        Colour::Key => SemanticTokenType::PROPERTY,
        Colour::Text => SemanticTokenType::STRING,
        Colour::Number => SemanticTokenType::NUMBER,
        Colour::Keyword => SemanticTokenType::KEYWORD,
        Colour::Operator => SemanticTokenType::OPERATOR,
        Colour::Comment => SemanticTokenType::COMMENT,
    };
    SemanticTokensLegend { token_types: Colour::ALL.map(name).to_vec(), token_modifiers: Vec::new() }
}

pub(crate) async fn semantic_tokens_full(
    server: &Server,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>> {
    let path = convert::path(&params.text_document.uri);
    let data = all(server, FilePath::clone(&path)).await?;
    // Of a document without annotations other servers shall have the word.
    if data.is_empty() {
        return Ok(None);
    }
    let (id, _) = server.shown.keep(path, &data, "");
    Ok(Some(SemanticTokensResult::Tokens(SemanticTokens { result_id: Some(id), data })))
}

pub(crate) async fn semantic_tokens_full_delta(
    server: &Server,
    params: SemanticTokensDeltaParams,
) -> Result<Option<SemanticTokensFullDeltaResult>> {
    let path = convert::path(&params.text_document.uri);
    let data = all(server, FilePath::clone(&path)).await?;
    let (id, old) = server.shown.keep(path, &data, &params.previous_result_id);
    let result_id = Some(id);
    Ok(Some(match old {
        Some(old) => {
            let edits = difference(&old, &data).into_iter().collect();
            SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id, edits })
        }
        None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id, data }),
    }))
}

pub(crate) async fn semantic_tokens_range(
    server: &Server,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>> {
    let encoding = server.client().encoding;
    let path = convert::path(&params.text_document.uri);
    if !server.settings(&path).colours {
        return Ok(None);
    }
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path)?;
        let span = convert::span(params.range, &lines, encoding);
        let data = tokens(&snapshot.colours(&path, Some(span)), &lines, encoding);
        let tokens = SemanticTokens { result_id: None, data };
        (!tokens.data.is_empty()).then_some(SemanticTokensRangeResult::Tokens(tokens))
    });
    answer.await
}

/// All tokens of a document; none where the person wants none.
async fn all(server: &Server, path: FilePath) -> Result<Vec<SemanticToken>> {
    let encoding = server.client().encoding;
    if !server.settings(&path).colours {
        return Ok(Vec::new());
    }
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let lines = snapshot.lines(&path).unwrap_or_default();
        tokens(&snapshot.colours(&path, None), &lines, encoding)
    });
    answer.await
}

/// Each token's place counted from the one before it.
fn tokens(colours: &[ColouredSpan], lines: &LineIndex, encoding: Encoding) -> Vec<SemanticToken> {
    let mut last = (0, 0);
    let tokens = colours.iter().map(|coloured| {
        let range = convert::range(coloured.span, lines, encoding);
        let (line, start) = (range.start.line, range.start.character);
        let delta_line = line - last.0;
        let delta_start = if delta_line == 0 { start - last.1 } else { start };
        last = (line, start);
        let number = Colour::ALL.iter().position(|colour| *colour == coloured.colour);
        SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character.saturating_sub(start),
            token_type: number.unwrap_or_default() as u32,
            token_modifiers_bitset: 0,
        }
    });
    tokens.collect()
}

/// The one stretch outside of which nothing differs; nothing where all is the same.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (gone, put) = (old.len() - end, &new[..new.len() - end]);
    (gone > 0 || !put.is_empty()).then(|| SemanticTokensEdit {
        start: start as u32 * NUMBERS,
        delete_count: gone as u32 * NUMBERS,
        data: Some(put.to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(types: &[u32]) -> Vec<SemanticToken> {
        let token = |token_type: &u32| SemanticToken { token_type: *token_type, ..SemanticToken::default() };
        types.iter().map(token).collect()
    }

    #[test]
    fn applying_the_difference_gives_the_new_tokens() {
        let cases: [(&[u32], &[u32]); 7] = [
            (&[], &[]),
            (&[1, 2], &[1, 2]),
            (&[1, 2, 3], &[1, 3]),
            (&[1, 1], &[1, 1, 1]),
            (&[], &[1]),
            (&[1], &[]),
            (&[1, 2, 1], &[1, 4, 5, 1]),
        ];
        for (old, new) in cases {
            let (mut result, new) = (all(old), all(new));
            if let Some(edit) = difference(&result, &new) {
                let start = (edit.start / NUMBERS) as usize;
                result.splice(
                    start..start + (edit.delete_count / NUMBERS) as usize,
                    edit.data.unwrap_or_default(),
                );
            } else {
                assert_eq!(result, new);
            }
            assert_eq!(result, new);
        }
    }

    #[test]
    fn a_document_that_was_closed_starts_anew() {
        let shown = Shown::default();
        let (id, old) = shown.keep("/a".into(), &all(&[1]), "");
        assert_eq!(old, None);
        let (next, old) = shown.keep("/a".into(), &all(&[2]), &id);
        assert_eq!(old, Some(all(&[1])));
        assert_eq!(shown.keep("/a".into(), &all(&[2]), &id).1, None);
        shown.forget("/a");
        assert_eq!(shown.keep("/a".into(), &all(&[2]), &next).1, None);
    }
}
