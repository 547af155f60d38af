//! Routers: which routes the calls on them define, and what is mounted on them (axum, Actix Web).
//!
//! A router is known by the variable that holds it, with the number of its function, or by the function that makes it.
//! One that is written where it is used has a number of its own.

use super::attributes::verb;
use super::chain::{Chain, Method, Root, arguments, literal, peeled};
use super::names::{self, Place, segments};
use super::outline::{Item, Kind, Outline};
use super::paths::{in_graph, joined};
use crate::source::Source;
use crate::{Framework, Import, Imported, Mount, MountTarget, Route};
use klotho_grammars::Node;
use klotho_text::Place as At;
use std::collections::{HashMap, HashSet};

/// The routers of a file.
pub(super) struct Routers<'s, 'a> {
    source: &'s Source<'a>,
    outline: &'s Outline<'a>,
    /// Routes, with the closure that answers each.
    pub(super) routes: Vec<(Route, Option<Node<'a>>)>,
    pub(super) mounts: Vec<Mount>,
    pub(super) imports: Vec<Import>,
    imported: HashMap<(&'a str, &'a str), usize>,
    /// What starts a server, in document order.
    pub(super) servers: Vec<Server<'a>>,
    /// Variables that hold a new router, in document order.
    pub(super) created: Vec<Server<'a>>,
    /// The routers that expressions are, by their nodes.
    names: HashMap<usize, String>,
    variables: HashSet<(usize, &'a str)>,
    /// Calls that are part of a chain that was read.
    read: HashSet<usize>,
    numbered: usize,
}

/// A server, or a router that may be served.
pub(super) struct Server<'a> {
    /// The call, or the statement that holds the router.
    pub(super) node: Node<'a>,
    pub(super) framework: Framework,
    pub(super) router: String,
    /// The program's name for it.
    pub(super) symbol: Option<&'a str>,
}

impl<'s, 'a> Routers<'s, 'a> {
    /// Reads all routers of a file.
    pub(super) fn of(source: &'s Source<'a>, outline: &'s Outline<'a>) -> Self {
        let mut routers = Self {
            source,
            outline,
            routes: Vec::new(),
            mounts: Vec::new(),
            imports: Vec::new(),
            imported: HashMap::new(),
            servers: Vec::new(),
            created: Vec::new(),
            names: HashMap::new(),
            variables: HashSet::new(),
            read: HashSet::new(),
            numbered: 0,
        };
        // A function ends with a variable that its body binds.
        let bindings = outline.items.iter().filter(|item| item.kind == Kind::Binding);
        routers.variables.extend(bindings.filter_map(|item| Some((item.maker, bound(source, item)?.0))));
        for item in &outline.items {
            routers.take(item);
        }
        routers
    }

    fn take(&mut self, item: &Item<'a>) {
        match item.kind {
            Kind::Binding => self.bind(item),
            Kind::Function => self.function(item.maker),
            Kind::Return => {
                if let Some(value) = item.node.named_child(0) {
                    let router = self.outline.makers.get(item.maker).map(|maker| maker.router.clone());
                    self.becomes(value, router.unwrap_or_default(), item.maker);
                }
            }
            Kind::Call => {
                if !self.read.contains(&item.node.id()) {
                    self.chain(item);
                }
            }
        }
    }

    /// What is assigned to a variable is known by it.
    fn bind(&mut self, item: &Item<'a>) {
        let Some((name, Some(value))) = bound(self.source, item) else { return };
        let value = peeled(value);
        let router = variable(name, item.maker);
        self.names.insert(value.id(), router.clone());
        if value.kind() == "call_expression" {
            let chain = Chain::read(self.source, &self.outline.names, value);
            if let Some(framework) = chain.creates() {
                self.created.push(Server { node: item.node, framework, router, symbol: Some(name) });
            }
        }
    }

    /// What a function ends with is the router that it makes; what its attributes say are its routes.
    fn function(&mut self, index: usize) {
        let outline = self.outline;
        let Some(maker) = outline.makers.get(index).filter(|maker| maker.is_maker) else { return };
        let Some(node) = maker.node else { return };
        for attribute in &maker.attributes {
            // The attribute belongs to the function that it says something of.
            let at = At::from(attribute.at.join(*Source::place_of(node)));
            for verb in &attribute.verbs {
                let route = Route { on: maker.router.clone(), verb, path: in_graph(attribute.path), at };
                self.routes.push((route, None));
            }
        }
        if let Some(last) = node.child_by_field_name("body").and_then(ending) {
            self.becomes(last, maker.router.clone(), index);
        }
    }

    /// Says that the router `on` is what an expression makes.
    fn becomes(&mut self, expression: Node<'a>, on: String, maker: usize) {
        let mut expression = peeled(expression);
        // `Ok(router)`
        if expression.kind() == "call_expression" {
            let function = expression.child_by_field_name("function");
            let is_ok = function.is_some_and(|function| self.source.text_of(function) == "Ok");
            let inner = expression.child_by_field_name("arguments").filter(|_| is_ok);
            if let Some(inner) = inner.and_then(|list| arguments(list).first().copied()) {
                expression = peeled(inner);
            }
        }
        if expression.kind() == "identifier" {
            let target = self.target(expression, maker);
            self.mount(on, None, target, Source::place_of(expression));
        } else {
            self.names.insert(expression.id(), on);
        }
    }

    fn mount(&mut self, on: String, prefix: Option<String>, target: MountTarget, at: At) {
        if target != MountTarget::Local(on.clone()) {
            self.mounts.push(Mount { on, prefix, target, at });
        }
    }

    /// Reads a chain from its last call.
    fn chain(&mut self, item: &Item<'a>) {
        let chain = Chain::read(self.source, &self.outline.names, item.node);
        self.read.extend(&chain.calls);
        self.serve(&chain, item);
        let own = self.names.get(&item.node.id()).cloned();
        let on = match (&own, &chain.root) {
            (Some(own), _) => own.clone(),
            (None, Root::Variable(name)) => self.named(name, item.maker),
            (None, _) => return,
        };
        let at = Source::place_of(item.node);
        let arguments = chain.root_arguments();
        let path = arguments.first().and_then(|first| literal(self.source, *first));
        let mut prefix = String::new();
        match (&chain.root, chain.called()) {
            (Root::Variable(name), _) => {
                let target = MountTarget::Local(self.named(name, item.maker));
                self.mount(on.clone(), None, target, at);
            }
            // Where the path is no plain string, nobody can say what lies below it.
            (_, Some((_, "scope" | "resource") | ("Files", "new"))) if path.is_none() => return,
            (_, Some((_, "scope" | "resource"))) => prefix = in_graph(path.unwrap_or_default()),
            (_, Some(("Files", "new"))) => {
                let mounted = in_graph(path.unwrap_or_default());
                self.mount(on.clone(), Some(mounted), MountTarget::Opaque, at);
            }
            (Root::Call { path, .. }, _) if chain.creates().is_none() => {
                let target = self.function_at(path, at);
                self.mount(on.clone(), None, target, at);
            }
            _ => {}
        }
        let is_resource = matches!(chain.called(), Some((_, "resource")));
        for method in &chain.methods {
            let router = Base { on: &on, prefix: &prefix, is_resource };
            self.method(&router, method, item.maker);
        }
    }

    /// Takes one method call on a router.
    fn method(&mut self, router: &Base<'_>, method: &Method<'a>, maker: usize) {
        let given = arguments(method.arguments);
        let first = given.first().copied();
        let path = first.and_then(|first| literal(self.source, first));
        let full = path.map(|path| joined(router.prefix, &in_graph(path)));
        let own = (!router.prefix.is_empty()).then(|| router.prefix.to_owned());
        let at = method.at;
        match (method.name, full, given.as_slice()) {
            ("route", Some(full), [_, answers, ..]) => self.answers(router.on, &full, *answers, at),
            ("route", None, [answers]) if router.is_resource => {
                self.answers(router.on, router.prefix, *answers, at);
            }
            ("to", _, [_]) if router.is_resource => {
                self.route(router.on, "ANY", router.prefix, (at, None));
            }
            ("route_service", Some(full), _) => self.route(router.on, "ANY", &full, (at, None)),
            ("nest_service", Some(full), _) => {
                self.mount(router.on.to_owned(), Some(full), MountTarget::Opaque, at);
            }
            ("nest", Some(full), [_, nested, ..]) => {
                let target = self.target(*nested, maker);
                self.mount(router.on.to_owned(), Some(full), target, at);
            }
            ("merge" | "service" | "configure", _, [mounted]) => {
                for mounted in several(*mounted) {
                    let target = self.target(mounted, maker);
                    self.mount(router.on.to_owned(), own.clone(), target, at);
                }
            }
            _ => {}
        }
    }

    /// Adds a route for each verb of `get(handler).post(handler)`, or of `web::get().to(handler)`.
    fn answers(&mut self, on: &str, path: &str, answers: Node<'a>, at: At) {
        let chain = Chain::read(self.source, &self.outline.names, answers);
        self.read.extend(&chain.calls);
        let closure = |given: &[Node<'a>]| given.iter().copied().find(|it| it.kind() == "closure_expression");
        let to = chain.methods.iter().find(|method| method.name == "to");
        let given = to.map_or_else(|| chain.root_arguments(), |to| arguments(to.arguments));
        if let Some(verb) = chain.called().and_then(|(_, name)| self.verb(name, &given)) {
            self.route(on, verb, path, (at, closure(&given)));
        }
        for method in &chain.methods {
            let given = arguments(method.arguments);
            if let Some(verb) = self.verb(method.name, &given).filter(|_| method.name != "route") {
                self.route(on, verb, path, (at, closure(&given)));
            }
        }
    }

    fn verb(&self, name: &str, given: &[Node<'a>]) -> Option<&'static str> {
        match name {
            "on" | "method" => {
                let path = segments(self.source, *given.first()?);
                path.last().and_then(|last| verb(last))
            }
            "route" => Some("ANY"),
            _ => verb(name.strip_suffix("_service").unwrap_or(name)).filter(|_| !names::is_type(name)),
        }
    }

    fn route(&mut self, on: &str, verb: &'static str, path: &str, (at, handler): (At, Option<Node<'a>>)) {
        let path = joined("", path);
        self.routes.push((Route { on: on.to_owned(), verb, path, at }, handler));
    }

    /// The router that an expression is.
    fn target(&mut self, expression: Node<'a>, maker: usize) -> MountTarget {
        let expression = peeled(expression);
        match expression.kind() {
            "call_expression" => MountTarget::Local(self.number(expression)),
            "identifier" | "scoped_identifier" => {
                let name = self.source.text_of(expression);
                if self.variables.contains(&(maker, name)) {
                    return MountTarget::Local(variable(name, maker));
                }
                let path = self.outline.names.path(self.source, expression);
                self.function_at(&path, Source::place_of(expression))
            }
            _ => MountTarget::Opaque,
        }
    }

    /// A name for a router that is written where it is used.
    fn number(&mut self, expression: Node<'a>) -> String {
        self.numbered += 1;
        let number = format!("#{}", self.numbered);
        self.names.insert(expression.id(), number.clone());
        number
    }

    /// The router of a name: a variable's, or what a function configures through a parameter.
    fn named(&self, name: &str, maker: usize) -> String {
        let maker_of = self.outline.makers.get(maker);
        let configuring = maker_of.filter(|maker| maker.configures == Some(name));
        configuring.map_or_else(|| variable(name, maker), |maker| maker.router.clone())
    }

    /// The router that the function of a path makes.
    fn function_at(&mut self, path: &[&'a str], at: At) -> MountTarget {
        match self.outline.names.place(path) {
            Some(Place::Here(function)) => MountTarget::Local(format!("{function}()")),
            Some(Place::Type(of, function)) => MountTarget::Everywhere(format!("{of}::{function}()")),
            Some(Place::Module(module, function)) => {
                let imports = &mut self.imports;
                let index = *self.imported.entry((module, function)).or_insert_with(|| {
                    imports.push(names::import(module, function, at));
                    imports.len() - 1
                });
                MountTarget::Imported(index, Imported::Name(function.to_owned()))
            }
            None => MountTarget::Opaque,
        }
    }

    /// Takes what starts a server: `axum::serve(listener, app)`, `Server::bind(...).serve(app)`, `HttpServer::new(...)`.
    fn serve(&mut self, chain: &Chain<'a>, item: &Item<'a>) {
        let given = chain.root_arguments();
        let served = match (chain.called(), given.as_slice()) {
            (Some(("HttpServer", "new")), [factory]) => return self.serve_factory(*factory, item),
            (Some((_, "serve")), [_, app]) => Some(*app),
            (Some(("Server", "bind")), _) => {
                let serve = chain.methods.iter().find(|method| method.name == "serve");
                serve.and_then(|serve| arguments(serve.arguments).first().copied())
            }
            _ => None,
        };
        let Some(app) = served.map(peeled) else { return };
        let root = Chain::read(self.source, &self.outline.names, app).root;
        let symbol = if let Root::Variable(name) = root { Some(name) } else { None };
        let router = match self.target(app, item.maker) {
            MountTarget::Local(name) => name,
            target => {
                let name = self.number(app);
                self.mount(name.clone(), None, target, Source::place_of(app));
                name
            }
        };
        self.servers.push(Server { node: item.node, framework: Framework::Axum, router, symbol });
    }

    /// `HttpServer::new(|| App::new()...)`, with a closure or a function that makes the app.
    fn serve_factory(&mut self, factory: Node<'a>, item: &Item<'a>) {
        let router = self.number(factory);
        if factory.kind() == "closure_expression" {
            let body = factory.child_by_field_name("body");
            let made = body.and_then(|body| if body.kind() == "block" { ending(body) } else { Some(body) });
            if let Some(made) = made {
                self.becomes(made, router.clone(), item.maker);
            }
        } else {
            let target = self.target(factory, item.maker);
            self.mount(router.clone(), None, target, Source::place_of(factory));
        }
        self.servers.push(Server { node: item.node, framework: Framework::Actix, router, symbol: None });
    }
}

/// A router, and the path that its chain starts with.
struct Base<'r> {
    on: &'r str,
    prefix: &'r str,
    is_resource: bool,
}

/// The variable that a binding binds, and its value.
pub(super) fn bound<'a>(source: &Source<'a>, item: &Item<'a>) -> Option<(&'a str, Option<Node<'a>>)> {
    let field = |name| item.node.child_by_field_name(name);
    let target = field("pattern").or_else(|| field("name")).or_else(|| field("left"))?;
    let name = (target.kind() == "identifier").then(|| source.text_of(target))?;
    Some((name, field("value").or_else(|| field("right"))))
}

/// The router that a variable of a function holds.
fn variable(name: &str, maker: usize) -> String {
    format!("{name}#{maker}")
}

/// Few comments end a block.
const MOST_COMMENTS: usize = 8;

/// The expression that a block ends with.
fn ending(block: Node<'_>) -> Option<Node<'_>> {
    let mut last = block.named_child(block.named_child_count().checked_sub(1)?.try_into().ok()?);
    for _ in 0..MOST_COMMENTS {
        match last {
            Some(comment) if comment.kind().ends_with("comment") => last = comment.prev_named_sibling(),
            _ => break,
        }
    }
    last.filter(|last| !last.kind().ends_with("_statement") && !last.kind().ends_with("_item"))
}

/// The elements of a tuple, or the expression itself.
fn several(expression: Node<'_>) -> Vec<Node<'_>> {
    if expression.kind() != "tuple_expression" {
        return vec![expression];
    }
    expression.named_children().collect()
}
