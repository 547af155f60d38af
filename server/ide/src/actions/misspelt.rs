//! A name that was meant otherwise, outside of the configuration.

use super::quick_fix;
use crate::config_edit::unquoted;
use crate::config_fixes::meant;
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::Code;
use klotho_graph::Located;
use klotho_text::Span;

/// Puts the name that was meant in the place of the one that is there.
pub(super) fn fix(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let text = &context.document?.text;
    let word = meant(&located.finding)?;
    let span = match located.finding.code {
        Code::UnknownCapability => whole_name(*located.at, text),
        _ => unquoted(*located.at, text),
    };
    let edits = vec![TextEdit { span, text: word.to_owned() }];
    let file = FileEdit { path: context.absolute(&context.relative), create: false, edits };
    let edit = WorkspaceEdit { files: vec![file] };
    Some(quick_fix(context, located, format!("Replace by {word}"), edit, true))
}

/// The name as it was meant: to the compiler it ends at a hyphen.
fn whole_name(at: Span, text: &str) -> Span {
    let rest = text.get(at.end as usize..).unwrap_or_default();
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let more = rest.bytes().take_while(|byte| is_of_name(*byte)).count();
    Span::new(at.start as usize, at.end as usize + more)
}
