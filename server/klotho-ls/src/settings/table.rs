//! The settings: a row each.

use super::Settings;
use klotho_ide::Severity;

/// One setting.
pub(super) struct Setting {
    /// Below the section: `hover.detail`.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What it is for, in Markdown.
    pub(super) about: &'static str,
    pub(super) scope: Scope,
}

/// For what it can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Each folder that is worked on.
    Resource,
    /// Each window of the editor.
    Window,
    /// The machine: no project may say it.
    Machine,
}

/// Where the server keeps a setting; `None` for those that only an editor's extension reads.
type Place<T> = Option<fn(&mut Settings) -> &mut T>;

/// What a setting takes.
pub(super) enum Kind {
    Flag {
        default: bool,
        place: Place<bool>,
    },
    /// One of several words, each with what it means. The first is the default. The place holds whether it is the second.
    Choice {
        values: &'static [(&'static str, &'static str)],
        place: Place<bool>,
    },
    Text {
        default: &'static str,
    },
    Whole {
        default: u32,
        most: u32,
        place: fn(&mut Settings) -> &mut u32,
    },
    /// Codes of findings, each with one of [`LEVELS`].
    Severities,
}

impl Kind {
    /// Puts the default where the server reads it.
    pub(super) fn apply_default(&self, settings: &mut Settings) {
        match self {
            Self::Flag { default, place: Some(place) } => *place(settings) = *default,
            Self::Choice { place: Some(place), .. } => *place(settings) = false,
            Self::Whole { default, place, .. } => *place(settings) = *default,
            Self::Severities => settings.findings.severity.clear(),
            Self::Flag { place: None, .. } | Self::Choice { place: None, .. } | Self::Text { .. } => {}
        }
    }
}

/// As what a finding can be shown.
pub(super) const LEVELS: [(&str, &str, Option<Severity>); 5] = [
    ("error", "Shown as an error.", Some(Severity::Error)),
    ("warning", "Shown as a warning.", Some(Severity::Warning)),
    ("information", "Shown as information.", Some(Severity::Information)),
    ("hint", "Shown as a hint.", Some(Severity::Hint)),
    ("off", "Not shown, and its fixes are not offered.", None),
];

const fn flag(name: &'static str, default: bool, place: Place<bool>, about: &'static str) -> Setting {
    Setting { name, kind: Kind::Flag { default, place }, about, scope: Scope::Resource }
}

const fn extension(name: &'static str, about: &'static str) -> Setting {
    let kind = Kind::Flag { default: true, place: None };
    Setting { name, kind, about, scope: Scope::Window }
}

/// All of them, in the order in which they are shown.
pub(super) static SETTINGS: &[Setting] = &[
    flag(
        "inlayHints.units",
        true,
        Some(|settings| &mut settings.hints.units),
        "Behind an execution unit: where it runs and what that costs a month.",
    ),
    flag(
        "inlayHints.routes",
        true,
        Some(|settings| &mut settings.hints.routes),
        "Behind a gateway: how many routes it serves; behind a handler below a mounted router: the path that is served.",
    ),
    flag(
        "inlayHints.stores",
        true,
        Some(|settings| &mut settings.hints.stores),
        "Behind a store, topic, secret or website: who uses it and what it costs a month.",
    ),
    flag(
        "inlayHints.assumed",
        true,
        Some(|settings| &mut settings.hints.assumed),
        "Show costs in hints also where nobody stated the traffic. They begin with `~`.",
    ),
    Setting {
        name: "inlayHints.maxLength",
        kind: Kind::Whole { default: 0, most: 1000, place: |settings| &mut settings.longest_hint },
        about: "The most characters of a hint; what is longer ends with `…`. 0 is any length.",
        scope: Scope::Resource,
    },
    flag(
        "codeLens.units",
        true,
        Some(|settings| &mut settings.lenses.units),
        "Above an execution unit: the switch that would save most, else a comparison of targets.",
    ),
    flag(
        "codeLens.routes",
        true,
        Some(|settings| &mut settings.lenses.routes),
        "Above a gateway: what shows its routes.",
    ),
    flag(
        "codeLens.stores",
        true,
        Some(|settings| &mut settings.lenses.stores),
        "Above a store, topic, secret or website: what shows who uses it and what it costs a month.",
    ),
    flag(
        "codeLens.assumed",
        false,
        Some(|settings| &mut settings.lenses.assumed),
        "Show lenses of units also where nobody stated the traffic.",
    ),
    Setting {
        name: "hover.detail",
        kind: Kind::Choice {
            values: &[
                (
                    "full",
                    "All there is: what a unit serves and uses, each place in detail, the day, the sources.",
                ),
                ("brief", "Where a unit runs, the table of places and the verdict."),
            ],
            place: Some(|settings| &mut settings.brief_hovers),
        },
        about: "How much a hover tells, and the tooltip of a hint.",
        scope: Scope::Resource,
    },
    flag(
        "diagnostics.enable",
        true,
        Some(|settings| &mut settings.findings.enabled),
        "Show findings in the editor. `klotho-ls check` is not affected.",
    ),
    Setting {
        name: "diagnostics.severity",
        kind: Kind::Severities,
        about: "As what single findings are shown, by code: `{\"target-not-in-config\": \"hint\", \"cheaper-target\": \
                \"off\"}`. `klotho-ls explain CODE` tells about each. `klotho-ls check` is not affected.",
        scope: Scope::Resource,
    },
    flag(
        "semanticTokens.enable",
        true,
        Some(|settings| &mut settings.colours),
        "Colour the bodies of annotations. Off, the editor colours them as the comments that they stand in.",
    ),
    flag(
        "format.enable",
        true,
        Some(|settings| &mut settings.layout),
        "Lay out annotations when a document or a range is formatted. Off, the editor does not count klotho-ls among the \
         formatters.",
    ),
    flag(
        "format.onType",
        true,
        Some(|settings| &mut settings.layout_on_type),
        "While typing in an annotation: Enter goes on with the comment, `}` closes the body where it belongs.",
    ),
    flag(
        "completion.costs",
        true,
        Some(|settings| &mut settings.costs_in_completion),
        "Offer targets with what the unit would cost there a month, the cheapest first.",
    ),
    Setting {
        name: "server.path",
        kind: Kind::Text { default: "" },
        about: "The `klotho-ls` to start. Empty: the one that comes with the extension, else the one on `PATH`.",
        scope: Scope::Machine,
    },
    Setting {
        name: "trace.server",
        kind: Kind::Choice {
            values: &[
                ("off", "Nothing."),
                ("messages", "Which messages go to and fro."),
                ("verbose", "What is in them as well."),
            ],
            place: None,
        },
        about: "What the output channel shows of the talk between editor and server.",
        scope: Scope::Window,
    },
    extension("gutterIcons.enable", "Show beside each annotated line by an icon where it runs."),
    extension("statusBar.enable", "Show in the status bar what the project costs a month."),
];

/// The setting of this name, below the section.
pub(super) fn setting(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_complete_and_named_once() {
        for (index, setting) in SETTINGS.iter().enumerate() {
            assert!(SETTINGS[..index].iter().all(|other| other.name != setting.name), "{}", setting.name);
            assert!(setting.about.ends_with(['.', '…']) && setting.about.len() > 20, "{}", setting.name);
            assert!(setting.name.split('.').count() == 2, "{}", setting.name);
            if let Kind::Choice { values, place } = &setting.kind {
                assert!(values.iter().all(|(_, about)| about.ends_with('.')), "{}", setting.name);
                assert!(place.is_none() || values.len() == 2, "{}", setting.name);
            }
        }
    }

    #[test]
    fn the_defaults_are_those_of_the_table() {
        let settings = Settings::default();
        assert!(settings.hints.assumed && !settings.lenses.assumed && settings.findings.enabled);
        assert!(settings.layout && settings.layout_on_type && settings.colours && !settings.brief_hovers);
        assert_eq!(settings.longest_hint, 0);
    }
}
