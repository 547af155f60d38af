//! What a table of the configuration is about, by the keys that lead to it.

use super::ids::declared;
use crate::workload::{REQUIRES, WORKLOAD};
use klotho_graph::{ConfigKey, ConfigShape, Kind, Project, config_keys};

/// What a table holds.
#[derive(Clone, Copy)]
pub(super) enum Holder {
    /// These keys.
    Keys(&'static [ConfigKey]),
    /// Ids of resources, each with these keys.
    Ids(&'static [ConfigKey]),
    /// How much something is used.
    Workload,
    /// What a unit must meet.
    Requires,
    /// Parameters of what a resource becomes.
    Parameters,
    /// How bad findings are, by code.
    Levels,
    /// The same, by what it becomes.
    ByType,
}

/// A table of the configuration.
pub(super) struct Subject {
    pub(super) holder: Holder,
    /// The kinds of resource that it is about; of one that is known its own.
    pub(super) kinds: Vec<Kind>,
    /// The resource that it is about.
    pub(super) id: Option<String>,
    /// What that becomes.
    pub(super) type_name: Option<String>,
}

impl Subject {
    pub(super) fn of(project: &Project, table: &[String]) -> Option<Self> {
        let config = project.config();
        let mut subject = Self {
            holder: Holder::Keys(config_keys(config.era)),
            kinds: kinds(project, table),
            id: None,
            type_name: None,
        };
        for name in table {
            subject.enter(name)?;
        }
        if let Some(id) = &subject.id {
            let own: Vec<_> =
                declared(project, &subject.kinds).into_iter().filter(|known| known.id == *id).collect();
            if !own.is_empty() {
                subject.kinds = own.iter().map(|known| known.kind).collect();
            }
        }
        if let (None, Some(kind)) = (&subject.type_name, subject.kinds.first()) {
            let stated = subject.id.as_ref().and_then(|id| config.stated_type(*kind, id));
            let stated = stated.or_else(|| config.default_type(*kind)).map(|(name, _)| name);
            subject.type_name = Some(stated.unwrap_or_else(|| config.names(*kind).default_type().to_owned()));
        }
        Some(subject)
    }

    fn enter(&mut self, name: &str) -> Option<()> {
        self.holder = match self.holder {
            Holder::Keys(keys) => {
                let key = keys.iter().find(|key| key.name == name)?;
                inner(key)?
            }
            Holder::Ids(keys) => {
                self.id = Some(name.to_owned());
                Holder::Keys(keys)
            }
            Holder::ByType => {
                self.type_name = Some(name.to_owned());
                Holder::Parameters
            }
            Holder::Workload | Holder::Requires | Holder::Parameters | Holder::Levels => return None,
        };
        Some(())
    }

    /// The types that its resources may have.
    pub(super) fn types(&self, project: &Project) -> Vec<&'static str> {
        let mut types: Vec<&'static str> = Vec::new();
        for name in self.kinds.iter().flat_map(|kind| project.config().names(*kind).types) {
            if !types.contains(name) {
                types.push(name);
            }
        }
        types
    }
}

/// What the table below a key holds; `None` where nothing is known of it.
pub(super) fn inner(key: &ConfigKey) -> Option<Holder> {
    Some(match key.shape {
        ConfigShape::Table(keys) => Holder::Keys(keys),
        ConfigShape::Entries(keys) => Holder::Ids(keys),
        ConfigShape::Levels => Holder::Levels,
        ConfigShape::Any if key.name == WORKLOAD => Holder::Workload,
        ConfigShape::Any if key.name == REQUIRES => Holder::Requires,
        ConfigShape::Free if key.name.ends_with("params_by_type") => Holder::ByType,
        ConfigShape::Free if key.name.ends_with("params") => Holder::Parameters,
        _ => return None,
    })
}

fn kinds(project: &Project, table: &[String]) -> Vec<Kind> {
    let is_about = |kind: &Kind| {
        let names = project.config().names(*kind);
        match table {
            [first, rest @ ..] if first == "defaults" => {
                names.defaults.len() <= rest.len()
                    && names.defaults.iter().zip(rest).all(|(name, key)| name == key)
            }
            [first, ..] => first == names.section,
            [] => false,
        }
    };
    Kind::all().filter(is_about).collect()
}
