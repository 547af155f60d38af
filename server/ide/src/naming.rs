//! What a resource may be called, from the code that it stands on.

use crate::snapshot::Context;
use klotho_annotation::catalogue::Capability;
use klotho_annotation::{MAX_ID_BYTES, is_id_character};
use klotho_grammars::{Language, Node};
use klotho_graph::{Kind, PACKAGE};
use klotho_summary::FunctionName;

/// So many names are tried beside one that is taken.
const MOST_TRIED: usize = 1_000;

/// A name that the code at the start of a node gives something.
pub(crate) fn name_in<'a>(text: &str, node: Node<'a>) -> Option<String> {
    const LOOKED_AT: usize = 50;
    if let Some(exported) = text.get(node.byte_range()).and_then(exported) {
        return Some(exported).filter(|name| !name.is_empty());
    }
    let within = |last: &Node<'a>| last.following().filter(|next| node.holds(*next));
    let mut nodes = std::iter::successors(Some(node), within).take(LOOKED_AT);
    let found = nodes.find(|node| node.kind() == "identifier")?;
    text.get(found.byte_range()).map(str::to_owned)
}

/// What a module of JavaScript exports by the code `exports.NAME`; empty where that is the module itself.
fn exported(code: &str) -> Option<String> {
    let rest = code.strip_prefix("module.").unwrap_or(code).strip_prefix("exports")?;
    let name = rest.strip_prefix('.').unwrap_or_default();
    let is_of_name = |next: &char| next.is_alphanumeric() || matches!(next, '_' | '$');
    (!rest.starts_with(|next: char| is_of_name(&next))).then(|| name.chars().take_while(is_of_name).collect())
}

/// Names that say no more than that a program, or its code, is there.
const SAYING_NOTHING: [&str; 14] = [
    "index",
    "main",
    "app",
    "server",
    "lib",
    "mod",
    "src",
    "source",
    "__init__",
    "__main__",
    "Program",
    "Application",
    "Startup",
    "Dockerfile",
];

/// What a resource may be called that an annotation declares: as the code below it, where the capability makes something of
/// that; else as the function that stands there, or as the file.
pub(crate) fn name_for(context: &Context<'_>, capability: &Capability, below: Option<String>) -> String {
    let language = Language::of_path(&context.relative);
    let support = language.and_then(|language| capability.support_in(language));
    if support.is_none_or(|support| !support.on.is_empty()) {
        return below.unwrap_or_else(|| stem(&context.relative).to_owned());
    }
    let function = below.filter(|name| says_something(name) && is_function(context, name));
    function.unwrap_or_else(|| name_of_file(context))
}

/// What the unit of a file may be called: as the file; where that says nothing as its folder, and in the project's root as
/// the package, or as the folder of the project.
pub(crate) fn name_of_file(context: &Context<'_>) -> String {
    let stem = stem(&context.relative);
    let folders = context.relative.rsplit('/').skip(1);
    let named = [stem].into_iter().chain(folders).find(|name| says_something(name));
    let named = named.map(str::to_owned).or_else(|| package(context));
    named.or_else(|| folder(context)).unwrap_or_else(|| stem.to_owned())
}

fn says_something(name: &str) -> bool {
    !as_id(name).is_empty() && !SAYING_NOTHING.contains(&name)
}

/// Whether the file has a function of this name.
fn is_function(context: &Context<'_>, name: &str) -> bool {
    let summary = context.project.summary(&context.relative);
    summary.is_some_and(|summary| {
        let names = summary.facts.functions.iter().filter_map(|function| match &function.name {
            FunctionName::Named(name) => name.rsplit('.').next(),
            FunctionName::HandlerOf(_) => None,
        });
        names.into_iter().any(|known| known == name)
    })
}

/// The name of the package in the root, without its scope.
fn package(context: &Context<'_>) -> Option<String> {
    let text = context.project.shared_text(PACKAGE)?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    let name = package.get("name")?.as_str()?.rsplit('/').next()?;
    says_something(name).then(|| name.to_owned())
}

/// The name of the folder that the project is.
fn folder(context: &Context<'_>) -> Option<String> {
    let mut names = context.root.rsplit('/').skip(usize::from(context.project.is_document()));
    names.next().filter(|name| says_something(name)).map(str::to_owned)
}

/// A file's name up to its first dot.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split('.').next().unwrap_or_default()
}

/// A name as an id: what an id cannot hold is left out.
pub(crate) fn as_id(name: &str) -> String {
    let mut id: String = name.chars().filter(|character| is_id_character(*character)).collect();
    id.truncate(MAX_ID_BYTES);
    id
}

/// An id from a name that no resource of these kinds has; `None` where the name holds nothing that an id can.
pub(crate) fn fresh_id(context: &Context<'_>, kinds: &[Kind], name: &str) -> Option<String> {
    let derived = context.project.derived();
    let config = context.project.config();
    let is_taken = |id: &str| {
        let is_unit = kinds.contains(&Kind::ExecutionUnit) && derived.units.contains_key(id);
        let is_declared =
            || derived.resources.values().any(|known| kinds.contains(&known.kind) && known.id == id);
        let is_configured = || kinds.iter().any(|kind| config.entry(*kind, id).is_some());
        is_unit || is_declared() || is_configured()
    };
    let id = Some(as_id(name)).filter(|id| !id.is_empty())?;
    if !is_taken(&id) {
        return Some(id);
    }
    let numbered = (2..MOST_TRIED).map(|number| {
        let number = format!("-{number}");
        // An id is plain ASCII.
        let kept = id.get(..MAX_ID_BYTES.saturating_sub(number.len())).unwrap_or(&id);
        format!("{kept}{number}")
    });
    numbered.into_iter().find(|id| !is_taken(id))
}
