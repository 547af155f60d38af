//! Whether there may be something to mend, told from findings alone: to know it takes the sources, and much longer.

use super::Mending;
use super::fixes::{is_decision, is_known};
use crate::Snapshot;
use crate::actions::may_be_rewritten;
use crate::config_fixes::{BESIDE, meant, replacement};
use crate::snapshot::diagnostic;
use klotho_annotation::finding::{Code, Finding};

/// What `check --fix` may be able to mend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chance {
    /// Something that has one right answer.
    pub plain: bool,
    /// Something that a person would decide.
    pub decision: bool,
}

impl Chance {
    /// What one or the other may be able to mend.
    pub fn or(self, other: Self) -> Self {
        Self { plain: self.plain || other.plain, decision: self.decision || other.decision }
    }
}

impl Snapshot {
    /// Whether there may be something to mend in the project at `root`. Where there is nothing that may be said all the same,
    /// but never the other way round.
    pub fn chance_to_mend(&self, root: &str, how: &Mending<'_>) -> Chance {
        let Some((root, project)) = self.projects.get_key_value(root) else { return Chance::default() };
        let found = project.shown_findings().into_iter().filter(|located| may_be_mended(&located.finding));
        let chances = found.filter_map(|located| {
            let decision = is_decision(&located);
            let found = diagnostic(root, project, located);
            let is_known = found.path.is_some_and(|path| is_known(how, &path, found.identity));
            let counts = (how.level)(found.code, found.severity).is_some() && !is_known;
            counts.then_some(Chance { plain: !decision, decision })
        });
        chances.fold(Chance::default(), Chance::or)
    }
}

/// Whether a finding may have a fix that is better than its others.
fn may_be_mended(finding: &Finding) -> bool {
    let variant = finding.variant;
    match finding.code {
        Code::TargetConflict => variant != "provider",
        Code::WorkloadInvalid if finding.parameter(BESIDE).is_some() => true,
        Code::UnitCall => variant == "not-awaited",
        Code::NoResource => matches!(variant, "unreachable" | "emitter-qualified"),
        Code::ConfigUnknownResource if variant == "elsewhere" => true,
        Code::CompilerGap => may_be_rewritten(finding),
        Code::MarkMisspelt => variant != "docstring",
        Code::UnknownDirective => variant != "several",
        Code::TargetUnknown | Code::UnknownCapability | Code::UsageInvalid => meant(finding).is_some(),
        Code::TargetNotInConfig
        | Code::TargetInfeasible
        | Code::TargetNotPublic
        | Code::TargetStolen
        | Code::CheaperTarget
        | Code::ProjectFileMissing
        | Code::AnnotationSyntax
        | Code::BodyQuirk
        | Code::MissingAwait
        | Code::LiteralRequired
        | Code::NotExported => true,
        _ => replacement(finding).is_some(),
    }
}
