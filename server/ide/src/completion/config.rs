//! What can stand in the configuration, in each of its formats.

use super::ids::declared;
use super::item::{Completion, CompletionKind, Completions};
use super::parameters::{self, Known};
use super::place::Spot;
use super::subject::{Holder, Subject, inner};
use super::write::{Form, Style, Writer};
use super::{files, flow, toml, units, world, yaml};
use crate::figures::POWER_TUNING;
use crate::region;
use crate::snapshot::Context;
use crate::workload::Keys;
use klotho_annotation::finding::{Code, Definition, definitions};
use klotho_cost::resource::resource_type;
use klotho_cost::workload::Key;
use klotho_graph::{
    ConfigFormat, ConfigKey, ConfigShape, Era, Kind, LEVELS, PROVIDERS, Project, config_format,
    severity as severity_name,
};

/// The words that some keys take: the default first.
const WORDS: [(&str, &[&str]); 3] = [
    ("provider", &PROVIDERS),
    ("api_type", &["REST", "HTTP"]),
    ("network_placement", &["private", "public"]),
];

/// What can stand at the cursor.
pub(super) fn completions(context: &Context<'_>, cursor: usize, with_costs: bool) -> Option<Completions> {
    let text = &*context.document?.text;
    let (style, place) = match config_format(&context.relative)? {
        ConfigFormat::Yaml => (Style::Yaml, yaml::scan(text, cursor)?),
        ConfigFormat::Json => (Style::Json, flow::scan(text, 0, cursor, Vec::new())?),
        ConfigFormat::Toml => (Style::Toml, toml::scan(text, 0, cursor, false).place?),
    };
    let quote = match &place.spot {
        Spot::Key { quote, .. } | Spot::Value { quote, .. } => quote.is_some(),
        Spot::Header => false,
    };
    let from = place.word.start - usize::from(quote);
    let project = world::configured(context, text, from, cursor);
    let subject = Subject::of(&project, &place.table)?;
    let line = text.get(..cursor)?.rsplit('\n').next().unwrap_or_default();
    let indentation = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len())?.to_owned();
    let items = Items {
        context,
        project: &project,
        subject: &subject,
        writer: Writer { style, place: &place, text, cursor },
        with_costs,
    };
    Some(Completions { items: items.all(), indentation, ..Completions::default() })
}

struct Items<'a> {
    context: &'a Context<'a>,
    project: &'a Project,
    subject: &'a Subject,
    writer: Writer<'a>,
    with_costs: bool,
}

impl Items<'_> {
    fn all(&self) -> Vec<Completion> {
        match &self.writer.place.spot {
            Spot::Key { .. } | Spot::Header => self.keys(),
            Spot::Value { key, .. } => self.values(key),
        }
    }

    fn is_header(&self) -> bool {
        self.writer.place.spot == Spot::Header
    }

    fn keys(&self) -> Vec<Completion> {
        let items = match self.subject.holder {
            Holder::Keys(keys) => self.known_keys(keys),
            Holder::Ids(_) => self.ids(),
            Holder::ByType => {
                let types = self.subject.types(self.project);
                let new = types.into_iter().filter(|name| !self.writer.is_used(name));
                new.map(|name| self.table_key(name, true)).collect()
            }
            Holder::Workload | Holder::Requires => self.writer.cost_keys(self.cost_keys()),
            Holder::Levels => self.findings(),
            Holder::Parameters => {
                let known = parameters::of(self.project, self.subject).into_iter();
                known.filter(|it| !self.writer.is_used(&it.name)).map(|it| self.parameter(&it)).collect()
            }
        };
        let can_stand = |item: &Completion| !self.is_header() || item.kind == CompletionKind::Table;
        items.into_iter().filter(can_stand).collect()
    }

    fn known_keys(&self, keys: &'static [ConfigKey]) -> Vec<Completion> {
        let new = keys.iter().filter(|key| !self.writer.is_used(key.name) && !self.is_unread(key.name));
        let item = |key: &ConfigKey| {
            let item = if is_table(key) {
                let is_leaf = !matches!(key.shape, ConfigShape::Entries(_));
                self.table_key(key.name, is_leaf)
            } else {
                self.plain_key(key)
            };
            item.detail(key.shape.expected().replace('`', "")).about(key.about())
        };
        new.map(item).collect()
    }

    fn plain_key(&self, key: &ConfigKey) -> Completion {
        let types = self.subject.types(self.project);
        let words = WORDS.iter().find(|(name, _)| *name == key.name).map(|(_, words)| *words);
        let form = match key.shape {
            ConfigShape::Flag => Form::Flag(true),
            ConfigShape::Money => Form::Bare(""),
            ConfigShape::Texts => Form::List,
            _ if key.name == "type" && !types.is_empty() => Form::Words(&types),
            _ => words.map_or(Form::Text(""), Form::Words),
        };
        self.writer.key(key.name, form)
    }

    /// A key below `defaults.expose` that the compiler does not read there (reference, 3.3).
    fn is_unread(&self, name: &str) -> bool {
        let is_yaml = self.writer.style == Style::Yaml && self.project.config().era == Era::Classic;
        let is_here = self.writer.place.table.iter().map(String::as_str).eq(["defaults", "expose"]);
        is_here
            && if is_yaml { matches!(name, "type" | "pulumi_params_by_type") } else { name == "kinddefaults" }
    }

    fn ids(&self) -> Vec<Completion> {
        let found = declared(self.project, &self.subject.kinds);
        let new = found.iter().filter(|known| !self.writer.is_used(&known.id));
        new.map(|known| {
            let item = self.table_key(&known.id, true).detail(known.kind.spec().title);
            if self.is_header() { item } else { Completion { kind: CompletionKind::Id, ..item } }
        })
        .collect()
    }

    /// A key that holds keys. In TOML it has a header of its own where its line starts.
    fn table_key(&self, name: &str, is_leaf: bool) -> Completion {
        let item = self.writer.key(name, Form::Table);
        let (starts_line, has_value) = match &self.writer.place.spot {
            Spot::Key { starts_line, has_value, .. } => (*starts_line, *has_value),
            Spot::Header => {
                let is_closed = self
                    .writer
                    .text
                    .get(self.writer.place.word.end..)
                    .is_some_and(|it| it.starts_with([']', '.']));
                let name = self.writer.spelled(name);
                let text = if is_closed || !is_leaf { name } else { format!("{name}]") };
                return Completion { snippet: None, ..item.text(text) };
            }
            Spot::Value { .. } => return item,
        };
        if self.writer.style != Style::Toml || !starts_line || has_value {
            return item;
        }
        let path = self.writer.place.table.iter().map(String::as_str).chain([name]);
        let path: Vec<_> = path.map(|key| self.writer.spelled(key)).collect();
        let rest = if is_leaf { "" } else { ".$1" };
        item.snippet(format!("[{}{rest}]\n$0", super::item::escaped(&path.join("."))))
    }

    fn findings(&self) -> Vec<Completion> {
        let words = LEVELS.map(|(word, _)| word);
        let new = definitions().into_iter().filter(|known| !self.writer.is_used(known.code.name()));
        let item = |known: &Definition| {
            let item = self.writer.key(known.code.name(), Form::Words(&words));
            item.detail(severity_name(known.severity)).about(known.summary)
        };
        new.map(item).collect()
    }

    fn parameter(&self, known: &Known) -> Completion {
        let form = match known.words {
            [] if known.is_text => Form::Text(&known.default),
            [] => Form::Bare(&known.default),
            ["true", ..] => Form::Flag(known.default != "true"),
            words => Form::Words(words),
        };
        let detail = if known.told.is_empty() { String::new() } else { format!("default {}", known.told) };
        self.writer.key(&known.name, form).detail(detail).about(known.about.as_str())
    }

    fn cost_keys(&self) -> Vec<&'static Key> {
        if matches!(self.subject.holder, Holder::Requires) {
            return Keys::Requires.all();
        }
        if self.subject.kinds.contains(&Kind::ExecutionUnit) {
            return Keys::Workload.all();
        }
        let row = self.subject.kinds.first().zip(self.subject.type_name.as_deref());
        let row = row.and_then(|(kind, name)| resource_type(kind.spec().name, name));
        row.map(|row| Keys::Use(row).all()).unwrap_or_default()
    }

    fn values(&self, key: &str) -> Vec<Completion> {
        match self.subject.holder {
            Holder::Keys(keys) => {
                let known = keys.iter().find(|known| known.name == key);
                known.map(|known| self.values_of(known)).unwrap_or_default()
            }
            Holder::Workload if key == POWER_TUNING => files::paths(self.project, &self.writer, ".json"),
            Holder::Workload | Holder::Requires => {
                let keys = self.cost_keys();
                let key = keys.into_iter().find(|known| known.name == key);
                key.map(|key| self.writer.cost_values(key)).unwrap_or_default()
            }
            Holder::Parameters => {
                let known = parameters::of(self.project, self.subject);
                known
                    .iter()
                    .find(|known| known.name == key)
                    .map(|known| self.parameter_values(known))
                    .unwrap_or_default()
            }
            Holder::Levels => {
                let usual = Code::named(key).map_or("", |code| severity_name(code.severity()));
                self.writer.words(&LEVELS.map(|(word, _)| word), usual)
            }
            Holder::Ids(_) | Holder::ByType => Vec::new(),
        }
    }

    fn parameter_values(&self, known: &Known) -> Vec<Completion> {
        match known.words {
            ["true", ..] => self.writer.flags(&known.default),
            [] if !known.default.is_empty() => {
                let item = self.writer.value(CompletionKind::Value, &known.default, known.is_text);
                vec![item.detail("the default")]
            }
            words => self.writer.words(words, &known.default),
        }
    }

    fn values_of(&self, key: &ConfigKey) -> Vec<Completion> {
        if key.name == "type" {
            return self.types();
        }
        if key.name == "region" {
            return self.regions();
        }
        if matches!(key.shape, ConfigShape::Flag) {
            // The only one is `install`, which is off (reference, 3.2).
            return self.writer.flags("false");
        }
        let words = WORDS.iter().find(|(name, _)| *name == key.name).map(|(_, words)| *words);
        let default = words.and_then(|words| words.first()).copied().unwrap_or_default();
        self.writer.words(words.unwrap_or_default(), default)
    }

    fn types(&self) -> Vec<Completion> {
        let types = self.subject.types(self.project);
        if self.subject.kinds == [Kind::ExecutionUnit] {
            let id = self.subject.id.as_deref().filter(|_| self.with_costs);
            let targets = units::targets(self.project, id, &types, self.context.today, self.writer.word());
            let spelled = |item: Completion| {
                let text = self.writer.value(CompletionKind::Value, &item.label, true).text;
                let detail = self.marked(&item.label, &item.detail);
                item.text(text).detail(detail)
            };
            return targets.into_iter().map(spelled).collect();
        }
        let title = |name: &str| {
            let mut rows = self.subject.kinds.iter().filter_map(|kind| resource_type(kind.spec().name, name));
            rows.next().map_or("", |row| row.title)
        };
        let item = |name: &&str| {
            let item = self.writer.value(CompletionKind::Value, name, true);
            item.detail(self.marked(name, title(name)))
        };
        types.iter().map(item).collect()
    }

    /// What is told of a type, with a word where the compiler takes it without being asked.
    fn marked(&self, name: &str, told: &str) -> String {
        let config = self.project.config();
        let default = |kind: &Kind| {
            let stated = self.subject.id.as_ref().and_then(|_| config.defaults(*kind)?.string("type"));
            stated.unwrap_or(config.names(*kind).default_type())
        };
        let is_default = self.subject.kinds.iter().any(|kind| default(kind) == name);
        match (is_default, told) {
            (false, _) => told.to_owned(),
            (true, "") => "the default".to_owned(),
            (true, _) => format!("{told}, the default"),
        }
    }

    fn regions(&self) -> Vec<Completion> {
        let usual = region::provider(self.project).default_region();
        let mut regions = region::known(self.project);
        regions.sort_by_key(|name| *name != usual);
        self.writer.words(&regions, usual)
    }
}

fn is_table(key: &ConfigKey) -> bool {
    inner(key).is_some() || matches!(key.shape, ConfigShape::Free | ConfigShape::TextMap)
}
