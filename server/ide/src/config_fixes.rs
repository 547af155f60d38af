//! Fixes of what is wrong in the configuration: a word that is replaced by the one that was meant.

use crate::config_edit::{transfer, unquoted};
use crate::snapshot::Context;
use crate::{FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::{Code, Finding};
use klotho_text::Span;

/// The parameter of a finding that holds a value as it is without its quotes.
pub(crate) const BARE: &str = "bare";

/// The parameter that holds a key as it is written.
pub(crate) const KEY: &str = "key";

/// The parameter that holds a key that stands in a table and belongs beside it.
pub(crate) const BESIDE: &str = "beside";

/// The message about a key of a table that stands above it.
pub(crate) const ABOVE: &str = "above";

/// The parameter of that which holds the names of the tables that have such a key, with blanks between them.
pub(crate) const BELOW: &str = "below";

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

/// What the finding suggests, if it is one thing: a value without the quotes that it has, or a name. The suggestion is a sentence
/// with that in backticks.
pub(crate) fn meant(finding: &Finding) -> Option<&str> {
    if let Some(bare) = finding.parameter(BARE) {
        return Some(bare);
    }
    let suggestion = finding.parameter("suggestion")?;
    let (word, rest) = suggestion.split_once('`')?.1.split_once('`')?;
    // Whatever else an id may hold could mean something in a key that is not quoted.
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    // Several names are all that there are, and none of them more than the others.
    (is_plain && !rest.contains('`')).then_some(word)
}

/// Where what a finding suggests belongs: within the quotes that are there, unless they are what is wrong.
pub(crate) fn place_of(finding: &Finding, text: &str) -> Span {
    if finding.parameter(BARE).is_some() { *finding.at } else { unquoted(*finding.at, text) }
}

/// Puts the settings that a finding is about into the section that it names.
pub(crate) fn transferred(context: &Context<'_>, finding: &Finding) -> Option<WorkspaceEdit> {
    let named = |name| finding.parameter(name);
    let edits = transfer(context.project.config(), named("section")?, named("home")?, named("id")?)?;
    let path = context.absolute(&context.relative);
    Some(WorkspaceEdit { files: vec![FileEdit { path, create: false, edits }] })
}

/// Puts `word` where the finding stands.
pub(crate) fn replace(context: &Context<'_>, finding: &Finding, word: &str) -> WorkspaceEdit {
    let span = place_of(finding, &context.project.config().text);
    let edits = vec![TextEdit { span, text: word.to_owned() }];
    WorkspaceEdit {
        files: vec![FileEdit { path: context.absolute(&context.relative), create: false, edits }],
    }
}
