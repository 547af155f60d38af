//! What can be done at the cursor: switch where a unit runs, mend what is wrong.

mod allow;
mod awaits;
mod comments;
mod exports;
mod fix_all;
mod ids;
mod imports;
mod membership;
mod misspelt;
mod planned;
mod project_files;
mod source;
mod strings;
mod syntax;

pub(crate) use source::may_be_rewritten;
pub(crate) use syntax::nodes;

use crate::assists::{Asked, assists};
pub(crate) use planned::whole as whole_plan;

use crate::config_edit::{Outcome, difference, new_file, set_type};
use crate::config_fixes::{ABOVE, BESIDE, meant, replace, replacement, transferred};
use crate::placement::{Subject, UNITS_SHOWN, enclosing_subject, units_of_route};
use crate::snapshot::{Context, diagnostic, identity};
use crate::{CodeAction, FileEdit, FilePath, TextEdit, Wanted, WorkspaceEdit, plan, tradeoff};
use klotho_annotation::catalogue::TARGET;
use klotho_annotation::finding::Code;
use klotho_cost::plan::Size;
use klotho_graph::{FactRef, Kind, Located, Target, Unit, meant_target};
use klotho_text::Span;
use std::collections::BTreeMap;

pub(crate) use fix_all::{KIND as FIX_ALL, action as fix_all};

/// The actions at `span`: fixes of what is wrong on its lines first, beginning with what is wrong at the very place, then
/// the switches, cheapest target first, then what the plan of the project would change, then what can be stated or rewritten.
pub(crate) fn actions(context: &Context<'_>, span: Span, wanted: &Wanted) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    if wanted.takes_some("quickfix") {
        let lines = lines_of(context, span);
        let is_named = |located: &Located| wanted.findings.contains(&identity(&located.finding));
        let mut found = context.project.shown_findings_of(&context.relative);
        found.retain(|located| located.at.meets(lines) || is_named(located));
        found.sort_by_key(|located| !located.at.meets(span));
        actions.extend(found.iter().flat_map(|located| fixes(context, located)));
        // Every finding can be allowed: that alone is no reason to tell someone who only moves the cursor.
        if !wanted.is_automatic {
            actions.extend(found.iter().filter_map(|located| allow::action(context, located)));
        }
    }
    if wanted.takes_some("refactor") {
        actions.extend(rewritings(context, span));
    }
    once_each(actions)
}

/// The actions without those that another one does as well: a switch may mend something, and be part of a plan.
fn once_each(actions: Vec<CodeAction>) -> Vec<CodeAction> {
    let mut kept: Vec<CodeAction> = Vec::new();
    for action in actions {
        let twin = kept.iter_mut().find(|other| {
            let is_same = other.title == action.title && other.edit == action.edit;
            is_same && other.disabled == action.disabled
        });
        match twin {
            Some(twin) => twin.fixes.extend(action.fixes),
            None => kept.push(action),
        }
    }
    kept
}

/// What can be done where nothing is wrong.
fn rewritings(context: &Context<'_>, span: Span) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    let subject = enclosing_subject(context, span);
    let units = units_of(context, subject.as_ref(), span);
    for id in &units {
        if let Some(unit) = context.project.derived().units.get(id) {
            actions.extend(switches(context, id, unit));
        }
    }
    actions.extend(planned::actions(context, &units));
    actions.extend(assists(&Asked { context, span, subject: subject.as_ref(), units: &units }));
    actions
}

/// The lines that `span` lies on, whole: editors mark findings by line, and ask for their fixes at the cursor.
fn lines_of(context: &Context<'_>, span: Span) -> Span {
    let Some(lines) = context.project.lines(&context.relative) else { return span };
    let line = |offset: u32| lines.line_span(lines.line_of(offset as usize));
    line(span.start).join(line(span.end))
}

/// The units that the cursor speaks of; of those that share a function the first few, as in its hover.
pub(crate) fn units_at(context: &Context<'_>, span: Span) -> Vec<String> {
    units_of(context, enclosing_subject(context, span).as_ref(), span)
}

/// Those whose costs a hover there compares: where a route is defined, the units that answer it.
fn units_of(context: &Context<'_>, subject: Option<&Subject>, span: Span) -> Vec<String> {
    if !matches!(subject, Some(Subject::Annotation(_) | Subject::ConfigUnit(_))) {
        let answering = units_of_route(context, span.start as usize);
        if !answering.is_empty() {
            return answering;
        }
    }
    let derived = context.project.derived();
    match subject {
        Some(Subject::Annotation(index)) => {
            let fact = FactRef { path: context.relative.clone(), annotation: *index };
            let declared = derived.resources.get(&fact).filter(|found| found.kind == Kind::ExecutionUnit);
            declared.map(|found| found.id.clone()).into_iter().collect()
        }
        Some(Subject::Function { .. }) => {
            derived.units_of(&context.relative).iter().take(UNITS_SHOWN).cloned().collect()
        }
        Some(Subject::ConfigUnit(id)) => vec![id.clone()],
        Some(Subject::Call { .. }) | None => Vec::new(),
    }
}

fn switches(context: &Context<'_>, id: &str, unit: &Unit) -> Vec<CodeAction> {
    let options = tradeoff::switches(context.project, id, unit, context.today);
    options.into_iter().filter_map(|option| switch_action(context, id, unit, option)).collect()
}

/// A change that was asked for by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// What it does, for people.
    pub title: String,
    /// What it changes.
    pub edit: WorkspaceEdit,
}

/// Whether a unit runs on a target, by its name or by what people call it, and the compiler obeys that.
pub(crate) fn runs_on(unit: &Unit, target: &str) -> bool {
    unit.target.obeyed.is_none() && tradeoff::is_called(&unit.target.name, target)
}

/// The switch of a unit to a target; the error says why there is none.
pub(crate) fn switch_to(context: &Context<'_>, id: &str, unit: &Unit, target: &str) -> Result<Named, String> {
    if tradeoff::is_called(&unit.target.name, target) {
        return own_target(context, id, unit);
    }
    let options = tradeoff::switches(context.project, id, unit, context.today);
    let names: Vec<_> = options.iter().map(|option| option.target).collect();
    let Some(option) = options.into_iter().find(|option| tradeoff::is_called(option.target, target)) else {
        let provider = context.project.config().provider();
        let spoken = names.iter().map(|name| match tradeoff::model(name) {
            Some(known) => format!("{name} ({})", known.name),
            None => (*name).to_owned(),
        });
        return Err(format!(
            "`{target}` is no target of {provider} to which {id} can be switched; these are: {}.{}",
            spoken.collect::<Vec<_>>().join(", "),
            meant_target(target, &names)
        ));
    };
    let title = option.title.clone();
    let action = switch_action(context, id, unit, option);
    let action = action.ok_or_else(|| format!("nothing here states where {id} runs"))?;
    match action.disabled {
        Some(reason) => Err(format!("{id} cannot run on {target}: {reason}")),
        None => Ok(Named { title, edit: action.edit }),
    }
}

/// Writes the target that the annotation of a unit names where the compiler obeys it; the error says why that is not to be done.
fn own_target(context: &Context<'_>, id: &str, unit: &Unit) -> Result<Named, String> {
    let Target { name, obeyed, .. } = &unit.target;
    let Some(obeyed) = obeyed else { return Err(format!("{id} runs on {name} already")) };
    let comparison = tradeoff::comparison(context.project, id, unit, context.today);
    if let Some(reason) = tradeoff::why_impossible(context.project, id, unit, &comparison) {
        return Err(format!("{id} cannot run on {name}: {reason}"));
    }
    let edit = switch(context, id, unit, name, Size::Own);
    if let Some(reason) = why_unwritable(context, id, name, edit.is_some()) {
        return Err(reason);
    }
    let edit = edit.filter(|edit| !edit.files.is_empty());
    let edit = edit.ok_or_else(|| format!("there is no configuration that could say where {id} runs"))?;
    let file = context.project.config_file();
    let title =
        format!("Switch {id} to {name} in {file} as well, without which the compiler would use {obeyed}");
    Ok(Named { title, edit })
}

fn switch_action(
    context: &Context<'_>,
    id: &str,
    unit: &Unit,
    option: tradeoff::Switch,
) -> Option<CodeAction> {
    let edit = switch(context, id, unit, option.target, option.size);
    // A document without a project, in which nothing states a target: there is nowhere to write one.
    if edit.as_ref().is_some_and(|edit| edit.files.is_empty()) {
        return None;
    }
    let unwritable = why_unwritable(context, id, option.target, edit.is_some());
    let disabled = option.disabled.or(unwritable);
    Some(CodeAction {
        title: option.title,
        kind: "refactor.rewrite",
        is_preferred: option.recommended,
        edit: edit.filter(|_| disabled.is_none()).unwrap_or_default(),
        disabled,
        fixes: Vec::new(),
    })
}

/// Why a target cannot be written down, or must not be.
pub(crate) fn why_unwritable(
    context: &Context<'_>,
    id: &str,
    target: &str,
    can_edit: bool,
) -> Option<String> {
    let (config, file) = (context.project.config(), context.project.config_file());
    if config.is_unreadable {
        return Some(format!("{file} cannot be read, and it is what the compiler obeys"));
    }
    if let Some(chart) = tradeoff::chart_bars(context.project, id, target) {
        return Some(chart);
    }
    if !config.is_built() && !can_edit {
        let provider = config.provider();
        return Some(format!(
            "the compiler takes no targets of {provider}: write target = \"{target}\" into its annotation, and no type \
             into {file}"
        ));
    }
    let by_hand = format!("set execution_units.{id}.type to {target}");
    (!can_edit).then(|| format!("{file} is written so that only you can change it: {by_hand}"))
}

/// Makes every place that states the target say `target`: the annotations that name one, and klotho.yaml, which is what
/// the compiler obeys. All of them or none: `None` when klotho.yaml cannot be changed safely.
fn switch(context: &Context<'_>, id: &str, unit: &Unit, target: &str, size: Size) -> Option<WorkspaceEdit> {
    let mut files: BTreeMap<FilePath, FileEdit> = BTreeMap::new();
    set_annotations(context, unit, target, &mut files);
    let config = context.project.config();
    if !config.is_built() {
        // The compiler refuses these targets in the configuration: the annotation alone can say them.
        let is_said = !files.is_empty() && config.stated_type(Kind::ExecutionUnit, id).is_none();
        return is_said.then(|| WorkspaceEdit { files: files.into_values().collect() });
    }
    if let Some(file) = set_config(context, id, target, size)? {
        files.insert(file.path.clone(), file);
    }
    Some(WorkspaceEdit { files: files.into_values().collect() })
}

/// Makes every annotation of a unit that names a target name this one.
pub(crate) fn set_annotations(
    context: &Context<'_>,
    unit: &Unit,
    target: &str,
    files: &mut BTreeMap<FilePath, FileEdit>,
) {
    for fact in &unit.declared {
        let Some(edit) = set_annotation(context, fact, target) else { continue };
        let path = context.absolute(&fact.path);
        let file = files.entry(path.clone()).or_insert(FileEdit { path, create: false, edits: Vec::new() });
        file.edits.push(edit);
    }
}

/// Makes an annotation that names a target name this one.
pub(crate) fn set_annotation(context: &Context<'_>, fact: &FactRef, target: &str) -> Option<TextEdit> {
    let annotation = context.project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?;
    let value = annotation.directives.get(TARGET)?;
    if value.as_str()? == target {
        return None;
    }
    // The quotes are the value's first and last byte, whichever they are; they stay.
    Some(TextEdit {
        span: Span { start: value.at.start + 1, end: value.at.end - 1 },
        text: target.to_owned(),
    })
}

/// The change of klotho.yaml, if it needs one; `None` when it cannot be made.
fn set_config(context: &Context<'_>, id: &str, target: &str, size: Size) -> Option<Option<FileEdit>> {
    if context.project.is_document() {
        return Some(None);
    }
    let path = context.absolute(context.project.config_file());
    if size != Size::Own {
        let config = context.project.config();
        let after = plan::says(context, config, id, (Some(target), size)).ok()?;
        let create = !context.project.has_config();
        return Some(after.map(|after| {
            let edits = vec![difference(&config.text, &after.text)];
            FileEdit { path, create, edits }
        }));
    }
    if !context.project.has_config() {
        let text = new_file(Kind::ExecutionUnit, id, target);
        let edits = vec![TextEdit { span: Span::empty(0), text }];
        return Some(Some(FileEdit { path, create: true, edits }));
    }
    match set_type(context.project.config(), Kind::ExecutionUnit, id, target) {
        Outcome::Said => Some(None),
        Outcome::Edit(edit, _) => Some(Some(FileEdit { path, create: false, edits: vec![edit] })),
        Outcome::Refused => None,
    }
}

/// The ways out of one finding.
pub(crate) fn fixes(context: &Context<'_>, located: &Located) -> Vec<CodeAction> {
    let file = context.project.config_file();
    match located.finding.code {
        Code::TargetConflict if located.finding.variant != "provider" => agreements(context, located),
        Code::TargetNotInConfig => {
            let target = parameter(located, "target");
            target_fix(context, located, target, format!("Write {target} to {file}"), true)
                .into_iter()
                .collect()
        }
        Code::TargetUnknown => other_targets(context, located),
        _ if context.is_config() && replacement(&located.finding).is_some() => {
            let word = replacement(&located.finding).unwrap_or_default();
            let edit = replace(context, &located.finding, word);
            vec![quick_fix(context, located, format!("Replace by {word}"), edit, true)]
        }
        Code::ConfigUnknownResource => {
            let title = format!("Move it below `{}`", parameter(located, "home"));
            let edit = transferred(context, &located.finding);
            edit.map(|edit| quick_fix(context, located, title, edit, true)).into_iter().collect()
        }
        Code::WorkloadInvalid if located.finding.parameter(BESIDE).is_some() => {
            misspelt::raised(context, located).into_iter().collect()
        }
        Code::UnknownCapability | Code::WorkloadInvalid | Code::UsageInvalid => {
            misspelt::fix(context, located).into_iter().collect()
        }
        Code::MarkMisspelt => misspelt::mark_fix(context, located).into_iter().collect(),
        Code::UnknownDirective if located.finding.variant == ABOVE => misspelt::lowered(context, located),
        Code::UnknownDirective => misspelt::key_fix(context, located).into_iter().collect(),
        Code::IdRequired => ids::fix(context, located).into_iter().collect(),
        Code::ProjectFileMissing => project_files::fix(context, located).into_iter().collect(),
        Code::AnnotationSyntax | Code::BodyQuirk | Code::TargetStolen => comments::fixes(context, located),
        Code::NoResource if located.finding.variant == "unreachable" => membership::fixes(context, located),
        Code::TargetInfeasible => feasible(context, located),
        Code::CheaperTarget => {
            let mut fixes = feasible(context, located);
            fixes.retain(|fix| fix.is_preferred);
            fixes
        }
        Code::TargetNotPublic => replace_value(context, located, "public").into_iter().collect(),
        _ => source::fix(context, located).into_iter().collect(),
    }
}

/// The two ways to let the annotation and the configuration say the same.
fn agreements(context: &Context<'_>, located: &Located) -> Vec<CodeAction> {
    let file = context.project.config_file();
    let (annotated, configured) = (parameter(located, "annotation"), parameter(located, "config"));
    let ways = [
        (configured, format!("Let the annotation say {configured}, as {file} does"), true),
        (annotated, format!("Let {file} say {annotated}, as the annotation does"), false),
    ];
    let fixes = ways
        .into_iter()
        .filter_map(|(target, title, preferred)| target_fix(context, located, target, title, preferred));
    fixes.collect()
}

/// A switch to each target that can do what is asked, cheapest first.
fn feasible(context: &Context<'_>, located: &Located) -> Vec<CodeAction> {
    let Some((id, unit)) = unit_of(context, located) else { return Vec::new() };
    let options = tradeoff::switches(context.project, id, unit, context.today).into_iter();
    let able = options.filter(|option| option.disabled.is_none());
    let fixes = able.filter_map(|option| {
        let edit = switch(context, id, unit, option.target, option.size)?;
        Some(quick_fix(context, located, option.title, edit, option.recommended))
    });
    fixes.collect()
}

/// The unit that a finding in its annotation or its entry is about; none while its target cannot be written down.
fn unit_of<'a>(context: &Context<'a>, located: &Located) -> Option<(&'a String, &'a Unit)> {
    if context.project.config().is_unreadable {
        return None;
    }
    let mut units = context.project.derived().units.iter().map(|(id, unit)| (id, &**unit));
    if context.is_config() {
        let config = context.project.config();
        return units.find(|(id, _)| {
            let entry = config.entry(Kind::ExecutionUnit, id);
            entry.is_some_and(|entry| entry.value.at.covers(*located.at))
        });
    }
    units.find(|(_, unit)| {
        unit.declared.iter().any(|fact| fact.path == context.relative && is_at(context, fact, located))
    })
}

pub(crate) fn parameter<'a>(located: &'a Located, name: &str) -> &'a str {
    located.finding.parameter(name).unwrap_or_default()
}

/// Targets for one that there is not. A misspelt word of an annotation is mended where it stands; what was not meant by it is a
/// switch.
fn other_targets(context: &Context<'_>, located: &Located) -> Vec<CodeAction> {
    let meant = meant(&located.finding);
    let fix = |target: &&str| {
        let (title, is_meant) = (format!("Replace by {target}"), meant == Some(*target));
        let mended = if is_meant { replace_value(context, located, target) } else { None };
        match mended {
            Some(mended) => Some(CodeAction { title, ..mended }),
            None => target_fix(context, located, target, title, is_meant),
        }
    };
    context.project.config().unit_targets().iter().filter_map(fix).collect()
}

/// Settles the target of the unit that the finding is about.
fn target_fix(
    context: &Context<'_>,
    located: &Located,
    target: &str,
    title: String,
    is_preferred: bool,
) -> Option<CodeAction> {
    let (id, unit) = unit_of(context, located)?;
    let edit = switch(context, id, unit, target, Size::Own)?;
    Some(quick_fix(context, located, title, edit, is_preferred))
}

fn is_at(context: &Context<'_>, fact: &FactRef, located: &Located) -> bool {
    let summary = context.project.summary(&fact.path);
    let annotation = summary.and_then(|summary| summary.facts.annotations.get(fact.annotation));
    annotation.is_some_and(|annotation| annotation.at.covers(*located.at))
}

/// Replaces the string that the finding points at, its quotes kept.
fn replace_value(context: &Context<'_>, located: &Located, text: &str) -> Option<CodeAction> {
    let summary = context.project.summary(&context.relative)?;
    let mut entries = summary.facts.annotations.iter().flat_map(|found| &found.directives.entries);
    let value = &entries.find(|entry| *entry.value.at == *located.at)?.value;
    value.as_str()?;
    let edit =
        TextEdit { span: Span { start: value.at.start + 1, end: value.at.end - 1 }, text: text.to_owned() };
    let path = context.absolute(&context.relative);
    let edit = WorkspaceEdit { files: vec![FileEdit { path, create: false, edits: vec![edit] }] };
    Some(quick_fix(context, located, format!("Replace by \"{text}\""), edit, true))
}

fn quick_fix(
    context: &Context<'_>,
    located: &Located,
    title: String,
    edit: WorkspaceEdit,
    is_preferred: bool,
) -> CodeAction {
    let located = Located { path: Some(context.relative.clone()), ..located.clone() };
    let diagnostic = diagnostic(context.root, context.project, located);
    CodeAction { title, kind: "quickfix", is_preferred, disabled: None, fixes: vec![diagnostic], edit }
}
