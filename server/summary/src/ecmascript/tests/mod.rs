mod express;
mod functions;
mod hostile;
mod imports;
mod nest;
mod pubsub;
mod stores;
mod typescript;
mod vectors;

use crate::{Declares, Facts, FunctionName, Import, Imported, MountTarget, summarise};
use klotho_grammars::{Language, parse};
use klotho_text::Place;
use std::fmt::Write;

fn facts(path: &str, text: &str) -> Facts {
    let language = Language::of_path(path).unwrap();
    let tree = parse(language, text, None).unwrap();
    summarise(path, language, text, &tree).facts
}

/// All that a file says, one fact a line, places as the text that stands there.
fn told(path: &str, text: &str) -> String {
    let facts = facts(path, text);
    let mut told = String::new();
    render_declarations(&facts, text, &mut told);
    for import in &facts.imports {
        writeln!(told, "{}", render_import(import)).unwrap();
    }
    for (word, exports) in [("export", &facts.exports), ("loose", &facts.loose_exports)] {
        for export in exports {
            writeln!(told, "{word} {} = {}", imported(&export.exported), export.local).unwrap();
        }
    }
    render_functions(&facts, text, &mut told);
    render_routing(&facts, &mut told);
    for call in &facts.imported_calls {
        let awaited = if call.awaited { " awaited" } else { "" };
        let literal = call.literal.as_ref().map(|literal| format!(" {literal:?}")).unwrap_or_default();
        writeln!(told, "call {} {}{literal}{awaited}", call.import, call.path.join(".")).unwrap();
    }
    for finding in &facts.findings {
        let variant =
            if finding.variant.is_empty() { String::new() } else { format!("/{}", finding.variant) };
        writeln!(told, "! {}{variant} at {}", finding.code.name(), excerpt(finding.at, text)).unwrap();
    }
    told
}

/// The lines of [`told`] that begin with one of some words.
fn lines(words: &[&str], path: &str, text: &str) -> String {
    let told = told(path, text);
    let wanted = |line: &&str| words.iter().any(|word| line.split(' ').next() == Some(word));
    told.lines().filter(wanted).map(|line| format!("{line}\n")).collect()
}

/// The same for several texts, each below its own first line.
fn table(words: &[&str], path: &str, before: &str, rows: &[&str]) -> String {
    let mut table = String::new();
    for row in rows {
        writeln!(table, "{}", row.trim_start().lines().collect::<Vec<_>>().join(" ⏎ ")).unwrap();
        let lines = lines(words, path, &format!("{before}{row}\n"));
        for line in lines.lines() {
            writeln!(table, "    {line}").unwrap();
        }
    }
    table
}

fn render_declarations(facts: &Facts, text: &str, told: &mut String) {
    for declaration in &facts.declarations {
        let symbol = declaration.symbol.as_deref().unwrap_or("-");
        match &declaration.declares {
            Declares::Gateway { framework, router, prefix } => {
                writeln!(told, "gateway {framework:?} {router}{prefix} symbol {symbol}").unwrap();
            }
            Declares::Store { kind, secrets, variables } => {
                write!(told, "store {kind:?} symbol {symbol}").unwrap();
                for secret in secrets {
                    write!(told, " reads {} at {}", secret.path, excerpt(secret.at, text)).unwrap();
                }
                for variable in variables {
                    write!(told, " {}={}", variable.name, variable.property).unwrap();
                }
                told.push('\n');
            }
            Declares::Topic { events } => {
                write!(told, "topic symbol {symbol}").unwrap();
                for event in events {
                    write!(told, " {:?} {}", event.way, event.name).unwrap();
                }
                told.push('\n');
            }
        }
    }
}

fn render_import(import: &Import) -> String {
    let followed = if import.followed { " followed" } else { "" };
    let bindings = import.bindings.iter();
    let bindings: String =
        bindings.map(|binding| format!(" {}={}", binding.local, imported(&binding.imported))).collect();
    format!("import {}{followed}{bindings}", import.specifier)
}

fn render_functions(facts: &Facts, text: &str, told: &mut String) {
    for function in &facts.functions {
        let name = match &function.name {
            FunctionName::Named(name) => name.clone(),
            FunctionName::HandlerOf(route) => {
                let route = &facts.routes[*route];
                format!("{} {}", route.verb, route.path)
            }
        };
        let is_async = if function.is_async { "async " } else { "" };
        let (at, name_at) = (excerpt(function.at, text), excerpt(function.name_at, text));
        writeln!(told, "function {is_async}{name} at {at} named at {name_at}").unwrap();
    }
}

fn render_routing(facts: &Facts, told: &mut String) {
    for route in &facts.routes {
        writeln!(told, "route {} {} {}", route.on, route.verb, route.path).unwrap();
    }
    for mount in &facts.mounts {
        let target = match &mount.target {
            MountTarget::Local(name) => name.clone(),
            MountTarget::Imported(import, what) => format!("import {import} {}", imported(what)),
            MountTarget::Everywhere(name) => format!("everywhere {name}"),
            MountTarget::Named { from, name, property } => {
                format!("on import {from}: {name} {}", property.as_deref().unwrap_or("-"))
            }
            MountTarget::Opaque => "opaque".to_owned(),
        };
        writeln!(told, "mount {} {} {target}", mount.on, mount.prefix.as_deref().unwrap_or("-")).unwrap();
    }
}

fn imported(imported: &Imported) -> String {
    match imported {
        Imported::Module => "*".to_owned(),
        Imported::Default => "default".to_owned(),
        Imported::Name(name) => name.clone(),
    }
}

/// The first and the last characters of what stands at a place.
fn excerpt(at: Place, text: &str) -> String {
    let characters: Vec<char> = at.of(text).replace('\n', "⏎").chars().collect();
    match characters.len() {
        0 => "-".to_owned(),
        1..=30 => characters.into_iter().collect(),
        length => {
            let last: String = characters[length - 5..].iter().collect();
            format!("{}…{last}", characters[..20].iter().collect::<String>())
        }
    }
}
