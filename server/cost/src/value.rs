//! A neutral value: what TOML, YAML and the command line have in common.

/// A value that a person wrote for a workload or requirement key.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An integer or a fraction.
    Number(f64),
    /// A string.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A list.
    List(Vec<Value>),
}

impl Value {
    /// What the value is, for messages: "a number", "a text", ...
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
        }
    }
}
