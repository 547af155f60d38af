//! The forms of what a file can say.

use crate::{EnvironmentVariable, Framework, Use};
use foldhash::quality::RandomState;
use klotho_annotation::Annotation;
use klotho_annotation::Suppression;
use klotho_annotation::finding::Finding;
use klotho_grammars::Language;
use klotho_text::{LineIndex, Place};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

/// Everything one file says.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSummary {
    /// Its language.
    pub language: Language,
    /// Its lines, so that places can be shown without its text.
    pub lines: Arc<LineIndex>,
    /// What it says.
    pub facts: Facts,
    /// Where it speaks of what it declares, for a file whose text is not kept; those of an open document are looked up
    /// in its text when somebody asks.
    pub uses: Vec<Use>,
    /// Findings that it allows.
    pub suppressions: Vec<Suppression>,
}

/// What a file says, apart from where its lines are.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Facts {
    /// The package that the file says it belongs to, in languages where names come from packages (Go), or its module (Rust).
    pub package: Option<String>,
    /// Its annotations in document order.
    pub annotations: Vec<Annotation>,
    /// What annotations declare, as far as this file tells; in order of `annotation`.
    pub declarations: Vec<Declaration>,
    /// Imports of other files and packages, in document order.
    pub imports: Vec<Import>,
    /// Names that other files can import.
    pub exports: Vec<Export>,
    /// Names that other files can import though the compiler does not look routers, stores and functions up by them:
    /// JavaScript's `module.exports = { a }` and ES exports.
    pub loose_exports: Vec<Export>,
    /// What the file exports that it imports from other files.
    pub passed_on: Vec<PassedOn>,
    /// Named functions, methods and route handlers, in document order.
    pub functions: Vec<Function>,
    /// Routes defined on a router, in document order.
    pub routes: Vec<Route>,
    /// Routers mounted below another, in document order.
    pub mounts: Vec<Mount>,
    /// Calls on or of imported names, in document order.
    pub imported_calls: Vec<ImportedCall>,
    /// Classes that a program is started through (C#).
    pub hosts: Vec<Host>,
    /// Whether a program can start with it, in languages that do not tell by its path (Java).
    pub starts_program: bool,
    /// What is wrong, as far as this file tells.
    pub findings: Vec<Finding>,
}

/// What an annotation declares.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Declaration {
    /// Index of the annotation.
    pub annotation: usize,
    /// What it declares.
    pub declares: Declares,
    /// The program's name for it: the variable or module alias that holds the store, emitter or server.
    pub symbol: Option<String>,
}

/// The kinds of declaration that code shapes, beyond what the annotation's own text says.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Declares {
    /// `expose`: the routes on `router` are served by a gateway.
    Gateway {
        /// Which framework's rules hold.
        framework: Framework,
        /// The local name of the server or router, as routes and mounts state it in `on`.
        router: String,
        /// Prefix of all its routes (FastAPI's `root_path`); empty or starting with `/`.
        prefix: String,
    },
    /// `persist`: a store.
    Store {
        /// Which kind of store.
        kind: StoreKind,
        /// For secrets: the files that are read through it.
        secrets: Vec<SecretPath>,
        /// Environment variables bound to its properties; a store may be declared by these alone.
        variables: Vec<EnvironmentVariable>,
    },
    /// `pubsub`: the events of an emitter.
    Topic {
        /// Events that this file emits and listens to on it, in document order.
        events: Vec<Event>,
    },
}

/// One event that code emits or listens to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Which of the two.
    pub way: EventWay,
}

/// Which way an event goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventWay {
    /// The code emits it.
    Published,
    /// The code listens to it.
    Subscribed,
}

impl EventWay {
    /// What calling `method` on an emitter does (reference, 5.7.6).
    pub fn of_method(method: &str) -> Option<Self> {
        match method {
            "emit" => Some(Self::Published),
            "on" => Some(Self::Subscribed),
            _ => None,
        }
    }
}

/// The kinds of store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StoreKind {
    /// Key-value: a map.
    Kv,
    /// Files.
    Fs,
    /// Secrets read from files.
    Secret,
    /// A relational database.
    Orm,
    /// One Redis node.
    RedisNode,
    /// A Redis cluster.
    RedisCluster,
    /// A value that is read from a secrets manager: `config`.
    Config,
}

impl StoreKind {
    /// Whether a method that returns a value in the program returns a promise of it once the store is in the cloud
    /// (reference, 5.7.2).
    pub fn is_asynchronous(self, method: &str) -> bool {
        let methods = ["get", "set", "clear", "delete", "entries", "has", "keys", "values"];
        self == Self::Kv && methods.contains(&method)
    }
}

/// A file that the code reads through a secret store.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct SecretPath {
    /// As written.
    pub path: String,
    /// Where.
    pub at: Place,
}

/// One import of one module.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Import {
    /// As written: `./users`, `express`, `app.model`, `.model`.
    pub specifier: String,
    /// Where the specifier stands.
    pub at: Place,
    /// The names that it binds in this file.
    pub bindings: Vec<Binding>,
    /// Project files that it may mean, best first: the first that exists is imported. Empty for packages.
    pub candidates: Vec<String>,
    /// The package whose files it may mean, where only its name is known (Go: the path's last segment; Rust: a module).
    pub package: Option<String>,
    /// Project files that come along if they exist, whichever candidate does (a Python package's `__init__.py`).
    pub companions: Vec<String>,
    /// Whether the compiler follows it when it works out what belongs to a unit.
    pub followed: bool,
}

/// One name that an import binds.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Binding {
    /// The name in this file.
    pub local: String,
    /// What it stands for in the imported module.
    pub imported: Imported,
    /// Where the local name stands.
    pub at: Place,
}

/// What a binding stands for in its module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Imported {
    /// The whole module: `require`, `import * as`, `import a.b`.
    Module,
    /// The default export.
    Default,
    /// One export.
    Name(String),
}

/// One name that other files can import.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Export {
    /// What others import; `Module` for what takes the place of the whole module: `module.exports = name`.
    pub exported: Imported,
    /// The name in this file.
    pub local: String,
    /// Where.
    pub at: Place,
    /// Whether it is another module's, which `tsc` declares here by `exports.name = void 0`.
    pub is_passed_on: bool,
}

/// Something that a file exports and has from another one: `export { f } from "./f"`.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct PassedOn {
    /// Index of the import.
    pub import: usize,
    /// What others import from this file; `Module` for everything that the other one exports by name.
    pub exported: Imported,
    /// What that is in the other file.
    pub imported: Imported,
}

/// A function, method or route handler.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Function {
    /// What it is called.
    pub name: FunctionName,
    /// The whole function.
    pub at: Place,
    /// Where its name stands, or its first line's start for an anonymous handler.
    pub name_at: Place,
    /// Whether it is asynchronous.
    pub is_async: bool,
}

/// What a function is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FunctionName {
    /// As the language qualifies it: `Users.create`.
    Named(String),
    /// Anonymous handler of the route with this index; named after the route.
    HandlerOf(usize),
}

/// One route as its framework defines it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Route {
    /// The local name of the router or server it is defined on.
    pub on: String,
    /// `ANY`, `GET`, `POST`, `PUT`, `DELETE`, `PATCH`, `OPTIONS` or `HEAD`.
    pub verb: &'static str,
    /// In the graph's notation, without the prefixes it is mounted under.
    pub path: String,
    /// The whole definition.
    pub at: Place,
}

/// A router mounted below another.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Mount {
    /// The local name of the router or server that receives it.
    pub on: String,
    /// The path it is mounted at, in the graph's notation; `None` without a path.
    pub prefix: Option<String>,
    /// What is mounted.
    pub target: MountTarget,
    /// The whole call.
    pub at: Place,
}

/// What is mounted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MountTarget {
    /// A router of this file.
    Local(String),
    /// An export of the module imported by the import with this index.
    Imported(usize, Imported),
    /// Routers of this name in any file of the unit: controllers that a framework finds by itself.
    Everywhere(String),
    /// A name, mounted on what is imported by the import `from`: whether that is a server, and what the name means then,
    /// the file of the server decides.
    Named {
        /// Index of the import that the receiver comes from.
        from: usize,
        /// The name in this file.
        name: String,
        /// What is taken from it: `users` in `routes.users`.
        property: Option<String>,
    },
    /// Code that shows no routes: a package's middleware, a function.
    Opaque,
}

/// A call on or of a name that was imported from a project file.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ImportedCall {
    /// Index of the import.
    pub import: usize,
    /// What is called, from the module's exports on: `["users", "get"]` for `users.get()` where `users` is imported by
    /// name and for `module.users.get()` where `module` is imported whole. A default import starts with `default`.
    pub path: Vec<String>,
    /// The first argument, if it is a plain string.
    pub literal: Option<String>,
    /// Whether its result is awaited at once.
    pub awaited: bool,
    /// Whether it is a statement of its own, so that nobody can wait for its result later.
    pub is_statement: bool,
    /// What is called, without the arguments.
    pub callee_at: Place,
    /// The whole call.
    pub at: Place,
}

/// A class that a program is started through.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Host {
    /// What it does.
    pub role: HostRole,
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub at: Place,
    /// Index of the `execution_unit` annotation that stands above it.
    pub annotation: Option<usize>,
}

/// What a class that a program is started through does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HostRole {
    /// It sets the program up: ASP.NET Core's startup class.
    Startup,
    /// It hands Lambda's requests to the program; for gateways with this type of API.
    LambdaEntry(&'static str),
}

/// No file defines more routes: a few lines of nested lists can stand for more than any machine holds.
const MOST_ROUTES: usize = 20_000;

impl Facts {
    /// Takes a route, unless the file has more than anyone writes.
    pub(crate) fn add_route(&mut self, route: Route) {
        if self.routes.len() < MOST_ROUTES {
            self.routes.push(route);
        }
    }
}

/// Seeded once for each run: nobody can write two texts that hash alike, so that the second would count for nothing.
static SEEDED: LazyLock<RandomState> = LazyLock::new(RandomState::default);

impl FileSummary {
    /// A hash of what the file says, wherever in it that stands: equal before and after an edit that only moves facts. Another
    /// run gives another one.
    pub fn shape(&self) -> u64 {
        let mut hasher = SEEDED.build_hasher();
        self.language.hash(&mut hasher);
        self.facts.hash(&mut hasher);
        self.suppressions.hash(&mut hasher);
        hasher.finish()
    }
}
