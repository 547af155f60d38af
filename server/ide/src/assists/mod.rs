//! What can be done at the cursor where nothing is wrong: one file for each, and the table that lists them.

mod annotate;
mod convert;
mod extract;
mod module_parts;
mod own_unit;
mod regroup;
mod trial;
mod workload;
mod written;

pub(crate) use trial::new_gaps;
pub(crate) use written::after_head;

use crate::placement::Subject;
use crate::snapshot::Context;
use crate::{CodeAction, Span, WorkspaceEdit};

/// One row of the table.
struct Assist {
    /// The protocol's kind.
    kind: &'static str,
    /// What it offers at a place.
    offers: fn(&Asked<'_>) -> Vec<Offer>,
}

/// All of them, in the order in which a menu shows them.
const ASSISTS: &[Assist] = &[
    Assist { kind: REWRITE, offers: annotate::annotate },
    Assist { kind: REWRITE, offers: annotate::unit },
    Assist { kind: REWRITE, offers: own_unit::own_unit },
    Assist { kind: EXTRACT, offers: extract::extract },
    Assist { kind: REWRITE, offers: workload::state },
    Assist { kind: REWRITE, offers: workload::volumes },
    Assist { kind: REWRITE, offers: workload::shapes },
    Assist { kind: REWRITE, offers: regroup::regroup },
    Assist { kind: REWRITE, offers: convert::convert },
];

const REWRITE: &str = "refactor.rewrite";
const EXTRACT: &str = "refactor.extract";

/// What is asked.
pub(crate) struct Asked<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) span: Span,
    /// What the cursor stands on.
    pub(crate) subject: Option<&'a Subject>,
    /// The units that this speaks of.
    pub(crate) units: &'a [String],
}

/// Something that can be done.
struct Offer {
    /// What it does, for people.
    title: String,
    /// What it changes; the error says why it cannot be done.
    edit: Result<WorkspaceEdit, String>,
}

/// All that can be done.
pub(crate) fn assists(asked: &Asked<'_>) -> Vec<CodeAction> {
    let offered = ASSISTS.iter().flat_map(|assist| {
        let offers = (assist.offers)(asked).into_iter();
        offers.filter_map(|offer| action(assist.kind, offer))
    });
    offered.collect()
}

/// An edit that changes nothing is none.
fn action(kind: &'static str, offer: Offer) -> Option<CodeAction> {
    let (edit, disabled) = match offer.edit {
        Ok(edit) if edit.files.is_empty() => return None,
        Ok(edit) => (edit, None),
        Err(reason) => (WorkspaceEdit::default(), Some(reason)),
    };
    Some(CodeAction { title: offer.title, kind, is_preferred: false, disabled, fixes: Vec::new(), edit })
}

impl Asked<'_> {
    /// Whether the cursor stands on what states a unit, not on its code.
    fn is_at_statement(&self) -> bool {
        matches!(self.subject, Some(Subject::Annotation(_) | Subject::ConfigUnit(_)))
    }
}
