//! Fixes of what is wrong in the configuration: a word that is replaced by the one that was meant.

use crate::config_edit::unquoted;
use crate::snapshot::Context;
use crate::{FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::{Code, Finding};

/// The word that belongs where the finding stands; none if nobody can tell.
pub(crate) fn replacement(finding: &Finding) -> Option<&str> {
    match finding.code {
        Code::ConfigRenamed => finding.parameter("new"),
        Code::ConfigType | Code::ConfigIgnored | Code::RegionUnknown | Code::ConfigUnknownResource => {
            // The suggestion is a sentence with the name in backticks.
            let word = finding.parameter("suggestion")?.split('`').nth(1)?;
            // Whatever else an id may hold could mean something in a key that is not quoted.
            let is_plain =
                word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            is_plain.then_some(word)
        }
        _ => None,
    }
}

/// Puts `word` where the finding stands, within the quotes that are there.
pub(crate) fn replace(context: &Context<'_>, finding: &Finding, word: &str) -> WorkspaceEdit {
    let span = unquoted(*finding.at, &context.project.config().text);
    let edits = vec![TextEdit { span, text: word.to_owned() }];
    WorkspaceEdit {
        files: vec![FileEdit { path: context.absolute(&context.relative), create: false, edits }],
    }
}
