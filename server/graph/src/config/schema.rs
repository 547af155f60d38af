//! The keys of the configuration, as data (reference, 3.2 and 3.12), and walks along them.

use super::Era;
use klotho_annotation::catalogue::TARGET;
use klotho_annotation::finding::Severity;
use klotho_annotation::{Entry, Table, Value, ValueKind};

/// One key of the configuration.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
}

/// What a key of the configuration holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// An amount of US dollars.
    Money,
    /// A list of strings.
    Texts,
    /// Anything: the compiler does not look at it.
    Any,
    /// Keys of the writer's choice, with any values.
    Free,
    /// Codes of findings, each with how bad it is here.
    Levels,
    /// Keys of the writer's choice, with strings.
    TextMap,
    /// These keys.
    Table(&'static [Key]),
    /// Ids of resources, each with these keys.
    Entries(&'static [Key]),
}

use Shape::{Any, Entries, Flag, Free, Levels, Money, Text, TextMap, Texts};

const fn key(name: &'static str, shape: Shape) -> Key {
    Key { name, shape }
}

const TYPE: Key = key("type", Text);
const NETWORK: Key = key("content_delivery_network", Shape::Table(&[key("id", Text)]));
const WORKLOAD: Key = key("workload", Any);
const REQUIRES: Key = key("requires", Any);
const REGION: Key = key("region", Text);
const FINDINGS: Key = key("findings", Levels);
const BUDGET: Key = key("budget", Shape::Table(&[key("monthly_usd", Money), key("per_unit_usd", Money)]));

/// Keys that are ours alone, with all below them.
pub(super) const OWN: [&str; 5] = [REGION.name, BUDGET.name, FINDINGS.name, "monthly_usd", "per_unit_usd"];
const HELM: &[Key] = &[key("directory", Text), key("install", Flag), key("values_files", Texts)];

const PARAMS: Key = key(Era::Classic.parameters_key(), Free);
const PARAMS_BY_TYPE: Key = key(Era::Classic.type_parameters_key(), Free);
const ENTRY: &[Key] = &[TYPE, PARAMS, WORKLOAD];
const DEFAULTS: &[Key] = &[TYPE, PARAMS_BY_TYPE, WORKLOAD];

/// The classic form. `region`, `budget`, `findings`, `workload` and `requires` are ours: the compiler ignores keys that it does not
/// know, in all three formats (reference, 3.1).
static CLASSIC: [Key; 14] = [
    key("app", Text),
    key("provider", Text),
    key("path", Text),
    key("out_dir", Text),
    REGION,
    BUDGET,
    FINDINGS,
    key(
        "defaults",
        Shape::Table(&[
            key("execution_unit", Shape::Table(&[TYPE, PARAMS_BY_TYPE, WORKLOAD, REQUIRES])),
            key("static_unit", Shape::Table(DEFAULTS)),
            key(
                "expose",
                Shape::Table(&[
                    TYPE,
                    PARAMS_BY_TYPE,
                    key("kinddefaults", Shape::Table(&[TYPE, PARAMS_BY_TYPE])),
                    key("api_type", Text),
                    NETWORK,
                ]),
            ),
            key(
                "persist",
                Shape::Table(&[
                    key("kv", Shape::Table(DEFAULTS)),
                    key("fs", Shape::Table(DEFAULTS)),
                    key("secret", Shape::Table(DEFAULTS)),
                    key("orm", Shape::Table(DEFAULTS)),
                    key("redis_node", Shape::Table(DEFAULTS)),
                    key("redis_cluster", Shape::Table(DEFAULTS)),
                ]),
            ),
            key("pubsub", Shape::Table(DEFAULTS)),
            key("config", Shape::Table(DEFAULTS)),
        ]),
    ),
    key(
        "execution_units",
        Entries(&[
            TYPE,
            key("network_placement", Text),
            key("environment_variables", TextMap),
            key("helm_chart_options", Shape::Table(HELM)),
            PARAMS,
            WORKLOAD,
            REQUIRES,
        ]),
    ),
    key("static_unit", Entries(&[TYPE, PARAMS, NETWORK, WORKLOAD])),
    key("exposed", Entries(&[TYPE, key("api_type", Text), PARAMS, NETWORK])),
    key("persisted", Entries(ENTRY)),
    key("pubsub", Entries(ENTRY)),
    key("config", Entries(ENTRY)),
];

const INFRA: Key = key(Era::Constructs.parameters_key(), Free);
const INFRA_BY_TYPE: Key = key(Era::Constructs.type_parameters_key(), Free);
const LATER_ENTRY: &[Key] = &[TYPE, INFRA, WORKLOAD];
const LATER_DEFAULTS: &[Key] = &[TYPE, INFRA_BY_TYPE, WORKLOAD];

/// The later form.
static CONSTRUCTS: [Key; 19] = [
    key("imports", Free),
    key("app", Text),
    key("provider", Text),
    key("path", Text),
    key("out_dir", Text),
    REGION,
    BUDGET,
    FINDINGS,
    key(
        "defaults",
        Shape::Table(&[
            key("execution_unit", Shape::Table(&[TYPE, INFRA_BY_TYPE, WORKLOAD, REQUIRES])),
            key("static_unit", Shape::Table(LATER_DEFAULTS)),
            key("expose", Shape::Table(&[TYPE, INFRA_BY_TYPE, NETWORK])),
            key("persist_kv", Shape::Table(LATER_DEFAULTS)),
            key("persist_fs", Shape::Table(LATER_DEFAULTS)),
            key("persist_orm", Shape::Table(LATER_DEFAULTS)),
            key("persist_secrets", Shape::Table(LATER_DEFAULTS)),
            key("persist_redis_node", Shape::Table(LATER_DEFAULTS)),
            key("persist_redis_cluster", Shape::Table(LATER_DEFAULTS)),
            key("config", Shape::Table(LATER_DEFAULTS)),
        ]),
    ),
    key(
        "execution_units",
        Entries(&[
            TYPE,
            key("network_placement", Text),
            key("environment_variables", TextMap),
            key("helm_chart_options", Shape::Table(&[key("directory", Text), key("values_files", Texts)])),
            INFRA,
            WORKLOAD,
            REQUIRES,
        ]),
    ),
    key("static_unit", Entries(&[TYPE, INFRA, NETWORK, WORKLOAD])),
    key("exposed", Entries(&[TYPE, INFRA, NETWORK])),
    key("persist_kv", Entries(LATER_ENTRY)),
    key("persist_fs", Entries(LATER_ENTRY)),
    key("persist_orm", Entries(LATER_ENTRY)),
    key("persist_secrets", Entries(LATER_ENTRY)),
    key("persist_redis_node", Entries(LATER_ENTRY)),
    key("persist_redis_cluster", Entries(LATER_ENTRY)),
    key("config", Entries(LATER_ENTRY)),
];

/// What each key is for, in a line of Markdown, wherever it stands.
const ABOUT: [(&str, &str); 38] = [
    ("app", "Name of the application."),
    ("provider", "The cloud: `aws`, `gcp` or `azure`. The compiler builds for AWS alone."),
    ("path", "Folder of the sources, from where the compiler is started."),
    ("out_dir", "Folder that the compiler writes to; it is not read. Without it: `compiled`."),
    ("imports", "Resources that exist already and are used as they are."),
    ("region", "Region that costs are worked out for. Read by klotho-ls alone."),
    ("budget", "What the application may cost. More than that is a warning, on stated traffic alone."),
    (
        "findings",
        "How bad findings are, by code: `error`, `warning`, `information`, `hint` or `off`. Read by klotho-ls alone.",
    ),
    ("monthly_usd", "Most US dollars a month for all units and resources together."),
    ("per_unit_usd", "Most US dollars a month for any one unit."),
    ("defaults", "What holds for resources whose own entry does not say it."),
    ("execution_units", "Settings of execution units, by id."),
    ("execution_unit", "What holds for execution units, or settings of one."),
    ("static_unit", "Settings of websites."),
    ("exposed", "Settings of gateways, by id."),
    ("expose", "What holds for gateways."),
    ("kinddefaults", "Where the compiler reads the defaults of gateways in YAML."),
    ("persisted", "Settings of stores of every kind, by id."),
    ("persist", "What holds for stores, by kind."),
    ("kv", "Key-value stores."),
    ("fs", "File stores."),
    ("secret", "Secrets."),
    ("orm", "Databases."),
    ("redis_node", "Redis nodes."),
    ("redis_cluster", "Redis clusters."),
    ("persist_kv", "Settings of key-value stores."),
    ("persist_fs", "Settings of file stores."),
    ("persist_orm", "Settings of databases."),
    ("persist_secrets", "Settings of secrets."),
    ("persist_redis_node", "Settings of Redis nodes."),
    ("persist_redis_cluster", "Settings of Redis clusters."),
    ("pubsub", "Settings of topics."),
    ("config", "Settings of values that are read at run time."),
    ("type", "What it becomes in the cloud. The compiler obeys this, and no annotation."),
    ("workload", "How much it is used: what its cost is worked out from. Read by klotho-ls alone."),
    ("requires", "What the unit must meet: targets that cannot are ruled out. Read by klotho-ls alone."),
    ("api_type", "Kind of API of the gateway: `REST` or `HTTP`. Without it: `REST`."),
    ("network_placement", "Subnets that the unit runs in: `private` or `public`. Without it: `private`."),
];

/// The same of keys that only some tables have.
const ABOUT_MORE: [(&str, &str); 11] = [
    ("environment_variables", "Variables that the unit gets, with their values."),
    ("helm_chart_options", "How the unit's Helm chart is made."),
    ("directory", "Folder of the Helm chart."),
    ("install", "Whether the chart is installed. Only a cluster can take it."),
    ("values_files", "Files with values of the Helm chart."),
    ("content_delivery_network", "Content delivery network in front of it."),
    ("id", "Name of the content delivery network; what has the same name shares it."),
    ("pulumi_params", "Parameters of what it becomes in the cloud."),
    ("pulumi_params_by_type", "Parameters, by what it becomes in the cloud."),
    ("infra_params", "Parameters of what it becomes in the cloud."),
    ("infra_params_by_type", "Parameters, by what it becomes in the cloud."),
];

/// The words for how bad a finding is; the last switches it off.
pub const LEVELS: [(&str, Option<Severity>); 5] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("information", Some(Severity::Information)),
    ("hint", Some(Severity::Hint)),
    ("off", None),
];

/// What a word of [`LEVELS`] means.
pub(super) fn level(word: &str) -> Option<Option<Severity>> {
    LEVELS.iter().find(|(name, _)| *name == word).map(|(_, level)| *level)
}

/// The key, among those of a unit that are free, that says here what one of its annotation would, as a sentence.
pub(super) fn of_annotation(word: &str, free: &[&'static str], keys: &[Key]) -> Option<String> {
    let is_of_unit = keys.iter().any(|key| key.name == REQUIRES.name);
    (word == TARGET && is_of_unit && free.contains(&TYPE.name))
        .then(|| format!(" Where it runs is said by `{}` here.", TYPE.name))
}

/// Keys at the top that only the later form has.
const LATER_MARKS: [&str; 7] = [
    "persist_kv",
    "persist_fs",
    "persist_orm",
    "persist_secrets",
    "persist_redis_node",
    "persist_redis_cluster",
    "imports",
];

/// The keys of an era.
pub fn root(era: Era) -> &'static [Key] {
    match era {
        Era::Classic => &CLASSIC,
        Era::Constructs => &CONSTRUCTS,
    }
}

/// The key at a path; none for ids, and where keys are of the writer's choice.
pub fn key_at(era: Era, path: &[&str]) -> Option<&'static Key> {
    let mut keys = Some(root(era));
    let (mut found, mut is_id) = (None, false);
    for name in path {
        if std::mem::take(&mut is_id) {
            found = None;
            continue;
        }
        let key = keys?.iter().find(|key| key.name == *name)?;
        (keys, is_id) = match key.shape {
            Shape::Table(keys) => (Some(keys), false),
            Entries(keys) => (Some(keys), true),
            _ => (None, false),
        };
        found = Some(key);
    }
    found
}

impl Key {
    /// Whether, at the top or among the defaults, it is a mark of the later form.
    pub fn marks_the_later_form(&self) -> bool {
        LATER_MARKS.contains(&self.name)
    }
}

/// Which form a file has: the later one if it uses any key that only that one has.
pub(super) fn era_of(root: &Table) -> Era {
    let is_mark = |table: &Table| table.entries.iter().any(|entry| LATER_MARKS.contains(&&*entry.key));
    let has_params = |table: &Table, name: &str| tables(table).any(|inner| inner.entry(name).is_some());
    let in_defaults = root
        .table("defaults")
        .is_some_and(|defaults| is_mark(defaults) || has_params(defaults, INFRA_BY_TYPE.name));
    let in_entries = tables(root).any(|section| has_params(section, INFRA.name));
    if is_mark(root) || in_defaults || in_entries { Era::Constructs } else { Era::Classic }
}

fn tables(table: &Table) -> impl Iterator<Item = &Table> {
    table.entries.iter().filter_map(|entry| match &entry.value.kind {
        ValueKind::Table(inner) => Some(inner),
        _ => None,
    })
}

/// Spells the known keys as the compiler does, for the formats in which it takes them in any case.
pub(super) fn canonical(table: &mut Table, keys: &'static [Key]) {
    for entry in &mut table.entries {
        let Some(key) = keys.iter().find(|key| key.name.eq_ignore_ascii_case(&entry.key)) else { continue };
        key.name.clone_into(&mut entry.key);
        let ValueKind::Table(inner) = &mut entry.value.kind else { continue };
        match key.shape {
            Shape::Table(keys) => canonical(inner, keys),
            Entries(keys) => inner.entries.iter_mut().for_each(|entry| {
                if let ValueKind::Table(settings) = &mut entry.value.kind {
                    canonical(settings, keys);
                }
            }),
            _ => {}
        }
    }
}

/// What a walk along the keys meets.
pub(super) enum Met<'a> {
    /// An entry that no key of its table allows, the table, and those keys.
    Unknown(&'a Entry, &'a Table, &'static [Key]),
    /// An entry whose key is known, with what it is to hold.
    Known(&'a Entry, Shape),
    /// An entry of the section with this name that has no settings.
    Null(&'static str, &'a Entry),
    /// The value of an entry of a section that is no table.
    NoTable(&'a Entry),
}

/// Shows every entry to `see`, as far down as keys are known.
pub(super) fn walk<'a>(table: &'a Table, keys: &'static [Key], see: &mut impl FnMut(Met<'a>)) {
    for entry in &table.entries {
        let Some(key) = keys.iter().find(|key| key.name == entry.key) else {
            see(Met::Unknown(entry, table, keys));
            continue;
        };
        see(Met::Known(entry, key.shape));
        let ValueKind::Table(inner) = &entry.value.kind else { continue };
        match key.shape {
            Shape::Table(keys) => walk(inner, keys, see),
            Entries(keys) => entries(key.name, inner, keys, see),
            _ => {}
        }
    }
}

fn entries<'a>(section: &'static str, table: &'a Table, keys: &'static [Key], see: &mut impl FnMut(Met<'a>)) {
    for entry in &table.entries {
        match &entry.value.kind {
            ValueKind::Table(settings) => walk(settings, keys, see),
            ValueKind::Null => see(Met::Null(section, entry)),
            _ => see(Met::NoTable(entry)),
        }
    }
}

impl Key {
    /// What it is for, in a line of Markdown.
    pub fn about(&self) -> &'static str {
        let mut rows = ABOUT.iter().chain(&ABOUT_MORE);
        rows.find(|(name, _)| *name == self.name).map_or("", |(_, about)| about)
    }
}

impl Shape {
    /// Whether a value is of this shape. `coerces` says that numbers and the like count as text.
    pub(super) fn holds(self, value: &Value, coerces: bool) -> bool {
        match (self, &value.kind) {
            (Any, _)
            | (_, ValueKind::Null)
            | (Text, ValueKind::String(_))
            | (Flag, ValueKind::Boolean(_)) => true,
            (Text, ValueKind::Integer(_) | ValueKind::Float(_) | ValueKind::Boolean(_)) => coerces,
            (Money, ValueKind::Integer(_) | ValueKind::Float(_)) => {
                value.as_f64().is_some_and(|amount| amount.is_finite() && amount >= 0.0)
            }
            (Texts, ValueKind::Array(values)) => values.iter().all(|value| Text.holds(value, coerces)),
            (TextMap, ValueKind::Table(table)) => {
                table.entries.iter().all(|entry| Text.holds(&entry.value, coerces))
            }
            (Free | Levels | Shape::Table(_) | Entries(_), ValueKind::Table(_)) => true,
            _ => false,
        }
    }

    /// What it is, for a message.
    pub fn expected(self) -> &'static str {
        match self {
            Text => "text",
            Flag => "`true` or `false`",
            Money => "a number of US dollars, zero or more",
            Levels => "codes of findings, each with how bad it is",
            Texts => "a list of texts",
            Any | Free | Shape::Table(_) => "keys and values",
            TextMap => "names and texts",
            Entries(_) => "ids and their settings",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &'static [Key]) {
        for key in keys {
            assert!(key.about().ends_with('.'), "{}", key.name);
            if let Shape::Table(keys) | Entries(keys) = key.shape {
                check(keys);
            }
        }
    }

    #[test]
    fn keys_are_found_by_their_path() {
        let name = |path: &[&str]| key_at(Era::Classic, path).map(|key| key.name);
        assert_eq!(name(&["execution_units", "a", "type"]), Some("type"));
        assert_eq!(name(&["defaults", "persist", "kv"]), Some("kv"));
        assert_eq!(name(&["execution_units", "a"]), None);
        assert_eq!(name(&["execution_units", "a", "workload", "x"]), None);
    }

    #[test]
    fn every_key_says_what_it_is_for() {
        check(root(Era::Classic));
        check(root(Era::Constructs));
    }
}
