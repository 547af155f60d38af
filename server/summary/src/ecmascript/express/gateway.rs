//! Gateways: the annotated `app.listen(...)`, the app variable and the name that the compiler exports it under.

use super::app::{Making, app, making};
use super::gap::gap;
use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::Imports;
use crate::ecmascript::outline::{Bind, Binding, Outline, Step};
use crate::ecmascript::reader::{Reader, place, spoken};
use crate::required::{missing_id, not_public};
use crate::{Declaration, Declares, Framework};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;

/// Reads every `expose` of a file.
pub(in crate::ecmascript) fn gateways<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
    nest: &[String],
) -> (Vec<Declaration>, Vec<Finding>) {
    let mut declarations = Vec::new();
    let mut findings = Vec::new();
    let exposed = reader.source.of_capability("expose");
    let mut exposed = exposed.peekable();
    if exposed.peek().is_none() {
        return (declarations, findings);
    }
    let apps = Apps { reader, outline, imports, express: app(reader, outline, imports), nest };
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
            Ok(server) if !is_refused => declarations.push(declaration(index, server)),
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
    nest: &'s [String],
}

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
    fn server(&self, listen: Node<'a>) -> Result<Server, Finding> {
        let exported = exported(self.reader, self.outline, listen)
            .map_err(|variant| Finding::new(Code::ExposeAppNotFound, variant, place(listen)))?;
        let object = self.reader.member(listen).map_or(listen, |(object, _)| object);
        let router = self.reader.path(object);
        let found = router.and_then(|router| Some((self.framework(&router)?, router.into_owned())));
        match found {
            Some((framework, router)) => Ok(Server { framework, router, exported }),
            None => Err(self.why_none(object)),
        }
    }

    fn framework(&self, variable: &str) -> Option<Framework> {
        if self.nest.iter().any(|app| app == variable) {
            return Some(Framework::NestJs);
        }
        let express = self.reader.path(self.express?.target)?;
        (express == variable).then_some(Framework::Express)
    }

    /// What makes the value of a variable: an app if anything does, else the first.
    fn maker(&self, variable: &str) -> Option<&Bind<'a>> {
        let of_variable =
            |bind: &&Bind<'a>| self.reader.path(bind.target).is_some_and(|path| path == variable);
        let makes_app = |bind: &&Bind<'a>| making(self.reader, self.imports, bind) != Making::Other;
        let mut makers = self.outline.bindings.iter().filter(of_variable);
        makers.clone().find(makes_app).or_else(|| makers.next())
    }

    /// What the compiler misses in the app that listens.
    fn gap(&self, listen: Node<'a>) -> Option<Finding> {
        let variable = self.reader.path(self.reader.member(listen)?.0)?;
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
            Making::Twice(function) => finding("app-twice").with("function", function),
            Making::Seen | Making::Default(_) => {
                let first = self.express.and_then(|bind| self.reader.path(bind.target));
                finding("app-second").with("first", first.unwrap_or_default())
            }
            Making::Other if self.reader.text(maker.value).contains("NestFactory") => finding("app-nest"),
            Making::Other => finding("app-foreign"),
        }
    }
}

/// The name under which the compiler exports the app that listens, or the variant of the finding that says why not.
fn exported<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    listen: Node<'a>,
) -> Result<Option<String>, &'static str> {
    let above = steps_to(reader, listen);
    let app = reader.member(listen).map_or(listen, |(object, _)| object);
    if let [(Kind::Program, _), (Kind::ExpressionStatement, _), (Kind::Call, _)] = above.as_slice() {
        return Ok(reader.path(app).map(|app| spoken(&app).to_owned()));
    }
    if let Some(arrow) = above.iter().rposition(|(kind, _)| *kind == Kind::Arrow) {
        return promised(reader, app, &above[..arrow]);
    }
    let function = above.iter().rev().find(|(kind, _)| *kind == Kind::FunctionDeclaration);
    let name = function.and_then(|(_, node)| reader.field(*node, |fields| fields.name));
    let receiver = name.and_then(|name| receiver_of(reader, outline, reader.text(name)));
    receiver.map(Some).ok_or("nested")
}

/// Inside an arrow function: the promise of the next `promise.then(...)` around it.
fn promised<'a>(
    reader: &Reader<'a>,
    app: Node<'a>,
    above: &[Step<'a>],
) -> Result<Option<String>, &'static str> {
    for (_, call) in above.iter().rev().filter(|(kind, _)| *kind == Kind::Call) {
        let Some(callee) = reader.field(*call, |fields| fields.function) else { continue };
        let Some((object, method)) = reader.member(reader.plain(callee)) else { return Err("crash") };
        if reader.text(method) == "then" {
            // The compiler exports the text of the promise; only what is a name can be one for people.
            let named = reader.path(object).or_else(|| reader.path(app));
            return Ok(named.map(|name| spoken(&name).to_owned()));
        }
    }
    Err("nested")
}

/// The variable that is declared with the result of a function.
fn receiver_of<'a>(reader: &Reader<'a>, outline: &Outline<'a>, function: &str) -> Option<String> {
    let declared = outline.bindings.iter().filter(|bind| bind.binding != Binding::Assignment);
    let mut calls = declared.filter(|bind| reader.is(bind.value, Kind::Call));
    calls.find_map(|bind| {
        let callee = reader.field(bind.value, |fields| fields.function)?;
        let variable = reader.identifier(bind.target)?;
        (reader.identifier(callee)? == function).then(|| variable.to_owned())
    })
}

/// The nodes from the root down to a node, itself left out.
fn steps_to<'a>(reader: &Reader<'a>, node: Node<'a>) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let mut cursor = reader.source.tree.walk();
    while cursor.node().id() != node.id() {
        steps.push((reader.kind(cursor.node()), cursor.node()));
        if cursor.goto_first_child_for_byte(node.start_byte()).is_none() {
            break;
        }
    }
    steps
}
