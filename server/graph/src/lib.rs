//! Summaries and the configuration to the resource graph.
//!
//! A [`Project`] holds what is known of each file. Putting a file replaces that file's contribution and nothing else; what
//! all files say together is derived anew only when a file says something new, not when its lines merely moved. Derived
//! facts therefore hold no places: they name facts of summaries, whose places are looked up when they are shown.

mod called;
mod config;
mod derive;
mod globs;
mod judgement;
mod kind;
mod layout;
mod links;
mod manifest;
mod project;
mod rows;
mod shown;

pub use called::meant_target;
pub use config::{
    CONFIG_FILE, CONFIG_FILES, Config, ConfigFormat, ConfigKey, ConfigShape, LEVELS, Origin, PROVIDERS,
    Parameter, config_format, config_key, config_keys, listed, old_unit_types, read_yaml, type_parameters,
};
pub use derive::{
    Anchor, Call, Derived, FactRef, Gateway, GraphFinding, Hop, News, RouteRow, StaticUnit, Store, Tally,
    Target, Topic, Unit, VariableUse, builds, file_of_pattern, measurement_path, placed_pattern,
};
pub use kind::{Era, Kind, KindSpec, Names, Reference};
pub use klotho_annotation::suggestion;
pub use klotho_summary::{Event, EventWay};
pub use manifest::{MANIFESTS, OUTPUT_MARK, PACKAGE, USAGE_FILE, project_file_names};
pub use project::{
    Advice, Advised, Located, Project, Related, SKIPPED_FOLDERS, is_config, is_settings, source_language,
};
pub use rows::{diagnostics, document, report, severity};
