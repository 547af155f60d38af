mod attributes;
mod controllers;
mod functions;
mod robust;
mod startup;
mod templates;

use crate::{Declares, Facts, FunctionName, HostRole, MountTarget, summarise};
use klotho_annotation::finding::Finding;
use klotho_grammars::{Language, parse};

/// The `using` lines of all that is looked for.
const USINGS: &str = "using Microsoft.AspNetCore.Builder;\nusing Microsoft.AspNetCore.Hosting;\nusing Microsoft.AspNetCore.Mvc;\n\
                      using Microsoft.Extensions.DependencyInjection;\nusing Amazon.Lambda.AspNetCoreServer;\n";

const EXPOSE: &str = "/* @klotho::expose {\n * id = \"api\"\n * target = \"public\"\n * }\n */\n";

/// The facts of a C# file.
fn facts_of(text: &str) -> Facts {
    let tree = parse(Language::CSharp, text, None).unwrap();
    summarise("Startup.cs", Language::CSharp, text, &tree).facts
}

/// What a file says, one line each: gateways, mounts, routes, hosts, findings.
fn said(text: &str) -> String {
    let facts = facts_of(text);
    let mut lines = Vec::new();
    for declaration in &facts.declarations {
        if let Declares::Gateway { router, .. } = &declaration.declares {
            lines.push(format!("gateway {} as {router}", declaration.symbol.as_deref().unwrap_or("-")));
        }
    }
    for mount in &facts.mounts {
        let (MountTarget::Local(name) | MountTarget::Everywhere(name)) = &mount.target else {
            panic!("{mount:?}")
        };
        lines.push(format!("{} + {name}", mount.on));
    }
    lines.extend(facts.routes.iter().map(|route| format!("{}: {} {}", route.on, route.verb, route.path)));
    for host in &facts.hosts {
        let role = match host.role {
            HostRole::Startup => "startup".to_owned(),
            HostRole::LambdaEntry(api) => format!("entry for {api}"),
        };
        let annotated = if host.annotation.is_some() { ", annotated" } else { "" };
        lines.push(format!("{role} {}{annotated}", host.name));
        assert_eq!(host.at.of(text), host.name);
    }
    lines.extend(facts.findings.iter().map(|finding| found(text, finding)));
    lines.join("\n")
}

/// The routes of controllers, without what they are defined on.
fn routes(text: &str) -> String {
    let facts = facts_of(&format!("{USINGS}{text}"));
    let lines = facts.routes.iter().map(|route| format!("{} {}", route.verb, route.path));
    lines.collect::<Vec<_>>().join("\n")
}

fn names(text: &str) -> Vec<String> {
    let name = |name| match name {
        FunctionName::Named(name) => name,
        FunctionName::HandlerOf(route) => format!("handler of {route}"),
    };
    facts_of(text).functions.into_iter().map(|function| name(function.name)).collect()
}

fn found(text: &str, finding: &Finding) -> String {
    let at = finding.at.of(text).lines().next().unwrap_or_default();
    let words = [finding.code.name(), finding.variant].join(" ");
    format!("! {} at `{at}`", words.trim_end())
}
