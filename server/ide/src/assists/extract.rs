//! A function of a TypeScript module as a unit of its own, in a file of its own.

use super::module_parts::{Module, Moved};
use super::trial::Trial;
use super::written::Written;
use super::{Asked, Offer};
use crate::naming::fresh_id;
use crate::{FileEdit, TextEdit, WorkspaceEdit};
use klotho_graph::Kind;
use klotho_text::Span;

/// Moves the function whose first line the cursor is on.
pub(super) fn extract(asked: &Asked<'_>) -> Vec<Offer> {
    made(asked).into_iter().collect()
}

fn made(asked: &Asked<'_>) -> Option<Offer> {
    let module = Module::of(asked)?;
    let moved = module.function_at(asked.span.start as usize)?;
    let id = fresh_id(asked.context, &[Kind::ExecutionUnit], moved.name)?;
    let title = format!("Move {} into a unit of its own", moved.name);
    let done = match module.why_bound(&moved) {
        Some(reason) => Err(reason),
        None => edit(asked, &module, &moved, &id)?,
    };
    Some(match done {
        Ok((edit, bill)) => Offer { title: format!("{title}{bill}"), edit: Ok(edit) },
        Err(reason) => Offer { title, edit: Err(reason) },
    })
}

/// The old file without the function, and the new one, and what that does to the bill; the error says what would be wrong then.
fn edit(
    asked: &Asked<'_>,
    module: &Module<'_>,
    moved: &Moved<'_>,
    id: &str,
) -> Option<Result<(WorkspaceEdit, String), String>> {
    let context = asked.context;
    let (folder, file) = context.relative.rsplit_once('/').unwrap_or(("", &context.relative));
    let extension = file.split_once('.').map(|(_, extension)| extension)?;
    let path = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let path = format!("{path}{}.{extension}", moved.name);
    if context.project.has(&path) {
        return Some(Err(format!("there is a file {path} already")));
    }
    let edits = old_file(module, moved);
    let text = new_file(module, moved, id)?;
    let trial = Trial::of(asked, &edits)?.beside(&path, &text)?;
    if let Some(left) = trial.leaves_out(asked) {
        let way = "make what the program starts with a unit first";
        return Some(Err(format!("{left} would be in no unit any more: {way}")));
    }
    // Of a large project nobody knows.
    if trial.worsens(asked) != Some(false) {
        return None;
    }
    let old = FileEdit { path: context.absolute(&context.relative), create: false, edits };
    let new = TextEdit { span: Span::empty(0), text };
    let new = FileEdit { path: context.absolute(&path), create: true, edits: vec![new] };
    Some(Ok((WorkspaceEdit { files: vec![old, new] }, trial.bill(asked))))
}

/// In place of the function its import, where it is used or was exported; what nothing else uses is imported no more.
fn old_file(module: &Module<'_>, moved: &Moved<'_>) -> Vec<TextEdit> {
    let name = moved.name;
    let suffix = module.import_suffix();
    let from = format!("from {}./{name}{suffix}{}{}", module.quote(), module.quote(), module.end());
    let newline = module.newline();
    let (import, export) = match (moved.is_used_elsewhere(name), moved.is_exported) {
        (true, true) => (
            format!("import {{ {name} }} {from}{newline}"),
            format!("export {{ {name} }}{}{newline}", module.end()),
        ),
        (true, false) => (format!("import {{ {name} }} {from}{newline}"), String::new()),
        (false, true) => (String::new(), format!("export {{ {name} }} {from}{newline}")),
        (false, false) => (String::new(), String::new()),
    };
    let idle = |name: &str| moved.uses(name) && !moved.is_used_elsewhere(name);
    let lessened = module.imports.iter().filter(|import| import.names().any(idle));
    let mut edits: Vec<_> = lessened
        .map(|import| match import.keeping(|name| !idle(name)) {
            Some(text) => TextEdit { span: import.at, text: format!("{text}{}", module.end()) },
            None => TextEdit { span: module.lines_of(import.at), text: String::new() },
        })
        .collect();
    if !import.is_empty() {
        edits.push(TextEdit { span: Span::empty(module.behind_imports()), text: import });
    }
    let at = if export.is_empty() { module.paragraph_of(moved.at) } else { module.lines_of(moved.at) };
    edits.push(TextEdit { span: at, text: export });
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}

fn new_file(module: &Module<'_>, moved: &Moved<'_>, id: &str) -> Option<String> {
    let newline = module.newline();
    let written = Written { language: module.language, indent: "", newline };
    let annotation = written.forms("execution_unit", &[format!("id = \"{id}\"")]).pop()?;
    let needed = module.imports.iter().filter_map(|import| import.keeping(|name| moved.uses(name)));
    let imports: String = needed.map(|import| format!("{import}{}{newline}", module.end())).collect();
    let gap = if imports.is_empty() { "" } else { newline };
    let export = if moved.is_exported { "" } else { "export " };
    let (before, function) = module.text_of(moved)?;
    Some(format!("{annotation}{imports}{gap}{before}{export}{function}{newline}"))
}
