//! Emitters whose events go from unit to unit: what an annotated `pubsub` finds in its node (reference, 5.7.6).

use super::exports::Exports;
use super::grammar::Kind;
use super::imports::Imports;
use super::outline::{Bind, Outline};
use super::reader::{Reader, place, spoken};
use super::shares::Shares;
use crate::required::missing_id;
use crate::{Declaration, Declares, Event, EventWay, Imported};
use foldhash::HashSet;
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use klotho_text::Span;
use std::borrow::Cow;

/// The class, and the only name by which it may be qualified.
const CLASS: &str = "EventEmitter";
const MODULE: &str = "events";

/// How a program also listens, unseen, with what to write instead where that does the same.
const UNSEEN: [(&str, Option<&str>); 4] =
    [("addListener", Some("on")), ("once", None), ("prependListener", None), ("prependOnceListener", None)];

/// A file is told of no more events that are not seen.
const MOST_UNSEEN: usize = 64;

/// Where emitters are looked for.
struct Search<'s, 'a> {
    reader: &'s Reader<'a>,
    outline: &'s Outline<'a>,
    imports: &'s Imports<'a>,
    exported: HashSet<&'s str>,
}

/// What is made by `new`, as far as it may be an emitter.
enum Made {
    /// One that the compiler sees.
    Emitter,
    /// One that it would see, but for what TypeScript makes of the import.
    Hidden,
    /// One of a module that goes by another name than `events`.
    Qualified(String),
}

/// Reads every `pubsub` of a file.
pub(super) fn topics<'a>(
    reader: &Reader<'a>,
    outline: &Outline<'a>,
    imports: &Imports<'a>,
    exports: &Exports,
) -> (Vec<Declaration>, Vec<Finding>) {
    let mut annotations = reader.source.of_capability("pubsub").peekable();
    let (mut found, mut findings) = (Vec::new(), Vec::new());
    if annotations.peek().is_none() {
        return Default::default();
    }
    let search = Search { reader, outline, imports, exported: exports.variables() };
    for (index, annotation) in annotations {
        match search.emitter(annotation, &mut findings) {
            Ok(variable) => match missing_id(annotation) {
                None => found.push((index, variable)),
                missing => findings.extend(missing),
            },
            Err(finding) => findings.push(finding),
        }
    }
    let mut events = Shares::of(found.iter().map(|(_, variable)| variable.as_ref()));
    findings.extend(search.events(&mut events));
    let declarations = found.iter().map(|(index, variable)| Declaration {
        annotation: *index,
        declares: Declares::Topic { events: events.take(variable) },
        symbol: Some(spoken(variable).to_owned()),
    });
    (declarations.collect(), findings)
}

impl<'a> Search<'_, 'a> {
    /// The exported variable that holds the first emitter of the annotated node.
    fn emitter(&self, annotation: &Annotation, findings: &mut Vec<Finding>) -> Result<Cow<'a, str>, Finding> {
        let nothing = || Finding::new(Code::NoResource, "no-emitter", annotation.capability_at);
        let span = *annotation.node.as_ref().ok_or_else(nothing)?.at;
        let (bind, class, made) = self.first_in(span).ok_or_else(nothing)?;
        if let Made::Qualified(class_text) = made {
            let finding = Finding::new(Code::NoResource, "emitter-qualified", place(class));
            return Err(finding.with("class", class_text));
        }
        let variable = self.variable(bind)?;
        if matches!(made, Made::Hidden) {
            findings.push(gap("emitter", class).with("class", self.reader.text(class)));
        }
        Ok(variable)
    }

    fn first_in(&self, span: Span) -> Option<(&Bind<'a>, Node<'a>, Made)> {
        let made = self.outline.bindings_in(span).filter(|bind| self.reader.is(bind.value, Kind::New));
        made.into_iter().find_map(|bind| {
            let class = self.reader.field(bind.value, |fields| fields.constructor)?;
            Some((bind, class, self.made(self.reader.plain(class))?))
        })
    }

    /// Whether a class is an emitter's: by its name alone, wherever that comes from, as the compiler has it.
    fn made(&self, class: Node<'a>) -> Option<Made> {
        let text = self.reader.text(class);
        let Some((object, name)) = self.reader.member(class) else {
            return self.plain(self.reader.identifier(class)?);
        };
        let root = self.reader.identifier(object);
        let name = self.reader.text(name);
        let of_module = root.and_then(|root| self.imports.named(root)).filter(|(_, node, binding)| {
            is_events(&node.import.specifier) && binding.imported != Imported::Name(CLASS.to_owned())
        });
        match (name, of_module) {
            (CLASS, Some((.., binding))) if self.reader.typed && binding.imported == Imported::Default => {
                Some(Made::Hidden)
            }
            (CLASS, _) if root == Some(MODULE) => Some(Made::Emitter),
            (CLASS, _) | ("default", Some(_)) => Some(Made::Qualified(text.to_owned())),
            _ => None,
        }
    }

    /// `new EventEmitter()`: TypeScript writes `events_1.EventEmitter` where the name is imported.
    fn plain(&self, name: &str) -> Option<Made> {
        let replaced = self.imports.replaced(self.reader, name);
        let Some((node, imported)) = replaced else { return (name == CLASS).then_some(Made::Emitter) };
        let is_events = is_events(&node.import.specifier);
        match imported {
            Imported::Name(class) if class == CLASS && !is_events => Some(Made::Qualified(name.to_owned())),
            Imported::Name(class) => (class == CLASS).then_some(Made::Hidden),
            _ => is_events.then_some(Made::Hidden),
        }
    }

    /// The variable that gets the emitter, if other files can reach it.
    fn variable(&self, bind: &Bind<'a>) -> Result<Cow<'a, str>, Finding> {
        let refused = |variant| {
            let finding = Finding::new(Code::NotExported, variant, place(bind.target));
            finding.with("symbol", self.reader.text(bind.target))
        };
        let path = self.reader.path(bind.target).ok_or_else(|| refused("property"))?;
        let is_export = path.strip_prefix("exports.").is_some_and(|name| !name.contains('.'));
        if !is_export && self.reader.identifier(bind.target).is_none() {
            return Err(refused("property"));
        }
        if is_export || self.exported.contains(path.as_ref()) {
            return Ok(path);
        }
        Err(refused(if self.reader.typed { "typed" } else { "" }))
    }

    /// Adds what this file emits and listens to on some variables, in document order; what of it the compiler does not
    /// see.
    fn events(&self, events: &mut Shares<'_, Event>) -> Vec<Finding> {
        let mut unseen = Vec::new();
        for call in &self.outline.calls {
            let Some((object, method)) = call.method else { continue };
            let way = EventWay::of_method(method);
            let other = UNSEEN.iter().find(|(name, _)| *name == method);
            if way.is_none() && other.is_none() {
                continue;
            }
            let Some(variable) = self.reader.path(object) else { continue };
            let Some(events) = events.list(&variable) else { continue };
            let argument = call.arguments.and_then(|arguments| self.reader.first(arguments));
            let name = argument.and_then(|argument| self.reader.literal(argument));
            let finding = match (way, name) {
                (Some(way), Some(name)) => {
                    events.push(Event { name: name.to_owned(), way });
                    None
                }
                (Some(_), None) => argument.map(|node| gap("event-name", node)),
                (None, _) => {
                    other.zip(self.reader.member(call.callee)).map(|((name, instead), (_, node))| {
                        gap("event-method", node)
                            .with("method", name)
                            .with("rewrite", instead.unwrap_or_default())
                    })
                }
            };
            unseen.extend(finding.filter(|_| unseen.len() < MOST_UNSEEN));
        }
        unseen
    }
}

fn gap(variant: &'static str, node: Node<'_>) -> Finding {
    Finding::new(Code::CompilerGap, variant, place(node))
}

fn is_events(specifier: &str) -> bool {
    specifier.strip_prefix("node:").unwrap_or(specifier) == MODULE
}
