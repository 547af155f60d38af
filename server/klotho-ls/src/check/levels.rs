//! What a person says of the severity of findings: `--deny`, `--warn`, `--allow`.

use super::finding::Finding;
use crate::words::number_of;
use klotho_graph::suggestion;
use klotho_ide::{Code, Severity};
use std::collections::HashMap;

/// Which findings are errors, warnings or nothing.
#[derive(Debug, Default)]
pub(super) struct Levels {
    codes: HashMap<Code, Option<Severity>>,
    groups: Vec<(Group, Option<Severity>)>,
}

/// Findings named together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    All,
    Of(Severity),
}

/// The names of groups.
const GROUPS: [(&str, Group); 4] = [
    ("all", Group::All),
    ("warnings", Group::Of(Severity::Warning)),
    ("information", Group::Of(Severity::Information)),
    ("hints", Group::Of(Severity::Hint)),
];

impl Levels {
    /// What the options say; the error names what is no finding, or what is said twice.
    pub(super) fn new(deny: &[String], warn: &[String], allow: &[String]) -> Result<Self, String> {
        let mut levels = Self::default();
        for (names, level) in [(deny, Some(Severity::Error)), (warn, Some(Severity::Warning)), (allow, None)]
        {
            for name in names {
                levels.add(name.trim(), level)?;
            }
        }
        Ok(levels)
    }

    fn add(&mut self, name: &str, level: Option<Severity>) -> Result<(), String> {
        let twice = || format!("{name} is given two levels: leave one of --deny, --warn and --allow out");
        if let Some((_, group)) = GROUPS.iter().find(|(group, _)| *group == name) {
            if self.groups.iter().any(|(known, other)| known == group && *other != level) {
                return Err(twice());
            }
            self.groups.push((*group, level));
            return Ok(());
        }
        let code = Code::named(name).ok_or_else(|| unknown(name))?;
        match self.codes.insert(code, level) {
            Some(other) if other != level => Err(twice()),
            _ => Ok(()),
        }
    }

    /// As what a finding counts; `None` if it is passed over. What names a code goes before what names a group, and a
    /// severity before all.
    pub(super) fn level(&self, code: Code, severity: Severity) -> Option<Severity> {
        let group = |wanted| self.groups.iter().find(|(group, _)| *group == wanted);
        let said = self.codes.get(&code).copied();
        let said = said.or_else(|| Some(group(Group::Of(severity)).or(group(Group::All))?.1));
        said.unwrap_or(Some(severity))
    }

    /// The findings as they count.
    pub(super) fn judge(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| {
            let level = self.level(finding.code, finding.severity);
            level.map(|severity| finding.severity = severity).is_some()
        });
    }
}

fn unknown(name: &str) -> String {
    let groups = GROUPS.iter().map(|(group, _)| *group);
    let near = suggestion(name, Code::ALL.iter().map(|code| code.name()).chain(groups));
    let groups: Vec<_> = GROUPS.iter().map(|(group, _)| *group).collect();
    format!(
        "{name:?} is no finding.{near} `klotho-ls explain --all` lists them; groups are {}",
        groups.join(", ")
    )
}

/// How many findings there are of each severity, in words: `1 error, 2 warnings`. Empty when there are none.
pub(crate) fn counted(severities: impl Iterator<Item = Severity>) -> String {
    let (mut errors, mut warnings, mut notes) = (0_usize, 0_usize, 0_usize);
    for severity in severities {
        match severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Information | Severity::Hint => notes += 1,
        }
    }
    let parts: Vec<_> = [(errors, "error"), (warnings, "warning"), (notes, "note")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| number_of(number, word))
        .collect();
    parts.join(", ")
}
