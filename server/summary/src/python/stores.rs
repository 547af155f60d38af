//! Which code is which store: the table of the reference, 5.8, quirks included.

use super::imports::ModuleName;
use super::outline::{Assignment, Outline};
use super::syntax::arguments;
use crate::StoreKind;
use klotho_grammars::Node;

/// A store that code shapes.
pub(super) struct Pattern<'a> {
    pub(super) kind: StoreKind,
    pub(super) symbol: &'a str,
}

/// The store that a node holds, by the first kind whose pattern it matches.
pub(super) fn pattern<'a>(
    outline: &Outline<'a>,
    modules: &[ModuleName<'a>],
    node: Node<'_>,
    secret: bool,
) -> Option<Pattern<'a>> {
    let all: Vec<&Assignment<'a>> = outline.assignments_in(node).iter().collect();
    let with_arguments = |assignment: &&&Assignment<'a>| !arguments(assignment.call).is_empty();
    let configured: Vec<&Assignment<'a>> = all.iter().filter(with_arguments).copied().collect();
    let store = |candidates: &[&Assignment<'a>],
                 kind_of: fn(&[ModuleName<'_>], &str) -> Option<StoreKind>| {
        // A second candidate spoils the match, whatever it calls.
        let [only] = candidates else { return None };
        Some(Pattern { kind: kind_of(modules, only.callee)?, symbol: only.name })
    };
    store(&all, kv)
        .or_else(|| fs(outline, modules, node, secret))
        .or_else(|| store(&configured, orm))
        .or_else(|| store(&all, redis))
}

fn kv(modules: &[ModuleName<'_>], callee: &str) -> Option<StoreKind> {
    let by_name = callee == "Cache" && has(modules, "aiocache", Some("Cache"), "Cache");
    let whole = has(modules, "aiocache", None, "aiocache");
    (by_name || whole && (is_bare(callee) || on(callee, "aiocache").is_some())).then_some(StoreKind::Kv)
}

fn fs<'a>(
    outline: &Outline<'a>,
    modules: &[ModuleName<'a>],
    node: Node<'_>,
    secret: bool,
) -> Option<Pattern<'a>> {
    let mut statements = outline.imports_in(node).iter().filter(|import| import.kind() == "import_statement");
    let (statement, None) = (statements.next()?, statements.next()) else { return None };
    let mut cursor = statement.walk();
    let mut names = statement.children_by_field_name("name", &mut cursor);
    let (name, None) = (names.next()?, names.next()) else { return None };
    let local = name.child_by_field_name("alias").unwrap_or(name).byte_range();
    let is_here = |module: &&ModuleName<'a>| module.module == "aiofiles" && module.name.is_none();
    let module = modules.iter().filter(is_here).find(|module| module.at == local)?;
    let kind = if secret { StoreKind::Secret } else { StoreKind::Fs };
    Some(Pattern { kind, symbol: module.local })
}

fn orm(modules: &[ModuleName<'_>], callee: &str) -> Option<StoreKind> {
    let matches = modules.iter().any(|module| match (module.module, module.name) {
        ("sqlalchemy", Some("create_engine")) => callee == module.local,
        ("sqlalchemy", None) => is_bare(callee) || on(callee, module.local).is_some(),
        _ => false,
    });
    matches.then_some(StoreKind::Orm)
}

fn redis(modules: &[ModuleName<'_>], callee: &str) -> Option<StoreKind> {
    let kinds = modules.iter().filter_map(|module| redis_through(module, callee));
    // Where one import makes it a node and another a cluster, the more exact pattern is the cluster's.
    kinds.max()
}

/// The kind that a call has through one import.
fn redis_through(module: &ModuleName<'_>, callee: &str) -> Option<StoreKind> {
    let (cluster, node) = (Some(StoreKind::RedisCluster), Some(StoreKind::RedisNode));
    match (module.module, module.name) {
        ("redis", None) => {
            let below = callee.strip_prefix(module.local).and_then(|rest| rest.strip_prefix('.'));
            match below.or(is_bare(callee).then_some(callee))? {
                "cluster.RedisCluster" | "RedisCluster" => cluster,
                name => is_bare(name).then_some(StoreKind::RedisNode),
            }
        }
        ("redis", Some("Redis")) if callee == module.local => node,
        ("redis", Some("cluster")) if on(callee, module.local) == Some("RedisCluster") => cluster,
        ("redis.cluster", Some("RedisCluster")) if callee == module.local => cluster,
        _ => None,
    }
}

fn has(modules: &[ModuleName<'_>], module: &str, name: Option<&str>, local: &str) -> bool {
    modules.iter().any(|import| (import.module, import.name, import.local) == (module, name, local))
}

fn is_bare(callee: &str) -> bool {
    !callee.is_empty() && !callee.contains('.')
}

/// `m` of `local.m`.
fn on<'c>(callee: &'c str, local: &str) -> Option<&'c str> {
    callee.strip_prefix(local)?.strip_prefix('.').filter(|name| is_bare(name))
}
