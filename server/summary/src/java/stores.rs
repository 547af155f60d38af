//! `persist`: which store the annotated code holds or opens.

use super::annotations::{last, literal};
use super::outline::Outline;
use crate::required::no_store;
use crate::source::Source;
use crate::walk::within;
use crate::{Declaration, Declares, Facts, SecretPath, StoreKind, bound};
use klotho_annotation::finding::Code;
use klotho_grammars::Node;
use std::collections::HashSet;

/// The types that are a store, or open one.
const STORES: [(&str, StoreKind); 23] = [
    ("EntityManagerFactory", StoreKind::Orm),
    ("EntityManager", StoreKind::Orm),
    ("Persistence", StoreKind::Orm),
    ("SessionFactory", StoreKind::Orm),
    ("DataSource", StoreKind::Orm),
    ("HikariDataSource", StoreKind::Orm),
    ("DriverManager", StoreKind::Orm),
    ("JdbcTemplate", StoreKind::Orm),
    ("JdbcClient", StoreKind::Orm),
    ("JpaRepository", StoreKind::Orm),
    ("CrudRepository", StoreKind::Orm),
    ("ListCrudRepository", StoreKind::Orm),
    ("PagingAndSortingRepository", StoreKind::Orm),
    ("RedisClient", StoreKind::RedisNode),
    ("Jedis", StoreKind::RedisNode),
    ("JedisPool", StoreKind::RedisNode),
    ("JedisPooled", StoreKind::RedisNode),
    ("RedisTemplate", StoreKind::RedisNode),
    ("StringRedisTemplate", StoreKind::RedisNode),
    ("RedisClusterClient", StoreKind::RedisCluster),
    ("JedisCluster", StoreKind::RedisCluster),
    ("S3Client", StoreKind::Fs),
    ("AmazonS3", StoreKind::Fs),
];

/// Expressions are looked into this deep for the type that they start with.
const DEEPEST_EXPRESSION: usize = 32;

/// More secrets than this are not listed for one store: no program reads as many.
const MOST_SECRETS: usize = 256;

/// Adds all that `persist` annotations declare.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let mut annotations = source.of_capability("persist").peekable();
    if annotations.peek().is_none() {
        return;
    }
    let stores = stores(source, outline);
    for (index, annotation) in annotations {
        let variables = bound::checked(annotation, facts);
        let node = source.node_of(annotation);
        let store =
            node.and_then(|node| within(&stores, node.byte_range().into(), |store| store.node).first());
        let Some(store) = store else {
            if variables.is_empty() {
                facts.findings.push(no_store(source, annotation, Code::NoResource, "no-store"));
            }
            facts.declarations.extend(bound::declaration(index, variables));
            continue;
        };
        let is_secret = store.kind == StoreKind::Fs && annotation.directives.boolean("secret") == Some(true);
        let kind = if is_secret { StoreKind::Secret } else { store.kind };
        let secrets = if is_secret { secrets(source, outline, store.symbol) } else { Vec::new() };
        let (own, other): (Vec<_>, Vec<_>) =
            variables.into_iter().partition(|variable| variable.kind == kind);
        let declares = Declares::Store { kind, secrets, variables: own };
        let symbol = Some(store.symbol.to_owned());
        facts.declarations.push(Declaration { annotation: index, declares, symbol });
        facts.declarations.extend(bound::declaration(index, other));
    }
}

/// A declaration that holds a store.
struct Store<'a> {
    node: Node<'a>,
    kind: StoreKind,
    symbol: &'a str,
}

/// The fields, variables, methods and types that are a store, in the order in which they start.
fn stores<'a>(source: &Source<'a>, outline: &Outline<'a>) -> Vec<Store<'a>> {
    let mut found = Vec::new();
    for node in &outline.variables {
        let declarator = node.child_by_field_name("declarator");
        let name = declarator.and_then(|declarator| declarator.child_by_field_name("name"));
        let value = declarator.and_then(|declarator| declarator.child_by_field_name("value"));
        let of = node.child_by_field_name("type").and_then(|of| kind_of(type_name(source, of)));
        let kind = of.or_else(|| kind_of(started_with(source, value?)?));
        found.extend(kind.zip(name).map(|(kind, name)| Store {
            node: *node,
            kind,
            symbol: source.text_of(name),
        }));
    }
    for method in &outline.methods {
        let returned = method.node.child_by_field_name("type").map(|of| type_name(source, of));
        let name = method.node.child_by_field_name("name");
        let kind = returned.and_then(kind_of);
        found.extend(kind.zip(name).map(|(kind, name)| Store {
            node: method.node,
            kind,
            symbol: source.text_of(name),
        }));
    }
    for it in &outline.types {
        let kind = extended(source, it.node).find_map(kind_of);
        found.extend(kind.map(|kind| Store { node: it.node, kind, symbol: it.name }));
    }
    found.sort_by_key(|store| store.node.start_byte());
    found
}

fn kind_of(name: &str) -> Option<StoreKind> {
    STORES.iter().find(|(store, _)| *store == name).map(|(_, kind)| *kind)
}

/// A type's name without its package and its parameters.
fn type_name<'a>(source: &Source<'a>, of: Node<'a>) -> &'a str {
    let text = source.text_of(of);
    let plain = text.split_once('<').map_or(text, |(before, _)| before);
    plain.rsplit('.').next().unwrap_or(plain).trim()
}

/// The interfaces that an interface extends.
fn extended<'a>(source: &'a Source<'a>, of: Node<'a>) -> impl Iterator<Item = &'a str> {
    let clause = of.named_children().find(|child| child.kind() == "extends_interfaces");
    let list = clause.and_then(|clause| clause.named_child(0));
    let count = list.map_or(0, |list| list.named_child_count()).min(8);
    let at = move |index: usize| list?.named_child(u32::try_from(index).ok()?);
    (0..count).filter_map(at).map(|it| type_name(source, it))
}

/// The type that an expression starts with: `S3Client` of `S3Client.builder().build()`, `Jedis` of `new Jedis(url)`.
fn started_with<'a>(source: &Source<'a>, expression: Node<'a>) -> Option<&'a str> {
    let mut node = expression;
    for _ in 0..DEEPEST_EXPRESSION {
        match node.kind() {
            "method_invocation" => node = node.child_by_field_name("object")?,
            "object_creation_expression" => {
                return node.child_by_field_name("type").map(|of| type_name(source, of));
            }
            "parenthesized_expression" => node = node.named_child(0)?,
            "cast_expression" => node = node.child_by_field_name("value")?,
            "identifier" | "field_access" => return Some(last(source, node)),
            _ => return None,
        }
    }
    None
}

/// The keys in `symbol.getObject(... .key("path") ...)` and `symbol.getObject("bucket", "path")`.
fn secrets(source: &Source<'_>, outline: &Outline<'_>, symbol: &str) -> Vec<SecretPath> {
    let text = |call: &Node<'_>, field| call.child_by_field_name(field).map(|it| source.text_of(it));
    let keys: Vec<_> =
        outline.calls.iter().filter(|call| text(call, "name") == Some("key")).copied().collect();
    let reads = outline.calls.iter().filter(|call| {
        let is_read = text(call, "name").is_some_and(|name| name.starts_with("getObject"));
        is_read
            && matches!(text(call, "object"), Some(object) if object.trim_start_matches("this.") == symbol)
    });
    let mut found = Vec::new();
    let mut known = HashSet::new();
    for read in reads.filter_map(|call| call.child_by_field_name("arguments")) {
        // A key stands at the end of its call, which starts with the builder.
        let inside = within(&keys, read.byte_range().into(), |key| *key);
        let built = inside.iter().filter_map(|key| key.child_by_field_name("arguments")?.named_child(0));
        for value in built.chain(read.named_child(1)).take(MOST_SECRETS) {
            let path =
                literal(source, value).filter(|path| found.len() < MOST_SECRETS && known.insert(*path));
            found.extend(path.map(|path| SecretPath { path: path.to_owned(), at: Source::place_of(value) }));
        }
    }
    found
}
