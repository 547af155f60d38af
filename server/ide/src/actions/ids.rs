//! An id where one is needed, after what it names. It is a person's to choose, so it is offered and never made unasked.

use super::misspelt::key_action;
use super::{parameter, quick_fix};
use crate::body_edit::Draft;
use crate::naming::{fresh_id, name_for, name_in, stem};
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::catalogue::capability;
use klotho_annotation::{Annotation, misspelt};
use klotho_graph::{Kind, Located};
use klotho_text::Span;

/// Gives an annotation an id from the code below it, else from the name of its file; one under a misspelt key gets its right key.
pub(super) fn fix(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let annotations = &context.project.summary(&context.relative)?.facts.annotations;
    let annotation = annotations.iter().find(|found| found.at.meets(*located.at))?;
    if let Some(found) = misspelt(annotation).iter().find(|found| found.meant == "id") {
        return key_action(context, located, annotation, found, false);
    }
    let capability = capability(parameter(located, "capability"))?;
    let kinds: Vec<_> = Kind::all().filter(|kind| capability.resources.contains(&kind.spec().name)).collect();
    let name = name_for(context, capability, named(context, annotation));
    let id =
        fresh_id(context, &kinds, &name).or_else(|| fresh_id(context, &kinds, stem(&context.relative)))?;
    let edits = vec![edit(context, annotation, &id)?];
    let file = FileEdit { path: context.absolute(&context.relative), create: false, edits };
    let edit = WorkspaceEdit { files: vec![file] };
    Some(quick_fix(context, located, format!("Give it the id \"{id}\""), edit, false))
}

/// What the code that an annotation stands above is called.
fn named(context: &Context<'_>, annotation: &Annotation) -> Option<String> {
    let at = *annotation.node.as_ref()?.at;
    let facts = &context.project.summary(&context.relative)?.facts;
    let declared =
        facts.declarations.iter().find(|it| facts.annotations.get(it.annotation) == Some(annotation));
    if let Some(symbol) = declared.and_then(|declared| declared.symbol.clone()) {
        return Some(symbol);
    }
    let document = context.document?;
    let root = document.tree.as_ref()?.root_node();
    let node = root.descendant_for_byte_range(at.start as usize, at.end as usize)?;
    name_in(&document.text, node)
}

fn edit(context: &Context<'_>, annotation: &Annotation, id: &str) -> Option<TextEdit> {
    if annotation.body.is_none() {
        let text = format!(" {{ id = \"{id}\" }}");
        return Some(TextEdit { span: Span::empty(annotation.at.end as usize), text });
    }
    let document = context.document?;
    let mut draft = Draft::of(document.language?, &document.text, annotation)?;
    draft.set(&["id"], &id.into()).then(|| draft.edit())?
}
