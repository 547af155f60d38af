//! What a client says of itself, so that all of it can be read: one part that cannot must not refuse the whole session.

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::ls_types::ClientCapabilities;

/// Where the protocol allows a boolean or an object, and the types know the boolean alone.
const BOOLEANS: [&str; 1] = ["/textDocument/semanticTokens/requests/range"];

/// Leaves out of the greeting what cannot be read. (Neovim 0.9 wraps what it says of call hierarchies into a list.)
pub(super) fn mend_capabilities(params: &mut Value) {
    let Some(capabilities) = params.get_mut("capabilities").filter(|found| found.is_object()) else { return };
    for path in BOOLEANS {
        if let Some(found) = capabilities.pointer_mut(path).filter(|found| found.is_object()) {
            *found = true.into();
        }
    }
    if is_readable(capabilities) {
        return;
    }
    for (section, parts) in capabilities.as_object_mut().into_iter().flatten() {
        if let Some(parts) = parts.as_object_mut() {
            parts.retain(|name, part| {
                let is_kept = is_readable(&json!({ section: { name: part } }));
                if !is_kept {
                    tracing::warn!("what the client says of {section}.{name} cannot be read");
                }
                is_kept
            });
        }
    }
    if let Some(sections) = capabilities.as_object_mut() {
        sections.retain(|section, parts| is_readable(&json!({ section: parts })));
    }
}

fn is_readable(capabilities: &Value) -> bool {
    ClientCapabilities::deserialize(capabilities).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(capabilities: Value) -> Value {
        let mut params = json!({ "capabilities": capabilities });
        mend_capabilities(&mut params);
        params["capabilities"].take()
    }

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        let right =
            json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } }, "unheardOf": [1] });
        assert_eq!(mended(right.clone()), right);
    }

    #[test]
    fn one_part_that_cannot_be_read_takes_no_other_with_it() {
        let wrong = json!({
            "textDocument": { "callHierarchy": [{ "dynamicRegistration": false }], "hover": {} },
            "workspace": 1,
        });
        assert_eq!(mended(wrong), json!({ "textDocument": { "hover": {} } }));
    }

    #[test]
    fn an_object_where_the_protocol_allows_one_is_understood() {
        let tokens = |range: Value| {
            let requests = json!({ "range": range, "full": true });
            json!({ "textDocument": { "semanticTokens": { "requests": requests, "tokenTypes": [], "tokenModifiers": [], "formats": [] } } })
        };
        assert_eq!(mended(tokens(json!({}))), tokens(json!(true)));
    }
}
