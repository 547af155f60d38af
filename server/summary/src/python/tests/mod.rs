mod calls;
mod fastapi;
mod functions;
mod imports;
mod robust;
mod secrets;
mod stores;

use crate::{Declaration, Declares, Facts, summarise};
use klotho_annotation::finding::Finding;
use klotho_grammars::{Language, parse};

/// The facts of a Python file.
fn facts_of(path: &str, text: &str) -> Facts {
    let tree = parse(Language::Python, text, None).unwrap();
    summarise(path, Language::Python, text, &tree).facts
}

/// What annotations come to, one line each: declarations, routes, findings.
fn said(text: &str) -> String {
    let facts = facts_of("app/main.py", text);
    let declarations = facts.declarations.iter().map(declared);
    let routes = facts.routes.iter().map(|route| format!("{}: {} {}", route.on, route.verb, route.path));
    let findings = facts.findings.iter().map(|finding| found(text, finding));
    declarations.chain(routes).chain(findings).collect::<Vec<_>>().join("\n")
}

fn declared(declaration: &Declaration) -> String {
    let symbol = declaration.symbol.as_deref().unwrap_or("-");
    let Declares::Store { kind, secrets, variables } = &declaration.declares else {
        let Declares::Gateway { router, prefix, .. } = &declaration.declares else { return String::new() };
        assert_eq!(symbol, router);
        return format!("gateway {symbol} {prefix}").trim_end().to_owned();
    };
    let mut line = format!("{kind:?} {symbol}");
    for secret in secrets {
        line.push_str(&format!(" reads {}", secret.path));
    }
    for variable in variables {
        assert_eq!(variable.kind, *kind);
        line.push_str(&format!(" {}={}", variable.name, variable.property));
    }
    line
}

fn found(text: &str, finding: &Finding) -> String {
    let at = finding.at.of(text).lines().next().unwrap_or_default();
    let parameters: Vec<_> =
        finding.parameters.iter().map(|(name, value)| format!(" {name}={value}")).collect();
    let words = [finding.code.name(), finding.variant].join(" ");
    format!("! {} at `{at}`{}", words.trim_end(), parameters.concat())
}
