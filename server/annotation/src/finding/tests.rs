use super::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_code_has_exactly_one_definition() {
    let mut count: BTreeMap<Code, usize> = BTreeMap::new();
    for definition in definitions() {
        *count.entry(definition.code).or_default() += 1;
    }
    for &code in Code::ALL {
        assert_eq!(count.get(&code), Some(&1), "{}", code.name());
    }
}

#[test]
fn names_are_stable_words_and_lead_back_to_their_code() {
    for &code in Code::ALL {
        assert_eq!(Code::named(code.name()), Some(code));
        assert!(code.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", code.name());
    }
}

#[test]
fn every_definition_says_what_why_and_the_way_out() {
    for definition in definitions() {
        let name = definition.code.name();
        for text in [definition.summary, definition.why, definition.fix] {
            let (prose, code) = text.split_once("```").unwrap_or((text, ""));
            assert!(prose.trim_end().ends_with(['.', ':']) && !prose.contains("  "), "{name}: {prose}");
            assert!(code.is_empty() || code.ends_with("\n```"), "{name}: {code}");
        }
        assert!(definition.summary.len() < 90 && !definition.summary.contains('\n'), "{name}");
        assert!(!definition.messages.is_empty() && !definition.example.is_empty(), "{name}");
        for (path, text) in definition.example {
            assert!(!path.starts_with('/') && text.ends_with('\n'), "{name}: {path}");
        }
    }
}

#[test]
fn variants_of_a_message_have_names_of_their_own() {
    for definition in definitions() {
        let names: BTreeSet<_> = definition.messages.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), definition.messages.len(), "{}", definition.code.name());
        if let [(only, _)] = definition.messages {
            assert_eq!(*only, "", "{}", definition.code.name());
        }
    }
}

#[test]
fn placeholders_are_well_formed() {
    for definition in definitions() {
        for (variant, template) in definition.messages {
            let context = format!("{} {variant:?}", definition.code.name());
            let mut rest = *template;
            while let Some((before, _, after)) = next_placeholder(rest) {
                assert_balanced(before, &context);
                rest = after;
            }
            assert_balanced(rest, &context);
            assert!(template.ends_with(['.', '}']), "{context}: {template}");
            assert!(template.matches(". ").count() <= 2, "{context} is too long: {template}");
        }
    }
}

/// Braces that are no placeholder stand in backticks.
fn assert_balanced(text: &str, context: &str) {
    let bare = text.replace("`{`", "").replace("`}`", "");
    assert!(!bare.contains(['{', '}']), "{context}: {text}");
}

#[test]
fn parameters_are_filled_in_once() {
    let finding = Finding::new(Code::ConfigUnknownResource, "", klotho_text::Span::empty(0))
        .with("id", "{section}")
        .with("section", "pubsub")
        .with("suggestion", " Did you mean `a`?");
    assert_eq!(
        finding.message(),
        "The project has no resource `{section}` for the section `pubsub`, so these settings have no effect. Did you mean `a`?"
    );
    let brace = Finding::new(Code::AnnotationSyntax, "brace", klotho_text::Span::empty(0)).with("brace", "}");
    assert!(brace.message().starts_with("The compiler counts this `}` although"), "{}", brace.message());
    assert!(
        brace.message().ends_with("write `\\u007B` for `{` and `\\u007D` for `}`."),
        "{}",
        brace.message()
    );
}

/// The page that promises severities to those who read our output.
const CONTRACT: &str = include_str!("../../../../docs/graph-json.md");

#[test]
fn severities_are_those_that_are_promised() {
    let rows = CONTRACT.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        Some((cells.next()?, cells.next()?))
    });
    let rows: Vec<_> = rows.collect();
    let broken = definitions().into_iter().filter(|definition| {
        let name = format!("`{}`", definition.code.name());
        let promised = rows.iter().find(|(codes, _)| codes.split(", ").any(|code| code == name));
        let severity = format!("{:?}", definition.severity).to_lowercase();
        promised.is_none_or(|(_, promise)| *promise != severity)
    });
    let broken: Vec<_> = broken.map(|definition| definition.code.name()).collect();
    assert!(broken.is_empty(), "not in docs/graph-json.md with their severity: {broken:?}");
}
