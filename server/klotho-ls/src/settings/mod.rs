//! What a person can set: one table, which the server reads, and which is printed for editors and for the documentation.

mod page;
mod read;
mod schema;
mod table;

pub(crate) use page::page;
pub(crate) use read::read;
pub(crate) use schema::schema;

use klotho_ide::{Code, Diagnostic, Glance, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// What clients call all of them together.
pub(crate) const SECTION: &str = "klotho";

/// What holds for a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settings {
    pub(crate) hints: Glance,
    /// The most characters of a hint; 0 for any number.
    pub(crate) longest_hint: u32,
    pub(crate) lenses: Glance,
    pub(crate) brief_hovers: bool,
    pub(crate) findings: Findings,
    pub(crate) colours: bool,
    pub(crate) layout: bool,
    pub(crate) layout_on_type: bool,
    pub(crate) costs_in_completion: bool,
}

/// Which findings are shown, and as what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Findings {
    pub(crate) enabled: bool,
    /// Those that are not shown as what they are; `None` for those that are not shown at all.
    pub(crate) severity: BTreeMap<Code, Option<Severity>>,
}

impl Findings {
    /// The findings that are not shown.
    pub(crate) fn hidden(&self) -> BTreeSet<Code> {
        let is_off = |code: &Code| !self.enabled || self.severity.get(code) == Some(&None);
        Code::ALL.iter().copied().filter(is_off).collect()
    }

    /// The findings that are shown, each as what it is shown.
    pub(crate) fn shown(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.retain_mut(|diagnostic| {
            let severity = match self.severity.get(&diagnostic.code) {
                Some(wanted) => *wanted,
                None => Some(diagnostic.severity),
            };
            diagnostic.severity = severity.unwrap_or(diagnostic.severity);
            self.enabled && severity.is_some()
        });
        found
    }
}

impl Default for Settings {
    /// What the table says.
    fn default() -> Self {
        let mut settings = Self {
            hints: Glance::default(),
            longest_hint: 0,
            lenses: Glance::default(),
            brief_hovers: false,
            findings: Findings { enabled: false, severity: BTreeMap::new() },
            colours: false,
            layout: false,
            layout_on_type: false,
            costs_in_completion: false,
        };
        for setting in table::SETTINGS {
            setting.kind.apply_default(&mut settings);
        }
        settings
    }
}
