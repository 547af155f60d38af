//! The settings as a page of Markdown.

use super::SECTION;
use super::table::{Kind, LEVELS, SETTINGS, Setting};
use klotho_ide::markdown::table;

/// All settings, one row each.
pub(crate) fn page() -> String {
    let server = SETTINGS.iter().filter(|setting| setting.kind.is_for_the_server());
    let extension = SETTINGS.iter().filter(|setting| !setting.kind.is_for_the_server());
    format!(
        "# Settings\n\nEvery editor can set these: [how](editing.md#settings). Without a setting the default holds, and what is set \
         wrongly is said and passed over.\n\n{}\n\nThese are read by the extension for VS Code alone:\n\n{}\n",
        rows(server).trim_end(),
        rows(extension).trim_end()
    )
}

fn rows(settings: impl Iterator<Item = &'static Setting>) -> String {
    let head = ["Setting", "Takes", "Default", "What it is for"].map(str::to_owned);
    let rows = settings.map(|setting| {
        let (takes, default) = setting.kind.in_words();
        [format!("`{SECTION}.{}`", setting.name), takes, default, about(setting)]
    });
    table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

/// What it is for, with what each of its words means.
fn about(setting: &Setting) -> String {
    let Kind::Choice { values, .. } = &setting.kind else { return setting.about.to_owned() };
    let words = values.iter().map(|(name, about)| format!(" `{name}`: {about}"));
    std::iter::once(setting.about.to_owned()).chain(words).collect()
}

impl Kind {
    fn is_for_the_server(&self) -> bool {
        match self {
            Self::Flag { place, .. } | Self::Choice { place, .. } => place.is_some(),
            Self::Text { .. } => false,
            Self::Whole { .. } | Self::Severities => true,
        }
    }

    /// What it takes, and its default.
    fn in_words(&self) -> (String, String) {
        let quoted =
            |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match self {
            Self::Flag { default, .. } => ("`true`, `false`".to_owned(), format!("`{default}`")),
            Self::Choice { values, .. } => {
                let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
                (quoted(&names), quoted(&names[..1]))
            }
            Self::Text { default } => ("text".to_owned(), format!("`\"{default}\"`")),
            Self::Whole { default, most, .. } => (format!("0 to {most}"), format!("`{default}`")),
            Self::Severities => {
                (format!("codes, each with {}", quoted(&LEVELS.map(|(name, ..)| name))), "`{}`".to_owned())
            }
        }
    }
}
