//! What is wrong with a configuration on its own: wrong shapes, keys that nobody reads, types that their kind cannot have.

use super::schema::{Key, Met, OWN, Shape, level, of_annotation, root, walk};
use super::{Config, HIDDEN_DEFAULTS, PROVIDERS, RENAMED, listed, renamed, suggestion};
use crate::called::meant_target;
use crate::kind::{Era, Kind};
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Entry, Table, Value, ValueKind};
use klotho_text::Place;

/// In a longer table nobody is told which key an unknown one may mean.
const MOST_COMPARED: usize = 256;

/// The longest name of an application, in bytes (reference, 3.2).
const LONGEST_APP: usize = 50;

/// Everything that is wrong whatever the project holds, in source order.
pub(super) fn findings(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(&config.root, root(config.era), &mut |met| findings.extend(of_entry(config, met)));
    findings.extend(provider(config));
    findings.extend(levels(config));
    findings.extend(app(config));
    findings.extend(hidden_defaults(config));
    findings.extend(old_names(config));
    findings.sort_by_key(|finding| finding.at.start);
    findings
}

pub(super) fn wrong(at: Place, key: &str, expected: &str) -> Finding {
    let variant = if OWN.contains(&key) || Code::named(key).is_some() { "own" } else { "shape" };
    Finding::new(Code::ConfigSyntax, variant, at).with("key", key).with("expected", expected)
}

fn of_entry(config: &Config, met: Met<'_>) -> Option<Finding> {
    match met {
        // What is written there for other places has its effect in these.
        Met::Unknown(entry, ..) if config.is_shared(&entry.value) => None,
        Met::Unknown(entry, table, keys) => Some(unknown(config, entry, table, keys)),
        Met::Known(entry, shape) => {
            let is_right = shape.holds(&entry.value, config.format.coerces());
            (!is_right).then(|| wrong(entry.value.at, &entry.key, shape.expected()))
        }
        Met::Null("execution_units", entry) => Some(null_entry("execution_units", entry)),
        // Elsewhere only an entry of a resource that is there stops the compiler.
        Met::Null(..) => None,
        Met::NoTable(entry) => Some(wrong(entry.value.at, &entry.key, Shape::Free.expected())),
    }
}

/// An entry without settings, on which the compiler crashes (reference, 3.1).
pub(crate) fn null_entry(section: &str, entry: &Entry) -> Finding {
    let finding = Finding::new(Code::ConfigSyntax, "null-entry", entry.key_at);
    finding.with("section", section).with("id", &entry.key)
}

/// A key that the compiler passes over without a word.
fn unknown(config: &Config, entry: &Entry, table: &Table, keys: &'static [Key]) -> Finding {
    let other = if config.era == Era::Classic { Era::Constructs } else { Era::Classic };
    let finding = |variant| Finding::new(Code::ConfigIgnored, variant, entry.key_at).with("key", &entry.key);
    if config.era == Era::Constructs && root(other).iter().any(|key| key.name == entry.key)
        || entry.key.starts_with("pulumi_params")
    {
        return finding("era");
    }
    // What is given already is not what another key means.
    // To compare each with all takes long where there are many, which hold notes.
    let is_long = table.entries.len() > MOST_COMPARED;
    let free = keys.iter().map(|key| key.name).filter(|name| !is_long && table.entry(name).is_none());
    let free: Vec<_> = free.collect();
    let meant = of_annotation(&entry.key, &free, keys);
    let meant = meant.unwrap_or_else(|| suggestion(&entry.key, free.iter().copied()));
    finding("unknown-key").with("suggestion", meant)
}

fn provider(config: &Config) -> Option<Finding> {
    let value = config.root.get("provider")?;
    let name = config.scalar(value).unwrap_or_default();
    let finding = |code, variant| Finding::new(code, variant, value.at).with("provider", name);
    match PROVIDERS.iter().position(|provider| *provider == name) {
        Some(0) => None,
        Some(_) => Some(finding(Code::ConfigProvider, "")),
        None => (!name.is_empty()).then(|| finding(Code::ConfigType, "provider")),
    }
}

/// Codes below `findings` that there are not, and levels that are none.
fn levels(config: &Config) -> Vec<Finding> {
    let entries = config.root.table("findings").map_or(&[][..], |table| &table.entries);
    entries.iter().filter_map(of_level).collect()
}

fn of_level(entry: &Entry) -> Option<Finding> {
    if Code::named(&entry.key).is_none() {
        let near = suggestion(&entry.key, Code::ALL.iter().map(|code| code.name()));
        let finding = Finding::new(Code::ConfigIgnored, "unknown-finding", entry.key_at);
        return Some(finding.with("key", &entry.key).with("suggestion", near));
    }
    let is_level = entry.value.as_str().is_some_and(|word| level(word).is_some());
    (!is_level)
        .then(|| wrong(entry.value.at, &entry.key, "`error`, `warning`, `information`, `hint` or `off`"))
}

/// What the compiler refuses as the name of an application (reference, 3.9).
fn app(config: &Config) -> Option<Finding> {
    let value = config.root.get("app")?;
    let name = config.scalar(value)?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:/".contains(&byte);
    let finding = |variant| Finding::new(Code::ConfigApp, variant, value.at);
    if name.len() > LONGEST_APP {
        return Some(finding("long").with("length", name.len()));
    }
    (!name.bytes().all(allowed)).then(|| finding("characters"))
}

/// Defaults of gateways under keys that the compiler does not read in YAML (reference, 3.3).
fn hidden_defaults(config: &Config) -> Vec<Finding> {
    if !config.hides_defaults(Kind::Gateway) {
        return Vec::new();
    }
    let plain = config.root.table("defaults").and_then(|defaults| defaults.table("expose"));
    let entries = plain.map_or(&[][..], |plain| &plain.entries);
    let unread =
        entries.iter().filter(|entry| ["type", Era::Classic.type_parameters_key()].contains(&&*entry.key));
    let finding = |entry: &Entry| {
        let finding = Finding::new(Code::ConfigIgnored, "expose-defaults", entry.key_at);
        finding.with("key", &entry.key).with("instead", HIDDEN_DEFAULTS)
    };
    unread.map(finding).collect()
}

/// What is wrong with a type of a resource, if anything is.
pub(crate) fn check_type(config: &Config, value: &Value, kind: Kind) -> Option<Finding> {
    if !Shape::Text.holds(value, config.format.coerces()) {
        return None;
    }
    let stated = config.scalar(value).filter(|stated| !stated.is_empty())?;
    let allowed = config.names(kind).types;
    if allowed.contains(&renamed(stated)) {
        return None;
    }
    Some(
        Finding::new(Code::ConfigType, "type", value.at)
            .with("type", stated)
            .with("kind", kind.spec().title)
            .with("allowed", listed(allowed))
            .with(
                "suggestion",
                match kind {
                    Kind::ExecutionUnit => meant_target(stated, allowed),
                    _ => suggestion(stated, allowed.iter().copied()),
                },
            ),
    )
}

/// The types of units by a name that they had once.
fn old_names(config: &Config) -> Vec<Finding> {
    let units = config.root.table(config.names(Kind::ExecutionUnit).section);
    let entries = units.map_or(&[][..], |units| &units.entries);
    let stated = entries.iter().filter_map(|entry| super::as_table(&entry.value)?.get("type"));
    stated.filter_map(|value| old_name(config, value)).collect()
}

/// A unit's type by the name that it had once (reference, 3.7).
fn old_name(config: &Config, value: &Value) -> Option<Finding> {
    let is_old = config.era == Era::Classic
        && value.kind != ValueKind::Null
        && config.scalar(value) == Some(RENAMED.0);
    is_old.then(|| {
        Finding::new(Code::ConfigRenamed, "", value.at).with("old", RENAMED.0).with("new", RENAMED.1)
    })
}
