//! The files that annotations and the configuration name.

use crate::DocumentLink;
use crate::anatomy::annotations;
use crate::figures::POWER_TUNING;
use crate::snapshot::Context;
use crate::workload::WORKLOAD;
use klotho_annotation::{Table, ValueKind};
use klotho_graph::{Kind, file_of_pattern, measurement_path};
use klotho_summary::Declares;
use klotho_text::{Place, Span};
use std::sync::Arc;

/// How a text names a file.
#[derive(Clone, Copy)]
pub(crate) enum Names {
    /// A glob, from the folder of the file.
    Pattern,
    /// A path from the project's root.
    Path,
    /// A measurement, as workloads name it.
    Measurement,
}

/// The directives that name files.
const DIRECTIVES: &[(&[&str], Names)] = &[
    (&["include"], Names::Pattern),
    (&["exclude"], Names::Pattern),
    (&["static_files"], Names::Pattern),
    (&["shared_files"], Names::Pattern),
    (&["index_document"], Names::Path),
    (&[WORKLOAD, POWER_TUNING], Names::Measurement),
];

/// No file has more links than this: each pattern is held against all paths of the project.
const MOST: usize = 500;

/// All links of a file, in document order.
pub(crate) fn links(context: &Context<'_>) -> Vec<DocumentLink> {
    let mut named = named(context);
    named.truncate(MOST);
    let links = named.into_iter().filter_map(|(text, at, names)| {
        let target = context.absolute(&target(context, text, names)?);
        Some(DocumentLink { span: unquoted(context, *at), target })
    });
    let mut links: Vec<_> = links.collect();
    links.sort_by_key(|link| link.span);
    links
}

/// A text that names files, and where it stands.
pub(crate) type Named<'a> = (&'a str, Place, Names);

/// All texts of a file that name others.
pub(crate) fn named<'a>(context: &'a Context<'_>) -> Vec<Named<'a>> {
    if context.is_config() { of_config(context) } else { of_source(context) }
}

fn of_source<'a>(context: &'a Context<'_>) -> Vec<Named<'a>> {
    let directives = annotations(context).iter().map(|annotation| &annotation.directives);
    let mut named: Vec<_> = directives.flat_map(|table| of_table(table, DIRECTIVES)).collect();
    let summary = context.project.summary(&context.relative);
    for declaration in summary.into_iter().flat_map(|summary| &summary.facts.declarations) {
        if let Declares::Store { secrets, .. } = &declaration.declares {
            named.extend(secrets.iter().map(|secret| (&*secret.path, secret.at, Names::Path)));
        }
    }
    named
}

fn of_config<'a>(context: &'a Context<'_>) -> Vec<Named<'a>> {
    let config = context.project.config();
    let section = config.root.table(config.names(Kind::ExecutionUnit).section);
    let ids = section.into_iter().flat_map(|section| &section.entries).map(|entry| &entry.key);
    let tables = ids.filter_map(|id| config.table(Kind::ExecutionUnit, id));
    let measurement = &DIRECTIVES[DIRECTIVES.len() - 1..];
    tables
        .chain(config.defaults(Kind::ExecutionUnit))
        .flat_map(|table| of_table(table, measurement))
        .collect()
}

fn of_table<'a>(
    table: &'a Table,
    directives: &'static [(&[&str], Names)],
) -> impl Iterator<Item = Named<'a>> {
    directives.iter().flat_map(move |(path, names)| {
        let value = table.at(path);
        let values = value.map_or(&[][..], |value| match &value.kind {
            ValueKind::Array(values) => values,
            _ => std::slice::from_ref(value),
        });
        values.iter().filter_map(move |value| Some((value.as_str()?, value.at, *names)))
    })
}

/// The file that a text names, if it names one and that is there.
fn target(context: &Context<'_>, text: &str, names: Names) -> Option<Arc<str>> {
    let path: Arc<str> = match names {
        Names::Pattern => return file_of_pattern(context.project, &context.relative, text),
        Names::Path => text.trim_start_matches("./").into(),
        Names::Measurement => measurement_path(text)?.into(),
    };
    context.project.has(&path).then_some(path)
}

/// The text between the quotes, where there are any.
fn unquoted(context: &Context<'_>, at: Span) -> Span {
    let text = context.document.map_or("", |document| at.of(&document.text));
    let inner = text.trim_start_matches(|first: char| first.is_alphanumeric());
    let start = text.len() - inner.trim_start_matches(['"', '\'', '`']).len();
    let quotes = inner.len() - inner.trim_start_matches(['"', '\'', '`']).len();
    if quotes == 0 || start + quotes >= text.len() {
        return at;
    }
    Span { start: at.start + start as u32, end: at.end - quotes as u32 }
}
