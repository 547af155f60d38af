//! The graph for people: unit by unit.

use super::unread_config;
use crate::check::counted;
use crate::words::NO_UNIT;
use klotho_graph::{Derived, EventWay, Kind, Origin, Project, Reference, StaticUnit, Unit};
use klotho_ide::{Snapshot, type_in_words};
use std::fmt::Write;
use std::path::Path;

/// Every unit with what it costs, serves and uses, then what belongs to no unit, then how many findings there are.
pub(super) fn text(project: &Project, snapshot: &Snapshot, root: &str, dir: &Path) -> String {
    let derived = project.derived();
    let mut out = String::new();
    if project.config().is_unreadable {
        let _ = writeln!(out, "{}\n", unread_config(project));
    }
    for (id, unit) in &derived.units {
        unit_text(project, id, unit, snapshot.unit_cost(root, id), &mut out);
    }
    if derived.units.is_empty() {
        out.push_str(NO_UNIT);
    }
    for (id, unit) in derived.static_units.iter() {
        static_unit_text(id, unit, &mut out);
    }
    unused(derived, &mut out);
    let counts = counted(snapshot.project_diagnostics(root).into_iter().map(|found| found.severity));
    if !counts.is_empty() {
        let _ = writeln!(out, "{counts}: klotho-ls check {} shows them", quoted(dir));
    }
    out
}

fn static_unit_text(id: &str, unit: &StaticUnit, out: &mut String) {
    let _ = writeln!(out, "{id}  static unit, {}", unit.type_name);
    for (path, role) in &unit.files {
        let _ = writeln!(out, "  file    {path}  ({role})");
    }
    out.push('\n');
}

/// The stores and topics that no unit uses: they are built all the same.
fn unused(derived: &Derived, out: &mut String) {
    let stores = derived.stores.iter().filter(|(_, store)| store.units.is_empty());
    let stores = stores.map(|(reference, store)| (reference.clone(), store.type_name.as_str()));
    let topics = derived.topics.iter().filter(|(_, topic)| topic.events.is_empty());
    let topics =
        topics.map(|(id, topic)| (Reference::new(Kind::Pubsub, id.as_str()), topic.type_name.as_str()));
    let unused: Vec<_> = stores.chain(topics).collect();
    if unused.is_empty() {
        return;
    }
    out.push_str("used by no unit\n");
    for (reference, type_name) in unused {
        let _ = writeln!(out, "  {reference}  ({})", type_in_words(reference.kind, type_name));
    }
    out.push('\n');
}

/// A folder as one types it.
pub(crate) fn quoted(dir: &Path) -> String {
    let dir = dir.to_string_lossy();
    if dir.contains(|character: char| character.is_whitespace() || "'\"\\$&;()*?".contains(character)) {
        format!("'{}'", dir.replace('\'', "'\\''"))
    } else {
        dir.into_owned()
    }
}

fn unit_text(project: &Project, id: &str, unit: &Unit, cost: Option<String>, out: &mut String) {
    let language = unit.language.map_or("no language", |language| language.spec().name);
    let obeyed = unit.target.obeyed.as_deref();
    let gap = obeyed.map(|name| format!("; the compiler will use {name}")).unwrap_or_default();
    let _ = writeln!(out, "{id}  {language}, {} ({}{gap})", unit.target.name, origin(project, unit));
    if let Some(cost) = cost {
        let _ = writeln!(out, "  costs   {cost}");
    }
    for (gateway_id, gateway) in project.derived().gateways.iter() {
        for ((path, verb), _) in gateway.routes.iter().filter(|(_, row)| row.unit == id) {
            let _ = writeln!(out, "  serves  {verb:<7} {path}  ({gateway_id}, {})", gateway.type_name);
        }
    }
    for (reference, store) in project.derived().stores.iter().filter(|(_, store)| store.is_used_by(id)) {
        let place = type_in_words(reference.kind, &store.type_name);
        let _ = writeln!(out, "  uses    {reference}  ({place})");
    }
    events(project.derived(), id, out);
    for call in project.derived().calls().iter().filter(|call| call.from == id) {
        let to = Reference::new(Kind::ExecutionUnit, call.to.as_str());
        let _ = writeln!(out, "  calls   {} in {to}", call.function);
    }
    for path in &unit.files {
        let role = if unit.entrypoints.contains(path) { "  (entry point)" } else { "" };
        let _ = writeln!(out, "  file    {path}{role}");
    }
    out.push('\n');
}

/// What the unit `id` says and hears.
fn events(derived: &Derived, id: &str, out: &mut String) {
    for (topic_id, topic) in &derived.topics {
        for (_, event) in topic.events.iter().filter(|(unit, _)| unit == id) {
            let way = if event.way == EventWay::Published { "emits" } else { "hears" };
            let _ = writeln!(out, "  {way:<7} {} on pubsub:{topic_id}  ({})", event.name, topic.type_name);
        }
    }
}

fn origin(project: &Project, unit: &Unit) -> String {
    match unit.target.origin {
        Origin::Config => project.config_file().to_owned(),
        Origin::Annotation => "annotation".to_owned(),
        Origin::Defaults => format!("defaults in {}", project.config_file()),
        Origin::Provider => "the provider's default".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use klotho_graph::{Event, Topic};

    fn orders(events: &[(&str, EventWay)]) -> Derived {
        let event =
            |(unit, way): &(&str, EventWay)| (unit.to_string(), Event { name: "placed".into(), way: *way });
        let topic = Topic {
            declared: Vec::new(),
            symbol: None,
            type_name: "sns".to_owned(),
            events: events.iter().map(event).collect(),
        };
        let mut derived = Derived::default();
        derived.topics.insert("orders".to_owned(), topic.into());
        derived
    }

    #[test]
    fn a_unit_shows_its_events_and_a_topic_without_any_is_shown_too() {
        let mut out = String::new();
        let derived = orders(&[("shop", EventWay::Published), ("mail", EventWay::Subscribed)]);
        events(&derived, "shop", &mut out);
        events(&derived, "mail", &mut out);
        unused(&derived, &mut out);
        unused(&orders(&[]), &mut out);
        assert_eq!(
            out,
            "  emits   placed on pubsub:orders  (sns)\n  hears   placed on pubsub:orders  (sns)\n\
             used by no unit\n  pubsub:orders  (sns)\n\n"
        );
    }

    #[test]
    fn folders_are_named_as_they_are_typed() {
        assert_eq!(quoted(Path::new("a/b")), "a/b");
        assert_eq!(quoted(Path::new("my app's")), "'my app'\\''s'");
    }
}
