//! `persist`: which store the annotated code opens.

use super::chain::{Chain, Root, arguments, literal, peeled};
use super::outline::{Kind, Outline};
use super::routers::bound;
use crate::required::no_store;
use crate::source::Source;
use crate::walk::within;
use crate::{Declaration, Declares, Facts, SecretPath, StoreKind};
use klotho_annotation::finding::Code;
use klotho_grammars::Node;
use std::collections::HashSet;

/// The functions that open a store: the ends of their paths, the starts of their names, and what they open.
const OPENERS: [(&[&str], &[&str], StoreKind); 20] = [
    (&["PgPool"], &["connect"], StoreKind::Orm),
    (&["MySqlPool"], &["connect"], StoreKind::Orm),
    (&["SqlitePool"], &["connect"], StoreKind::Orm),
    (&["AnyPool"], &["connect"], StoreKind::Orm),
    (&["PgPoolOptions"], &["new"], StoreKind::Orm),
    (&["MySqlPoolOptions"], &["new"], StoreKind::Orm),
    (&["SqlitePoolOptions"], &["new"], StoreKind::Orm),
    (&["AnyPoolOptions"], &["new"], StoreKind::Orm),
    (&["PgConnection"], &["connect", "establish"], StoreKind::Orm),
    (&["MysqlConnection"], &["establish"], StoreKind::Orm),
    (&["SqliteConnection"], &["connect", "establish"], StoreKind::Orm),
    (&["AsyncPgConnection"], &["establish"], StoreKind::Orm),
    (&["ConnectionManager"], &["new"], StoreKind::Orm),
    (&["AsyncDieselConnectionManager"], &["new"], StoreKind::Orm),
    (&["Database"], &["connect"], StoreKind::Orm),
    (&["redis", "Client"], &["open"], StoreKind::RedisNode),
    (&["ClusterClient"], &["new", "open", "builder"], StoreKind::RedisCluster),
    (&["AmazonS3Builder"], &["new", "from_env"], StoreKind::Fs),
    (&["LocalFileSystem"], &["new"], StoreKind::Fs),
    (&["aws_sdk_s3", "Client"], &["new", "from_conf"], StoreKind::Fs),
];

/// A store in deeper bindings than this is called by the innermost of them.
const DEEPEST_BINDING: usize = 8;

/// More secrets than this are not listed for one store: no program reads as many.
const MOST_SECRETS: usize = 256;

/// Adds all that `persist` annotations declare.
pub(super) fn add<'a>(source: &Source<'a>, outline: &Outline<'a>, facts: &mut Facts) {
    let mut annotations = source.of_capability("persist").peekable();
    if annotations.peek().is_none() {
        return;
    }
    let code = Opens::of(source, outline);
    for (index, annotation) in annotations {
        let variables = crate::bound::checked(annotation, facts);
        let node = source.node_of(annotation).map(super::annotated);
        let opened = node.and_then(|node| {
            within(&code.opened, node.byte_range().into(), |opened| opened.node)
                .first()
                .map(|found| (found, node))
        });
        if let Some((opened, node)) = opened {
            let symbol = code.symbol(opened.binding, node);
            let is_secret =
                opened.kind == StoreKind::Fs && annotation.directives.boolean("secret") == Some(true);
            let kind = if is_secret { StoreKind::Secret } else { opened.kind };
            let secrets = symbol.filter(|_| is_secret).map(|symbol| code.secrets(symbol)).unwrap_or_default();
            let (own, other): (Vec<_>, Vec<_>) =
                variables.into_iter().partition(|variable| variable.kind == kind);
            let declares = Declares::Store { kind, secrets, variables: own };
            let symbol = symbol.map(str::to_owned);
            facts.declarations.push(Declaration { annotation: index, declares, symbol });
            facts.declarations.extend(crate::bound::declaration(index, other));
        } else {
            if variables.is_empty() {
                facts.findings.push(no_store(source, annotation, Code::NoResource, "no-store"));
            }
            facts.declarations.extend(crate::bound::declaration(index, variables));
        }
    }
}

/// What a file opens and reads.
struct Opens<'a> {
    opened: Vec<Opened<'a>>,
    bindings: Vec<Binding<'a>>,
    /// Files that are read: the variable, the path, and where.
    reads: Vec<(&'a str, SecretPath)>,
}

struct Opened<'a> {
    node: Node<'a>,
    kind: StoreKind,
    binding: Option<usize>,
}

/// What holds a value: `let`, `static`.
struct Binding<'a> {
    name: &'a str,
    node: Node<'a>,
    /// The binding that it stands in.
    outer: Option<usize>,
}

impl<'a> Opens<'a> {
    fn of(source: &Source<'a>, outline: &Outline<'a>) -> Self {
        let mut code = Self { opened: Vec::new(), bindings: Vec::new(), reads: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        let mut read: HashSet<usize> = HashSet::new();
        for item in &outline.items {
            let ended = |at: &usize| {
                code.bindings.get(*at).is_none_or(|it| it.node.end_byte() <= item.node.start_byte())
            };
            while open.last().is_some_and(ended) {
                open.pop();
            }
            if item.kind == Kind::Binding {
                if let Some((name, _)) = bound(source, item) {
                    code.bindings.push(Binding { name, node: item.node, outer: open.last().copied() });
                    open.push(code.bindings.len() - 1);
                }
            } else if item.kind == Kind::Call && !read.contains(&item.node.id()) {
                let chain = Chain::read(source, &outline.names, item.node);
                read.extend(&chain.calls);
                code.take(source, outline, &chain, item.node, open.last().copied());
            }
        }
        code
    }

    fn take(
        &mut self,
        source: &Source<'a>,
        outline: &Outline<'a>,
        chain: &Chain<'a>,
        node: Node<'a>,
        binding: Option<usize>,
    ) {
        if let Root::Variable(name) = &chain.root {
            self.reads.extend(read_path(source, outline, chain).map(|path| (*name, path)));
        }
        let Root::Call { path, .. } = &chain.root else { return };
        let Some((function, before)) = path.split_last() else { return };
        let opener = OPENERS.iter().find(|(end, starts, _)| {
            before.ends_with(end) && starts.iter().any(|start| function.starts_with(start))
        });
        self.opened.extend(opener.map(|(.., kind)| Opened { node, kind: *kind, binding }));
    }

    /// The outermost variable within a node that holds what is opened.
    fn symbol(&self, binding: Option<usize>, within: Node<'_>) -> Option<&'a str> {
        let mut symbol = None;
        let mut next = binding.and_then(|at| self.bindings.get(at));
        for _ in 0..DEEPEST_BINDING {
            let Some(binding) = next.filter(|it| it.node.start_byte() >= within.start_byte()) else { break };
            symbol = Some(binding.name);
            next = binding.outer.and_then(|at| self.bindings.get(at));
        }
        symbol
    }

    /// The files that are read through a variable.
    fn secrets(&self, variable: &str) -> Vec<SecretPath> {
        let mut known = HashSet::new();
        let own = self.reads.iter().filter(|(name, _)| *name == variable).map(|(_, path)| path);
        own.filter(|secret| known.insert(&secret.path)).take(MOST_SECRETS).cloned().collect()
    }
}

/// The path in `store.get(&Path::from("path"))`, `store.get(&"path".into())` and `client.get_object().key("path")`.
fn read_path<'a>(source: &Source<'a>, outline: &Outline<'a>, chain: &Chain<'a>) -> Option<SecretPath> {
    let first = chain.methods.first()?;
    let given = match first.name {
        "get" => arguments(first.arguments),
        "get_object" => {
            let key = chain.methods.iter().find(|method| method.name == "key")?;
            arguments(key.arguments)
        }
        _ => return None,
    };
    let argument = peeled(*given.first()?);
    let literal_of = |node: Node<'a>| literal(source, node).map(|path| (path, node));
    let found = literal_of(argument).or_else(|| {
        let is_call = argument.kind() == "call_expression";
        let inner = is_call.then(|| Chain::read(source, &outline.names, argument))?;
        inner.root_arguments().first().and_then(|first| literal_of(*first)).or_else(|| {
            let value = argument.child_by_field_name("function")?.child_by_field_name("value")?;
            literal_of(value)
        })
    });
    let (path, at) = found?;
    Some(SecretPath { path: path.to_owned(), at: Source::place_of(at) })
}
