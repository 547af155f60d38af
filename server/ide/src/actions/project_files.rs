//! Project files that are not there.

use super::{parameter, quick_fix};
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_graph::Located;
use klotho_text::Span;

/// What a project file holds that says nothing yet. Those of other languages name versions, which are for people to choose.
const EMPTY: [(&str, &str); 2] = [
    ("package.json", "{\n  \"private\": true\n}\n"),
    ("requirements.txt", "# The packages that the program needs, one on a line.\n"),
];

/// Makes the one that a project lacks in its root.
pub(super) fn fix(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    if located.finding.variant != "project" || context.project.is_document() {
        return None;
    }
    let name = parameter(located, "name");
    let (name, text) = EMPTY.into_iter().find(|(empty, _)| *empty == name)?;
    let edits = vec![TextEdit { span: Span::empty(0), text: text.to_owned() }];
    let file = FileEdit { path: context.absolute(name), create: true, edits };
    Some(quick_fix(context, located, format!("Create {name}"), WorkspaceEdit { files: vec![file] }, true))
}
