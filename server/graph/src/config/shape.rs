//! What is wrong with a configuration on its own: wrong shapes, null entries, types that their kind cannot have.

use super::{Config, PROVIDERS, as_table, listed, suggestion};
use crate::kind::{Kind, KindSpec};
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Value, ValueKind};
use klotho_text::Place;

/// Everything that is wrong whatever the project holds, in source order.
pub(super) fn findings(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    provider(config, &mut findings);
    for section in sections() {
        entries(config, section, &mut findings);
    }
    defaults(config, &mut findings);
    findings.sort_by_key(|finding| finding.at.start);
    findings
}

pub(super) fn wrong(at: Place, key: &str, expected: &str) -> Finding {
    Finding::new(Code::ConfigSyntax, "shape", at).with("key", key).with("expected", expected)
}

/// The sections of resources, each once.
fn sections() -> Vec<&'static str> {
    let mut names: Vec<_> = Kind::all().map(|kind| kind.spec().section).collect();
    names.dedup();
    names.sort_unstable();
    names.dedup();
    names
}

fn provider(config: &Config, findings: &mut Vec<Finding>) {
    let Some(value) = config.root.get("provider") else { return };
    let name = config.scalar(value).unwrap_or_default();
    if !PROVIDERS.contains(&name) {
        findings.push(Finding::new(Code::ConfigType, "provider", value.at).with("provider", name));
    }
}

/// Checks one section: a table of entries, each a table with a type that one of the section's kinds can have.
fn entries(config: &Config, section: &'static str, findings: &mut Vec<Finding>) {
    let Some(value) = config.root.get(section) else { return };
    let Some(table) = as_table(value) else {
        if value.kind != ValueKind::Null {
            findings.push(wrong(value.at, section, "ids and their settings"));
        }
        return;
    };
    for entry in &table.entries {
        match as_table(&entry.value) {
            Some(settings) => {
                let kinds = Kind::all().map(Kind::spec).filter(|spec| spec.section == section);
                check_type(config, settings.get("type"), &kinds.collect::<Vec<_>>(), findings);
            }
            None if entry.value.kind == ValueKind::Null => findings.push(
                Finding::new(Code::ConfigSyntax, "null-entry", entry.key_at)
                    .with("section", section)
                    .with("id", &entry.key),
            ),
            None => findings.push(wrong(entry.value.at, &entry.key, "keys and values")),
        }
    }
}

fn defaults(config: &Config, findings: &mut Vec<Finding>) {
    if let Some(value) = config.root.get("defaults")
        && as_table(value).is_none()
        && value.kind != ValueKind::Null
    {
        findings.push(wrong(value.at, "defaults", "kinds and their settings"));
    }
    for kind in Kind::all() {
        let stated = config.defaults(kind).and_then(|table| table.get("type"));
        check_type(config, stated, &[kind.spec()], findings);
    }
}

/// A type is right if any of the section's kinds can have it: an id in `persisted` may be of any of them.
fn check_type(config: &Config, value: Option<&Value>, kinds: &[&KindSpec], findings: &mut Vec<Finding>) {
    let Some(value) = value else { return };
    let Some(stated) = config.scalar(value) else {
        if value.kind != ValueKind::Null {
            findings.push(wrong(value.at, "type", "the name of a type"));
        }
        return;
    };
    let stated_now = super::renamed(stated);
    let known = |spec: &&&KindSpec| spec.types.contains(&stated_now);
    if stated.is_empty() || kinds.iter().any(|spec| known(&spec)) {
        return;
    }
    let allowed: Vec<_> = kinds.iter().flat_map(|spec| spec.types.iter().copied()).collect();
    let title = if kinds.len() == 1 { kinds[0].title } else { "store" };
    let shown = if kinds.len() == 1 { listed(kinds[0]) } else { quoted(&allowed) };
    findings.push(
        Finding::new(Code::ConfigType, "type", value.at)
            .with("type", stated)
            .with("kind", title)
            .with("allowed", shown)
            .with("suggestion", suggestion(stated, allowed)),
    );
}

fn quoted(names: &[&str]) -> String {
    let mut unique: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    unique.dedup();
    unique.join(", ")
}
