//! Taking a key out of a table, to where the keys of the annotation itself stand.

use super::Draft;
use crate::layout::{LEADERS, line_start};
use klotho_annotation::{Entry, ValueKind};
use serde_json::Value as Json;

impl Draft {
    /// Puts a key of a table with a header above that, its whole line with it; whether it could be done.
    pub(crate) fn raise(&mut self, table: &str, key: &str) -> bool {
        let wanted = self.own().and_then(|own| raised(own.directives.to_json(), table, key));
        self.raised(table, key).zip(wanted).is_some_and(|(text, wanted)| self.take(text, &wanted))
    }

    fn raised(&self, table: &str, key: &str) -> Option<String> {
        let header = self.own()?.directives.entry(table)?;
        let ValueKind::Table(inner) = &header.value.kind else { return None };
        let Entry { key_at, value, .. } = inner.entry(key)?;
        let start = line_start(&self.text, key_at.start as usize);
        let before = self.text.get(start..key_at.start as usize)?;
        let is_first = before.chars().all(|next| LEADERS.contains(&next) || matches!(next, ' ' | '\t'));
        let end = value.at.end as usize;
        let end = end + self.text.get(end..)?.find('\n')? + 1;
        let above = line_start(&self.text, header.key_at.start as usize);
        if !is_first || above >= start {
            return None;
        }
        let (head, between) = (self.text.get(..above)?, self.text.get(above..start)?);
        Some([head, self.text.get(start..end)?, between, self.text.get(end..)?].concat())
    }
}

/// What a body says when a key of a table is one of its own.
fn raised(mut said: Json, table: &str, key: &str) -> Option<Json> {
    let keys = said.as_object_mut()?;
    let value = keys.get_mut(table)?.as_object_mut()?.remove(key)?;
    keys.insert(key.to_owned(), value).is_none().then_some(said)
}
