//! What can stand in an annotation: its name, its directives and their values.

use super::comment::Comment;
use super::files;
use super::item::{Completion, CompletionKind, Completions};
use super::place::{Place, Spot};
use super::toml::{Scan, scan};
use super::write::{Form, Style, Writer};
use super::{heads, ids, units, world};
use crate::figures::POWER_TUNING;
use crate::resources::row_of;
use crate::snapshot::Context;
use crate::workload::{Keys, REQUIRES, WORKLOAD};
use klotho_annotation::catalogue::{Capability, Directive, Need, Reader, TARGET, ValueType, capability};
use klotho_cost::resource::TYPES;
use klotho_cost::workload::Key;
use klotho_graph::{Kind, Project, Reference};

/// What can stand at the cursor, if that is in an annotation or where one may be.
pub(super) fn completions(context: &Context<'_>, cursor: usize, with_costs: bool) -> Option<Completions> {
    let comment = Comment::at(context.document?, cursor)?;
    let items = match Body::around(context, &comment, cursor) {
        Some(body) => Body { with_costs, ..body }.items(),
        None => heads::items(context, &comment, cursor),
    };
    let indentation = comment.indentation(cursor).to_owned();
    Some(Completions { items, indentation, ..Completions::default() })
}

/// The project in which the unit of the annotation at the cursor is known.
pub(super) fn project_at(context: &Context<'_>, cursor: usize) -> Option<Project> {
    let comment = Comment::at(context.document?, cursor)?;
    let body = Body::around(context, &comment, cursor)?;
    world::declared(context, &comment, body.at, &body.scan).map(|(project, _)| project)
}

/// The body of an annotation, with the cursor in it.
struct Body<'a> {
    context: &'a Context<'a>,
    comment: &'a Comment<'a>,
    capability: &'static Capability,
    /// Where its `@` is.
    at: usize,
    scan: Scan,
    /// The text of the document with blanks for what is none of the annotation.
    text: String,
    cursor: usize,
    /// Whether targets are offered with what the unit would cost there.
    with_costs: bool,
}

impl<'a> Body<'a> {
    fn around(context: &'a Context<'a>, comment: &'a Comment<'a>, cursor: usize) -> Option<Self> {
        let (at, name) = comment.annotation_before(cursor)?;
        let open = comment.brace_behind(name.end).filter(|open| *open < cursor)?;
        let text = comment.whole();
        let scan = scan(&text, open + 1, cursor, true);
        if scan.end.is_some_and(|end| end < cursor) {
            return None;
        }
        let capability = capability(text.get(name)?)?;
        Some(Self { context, comment, capability, at, scan, text, cursor, with_costs: true })
    }

    fn items(&self) -> Vec<Completion> {
        let Some(place) = &self.scan.place else { return Vec::new() };
        let writer = Writer { style: Style::Toml, place, text: &self.text, cursor: self.cursor };
        let table: Vec<_> = place.table.iter().map(String::as_str).collect();
        match (&place.spot, &*table) {
            (Spot::Key { .. }, []) => {
                let mut items = self.directives(&writer);
                items.extend(self.headers(&writer));
                items
            }
            (Spot::Key { .. }, [name]) => {
                let mut items = self.table_keys(&writer, name);
                items.extend(self.headers(&writer));
                items
            }
            (Spot::Header, []) => self.headers(&writer),
            (Spot::Value { key, .. }, []) => self.values(&writer, key),
            (Spot::Value { key, .. }, [name]) => self.table_values(&writer, name, key),
            _ => Vec::new(),
        }
    }

    /// The directives that are not there yet, those first that have to be.
    fn directives(&self, writer: &Writer<'_>) -> Vec<Completion> {
        let is_inline = |directive: &&Directive| !directive.types.contains(&ValueType::Table);
        let new = self.capability.directives.iter().filter(is_inline).filter(|it| !writer.is_used(it.name));
        let mut new: Vec<_> = new.collect();
        new.sort_by_key(|directive| self.rank(directive));
        let item = |directive: &Directive| {
            let name = if directive.name == "id" {
                heads::new_id(self.context, self.comment, self.capability)
            } else {
                String::new()
            };
            let offered = self.offered(directive);
            writer
                .key(directive.name, form(directive, &name, &offered))
                .detail(detail(directive))
                .about(about(directive))
        };
        new.into_iter().map(item).collect()
    }

    fn rank(&self, directive: &Directive) -> u8 {
        match directive.need {
            need if need.is_required_in(self.comment.language) => 0,
            Need::Expected => 1,
            _ => 2,
        }
    }

    /// The words that a directive may have here.
    fn offered(&self, directive: &Directive) -> Vec<&'static str> {
        if self.is_target(directive.name) {
            return self.context.project.config().unit_targets().to_vec();
        }
        directive.allowed.to_vec()
    }

    fn is_target(&self, name: &str) -> bool {
        name == TARGET && self.capability.resources.contains(&Kind::ExecutionUnit.spec().name)
    }

    /// The tables that are not there yet, each with its header.
    fn headers(&self, writer: &Writer<'_>) -> Vec<Completion> {
        let starts_line = match &writer.place.spot {
            Spot::Key { starts_line, has_value, .. } => *starts_line && !has_value,
            Spot::Header => true,
            Spot::Value { .. } => false,
        };
        let tables = self.capability.directives.iter().filter(|it| it.types.contains(&ValueType::Table));
        let new = tables.filter(|it| starts_line && !self.scan.top.iter().any(|seen| seen == it.name));
        let line = self.comment.leader(self.cursor);
        let header = |directive: &Directive| {
            let item = writer.key(directive.name, Form::Table).detail("table").about(about(directive));
            let label = format!("[{}]", directive.name);
            self.header(item, &label, &line, writer.place)
        };
        new.map(header).collect()
    }

    fn header(&self, item: Completion, label: &str, leader: &str, place: &Place) -> Completion {
        let in_header = place.spot == Spot::Header;
        let mut item = Completion { label: label.to_owned(), ..item };
        item.text = label.to_owned();
        item.snippet = None;
        item.filter = label.trim_matches(['[', ']']).to_owned();
        if !in_header {
            return item.snippet(format!("{label}\n{leader}$0"));
        }
        // The brackets that are there are kept, and a missing one is added.
        let is_closed = self.text.get(place.word.end..).is_some_and(|rest| rest.starts_with(']'));
        let name = item.filter.clone();
        item.text(if is_closed { name } else { format!("{name}]") })
    }

    fn table_keys(&self, writer: &Writer<'_>, table: &str) -> Vec<Completion> {
        match table {
            WORKLOAD | REQUIRES => writer.cost_keys(self.cost_keys(table)),
            _ => Vec::new(),
        }
    }

    /// The keys of a `workload` or `requires` table: those of the unit or of what the resource becomes.
    fn cost_keys(&self, table: &str) -> Vec<&'static Key> {
        let kinds = self.capability.resources;
        if kinds.contains(&Kind::ExecutionUnit.spec().name) {
            return if table == REQUIRES { Keys::Requires } else { Keys::Workload }.all();
        }
        if table == REQUIRES {
            return Vec::new();
        }
        let declared = self.declared();
        let row = declared.and_then(|(project, reference)| row_of(&project, &reference));
        if let Some(row) = row {
            return Keys::Use(row).all();
        }
        let mut keys: Vec<&'static Key> = Vec::new();
        let rows = TYPES.iter().filter(|row| row.kinds.iter().any(|kind| kinds.contains(kind)));
        for key in rows.flat_map(|row| Keys::Use(row).all()) {
            if keys.iter().all(|known| known.name != key.name) {
                keys.push(key);
            }
        }
        keys
    }

    fn declared(&self) -> Option<(Project, Reference)> {
        world::declared(self.context, self.comment, self.at, &self.scan)
    }

    fn values(&self, writer: &Writer<'_>, key: &str) -> Vec<Completion> {
        let Some(directive) = self.capability.directive(&[key]) else { return Vec::new() };
        let path = &self.context.relative;
        match key {
            "id" => ids::of_annotation(self.context, self.comment, (self.capability, self.at), writer),
            TARGET if self.is_target(key) => self.targets(writer),
            "include" | "exclude" | "static_files" | "shared_files" => {
                let folder = self.context.project.pattern_folder(path);
                files::patterns(self.context.project, writer, folder, self.comment.is_line())
            }
            "index_document" => files::paths(self.context.project, writer, ""),
            _ if directive.types.contains(&ValueType::Boolean) => writer.flags(directive.default),
            _ => writer.words(directive.allowed, directive.default),
        }
    }

    fn targets(&self, writer: &Writer<'_>) -> Vec<Completion> {
        let declared = self.declared();
        let project = declared.as_ref().map_or(self.context.project, |(project, _)| project);
        let priced = declared.as_ref().filter(|_| self.with_costs);
        let id = priced.map(|(_, reference)| reference.id.as_str());
        let names = project.config().unit_targets();
        let offers = units::targets(project, id, names, self.context.today, writer.word());
        let spelled = |item: Completion| {
            let text = writer.value(CompletionKind::Value, &item.label, true).text;
            item.text(text)
        };
        offers.into_iter().map(spelled).collect()
    }

    fn table_values(&self, writer: &Writer<'_>, table: &str, key: &str) -> Vec<Completion> {
        if matches!(table, WORKLOAD | REQUIRES) {
            if key == POWER_TUNING {
                return files::paths(self.context.project, writer, ".json");
            }
            let keys = self.cost_keys(table);
            let key = keys.into_iter().find(|known| known.name == key);
            return key.map(|key| writer.cost_values(key)).unwrap_or_default();
        }
        let directive = self.capability.directive(&[table, key]);
        directive.map(|directive| writer.words(directive.allowed, directive.default)).unwrap_or_default()
    }
}

/// What a directive holds to begin with.
fn form<'d>(directive: &Directive, id: &'d str, offered: &'d [&'static str]) -> Form<'d> {
    let is_flag = directive.types.contains(&ValueType::Boolean);
    match directive.types.first() {
        // Whoever writes a flag down wants what is not so without it.
        _ if is_flag => Form::Flag(directive.default != "true"),
        Some(ValueType::Number) => Form::Bare(""),
        Some(ValueType::Strings) => Form::List,
        _ if !offered.is_empty() => Form::Words(offered),
        _ => Form::Text(id),
    }
}

/// In a few words what a directive takes.
fn detail(directive: &Directive) -> String {
    let types: Vec<_> = directive.types.iter().map(|kind| type_name(*kind)).collect();
    let mut detail = types.join(" or ");
    if matches!(directive.need, Need::Required | Need::RequiredIn(_)) {
        detail.push_str(", required");
    } else if !directive.default.is_empty() {
        detail.push_str(&format!(", default {}", directive.default.replace('`', "")));
    }
    detail
}

fn type_name(kind: ValueType) -> &'static str {
    match kind {
        ValueType::String => "text",
        ValueType::Strings => "list of texts",
        ValueType::Number => "number",
        ValueType::Boolean => "true or false",
        ValueType::Table => "table",
    }
}

fn about(directive: &Directive) -> String {
    let reader = match directive.reader {
        Reader::Compiler => "",
        Reader::KlothoLs => "Read by klotho-ls; the compiler ignores it.",
        Reader::Runtime => "Read by the library that the compiler puts into the program.",
    };
    let parts = [directive.summary, directive.docs, reader];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}
