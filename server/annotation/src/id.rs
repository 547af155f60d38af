use crate::Annotation;
use crate::finding::{Code, Finding};

/// How many bytes an id may have (reference, 1.8).
pub const MAX_ID_BYTES: usize = 25;

/// Whether an id may have `character`: `[\w-_.:/]`, ASCII only.
pub fn is_id_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_-.:/".contains(character)
}

/// The id that a body seems to have which cannot be read: one that can be used, on a line of its own or the first of a line.
pub(crate) fn legible(body: &str) -> Option<&str> {
    // What stands in a table is of that table.
    let mut lines = body.lines().map(str::trim_start).take_while(|line| !line.starts_with('['));
    let value = lines.find_map(|line| line.strip_prefix("id")?.trim_start().strip_prefix('='))?;
    let (id, _) = value.trim_start().strip_prefix(['"', '\''])?.split_once(['"', '\''])?;
    let is_usable = !id.is_empty() && id.len() <= MAX_ID_BYTES && id.chars().all(is_id_character);
    is_usable.then_some(id)
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

#[cfg(test)]
mod tests {
    use super::legible;

    #[test]
    fn an_id_can_be_told_of_a_body_that_cannot_be_read() {
        for (body, expected) in [
            (" id = \"a\"", Some("a")),
            ("\n  target = ecs\n  id='a.b' # so\n", Some("a.b")),
            ("\n  id = \"a\n", None),
            ("\n  id = a\n", None),
            ("\n  id = \"\"\n", None),
            ("\n  id = \"or ders\"\n", None),
            ("\n  idd = \"a\"\n  note.id = \"b\"\n", None),
            ("\n  [workload]\n  id = \"a\"\n", None),
            ("\n  id = 1\n  id = \"a\"\n", None),
            ("", None),
        ] {
            assert_eq!(legible(body), expected, "{body:?}");
        }
    }
}
