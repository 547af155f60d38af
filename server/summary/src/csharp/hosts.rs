//! The classes that a program is started through: its startup classes, and its own entry points for Lambda.

use super::outline::{Outline, Type};
use super::startup::Startup;
use crate::source::Source;
use crate::{Host, HostRole};

/// More in one file say no more than that there are several.
const MOST: usize = 16;

/// Where the classes that hand Lambda's requests to ASP.NET Core are declared.
const NAMESPACE: &str = "Amazon.Lambda.AspNetCoreServer";

/// Those classes, and the type of API that each serves.
const PROXIES: [(&str, &str); 2] =
    [("APIGatewayProxyFunction", "REST"), ("APIGatewayHttpApiV2ProxyFunction", "HTTP")];

/// The hosts of a file.
pub(super) fn hosts(source: &Source<'_>, outline: &Outline<'_>, startups: &[Startup<'_>]) -> Vec<Host> {
    let classes = startups.iter().filter_map(|startup| outline.types.get(startup.class)).take(MOST);
    let classes: Vec<_> = classes.collect();
    let mut hosts: Vec<_> = classes.iter().map(|class| host(class, HostRole::Startup)).collect();
    for (class, host) in classes.iter().zip(&mut hosts) {
        host.annotation = annotation_of(source, outline, class);
    }
    let entries =
        outline.types.iter().filter_map(|class| Some(host(class, entry_role(source, outline, class)?)));
    hosts.extend(entries.take(MOST));
    hosts
}

fn host(class: &Type<'_>, role: HostRole) -> Host {
    let name = class.node.child_by_field_name("name").unwrap_or(class.node);
    Host { role, name: class.name.to_owned(), at: Source::place_of(name), annotation: None }
}

/// The `execution_unit` annotation that stands above a class, or above a namespace that holds it.
fn annotation_of(source: &Source<'_>, outline: &Outline<'_>, class: &Type<'_>) -> Option<usize> {
    let at = Source::place_of(class.node);
    let mut annotations = source.of_capability("execution_unit");
    let found = annotations.find(|(_, annotation)| {
        annotation.node.as_ref().is_some_and(|node| match node.kind {
            "class_declaration" => node.at == at,
            "namespace_declaration" => node.at.covers(*at),
            // What follows `namespace A;` belongs to it, though it stands beside it in the tree.
            "file_scoped_namespace_declaration" => outline.file_namespace == Some(*node.at),
            _ => false,
        })
    });
    found.map(|(index, _)| index)
}

/// Whether a class is an entry point for Lambda: it can be created, and extends what hands requests over.
fn entry_role(source: &Source<'_>, outline: &Outline<'_>, class: &Type<'_>) -> Option<HostRole> {
    let has = |modifier| class.modifiers.contains(&modifier);
    if !class.is_class || !has("public") || has("sealed") {
        return None;
    }
    let bases = class.bases?;
    let mut found = bases.named_children().filter_map(|base| {
        let written = source.text_of(base).split('<').next().unwrap_or_default();
        let name = outline.scopes.type_in(class.scope, written, NAMESPACE)?;
        PROXIES.into_iter().find(|(known, _)| *known == name)
    });
    found.next().map(|(_, api)| HostRole::LambdaEntry(api))
}
