//! An annotation for code that has none: only where the compiler makes something of it.

use super::trial::Trial;
use super::written::Written;
use super::{Asked, Offer};
use crate::naming::{fresh_id, name_in, stem};
use crate::{FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::Annotation;
use klotho_annotation::catalogue::{CAPABILITIES, Capability, capability};
use klotho_grammars::{Language, Node};
use klotho_graph::Kind;
use klotho_summary::{Declares, FunctionName, StoreKind};
use klotho_text::Span;

const UNIT: &str = "execution_unit";

/// How much of the code is looked at for signs of what it is.
const SEEN: usize = 2_000;

/// What an annotation says beside its id.
const BESIDES: [(&str, &str); 2] = [("expose", "target = \"public\""), ("config", "secret = true")];

/// Every capability that makes something of the statement that starts on the cursor's line.
pub(super) fn annotate(asked: &Asked<'_>) -> Vec<Offer> {
    let Some(code) = Code::at(asked) else { return Vec::new() };
    let fitting = CAPABILITIES.iter().filter(|capability| code.shows(capability));
    let offers = fitting.filter_map(|capability| {
        let name = name_in(code.text, code.node).unwrap_or_default();
        let (edit, title) = code.forms(capability, &name).into_iter().find_map(|text| {
            let edit = TextEdit { span: Span::empty(code.line), text };
            let title = tried(asked, capability, &edit)?;
            Some((edit, title))
        })?;
        Some(offer(asked, title, edit))
    });
    offers.collect()
}

/// The file as the start of a unit, from the first line of a function of it.
pub(super) fn unit(asked: &Asked<'_>) -> Vec<Offer> {
    let made = || {
        let code = Code::at(asked)?;
        let functions = &asked.context.project.summary(&asked.context.relative)?.facts.functions;
        let line = asked.context.document?.lines.line_span(asked.context.document?.lines.line_of(code.at));
        let function = functions.iter().find(|function| line.touches(function.at.start as usize))?;
        let FunctionName::Named(name) = &function.name else { return None };
        let name = name.rsplit('.').next().unwrap_or(name);
        let text = code.forms(capability(UNIT)?, name).pop()?;
        let edit = TextEdit { span: Span::empty(code.line), text };
        new_unit(asked, &format!("Make {name} an execution unit: this file and what it imports"), edit)
    };
    made().into_iter().collect()
}

/// The offer of an edit that makes the file a unit, where the project takes no harm.
pub(super) fn new_unit(asked: &Asked<'_>, title: &str, edit: TextEdit) -> Option<Offer> {
    let before = annotations(asked);
    if before.iter().any(|annotation| annotation.capability == UNIT) {
        return None;
    }
    let trial = Trial::of(asked, std::slice::from_ref(&edit))?;
    let [_] = trial.added(before)?.as_slice() else { return None };
    let derived = asked.context.project.derived();
    // A unit takes the place of the one that is there without any: what that held may be left out.
    let are_declared = derived.units.values().any(|unit| !unit.declared.is_empty());
    let worsens = trial.worsens(asked).unwrap_or(!are_declared);
    if let Some(left) = trial.leaves_out(asked) {
        let reason =
            format!("{left} would be in no unit any more: make what the program starts with a unit first");
        return Some(Offer { title: title.to_owned(), edit: Err(reason) });
    }
    (!worsens).then(|| offer(asked, format!("{title}{}", trial.bill(asked)), edit))
}

fn offer(asked: &Asked<'_>, title: String, edit: TextEdit) -> Offer {
    let path = asked.context.absolute(&asked.context.relative);
    let file = FileEdit { path, create: false, edits: vec![edit] };
    Offer { title, edit: Ok(WorkspaceEdit { files: vec![file] }) }
}

fn annotations<'a>(asked: &Asked<'a>) -> &'a [Annotation] {
    crate::anatomy::annotations(asked.context)
}

/// What the annotation would do, in words; `None` where it would do nothing or harm.
fn tried(asked: &Asked<'_>, capability: &Capability, edit: &TextEdit) -> Option<String> {
    let trial = Trial::of(asked, std::slice::from_ref(edit))?;
    let [index] = trial.added(annotations(asked))?[..] else { return None };
    let facts = &trial.summary.facts;
    let declared = facts.declarations.iter().find(|declared| declared.annotation == index)?;
    if facts.annotations.get(index)?.capability != capability.name || trial.worsens(asked) == Some(true) {
        return None;
    }
    let symbol = declared.symbol.as_deref();
    let title = match &declared.declares {
        Declares::Gateway { router, .. } => {
            // Of several variables of one name, a number says which.
            let name = router.split('#').next().unwrap_or(router);
            format!("Expose {name} through a gateway")
        }
        Declares::Topic { .. } => {
            format!("Carry the events of {} between units", symbol.unwrap_or("this emitter"))
        }
        Declares::Store { kind: StoreKind::Config, .. } => {
            format!("Read {} from a secrets manager", symbol.unwrap_or("this variable"))
        }
        Declares::Store { kind, .. } => {
            let title = Kind::from(*kind).spec().title;
            format!("Persist {} as a {title}", symbol.unwrap_or("what this holds"))
        }
    };
    Some(format!("{title}{}", trial.bill(asked)))
}

/// The statement that starts on a line.
struct Code<'a> {
    asked: &'a Asked<'a>,
    text: &'a str,
    language: Language,
    node: Node<'a>,
    /// Where its line starts, and where it starts.
    line: usize,
    at: usize,
}

impl<'a> Code<'a> {
    fn at(asked: &'a Asked<'_>) -> Option<Self> {
        let document = asked.context.document?;
        let (language, tree) = (document.language.filter(|it| it.is_program())?, document.tree.as_ref()?);
        let line = document.lines.line_span(document.lines.line_of(asked.span.start as usize));
        let written = line.of(&document.text);
        let at = line.start as usize + written.len() - written.trim_start().len();
        let root = tree.root_node();
        let first = root.descendant_for_byte_range(at, at + 1).filter(|_| !written.trim().is_empty())?;
        let above = std::iter::successors(Some(first), |node| node.parent());
        let starting = above.take_while(|node| node.start_byte() == at && node.id() != root.id());
        let node = starting.filter(|node| node.is_named()).last()?;
        let is_comment = language.kinds().comments.contains(&node.kind_id());
        let line = line.start as usize;
        (!is_comment).then_some(Self { asked, text: &document.text, language, node, line, at })
    }

    /// Whether the code has signs of what the capability makes something of, and no annotation of it yet.
    fn shows(&self, capability: &Capability) -> bool {
        let Some(support) = capability.support_in(self.language) else { return false };
        let range = self.node.byte_range();
        let mut end = range.end.min(range.start + SEEN);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let code = self.text.get(range.start..end).unwrap_or_default();
        let own = Span::new(range.start, range.end);
        let is_on = |found: &Annotation| {
            found.capability == capability.name && found.node.as_ref().is_some_and(|node| node.at.meets(own))
        };
        support.signs.iter().any(|sign| code.contains(sign)) && !annotations(self.asked).iter().any(is_on)
    }

    /// The annotation with a fresh id, as this language writes it: best first.
    fn forms(&self, capability: &Capability, name: &str) -> Vec<String> {
        let context = self.asked.context;
        let kinds: Vec<_> = Kind::all().filter(|it| capability.resources.contains(&it.spec().name)).collect();
        let id =
            fresh_id(context, &kinds, name).or_else(|| fresh_id(context, &kinds, stem(&context.relative)));
        let id = id.map(|id| format!("id = \"{id}\""));
        let besides = BESIDES.iter().filter(|(name, _)| *name == capability.name);
        let besides = besides.map(|(_, directive)| (*directive).to_owned());
        let directives: Vec<_> = id.into_iter().chain(besides).collect();
        let indent = self.text.get(self.line..self.at).unwrap_or_default();
        Written::like(self.text, self.language, indent).forms(capability.name, &directives)
    }
}
