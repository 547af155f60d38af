//! The protocol's base layer: headers and bodies, read so that nothing a client sends can end the session.
//!
//! tower-lsp stops reading at the first message that it cannot decode. What it could not decode never reaches it: such a
//! message is replaced by one that [`super::shell`] answers with the error that it deserves.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::io;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};
use tower_lsp::jsonrpc::{ErrorCode, Request, Response};

/// The method of what stands in for a message that cannot be read. Its parameter is the code to answer with.
pub(super) const UNREADABLE: &str = "$/klotho/unreadable";

/// A header line is a few dozen bytes.
const LINE_LIMIT: u64 = 4096;

const LENGTH: &str = "content-length";

/// The largest message: some eight times the largest document that is looked at.
const BODY_LIMIT: usize = 64 << 20;

/// serde_json reads no deeper than 128.
const DEPTH_LIMIT: usize = 120;

/// The next message's body, or what stands in for it; `None` at the end of the input. First `rest` bytes are passed over: the
/// body of a message that is too long, which is said before it has arrived.
pub(super) async fn next(
    input: &mut (impl AsyncBufRead + Unpin),
    rest: &mut u64,
) -> io::Result<Option<Vec<u8>>> {
    skip(input, std::mem::take(rest)).await?;
    let Some(length) = header(input).await? else { return Ok(None) };
    if length > BODY_LIMIT {
        *rest = length as u64;
        return Ok(Some(too_long(length)));
    }
    let mut body = Vec::new();
    if input.take(length as u64).read_to_end(&mut body).await? < length {
        return Ok(None);
    }
    mend_surrogates(&mut body);
    Ok(Some(match fault(&body) {
        None => body,
        Some(code) => stand_in(code),
    }))
}

/// Reads headers up to the empty line and returns the length that they state. Lines that are no headers are passed over.
async fn header(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<usize>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut *input).take(LINE_LIMIT).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        match (line.trim_ascii(), length) {
            (b"", Some(length)) => return Ok(Some(length)),
            (header, _) => length = content_length(header).or(length),
        }
    }
}

fn content_length(header: &[u8]) -> Option<usize> {
    let (name, value) = std::str::from_utf8(header).ok()?.rsplit_once(':')?;
    // What is left of a body whose length was stated too short may stand in front of it.
    let start = name.trim_end().len().checked_sub(LENGTH.len())?;
    name.get(start..)?.trim_end().eq_ignore_ascii_case(LENGTH).then(|| value.trim().parse().ok())?
}

async fn skip(input: &mut (impl AsyncBufRead + Unpin), length: u64) -> io::Result<()> {
    tokio::io::copy(&mut input.take(length), &mut tokio::io::sink()).await.map(drop)
}

/// As much of a message as decides whether tower-lsp can read it.
#[derive(Deserialize)]
struct Shape<'a> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    #[serde(borrow, default)]
    method: Option<Cow<'a, str>>,
    #[serde(default)]
    id: Option<Id>,
    #[serde(default, deserialize_with = "is_there")]
    result: bool,
    #[serde(default, deserialize_with = "is_there")]
    error: bool,
}

/// A number or a string; `null` and nothing at all are the same here.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(#[allow(dead_code)] i64),
    String(#[allow(dead_code)] String),
}

/// A message as tower-lsp reads it: it refuses what the shape passes over, such as a number that is none.
#[derive(Deserialize)]
#[serde(untagged)]
enum Whole {
    Answer(#[expect(dead_code, reason = "only whether it can be read matters")] Response),
    Request(#[expect(dead_code, reason = "only whether it can be read matters")] Request),
}

fn is_there<'de, D: serde::Deserializer<'de>>(field: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(field).map(|_| true)
}

/// What is wrong with a message as such, in the codes of JSON-RPC.
fn fault(body: &[u8]) -> Option<ErrorCode> {
    if depth(body) > DEPTH_LIMIT {
        return Some(ErrorCode::InvalidRequest);
    }
    let Ok(text) = std::str::from_utf8(body) else { return Some(ErrorCode::ParseError) };
    let shape: Shape<'_> = match decode(text) {
        Ok(shape) => shape,
        Err(code) => return Some(code),
    };
    let is_answer = shape.id.is_some() && (shape.result || shape.error);
    let is_message = shape.method.is_some_and(|method| !method.is_empty()) || is_answer;
    if shape.jsonrpc != "2.0" || !is_message {
        return Some(ErrorCode::InvalidRequest);
    }
    decode::<Whole>(text).err()
}

fn decode<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, ErrorCode> {
    serde_json::from_str(text).map_err(|error| match error.is_data() {
        true => ErrorCode::InvalidRequest,
        false => ErrorCode::ParseError,
    })
}

/// Replaces each half of a surrogate pair that stands alone by U+FFFD, which is as long. Editors send halves where they cut
/// a character in two, and were such an edit refused, the document would no longer be what the editor shows.
fn mend_surrogates(body: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = body.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        at += match (code_unit(body, at), code_unit(body, at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                if let Some(escape) = body.get_mut(at..at + 6) {
                    escape.copy_from_slice(b"\\ufffd");
                }
                6
            }
            _ => 2,
        };
    }
}

/// What the escape `\uXXXX` at `at` stands for, if there is one.
fn code_unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits = std::str::from_utf8(digits).ok().filter(|_| digits.iter().all(u8::is_ascii_hexdigit))?;
    u16::from_str_radix(digits, 16).ok()
}

/// How deep arrays and objects are nested.
fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut bytes = body.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => {
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'\\' => drop(bytes.next()),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    deepest
}

fn too_long(length: usize) -> Vec<u8> {
    let limit = BODY_LIMIT >> 20;
    let code = ErrorCode::InvalidRequest.code();
    let reason =
        format!("a message of {length} bytes was passed over: klotho-ls reads up to {limit} MiB at once");
    format!(r#"{{"jsonrpc":"2.0","id":null,"method":"{UNREADABLE}","params":[{code},"{reason}"]}}"#)
        .into_bytes()
}

fn stand_in(code: ErrorCode) -> Vec<u8> {
    format!(r#"{{"jsonrpc":"2.0","id":null,"method":"{UNREADABLE}","params":[{}]}}"#, code.code())
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn all(mut input: &[u8]) -> Vec<String> {
        let (mut found, mut rest) = (Vec::new(), 0);
        while let Some(body) = next(&mut input, &mut rest).await.unwrap() {
            found.push(String::from_utf8(body).unwrap());
        }
        found
    }

    fn replaced(code: i64) -> String {
        format!(r#"{{"jsonrpc":"2.0","id":null,"method":"{UNREADABLE}","params":[{code}]}}"#)
    }

    fn judged(body: &str) -> Option<i64> {
        fault(body.as_bytes()).map(|code| code.code())
    }

    #[tokio::test]
    async fn what_is_no_message_is_passed_over() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let input = format!(
            "noise\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\nX: y\r\ncontent-length: {}\r\n\r\n{good}\
             Content-Length: 3\r\n\r\n{{x}}Content-Length: {}\n\n{good}Content-Length: 99\r\n\r\n{{",
            good.len(),
            good.len()
        );
        assert_eq!(all(input.as_bytes()).await, [good.to_owned(), replaced(-32700), good.to_owned()]);
    }

    #[tokio::test]
    async fn a_length_that_is_too_short_costs_one_message() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let input = format!("Content-Length: 7\r\n\r\n{good}Content-Length: {}\r\n\r\n{good}", good.len());
        assert_eq!(all(input.as_bytes()).await, [replaced(-32700), good.to_owned()]);
    }

    #[tokio::test]
    async fn what_is_too_long_is_said_at_once_and_passed_over() {
        let good = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let length = BODY_LIMIT + 1;
        let mut input = format!("Content-Length: {length}\r\n\r\n").into_bytes();
        input.resize(input.len() + length, b'x');
        input.extend(format!("Content-Length: {}\r\n\r\n{good}", good.len()).bytes());
        let found = all(&input).await;
        assert!(found[0].contains("reads up to 64 MiB") && found[1..] == [good.to_owned()], "{found:?}");
        let endless = all(b"Content-Length: 18446744073709551615\r\n\r\nx").await;
        assert!(endless.len() == 1 && endless[0].contains(UNREADABLE), "{endless:?}");
    }

    #[test]
    fn messages_are_told_from_what_is_none() {
        assert_eq!(judged(r#"{"jsonrpc":"2.0","id":"a","method":"x","params":{"deep":[1]}}"#), None);
        assert_eq!(judged(r#"{"jsonrpc":"2.0","id":1,"result":null}"#), None);
        assert_eq!(judged(r#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}"#), None);
        assert_eq!(judged(r#"{"jsonrpc":"2.0","id":null,"method":"x"}"#), None);
        for wrong in [
            r#"{"jsonrpc":"2.0","id":1}"#,
            r#"{"jsonrpc":"1.0","id":1,"method":"x"}"#,
            r#"{"id":1,"method":"x"}"#,
            r#"{"jsonrpc":"2.0","id":{},"method":"x"}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":7}"#,
            "[]",
        ] {
            assert_eq!(judged(wrong), Some(-32600), "{wrong}");
        }
        assert_eq!(judged("nonsense"), Some(-32700));
        assert_eq!(judged(r#"{"jsonrpc":"2.0","method":"x","params":[1e999]}"#), Some(-32700));
        assert_eq!(judged(r#"{"jsonrpc":"2.0","method":"x","params":[],"params":[]}"#), Some(-32600));
        assert_eq!(
            fault(b"{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":[\"\xff\"]}").map(|it| it.code()),
            Some(-32700)
        );
        assert_eq!(judged(&"[".repeat(100_000)), Some(-32600));
    }

    #[test]
    fn half_a_character_is_replaced_and_whole_ones_are_kept() {
        for (text, mended) in [
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\uDE00\ud83d\ude00x""#, r#""\ufffd\ud83d\ude00x""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\\ud83d \n\u00e9\ud83""#, r#""\\ud83d \n\u00e9\ud83""#),
            (r#""\ud83d\n\"#, r#""\ufffd\n\"#),
        ] {
            let mut body = text.as_bytes().to_vec();
            mend_surrogates(&mut body);
            assert_eq!(String::from_utf8(body).unwrap(), mended);
        }
    }

    #[test]
    fn brackets_in_strings_are_not_nested() {
        assert_eq!(depth(br#"{"a":["[[[\"[[", {}]}"#), 3);
    }
}
