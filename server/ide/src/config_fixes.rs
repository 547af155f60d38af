//! Fixes of what is wrong in the configuration: a word that is replaced by the one that was meant.

use crate::config_edit::unquoted;
use crate::snapshot::Context;
use crate::{FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::{Code, Finding};

/// The word that belongs where the finding stands; none if nobody can tell.
pub(crate) fn replacement(finding: &Finding) -> Option<&str> {
    match finding.code {
        Code::ConfigRenamed => finding.parameter("new"),
        Code::ConfigType
        | Code::ConfigIgnored
        | Code::RegionUnknown
        | Code::ConfigUnknownResource
        | Code::WorkloadInvalid => meant(finding),
        _ => None,
    }
}

/// The one name that the finding suggests. The suggestion is a sentence with it in backticks.
pub(crate) fn meant(finding: &Finding) -> Option<&str> {
    let suggestion = finding.parameter("suggestion")?;
    let (word, rest) = suggestion.split_once('`')?.1.split_once('`')?;
    // Whatever else an id may hold could mean something in a key that is not quoted.
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // Several names are all that there are, and none of them more than the others.
    (is_plain && !rest.contains('`')).then_some(word)
}

/// Puts `word` where the finding stands, within the quotes that are there.
pub(crate) fn replace(context: &Context<'_>, finding: &Finding, word: &str) -> WorkspaceEdit {
    let span = unquoted(*finding.at, &context.project.config().text);
    let edits = vec![TextEdit { span, text: word.to_owned() }];
    WorkspaceEdit {
        files: vec![FileEdit { path: context.absolute(&context.relative), create: false, edits }],
    }
}
