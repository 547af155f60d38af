//! Where a new entry of a body goes.

use super::{Draft, toml_text};
use crate::layout::{INDENT, LEADERS, line_start};
use klotho_annotation::{Entry, Table, ValueKind};
use klotho_text::Span;
use serde_json::Value as Json;

impl Draft {
    /// The text with a new entry, in the ways in which that can be written; the body has lines of its own.
    pub(super) fn inserted(&self, path: &[&str], value: &Json) -> Vec<String> {
        let value = toml_text(value, true);
        match path {
            [key] => self.at_top(key, &value).into_iter().collect(),
            [table, key] => self.in_table(table, key, &value),
            _ => Vec::new(),
        }
    }

    /// Behind the last entry that is in no table, else first of all: a table takes what follows it.
    fn at_top(&self, key: &str, value: &str) -> Option<String> {
        let own = self.own()?;
        let line = format!("{key} = {value}");
        let entries = own.directives.entries.iter();
        // The id comes first.
        let last = entries.take_while(|entry| !self.is_header(entry)).last().filter(|_| key != "id");
        match last {
            Some(last) => Some(self.line_behind(last.value.at.end as usize, &self.prefix(last)?, &line)),
            None => {
                let start = self.body()?.start as usize;
                let added = format!("{}{}{INDENT}{line}", self.newline, self.leader()?);
                Some(self.spliced(Span::empty(start), &added))
            }
        }
    }

    /// The text with a new entry of a table, which is made where there is none.
    pub(super) fn in_table(&self, name: &str, key: &str, value: &str) -> Vec<String> {
        let Some(own) = self.own() else { return Vec::new() };
        let line = format!("{key} = {value}");
        let Some(entry) = own.directives.entry(name) else {
            return self.new_table(name, &line).into_iter().collect();
        };
        let ValueKind::Table(table) = &entry.value.kind else { return Vec::new() };
        if entry.value.at.of(&self.text).starts_with('{') {
            return vec![self.in_braces(entry, table, &line)];
        }
        let Some(last) = table.entries.last() else {
            let end = entry.key_at.end as usize;
            let prefix = self.leader().map(|leader| format!("{leader}{INDENT}"));
            return prefix.map(|prefix| self.line_behind(end, &prefix, &line)).into_iter().collect();
        };
        let Some(prefix) = self.prefix(last) else { return Vec::new() };
        // Keys may be dotted, and then each names the table.
        let ways = [line.clone(), format!("{name}.{line}")];
        ways.iter().map(|line| self.line_behind(last.value.at.end as usize, &prefix, line)).collect()
    }

    fn in_braces(&self, entry: &Entry, table: &Table, line: &str) -> String {
        match table.entries.last() {
            Some(last) => self.spliced(Span::empty(last.value.at.end as usize), &format!(", {line}")),
            None => self.spliced(*entry.value.at, &format!("{{ {line} }}")),
        }
    }

    /// A table with one entry, last in the body.
    fn new_table(&self, name: &str, line: &str) -> Option<String> {
        let own = self.own()?;
        let entries = own.directives.entries.iter();
        let last = entries.take_while(|entry| !self.is_header(entry)).last();
        let prefix = match last {
            Some(last) => self.prefix(last)?,
            None => format!("{}{INDENT}", self.leader()?),
        };
        let brace = line_start(&self.text, self.body()?.end as usize);
        let newline = self.newline;
        let added = format!("{prefix}[{name}]{newline}{prefix}{line}{newline}");
        Some(self.spliced(Span::empty(brace), &added))
    }

    /// A line behind the one that `at` lies on.
    fn line_behind(&self, at: usize, prefix: &str, line: &str) -> String {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = at + rest.lines().next().map_or(0, str::len);
        self.spliced(Span::empty(end), &format!("{}{prefix}{line}", self.newline))
    }

    /// What a line like that of an entry starts with.
    fn prefix(&self, entry: &Entry) -> Option<String> {
        let at = entry.key_at.start as usize;
        let before = self.text.get(line_start(&self.text, at)..at)?;
        let is_led = before.chars().all(|next| LEADERS.contains(&next) || matches!(next, ' ' | '\t'));
        if is_led && !before.contains("/*") {
            return Some(before.to_owned());
        }
        self.leader().map(|leader| format!("{leader}{INDENT}"))
    }

    /// Whether an entry is a table with a header, or with keys that name it.
    fn is_header(&self, entry: &Entry) -> bool {
        let is_inline = entry.value.at.of(&self.text).starts_with('{');
        matches!(entry.value.kind, ValueKind::Table(_)) && !is_inline
    }
}
