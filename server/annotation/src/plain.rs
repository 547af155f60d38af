//! Bodies that consist of plain pairs: `key = "text"`, a whole number, `true` or `false`, one per line.
//!
//! Most bodies do, and a file may have a thousand of them to be read again at each keystroke. What is the least bit
//! unusual is left to the TOML parser.

use crate::ValueKind;
use std::ops::Range;

/// One pair of a plain body, with the places of its key and its value in the body.
#[derive(Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) key: Range<usize>,
    pub(crate) value: Range<usize>,
    pub(crate) kind: ValueKind,
}

/// The pairs of a plain body; nothing if it is not plain, be it wrong or not.
pub(crate) fn pairs(body: &str) -> Option<Vec<Pair>> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let line_end = start + line.len();
        let line = line.strip_suffix("\r\n").or(line.strip_suffix('\n')).unwrap_or(line);
        let lead = line.len() - line.trim_start_matches([' ', '\t']).len();
        if lead < line.len() {
            let pair = pair(line, lead, start)?;
            // Two equal keys are a fault, which the parser tells best; many keys are no plain body.
            if pairs.len() > 16 || pairs.iter().any(|other| body[other.key.clone()] == body[pair.key.clone()])
            {
                return None;
            }
            pairs.push(pair);
        }
        start = line_end;
    }
    Some(pairs)
}

/// The pair at `at` of a line that starts at `offset` of the body.
fn pair(line: &str, at: usize, offset: usize) -> Option<Pair> {
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let key_end = at + line.as_bytes()[at..].iter().take_while(|&byte| is_key(byte)).count();
    let after_key = line[key_end..].trim_start_matches([' ', '\t']);
    let value = after_key.strip_prefix('=')?.trim_matches([' ', '\t']);
    let kind = kind(value).filter(|_| key_end > at)?;
    let start = line.trim_end_matches([' ', '\t']).len() - value.len();
    Some(Pair {
        key: offset + at..offset + key_end,
        value: offset + start..offset + start + value.len(),
        kind,
    })
}

fn kind(value: &str) -> Option<ValueKind> {
    match value {
        "true" => Some(ValueKind::Boolean(true)),
        "false" => Some(ValueKind::Boolean(false)),
        _ => match value.strip_prefix('"') {
            Some(rest) => plain_string(rest.strip_suffix('"')?),
            None => whole_number(value),
        },
    }
}

fn plain_string(text: &str) -> Option<ValueKind> {
    let is_plain = |byte: u8| !matches!(byte, b'"' | b'\\' | 0x7f) && (byte >= b' ' || byte == b'\t');
    text.bytes().all(is_plain).then(|| ValueKind::String(text.to_owned()))
}

fn whole_number(digits: &str) -> Option<ValueKind> {
    let is_plain =
        !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_decimal = is_plain && (digits.len() == 1 || !digits.starts_with('0'));
    is_decimal.then(|| digits.parse().ok().map(ValueKind::Integer)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offset_map::Stripped;
    use crate::toml;
    use proptest::prelude::*;

    #[test]
    fn usual_bodies_are_plain() {
        for body in
            ["", "\n", " id = \"x\" ", "\n  id = \"é\"\r\n\ttarget=\"public\"\n\n", "n = 10\nsecret = true"]
        {
            assert!(pairs(body).is_some(), "{body:?}");
        }
    }

    #[test]
    fn the_least_bit_unusual_is_not() {
        for body in [
            "id = \"a\\u007D\"",
            "id = 'x'",
            "id = \"\"\"x\"\"\"",
            "a.b = 1",
            "[t]",
            "# note",
            "id = \"x\" # note",
            "id = x",
            "id = \"x\"\nid = \"y\"",
            "n = 01",
            "n = -1",
            "n = 1_000",
            "a = [1]",
            "= 1",
            "id",
            "id = \"x\", a = \"y\"",
            "a = 1\rb = 2",
            "a = 1\r",
        ] {
            assert_eq!(pairs(body), None, "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_body_is_read_as_the_parser_reads_it(
            body in "([ \t]{0,2}[a-c_1-]{0,2}[ \t]{0,2}=[ \t]?(\"[a-b \té'#=]{0,3}\"|[0-9]{0,3}|true|[\"'x#])[ \t]{0,2}\r?\n?){0,3}",
        ) {
            if pairs(&body).is_some() {
                let mut block = Stripped::default();
                block.push(&body, 7);
                let all = 0..body.len();
                let parsed = toml::parse_any(&block, all.clone()).map_err(|fault| fault.reason);
                let plain = toml::parse(&block, all).map_err(|fault| fault.reason);
                prop_assert_eq!(plain, parsed);
            }
        }
    }
}
