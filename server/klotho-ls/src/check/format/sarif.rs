//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), within what GitHub's code scanning takes
//! (<https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).

use crate::check::Report;
use crate::check::finding::{Finding, Fix, Place, Replacement};
use crate::explain::link;
use klotho_ide::{Definition, Position, Severity, definitions};
use serde_json::{Value, json};
use std::fmt::Write;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What GitHub takes of one run: more are refused, so the rest is left out and said to be.
const RESULTS: usize = 25_000;

/// Where paths start: the folder in which the command was run.
const BASE: &str = "%SRCROOT%";

/// The document.
pub(super) fn report(report: &Report) -> String {
    let shown = report.findings.iter().take(RESULTS);
    let results: Vec<_> = shown.map(result).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver() },
            "columnKind": "utf16CodeUnits",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications(report.findings.len()),
            }],
            "results": results,
        }],
    });
    format!("{document}\n")
}

fn driver() -> Value {
    json!({
        "name": "klotho-ls",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": definitions().iter().copied().map(rule).collect::<Vec<_>>(),
    })
}

fn rule(definition: &Definition) -> Value {
    let help = format!("{}\n\n**Way out.** {}\n", definition.why, definition.fix);
    json!({
        "id": definition.code.name(),
        "name": camel(definition.code.name()),
        "shortDescription": { "text": definition.summary },
        "fullDescription": { "text": definition.why },
        "help": { "text": help.replace("**", ""), "markdown": help },
        "helpUri": link(definition.code),
        "defaultConfiguration": { "level": level(definition.severity) },
        "properties": { "tags": ["klotho"], "problem.severity": problem(definition.severity) },
    })
}

/// `target-conflict` as `TargetConflict`, since a rule's name is an identifier.
fn camel(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect()
}

fn result(finding: &Finding) -> Value {
    let rule = definitions().iter().position(|definition| definition.code == finding.code);
    let mut result = json!({
        "ruleId": finding.code.name(),
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": finding.place.iter().map(location).collect::<Vec<_>>(),
        "partialFingerprints": { "klothoLs/v1": finding.fingerprint },
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(index, (place, message))| {
            let mut location = location(place);
            location["id"] = index.into();
            location["message"] = json!({ "text": message });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([self::fix(fix)]);
    }
    result
}

/// One change for each file.
fn fix(fix: &Fix) -> Value {
    let files = fix.edits.chunk_by(|one, other| one.place.path == other.place.path);
    let changes = files.filter_map(|edits| {
        let place = &edits.first()?.place;
        let replacements: Vec<_> = edits.iter().map(replacement).collect();
        Some(json!({ "artifactLocation": artifact(&place.shown), "replacements": replacements }))
    });
    json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
}

/// What is inserted has an empty region; a file that has to be made begins at its first column.
fn replacement(edit: &Replacement) -> Value {
    let first = json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 });
    json!({
        "deletedRegion": edit.place.range.map_or(first, region),
        "insertedContent": { "text": edit.text },
    })
}

fn location(place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(&place.shown) });
    if let Some((start, end)) = place.range {
        physical["region"] = region((start, end));
    }
    json!({ "physicalLocation": physical })
}

fn region((start, end): (Position, Position)) -> Value {
    json!({
        "startLine": start.line + 1,
        "startColumn": start.character + 1,
        "endLine": end.line + 1,
        "endColumn": end.character + 1,
    })
}

fn artifact(path: &str) -> Value {
    let uri = encoded(path);
    match path.starts_with('/') {
        true => json!({ "uri": format!("file://{uri}") }),
        false => json!({ "uri": uri, "uriBaseId": BASE }),
    }
}

/// A path as a relative reference: everything but letters, digits and a few signs as bytes (RFC 3986, 2.1).
fn encoded(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

fn notifications(found: usize) -> Vec<Value> {
    let text = format!("{found} findings, of which this report holds the first {RESULTS}");
    if found > RESULTS {
        vec![json!({ "level": "warning", "message": { "text": text } })]
    } else {
        Vec::new()
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// The word by which GitHub sorts alerts.
fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "recommendation",
    }
}
