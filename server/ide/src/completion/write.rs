//! Keys and values as the text at the cursor writes them.

use super::item::{Completion, CompletionKind, Word, escaped};
use super::place::{Place, Quote, Spot};
use crate::config_edit::yaml_word;
use crate::workload::meaning;
use klotho_cost::workload::{Key, Kind};

/// How keys and values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Toml,
    Yaml,
    Json,
}

/// What a key holds, as far as its first value goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form<'a> {
    /// A text, with one to start from.
    Text(&'a str),
    /// One of these texts.
    Words(&'a [&'a str]),
    /// A number or something else without quotes, with one to start from.
    Bare(&'a str),
    /// `true` or `false`, the first to choose first.
    Flag(bool),
    /// A list of texts.
    List,
    /// Keys.
    Table,
}

/// The writer of items at one place.
pub(super) struct Writer<'a> {
    pub(super) style: Style,
    pub(super) place: &'a Place,
    /// The text that the place is one of.
    pub(super) text: &'a str,
    pub(super) cursor: usize,
}

impl Writer<'_> {
    pub(super) fn word(&self) -> Word {
        Word::new(&self.place.word, self.cursor)
    }

    /// A key with its value to be filled in, or alone where it has one.
    pub(super) fn key(&self, name: &str, form: Form<'_>) -> Completion {
        let (has_value, quote) = match &self.place.spot {
            Spot::Key { has_value, quote, .. } => (*has_value, *quote),
            Spot::Header | Spot::Value { .. } => (false, None),
        };
        let kind = if matches!(form, Form::Table) { CompletionKind::Table } else { CompletionKind::Key };
        // The quotes around a key are a part of it: what follows them differs from key to key.
        let word = match quote {
            Some(quote) => {
                let word = &self.place.word;
                Word::new(&(word.start - 1..word.end + usize::from(quote.is_closed)), self.cursor)
            }
            None => self.word(),
        };
        let spelled = self.spelled(name);
        let item = word.item(kind, name);
        let filter = quote.map_or_else(|| name.to_owned(), |quote| format!("{0}{name}{0}", quote.mark));
        let item = item.filter(filter);
        match has_value {
            true => item.text(spelled),
            false => item.snippet(format!("{}{}", escaped(&spelled), self.assigned(form))),
        }
    }

    /// A key as it has to be spelled.
    pub(super) fn spelled(&self, name: &str) -> String {
        let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        match self.style {
            Style::Yaml => yaml_word(name),
            Style::Toml if is_bare => name.to_owned(),
            Style::Toml | Style::Json => serde_json::Value::from(name).to_string(),
        }
    }

    /// What stands behind a key, as a snippet.
    fn assigned(&self, form: Form<'_>) -> String {
        let quotes = if self.style == Style::Yaml { "" } else { "\"" };
        let value = match form {
            Form::Text("") => format!("{quotes}$1{quotes}"),
            Form::Text(text) => format!("{quotes}${{1:{}}}{quotes}", escaped(text)),
            Form::Words(words) => format!("{quotes}${{1|{}|}}{quotes}", words.join(",")),
            Form::Bare("") => "$1".to_owned(),
            Form::Bare(value) => format!("${{1:{}}}", escaped(value)),
            Form::Flag(true) => "${1|true,false|}".to_owned(),
            Form::Flag(false) => "${1|false,true|}".to_owned(),
            Form::List => format!("[{quotes}$1{quotes}]"),
            Form::Table if self.style == Style::Yaml => return ":\n  $0".to_owned(),
            Form::Table => "{ $1 \\}".to_owned(),
        };
        match self.style {
            Style::Toml => format!(" = {value}"),
            Style::Yaml | Style::Json => format!(": {value}"),
        }
    }

    /// A value. `is_text`: of those that are quoted.
    pub(super) fn value(&self, kind: CompletionKind, value: &str, is_text: bool) -> Completion {
        let item = self.word().item(kind, value);
        let (quote, is_glued) = match &self.place.spot {
            Spot::Value { quote, is_glued, .. } => (*quote, *is_glued),
            Spot::Key { .. } | Spot::Header => (None, false),
        };
        let text = match (quote, self.style) {
            (Some(Quote { is_closed: true, .. }), _) => value.to_owned(),
            (Some(quote), _) => format!("{value}{}", quote.mark),
            (None, Style::Yaml) if is_text => yaml_word(value),
            (None, _) if is_text => serde_json::Value::from(value).to_string(),
            (None, _) => value.to_owned(),
        };
        let gap = if is_glued { " " } else { "" };
        item.text(format!("{gap}{text}"))
    }

    /// `true` and `false`, where no quotes are.
    pub(super) fn flags(&self, default: &str) -> Vec<Completion> {
        let is_bare = matches!(&self.place.spot, Spot::Value { quote: None, .. });
        let flags = ["true", "false"].into_iter().filter(|_| is_bare);
        let flag = |value: &str| {
            let item = self.value(CompletionKind::Value, value, false);
            if value == default { item.detail("the default") } else { item }
        };
        flags.map(flag).collect()
    }

    /// Texts, the default marked.
    pub(super) fn words(&self, words: &[&str], default: &str) -> Vec<Completion> {
        let word = |word: &&str| {
            let item = self.value(CompletionKind::Value, word, true);
            if *word == default { item.detail("the default") } else { item }
        };
        words.iter().map(word).collect()
    }

    /// A key of a `workload` or `requires` table.
    pub(super) fn cost_key(&self, key: &Key) -> Completion {
        let is_number = |text: &str| text.parse::<f64>().is_ok();
        let form = match key.kind {
            Kind::Number { .. } | Kind::Whole { .. } if is_number(key.default) => Form::Bare(key.default),
            Kind::Number { .. } | Kind::Whole { .. } => Form::Bare(""),
            Kind::Choice(words) | Kind::Shape(words) => Form::Words(words),
            Kind::Text => Form::Text(""),
            Kind::Flag => Form::Flag(true),
        };
        self.key(key.name, form).detail(detail(key)).about(meaning(key))
    }

    /// The values of such a key.
    pub(super) fn cost_values(&self, key: &Key) -> Vec<Completion> {
        match key.kind {
            Kind::Choice(words) | Kind::Shape(words) => self.words(words, key.default),
            Kind::Flag => self.flags(key.default),
            Kind::Number { .. } | Kind::Whole { .. } | Kind::Text => Vec::new(),
        }
    }

    /// Those of the keys that the table does not have yet.
    pub(super) fn cost_keys<'k>(&self, keys: impl IntoIterator<Item = &'k Key>) -> Vec<Completion> {
        let is_new = |key: &&Key| !self.is_used(key.name);
        keys.into_iter().filter(is_new).map(|key| self.cost_key(key)).collect()
    }

    pub(super) fn is_used(&self, name: &str) -> bool {
        self.place.used.iter().any(|used| used == name)
    }
}

/// In a few words what a key takes.
fn detail(key: &Key) -> String {
    let takes = match key.kind {
        Kind::Flag => "true or false",
        Kind::Text | Kind::Choice(_) | Kind::Shape(_) => "text",
        Kind::Number { .. } | Kind::Whole { .. } if key.unit.is_empty() => "number",
        Kind::Number { .. } | Kind::Whole { .. } => key.unit,
    };
    if key.default.is_empty() { takes.to_owned() } else { format!("{takes}, default {}", key.default) }
}
