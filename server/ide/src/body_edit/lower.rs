//! Taking a key from where those of the annotation itself stand into a table.

use super::Draft;
use crate::config_edit::with;
use crate::layout::{LEADERS, line_start};
use klotho_annotation::Entry;
use klotho_text::Span;

impl Draft {
    /// Puts a key of the annotation itself into a table, which is made where there is none, with what its line says behind it;
    /// whether it could be done. If not, the draft is of no use any more.
    pub(crate) fn lower(&mut self, key: &str, table: &str) -> bool {
        self.open_up() && self.lowered(key, table).is_some()
    }

    fn lowered(&mut self, key: &str, table: &str) -> Option<()> {
        let before = self.own()?.directives.to_json();
        let Entry { key_at, value, .. } = self.own()?.directives.entry(key)?.clone();
        let start = line_start(&self.text, key_at.start as usize);
        let led = self.text.get(start..key_at.start as usize)?;
        let is_first = led.chars().all(|next| LEADERS.contains(&next) || matches!(next, ' ' | '\t'));
        let end = value.at.end as usize;
        let end = end + self.text.get(end..)?.find('\n')? + 1;
        let said = self.text.get(value.at.start as usize..end)?.trim_end().to_owned();
        let cut = self.spliced(Span::new(start, end), "");
        let mut wanted = before;
        let moved = wanted.as_object_mut()?.remove(key)?;
        if !is_first || !self.take(cut, &wanted) {
            return None;
        }
        let wanted = with(wanted, &[table, key], &moved);
        self.in_table(table, key, &said).into_iter().any(|text| self.take(text, &wanted)).then_some(())
    }
}
