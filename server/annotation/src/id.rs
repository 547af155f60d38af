use crate::Annotation;
use crate::finding::{Code, Finding};

/// How many bytes an id may have (reference, 1.8).
pub const MAX_ID_BYTES: usize = 25;

/// Whether an id may have `character`: `[\w-_.:/]`, ASCII only.
pub fn is_id_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_-.:/".contains(character)
}

/// What is wrong with an annotation's id. A missing one is not judged here: whether it is needed depends on more.
pub(crate) fn check(annotation: &Annotation) -> Vec<Finding> {
    let Some(id) = annotation.id() else { return Vec::new() };
    let mut findings = Vec::new();
    if id.len() > MAX_ID_BYTES {
        let finding = Finding::new(Code::IdInvalid, "length", annotation.id_at());
        findings.push(finding.with("id", id).with("length", id.len()));
    }
    // Almost every id is right.
    if id.chars().all(is_id_character) {
        return findings;
    }
    let mut wrong: Vec<char> = id.chars().filter(|&character| !is_id_character(character)).collect();
    wrong.sort_unstable();
    wrong.dedup();
    let listed: Vec<_> = wrong.iter().map(|&character| shown(character)).collect();
    let finding = Finding::new(Code::IdInvalid, "characters", annotation.id_at());
    findings.push(finding.with("id", id.escape_debug()).with("characters", listed.join(", ")));
    findings
}

fn shown(character: char) -> String {
    match character {
        ' ' => "a blank".to_owned(),
        '`' => "a backtick".to_owned(),
        _ => format!("`{}`", character.escape_debug()),
    }
}
