//! Terraform addresses: `module.shop["eu"].aws_lambda_function.orders[0]`.

/// The last part of an address: what it says about one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its type, such as `aws_lambda_function`; empty when the address has none.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What stands in its own brackets, without quotes: a number, a key or `*`.
    pub index: Option<String>,
}

impl Address {
    /// Reads an address. Any text is one: what is not understood is part of the name.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let (path, index) = split_index(text);
        let (before, name) = path
            .get(last_dot(path)..)
            .map_or(("", path), |name| (&path[..path.len() - name.len()], name.trim_start_matches('.')));
        let kind = before.get(last_dot(before)..).unwrap_or_default().trim_matches('.');
        Self { kind: kind.to_owned(), name: name.to_owned(), index }
    }

    /// Whether it stands for every instance of the resource.
    pub fn is_wildcard(&self) -> bool {
        self.index.as_deref() == Some("*")
    }
}

/// The brackets at the end, if there are any.
fn split_index(text: &str) -> (&str, Option<String>) {
    let inside = text.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match inside {
        Some((path, index)) => (path, Some(index.trim_matches(['"', '\'']).to_owned())),
        None => (text, None),
    }
}

/// Where the last dot outside brackets stands; 0 when there is none.
fn last_dot(text: &str) -> usize {
    let (mut depth, mut last) = (0_usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'.' if depth == 0 => last = at,
            _ => {}
        }
    }
    last
}

/// A name as the compiler sanitises it: from the first letter on, blanks and hyphens as `_`, other characters left out.
pub fn sanitised(name: &str) -> String {
    let from = name.find(|first: char| first.is_ascii_alphabetic()).unwrap_or(name.len());
    let mut text = String::new();
    let mut is_joined = false;
    for character in name.chars().skip(name[..from].chars().count()) {
        let joins = character == '-' || character.is_whitespace();
        if joins && !is_joined {
            text.push('_');
        } else if character.is_ascii_alphanumeric() || character == '_' {
            text.push(character);
        }
        is_joined = joins;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_counts() {
        let read = |text: &str| {
            let Address { kind, name, index } = Address::parse(text);
            format!("{kind}|{name}|{}", index.unwrap_or_else(|| "-".to_owned()))
        };
        for (text, parts) in [
            ("aws_lambda_function.orders", "aws_lambda_function|orders|-"),
            ("aws_lambda_function.orders[0]", "aws_lambda_function|orders|0"),
            ("aws_lambda_function.each[\"a.b\"]", "aws_lambda_function|each|a.b"),
            ("module.mod[*].aws_lambda_function.test[*]", "aws_lambda_function|test|*"),
            ("module.mod[\"x.y\"].module.z.aws_lambda_function.t", "aws_lambda_function|t|-"),
            ("orders", "|orders|-"),
            ("", "||-"),
            ("...", "||-"),
            ("a.b]", "a|b]|-"),
        ] {
            assert_eq!(read(text), parts, "{text}");
        }
    }

    #[test]
    fn names_are_compared_as_the_compiler_writes_them() {
        for (name, text) in [("my-orders", "my_orders"), ("1-a -b.c/d", "a_bcd"), ("é", ""), ("a__b", "a__b")]
        {
            assert_eq!(sanitised(name), text);
        }
    }
}
