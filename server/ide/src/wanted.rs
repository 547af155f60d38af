use klotho_annotation::finding::Code;
use std::collections::BTreeSet;

/// What someone wants of the actions at a place.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The kinds, each with those below it: `refactor` takes `refactor.rewrite`. All without.
    pub only: Option<Vec<String>>,
    /// Findings that are shown there, by their [`identity`](crate::Diagnostic::identity), wherever they stand now.
    pub findings: Vec<u64>,
    /// Findings that nobody is shown, and that are not mended unasked.
    pub hidden: BTreeSet<Code>,
    /// Whether an editor asks by itself, as the cursor moves, and not a person who opened the list.
    pub is_automatic: bool,
    /// Whether it is enough to know what there is: what the actions change is asked for later.
    pub is_preview: bool,
}

impl Wanted {
    /// Whether actions of a kind are wanted.
    pub(crate) fn takes(&self, kind: &str) -> bool {
        let Some(only) = &self.only else {
            // What is about the whole file is always there, and would always show that there is something.
            return !(self.is_automatic && kind.starts_with("source"));
        };
        only.iter().any(|wanted| is_below(kind, wanted))
    }

    /// Whether actions of any kind below `kind` are wanted.
    pub(crate) fn takes_some(&self, kind: &str) -> bool {
        self.takes(kind) || self.only.iter().flatten().any(|wanted| is_below(wanted, kind))
    }
}

fn is_below(kind: &str, wanted: &str) -> bool {
    let rest = kind.strip_prefix(wanted);
    rest.is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
}
