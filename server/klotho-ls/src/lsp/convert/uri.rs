//! Documents by path and by URI.

use klotho_ide::FilePath;
use serde_json::Value;
use std::fmt::Write;
use tower_lsp::ls_types::Uri;

/// What the protocol calls a URI where a client may name one.
const KEYS: [&str; 6] = ["uri", "rootUri", "oldUri", "newUri", "scopeUri", "baseUri"];

/// The path by which the world knows a document: that of its file, or its whole URI when it has none.
pub(crate) fn path(uri: &Uri) -> FilePath {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    let file = is_file.then(|| uri.to_file_path()).flatten();
    let Some(file) = file else { return uri.as_str().into() };
    let mut path = file.to_string_lossy().replace('\\', "/");
    if path.get(1..3) == Some(":/") {
        // Clients differ in how they write a drive; for the system `c:` and `C:` are one.
        path[..1].make_ascii_uppercase();
    }
    while path.len() > 1 && path.ends_with('/') {
        path.pop();
    }
    path.into()
}

/// The URI of a path.
pub(crate) fn uri(path: &str) -> Option<Uri> {
    if path.starts_with('/') || path.get(1..3) == Some(":/") {
        return Uri::from_file_path(path);
    }
    path.parse().ok()
}

/// Escapes what may not stand in a URI but does: Helix sends the `[slug].ts` of a route as it is spelled. Without this
/// the whole message would be refused, and an edit lost.
pub(crate) fn mend_uris(params: &mut Value) {
    match params {
        Value::Array(items) => items.iter_mut().for_each(mend_uris),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if KEYS.contains(&key.as_str()) && text.parse::<Uri>().is_err() => {
                        *text = escaped(text);
                    }
                    value => mend_uris(value),
                }
            }
        }
        _ => {}
    }
}

fn escaped(uri: &str) -> String {
    let bytes = uri.as_bytes();
    let mut text = String::with_capacity(uri.len() + 8);
    for (index, &byte) in bytes.iter().enumerate() {
        let is_escape = byte == b'%'
            && bytes.get(index + 1..index + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if is_escape || byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn path_of(uri: &str) -> String {
        path(&uri.parse().unwrap()).to_string()
    }

    #[cfg(unix)]
    #[test]
    fn files_are_known_by_path_and_all_else_by_uri() {
        assert_eq!(path_of("file:///a/b%20c/%5Bslug%5D.ts"), "/a/b c/[slug].ts");
        assert_eq!(path_of("file:///a/b/"), "/a/b");
        assert_eq!(path_of("file:///"), "/");
        assert_eq!(path_of("untitled:Untitled-1"), "untitled:Untitled-1");
        assert_eq!(path_of("git:/a/b.ts?HEAD"), "git:/a/b.ts?HEAD");
    }

    #[cfg(unix)]
    #[test]
    fn a_path_leads_back_to_its_uri() {
        for path in ["/a/b c/[slug].ts", "/ü/🎵.ts", "/a%b#c?.ts"] {
            assert_eq!(path_of(uri(path).unwrap().as_str()), path);
        }
        assert_eq!(uri("untitled:Untitled-1").unwrap().as_str(), "untitled:Untitled-1");
    }

    #[test]
    fn bare_characters_are_escaped_where_a_uri_stands() {
        let mut params = json!({
            "textDocument": { "uri": "file:///a b/[slug]/100%/%5Bx%5D.ts" },
            "text": "file:///a b",
            "event": { "added": [{ "uri": "file:///ü" }] },
        });
        mend_uris(&mut params);
        assert_eq!(params["textDocument"]["uri"], "file:///a%20b/%5Bslug%5D/100%25/%5Bx%5D.ts");
        assert_eq!(params["text"], "file:///a b");
        assert_eq!(params["event"]["added"][0]["uri"], "file:///%C3%BC");
    }
}
