//! The formats that a configuration can be written in, known by the file's name (reference, 3.1).

use super::{json, toml, yaml};
use klotho_annotation::Value;
use klotho_text::Place;

/// A format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConfigFormat {
    /// YAML.
    #[default]
    Yaml,
    /// JSON.
    Json,
    /// TOML.
    Toml,
}

/// The names of a configuration, in the root of a project; of several the first counts.
pub const CONFIG_FILES: [(&str, ConfigFormat); 4] = [
    ("klotho.yaml", ConfigFormat::Yaml),
    ("klotho.yml", ConfigFormat::Yaml),
    ("klotho.json", ConfigFormat::Json),
    ("klotho.toml", ConfigFormat::Toml),
];

/// The configuration that is made where there is none.
pub const CONFIG_FILE: &str = CONFIG_FILES[0].0;

/// What a text says.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// `None` when it holds no document at all.
    pub(super) root: Option<Value>,
    /// Values that count in other places too, sorted by where they stand.
    pub(super) shared: Vec<Shared>,
}

/// A value that counts in another place too: an anchor of YAML.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// Where it stands.
    pub(super) value: Place,
    /// The other place.
    pub(super) alias: Place,
}

/// Why a text cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ReadError {
    pub(super) reason: String,
    pub(super) at: Place,
}

/// The format of a file that configures, by its name; none for other files.
pub fn config_format(path: &str) -> Option<ConfigFormat> {
    let name = path.rsplit('/').next().unwrap_or(path);
    CONFIG_FILES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
}

impl ConfigFormat {
    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Json => "JSON",
            Self::Toml => "TOML",
        }
    }

    /// Whether the compiler takes known keys in any case.
    pub(super) fn ignores_case(self) -> bool {
        self != Self::Yaml
    }

    /// Whether the compiler takes a number where it expects text.
    pub(super) fn coerces(self) -> bool {
        self == Self::Yaml
    }

    /// Reads a text.
    pub(super) fn read(self, text: &str) -> Result<Read, ReadError> {
        let alone = |root| Read { root, ..Read::default() };
        match self {
            Self::Yaml => yaml::read(text),
            Self::Json => json::read(text).map(alone),
            Self::Toml => toml::read(text).map(|root| alone(Some(root))),
        }
    }
}
