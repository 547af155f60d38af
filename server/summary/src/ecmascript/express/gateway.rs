//! Gateways: the annotated `app.listen(...)`, the app variable and the name that the compiler exports it under.

use super::app::{Making, app, making};
use super::gap::gap;
use crate::ecmascript::awaited::awaited_call;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::Imports;
use crate::ecmascript::listen::{Listen, Stands};
use crate::ecmascript::outline::{Bind, Binding, Outline};
use crate::ecmascript::reader::{Reader, place, spoken};
use crate::required::{missing_id, not_public};
use crate::{Declaration, Declares, Framework};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// Reads every `expose` of a file.
pub(in crate::ecmascript) fn gateways<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
    nest: &HashSet<String>,
) -> (Vec<Declaration>, Vec<Finding>) {
    let mut declarations = Vec::new();
    let mut findings = Vec::new();
    let exposed = reader.source.of_capability("expose");
    let mut exposed = exposed.peekable();
    if exposed.peek().is_none() {
        return (declarations, findings);
    }
    let apps = Apps {
        reader,
        outline,
        imports,
        express: app(reader, outline, imports),
        nest,
        makers: OnceCell::new(),
        receivers: OnceCell::new(),
    };
    let mut spent = None;
    for (index, annotation) in exposed {
        let before = findings.len();
        findings.extend(missing_id(annotation));
        findings.extend(not_public(annotation));
        let is_refused = findings.len() > before;
        let Some(listen) = annotation.node.as_ref().and_then(|node| outline.listen_in(*node.at)) else {
            if !is_refused {
                findings.push(Finding::new(Code::NoResource, "no-listen", annotation.capability_at));
            }
            continue;
        };
        findings.extend(apps.gap(listen));
        match apps.server(listen) {
            Ok(server) if !is_refused => {
                // The compiler takes a file's annotations in any order, and after the first the app is spent.
                if server.framework == Framework::Express && spent.replace(index).is_some() {
                    let finding = Finding::new(Code::NoResource, "app-again", annotation.capability_at);
                    findings.push(finding.with("name", server.router));
                } else {
                    declarations.push(declaration(index, server));
                }
            }
            // What is refused declares nothing anyway.
            Err(finding) if !is_refused || finding.code != Code::NoResource => findings.push(finding),
            _ => {}
        }
    }
    (declarations, findings)
}

/// The applications of a file.
struct Apps<'s, 'a> {
    reader: &'s Reader<'a>,
    outline: &'s Outline<'a>,
    imports: &'s Imports<'a>,
    /// What makes the app of Express.
    express: Option<&'s Bind<'a>>,
    /// The variables that hold applications of Nest.
    nest: &'s HashSet<String>,
    /// What makes the value of each variable.
    makers: OnceCell<HashMap<Cow<'a, str>, &'s Bind<'a>>>,
    /// What gets the result of each function.
    receivers: OnceCell<HashMap<&'a str, Receiver<'s, 'a>>>,
}

/// What gets the result of a function.
#[derive(Clone, Copy)]
struct Receiver<'s, 'a> {
    bind: &'s Bind<'a>,
    /// Whether it gets what the result stands for once it is there.
    is_awaited: bool,
}

/// What a variable is called that has no name yet.
const NEW_NAME: &str = "runningApp";

/// What can be exported under its name and be no variable.
const NO_VARIABLES: [&str; 8] =
    ["class", "default", "delete", "exports", "function", "import", "module", "new"];

/// A server that listens.
struct Server {
    framework: Framework,
    /// As routes are defined on it.
    router: String,
    /// What the compiler exports it as.
    exported: Option<String>,
}

fn declaration(annotation: usize, server: Server) -> Declaration {
    let declares =
        Declares::Gateway { framework: server.framework, router: server.router, prefix: String::new() };
    Declaration { annotation, declares, symbol: server.exported }
}

impl<'a> Apps<'_, 'a> {
    /// The server that listens, or why the compiler makes no gateway of it.
    fn server(&self, listen: &Listen<'a>) -> Result<Server, Finding> {
        let object = self.reader.member(listen.node).map_or(listen.node, |(object, _)| object);
        let exported = self.exported(listen, object)?;
        let router = self.reader.path(object);
        let found = router.and_then(|router| Some((self.framework(&router)?, router.into_owned())));
        match found {
            Some((framework, router)) => Ok(Server { framework, router, exported }),
            None => Err(self.why_none(object)),
        }
    }

    fn framework(&self, variable: &str) -> Option<Framework> {
        if self.nest.contains(variable) {
            return Some(Framework::NestJs);
        }
        let express = self.reader.path(self.express?.target)?;
        (express == variable).then_some(Framework::Express)
    }

    /// What makes the value of a variable: an app if anything does, else the first.
    fn maker(&self, variable: &str) -> Option<&Bind<'a>> {
        let makers = self.makers.get_or_init(|| {
            let mut makers: HashMap<_, &Bind<'a>> = HashMap::new();
            for bind in &self.outline.bindings {
                let Some(path) = self.reader.path(bind.target) else { continue };
                let maker = makers.entry(path).or_insert(bind);
                if self.making(maker) == Making::Other && self.making(bind) != Making::Other {
                    *maker = bind;
                }
            }
            makers
        });
        makers.get(variable).copied()
    }

    fn making(&self, bind: &Bind<'a>) -> Making<'a> {
        making(self.reader, self.imports, bind)
    }

    /// What gets the result of a function: what the compiler sees declared with it if there is any, else the first.
    fn receiver(&self, function: &str) -> Option<Receiver<'_, 'a>> {
        let receivers = self.receivers.get_or_init(|| {
            let mut receivers = HashMap::new();
            for (function, found) in self.outline.bindings.iter().filter_map(|bind| self.received(bind)) {
                let receiver = receivers.entry(function).or_insert(found);
                if self.declared(*receiver).is_none() && self.declared(found).is_some() {
                    *receiver = found;
                }
            }
            receivers
        });
        receivers.get(function).copied()
    }

    /// The function whose result a declarator or an assignment takes.
    fn received<'s>(&self, bind: &'s Bind<'a>) -> Option<(&'a str, Receiver<'s, 'a>)> {
        let awaited = awaited_call(self.reader, bind.value).map(|(_, callee)| callee);
        let is_call = self.reader.is(bind.value, Kind::Call);
        let called = || self.reader.field(bind.value, |fields| fields.function).filter(|_| is_call);
        let function = self.reader.identifier(awaited.or_else(called)?)?;
        Some((function, Receiver { bind, is_awaited: awaited.is_some() }))
    }

    /// The variable that is declared here, as far as a declaration is left: `tsc` makes an assignment of an exported one.
    fn declared(&self, Receiver { bind, is_awaited }: Receiver<'_, 'a>) -> Option<&'a str> {
        let is_declared = bind.binding != Binding::Assignment && !self.is_exported_by_tsc(bind);
        self.reader.identifier(bind.target).filter(|_| is_declared && !is_awaited)
    }

    /// Why the compiler sees no variable here, and the name of one that it would see.
    fn undeclared(&self, function: &str, receiver: Receiver<'_, 'a>) -> (&'static str, String) {
        let bind = receiver.bind;
        let path = self.reader.path(bind.target).filter(|_| !bind.of_namespace);
        let name = path.as_deref().map(spoken).filter(|name| *name != function && self.is_free(name, bind));
        let Some(name) = name else { return ("undeclared", NEW_NAME.to_owned()) };
        let variant = match bind.binding {
            _ if self.is_exported_by_tsc(bind) => "exported",
            Binding::Assignment => "assigned",
            Binding::Lexical | Binding::Var => "awaited",
        };
        (variant, name.to_owned())
    }

    /// Whether `bind` could declare a variable of this name.
    fn is_free(&self, name: &str, bind: &Bind<'a>) -> bool {
        let is_taken_by = |other: &Bind<'a>| {
            other.binding != Binding::Assignment
                && other.node != bind.node
                && self.reader.identifier(other.target) == Some(name)
        };
        !name.contains('.') && !NO_VARIABLES.contains(&name) && !self.outline.bindings.iter().any(is_taken_by)
    }

    fn is_exported_by_tsc(&self, bind: &Bind<'a>) -> bool {
        let statement = bind.node.parent().and_then(|declaration| declaration.parent());
        self.reader.typed && statement.is_some_and(|statement| self.reader.is(statement, Kind::Export))
    }

    /// The name under which the compiler exports the app that listens, or why it finds none.
    fn exported(&self, listen: &Listen<'a>, app: Node<'a>) -> Result<Option<String>, Finding> {
        let name = |node| self.reader.path(node).map(|path| spoken(&path).to_owned());
        let lost = |variant| Finding::new(Code::ExposeAppNotFound, variant, place(listen.node));
        match listen.stands {
            Stands::Statement => Ok(name(app)),
            // The compiler exports the text of the promise; only what is a name can be one for people.
            Stands::Then(promise) => Ok(name(promise).or_else(|| name(app))),
            Stands::Function(function) => {
                let Some(receiver) = self.receiver(function) else {
                    let variant = if self.is_of_nest(app) { "unkept" } else { "nested" };
                    return Err(lost(variant).with("function", function));
                };
                if let Some(variable) = self.declared(receiver) {
                    return Ok(Some(variable.to_owned()));
                }
                let (variant, variable) = self.undeclared(function, receiver);
                Err(lost(variant).with("name", variable).with("function", function))
            }
            Stands::PlainCall => Err(lost("crash")),
            Stands::Elsewhere => Err(lost("nested")),
        }
    }

    /// Whether a variable gets an application of Nest, be it one that the compiler sees or not.
    fn is_of_nest(&self, app: Node<'a>) -> bool {
        let variable = self.reader.path(app);
        variable.is_some_and(|variable| {
            self.nest.contains(&*variable)
                || self.maker(&variable).is_some_and(|maker| self.names_factory(maker))
        })
    }

    fn names_factory(&self, maker: &Bind<'a>) -> bool {
        self.reader.text(maker.value).contains("NestFactory")
    }

    /// What the compiler misses in the app that listens.
    fn gap(&self, listen: &Listen<'a>) -> Option<Finding> {
        let variable = self.reader.path(self.reader.member(listen.node)?.0)?;
        gap(self.reader, self.outline, self.imports, self.maker(&variable)?)
    }

    /// Why what listens is no app of the file.
    fn why_none(&self, object: Node<'a>) -> Finding {
        let finding = |variant| Finding::new(Code::NoResource, variant, place(object));
        let Some(variable) = self.reader.path(object) else { return finding("app-unnamed") };
        let Some(maker) = self.maker(&variable) else {
            return finding("app-elsewhere").with("name", variable);
        };
        let finding = |variant| finding(variant).with("name", &variable);
        match making(self.reader, self.imports, maker) {
            Making::Var => finding("app-var"),
            Making::Inline | Making::Compiled => finding("app-form"),
            Making::Property => finding("app-property"),
            Making::Twice(function) => finding("app-twice").with("function", function),
            Making::Seen | Making::Default(_) => {
                let first = self.express.and_then(|bind| self.reader.path(bind.target));
                finding("app-second").with("first", first.unwrap_or_default())
            }
            Making::Other if self.names_factory(maker) => finding("app-nest"),
            Making::Other => finding("app-foreign"),
        }
    }
}
