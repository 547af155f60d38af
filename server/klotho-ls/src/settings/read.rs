//! What clients say, in the forms in which they say it, and what is wrong with it.

use super::table::{Kind, LEVELS, SETTINGS, Setting, setting};
use super::{SECTION, Settings};
use klotho_graph::{listed, suggestion};
use klotho_ide::Code;
use serde_json::{Map, Value};
use std::collections::VecDeque;

/// What a client says of itself when the session begins, and is no setting.
const NO_SETTINGS: [&str; 1] = ["graphChanged"];

/// How many wrong entries are told of one reading.
const MOST: usize = 20;

/// The longest value that a message repeats, in characters.
const LONGEST: usize = 60;

/// What the layers say together, the later over the earlier, and in sentences what in them cannot be used. What is wrong
/// keeps nothing else from counting.
pub(crate) fn read(layers: &[&Value]) -> (Settings, Vec<String>) {
    let mut settings = Settings::default();
    let mut wrong = Vec::new();
    for layer in layers {
        for found in stated(layer) {
            match found {
                Ok((setting, value)) => apply(setting, value, &mut settings, &mut wrong),
                Err(sentence) => wrong.push(sentence),
            }
        }
    }
    wrong.truncate(MOST);
    (settings, wrong)
}

type Stated<'a> = Result<(&'static Setting, &'a Value), String>;

/// All that a client states: as one object in another, or under dotted names, with the section around it or without.
fn stated(said: &Value) -> Vec<Stated<'_>> {
    let Value::Object(said) = said else {
        let is_nothing = said.is_null() || is_empty(said);
        return if is_nothing { Vec::new() } else { vec![Err(no_object(SECTION, said))] };
    };
    let mut waiting: VecDeque<_> = top(said).into();
    let mut found = Vec::new();
    while let Some((name, value)) = waiting.pop_front() {
        let is_group = || SETTINGS.iter().any(|setting| is_below(setting.name, &name));
        match (setting(&name), value) {
            (_, Value::Null) => {}
            (Some(setting), value) => found.push(Ok((setting, value))),
            (None, Value::Object(group)) if is_group() => waiting.extend(below(&name, group)),
            (None, value) if is_group() && is_empty(value) => {}
            (None, value) if is_group() => found.push(Err(no_object(&format!("{SECTION}.{name}"), value))),
            (None, _) if NO_SETTINGS.contains(&name.as_str()) => {}
            (None, _) => found.push(Err(unknown(&name))),
        }
    }
    found
}

/// What is said of our section, wherever it is; where nothing is, the section stands by itself. Settings none of which is ours
/// are those of other servers, which some clients tell everyone.
fn top(said: &Map<String, Value>) -> Vec<(String, &Value)> {
    let is_ours = |name: &str| name == SECTION || is_below(name, SECTION);
    if !said.keys().any(|name| is_ours(name)) {
        let is_known = |name: &String| {
            SETTINGS.iter().any(|setting| setting.name == name || is_below(setting.name, name))
        };
        return if said.keys().any(is_known) { below("", said) } else { Vec::new() };
    }
    let ours = said.iter().filter(|(name, _)| is_ours(name));
    ours.flat_map(|(name, value)| match (name.split_once('.'), value) {
        (Some((_, name)), value) => vec![(name.to_owned(), value)],
        (None, Value::Object(section)) => below("", section),
        (None, _) => Vec::new(),
    })
    .collect()
}

/// The entries of the object that is called `group`.
fn below<'a>(group: &str, said: &'a Map<String, Value>) -> Vec<(String, &'a Value)> {
    let name = |name: &str| if group.is_empty() { name.to_owned() } else { format!("{group}.{name}") };
    said.iter().map(|(key, value)| (name(key), value)).collect()
}

fn is_below(name: &str, group: &str) -> bool {
    name.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
}

/// Lua and PHP write an object without entries like a list without any.
fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

fn apply(setting: &Setting, value: &Value, settings: &mut Settings, wrong: &mut Vec<String>) {
    let name = setting.name;
    match &setting.kind {
        Kind::Flag { place, .. } => match (value.as_bool(), place) {
            (None, _) => wrong.push(not_taken(name, value, "true or false")),
            (Some(flag), Some(place)) => *place(settings) = flag,
            (Some(_), None) => {}
        },
        Kind::Choice { values, place } => {
            let chosen = value.as_str().and_then(|word| values.iter().position(|(name, _)| *name == word));
            match (chosen, place) {
                (None, _) => {
                    let words: Vec<_> = values.iter().map(|(name, _)| *name).collect();
                    wrong.push(not_taken(name, value, &listed(&words)));
                }
                (Some(chosen), Some(place)) => *place(settings) = chosen == 1,
                (Some(_), None) => {}
            }
        }
        Kind::Text { .. } if !value.is_string() => wrong.push(not_taken(name, value, "a text")),
        Kind::Text { .. } => {}
        Kind::Whole { most, place, .. } => {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            match number.filter(|number| number <= most) {
                Some(number) => *place(settings) = number,
                None => wrong.push(not_taken(name, value, &format!("a whole number from 0 to {most}"))),
            }
        }
        Kind::Severities => severities(name, value, settings, wrong),
    }
}

/// All of them: one that is not there any more is shown as what it is.
fn severities(name: &str, value: &Value, settings: &mut Settings, wrong: &mut Vec<String>) {
    let none = Map::new();
    let said = match value {
        Value::Object(said) => said,
        value if is_empty(value) => &none,
        value => return wrong.push(not_taken(name, value, "an object of codes and severities")),
    };
    settings.findings.severity.clear();
    for (code, level) in said {
        let Some(known) = Code::named(code) else {
            let near = suggestion(code, Code::ALL.iter().map(|code| code.name())).replace('`', "\"");
            wrong.push(format!(
                "{SECTION}.{name}: no finding has the code {}.{near}",
                shown(&code.as_str().into())
            ));
            continue;
        };
        let chosen = LEVELS.iter().find(|(name, ..)| level.as_str() == Some(name));
        match chosen {
            _ if level.is_null() => {}
            Some((.., severity)) => drop(settings.findings.severity.insert(known, *severity)),
            None => {
                let words = LEVELS.map(|(name, ..)| name);
                wrong.push(not_taken(&format!("{name}: {code}"), level, &listed(&words)));
            }
        }
    }
}

fn not_taken(name: &str, given: &Value, right: &str) -> String {
    format!("{SECTION}.{name} cannot be {}. It takes {}.", shown(given), right.replace('`', "\""))
}

fn no_object(name: &str, given: &Value) -> String {
    format!("{name} cannot be {}. It takes the settings below it.", shown(given))
}

fn unknown(name: &str) -> String {
    let near = suggestion(name, SETTINGS.iter().map(|setting| setting.name));
    let near = near.replace('`', "").replace("mean ", "mean klotho.");
    let name: String = name.chars().take(LONGEST).collect();
    format!("There is no setting {SECTION}.{name}.{near}")
}

/// A value as it was written, as far as a message has room.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use klotho_ide::Severity;
    use serde_json::json;

    fn wrong(said: Value, expected: Expect) {
        let (_, wrong) = read(&[&said]);
        expected.assert_eq(&wrong.join("\n"));
    }

    #[test]
    fn all_forms_say_the_same() {
        for said in [
            json!({ "klotho": { "codeLens": { "units": false }, "hover": { "detail": "brief" } } }),
            json!({ "codeLens": { "units": false }, "hover": { "detail": "brief" } }),
            json!({ "klotho.codeLens.units": false, "klotho.hover.detail": "brief" }),
            json!({ "codeLens.units": false, "hover.detail": "brief" }),
            json!({ "klotho": { "codeLens.units": false }, "klotho.hover": { "detail": "brief" }, "gopls": { "x": 1 } }),
            json!({ "klotho": { "graphChanged": true, "server": { "path": "/x" }, "codeLens": { "units": false, "stores": null },
                "hover": { "detail": "brief" }, "diagnostics": [], "trace": { "server": "verbose" } } }),
        ] {
            let (settings, wrong) = read(&[&said]);
            assert_eq!(wrong, [""; 0], "{said}");
            assert!(!settings.lenses.units && settings.lenses.stores && settings.brief_hovers, "{said}");
        }
    }

    #[test]
    fn who_says_nothing_gets_the_defaults() {
        for said in [
            json!(null),
            json!([]),
            json!({}),
            json!({ "klotho": null }),
            json!({ "klotho": [] }),
            json!({ "gopls": { "x": 1 } }),
        ] {
            let (settings, wrong) = read(&[&said]);
            assert_eq!(settings, Settings::default(), "{said}");
            assert_eq!(wrong, [""; 0], "{said}");
        }
    }

    #[test]
    fn later_layers_count_more_and_severities_as_a_whole() {
        let first = json!({ "format": { "enable": false, "onType": false },
            "diagnostics": { "severity": { "id-required": "off", "id-invalid": "hint" } } });
        let second = json!({ "format": { "enable": true },
            "diagnostics": { "severity": { "id-invalid": "error" } } });
        let (settings, wrong) = read(&[&first, &Value::Null, &second]);
        assert_eq!(wrong, [""; 0]);
        assert!(settings.layout && !settings.layout_on_type);
        assert_eq!(settings.findings.severity, [(Code::IdInvalid, Some(Severity::Error))].into());
    }

    #[test]
    fn what_is_wrong_is_said_and_the_rest_counts() {
        let said = json!({
            "inlayHints": { "units": "yes", "unit": true, "routes": false, "maxLength": -1 },
            "hover": { "detail": "short" },
            "diagnostics": { "enable": 1, "severity": { "target-conflic": "off", "id-required": "warn", "id-invalid": "off" } },
            "server": { "path": 5 },
            "codeLens": true,
            "nonsense": "x".repeat(200),
        });
        let (settings, _) = read(&[&said]);
        assert!(settings.hints.units && !settings.hints.routes && settings.findings.enabled);
        assert_eq!(settings.findings.severity, [(Code::IdInvalid, None)].into());
        wrong(
            said,
            expect![[r#"
            klotho.codeLens cannot be true. It takes the settings below it.
            There is no setting klotho.nonsense.
            klotho.inlayHints.units cannot be "yes". It takes true or false.
            There is no setting klotho.inlayHints.unit. Did you mean klotho.inlayHints.units?
            klotho.inlayHints.maxLength cannot be -1. It takes a whole number from 0 to 1000.
            klotho.hover.detail cannot be "short". It takes "full" or "brief".
            klotho.diagnostics.enable cannot be 1. It takes true or false.
            klotho.diagnostics.severity: no finding has the code "target-conflic". Did you mean "target-conflict"?
            klotho.diagnostics.severity: id-required cannot be "warn". It takes "error", "warning", "information", "hint" or "off".
            klotho.server.path cannot be 5. It takes a text."#]],
        );
        wrong(json!("off"), expect![[r#"klotho cannot be "off". It takes the settings below it."#]]);
        wrong(
            json!({ "klotho": { "diagnostics": { "severity": "off" } } }),
            expect![[
                r#"klotho.diagnostics.severity cannot be "off". It takes an object of codes and severities."#
            ]],
        );
    }

    #[test]
    fn no_message_grows_without_end() {
        let many: Map<String, Value> = (0..1000).map(|number| (format!("x{number}"), json!(0))).collect();
        assert_eq!(read(&[&json!({ "klotho": many })]).1.len(), MOST);
    }
}
