//! Gateways: the annotated `app.listen(...)`, the app variable and the name that the compiler exports it under.

use crate::ecmascript::grammar::Kind;
use crate::ecmascript::imports::{Form, Imports};
use crate::ecmascript::outline::{Binding, Outline, Step};
use crate::ecmascript::reader::{Reader, place, spoken};
use crate::required::{missing_id, not_public};
use crate::{Declaration, Declares, Framework, Imported};
use klotho_annotation::Annotation;
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
    let apps = Apps { express: app_variable(reader, outline, imports), nest };
    for (index, annotation) in exposed {
        let before = findings.len();
        findings.extend(missing_id(annotation));
        findings.extend(not_public(annotation));
        match server(reader, outline, &apps, annotation) {
            Ok(server) if findings.len() == before => declarations.push(declaration(index, server)),
            Err(finding) if findings.len() == before || finding.code != Code::NoResource => {
                findings.push(finding);
            }
            // What is refused declares nothing anyway.
            _ => {}
        }
    }
    (declarations, findings)
}

/// The variables of a file that hold applications.
struct Apps<'n> {
    express: Option<String>,
    nest: &'n [String],
}

impl Apps<'_> {
    fn framework(&self, variable: &str) -> Option<Framework> {
        if self.nest.iter().any(|app| app == variable) {
            return Some(Framework::NestJs);
        }
        (self.express.as_deref() == Some(variable)).then_some(Framework::Express)
    }
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

/// Finds the server that the annotated node starts, or why the compiler does not.
fn server<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    apps: &Apps<'_>,
    annotation: &Annotation,
) -> Result<Server, Finding> {
    let node = annotation.node.as_ref();
    let Some(listen) = node.and_then(|node| outline.listen_in(*node.at)) else {
        return Err(Finding::new(Code::NoResource, "no-listen", annotation.capability_at));
    };
    let exported = exported(reader, outline, listen)
        .map_err(|variant| Finding::new(Code::ExposeAppNotFound, variant, place(listen)))?;
    let object = reader.member(listen).map_or(listen, |(object, _)| object);
    let router = reader.path(object);
    let found = router.and_then(|router| Some((apps.framework(&router)?, router.into_owned())));
    match found {
        Some((framework, router)) => Ok(Server { framework, router, exported }),
        None => Err(Finding::new(Code::NoResource, "no-app", place(object)).with("framework", "Express")),
    }
}

/// The variable that holds the app: the first that gets the result of calling what was imported from `express`.
fn app_variable<'a>(reader: &Reader<'a>, outline: &Outline<'a>, imports: &Imports<'a>) -> Option<String> {
    outline.bindings.iter().find_map(|bind| {
        if bind.binding == Binding::Var || !reader.is(bind.value, Kind::Call) {
            return None;
        }
        let callee = reader.field(bind.value, |fields| fields.function)?;
        if !is_express(reader, imports, reader.identifier(callee)?) {
            return None;
        }
        let variable = reader.path(bind.target)?;
        let is_plain = !variable.contains('.');
        let is_export = variable.strip_prefix("exports.").is_some_and(|name| !name.contains('.'));
        (is_plain || is_export).then(|| variable.into_owned())
    })
}

fn is_express(reader: &Reader<'_>, imports: &Imports<'_>, function: &str) -> bool {
    imports.only(function).is_some_and(|(_, import, binding)| {
        // In TypeScript's output a named import is no plain name any more; `Router()` makes no app there.
        let is_property =
            reader.typed && import.form == Form::Es && matches!(binding.imported, Imported::Name(_));
        import.import.specifier == "express" && !is_property
    })
}

/// The name under which the compiler exports the app that listens, or the variant of the finding that says why not.
fn exported<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    listen: Node<'a>,
) -> Result<Option<String>, &'static str> {
    let above = steps_to(reader, listen);
    if let [(Kind::Program, _), (Kind::ExpressionStatement, _), (Kind::Call, _)] = above.as_slice() {
        let app = reader.member(listen).and_then(|(object, _)| reader.path(object));
        return Ok(app.map(|app| spoken(&app).to_owned()));
    }
    if let Some(arrow) = above.iter().rposition(|(kind, _)| *kind == Kind::Arrow) {
        return promised(reader, &above[..arrow]);
    }
    let function = above.iter().rev().find(|(kind, _)| *kind == Kind::FunctionDeclaration);
    let name = function.and_then(|(_, node)| reader.field(*node, |fields| fields.name));
    let receiver = name.and_then(|name| receiver_of(reader, outline, reader.text(name)));
    receiver.map(Some).ok_or("nested")
}

/// Inside an arrow function: the promise of the next `promise.then(...)` around it.
fn promised<'a>(reader: &Reader<'a>, above: &[Step<'a>]) -> Result<Option<String>, &'static str> {
    for (_, call) in above.iter().rev().filter(|(kind, _)| *kind == Kind::Call) {
        let Some(callee) = reader.field(*call, |fields| fields.function) else { continue };
        let Some((object, method)) = reader.member(reader.plain(callee)) else { return Err("crash") };
        if reader.text(method) == "then" {
            let promise = reader.text(object);
            return Ok(Some(spoken(promise).to_owned()).filter(|promise| !promise.contains('\n')));
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
