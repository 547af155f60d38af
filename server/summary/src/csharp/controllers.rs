//! The routes of controllers: each of their public methods is an action, with a route for each of its verbs and
//! templates (reference, 5.6).

use super::attributes::{self, Attribute, Meaning, Template};
use super::endpoints::CONTROLLERS;
use super::gaps;
use super::outline::{Method, Outline, Type};
use super::template::{Names, below, of_action};
use crate::source::Source;
use crate::{Facts, Route};
use klotho_annotation::finding::Finding;
use klotho_grammars::Node;

/// What the name of a controller ends in.
const SUFFIX: &str = "Controller";

/// A controller with more templates of its own answers below the first of them.
const MOST_TEMPLATES: usize = 8;

/// A class that answers requests.
struct Controller<'a> {
    /// Without its suffix.
    name: &'a str,
    area: String,
    /// Those of its templates that can be read.
    templates: Vec<String>,
    has_template: bool,
    /// What is said of the others, until an action needs them.
    gaps: Vec<Finding>,
    /// What is said of its area, until an action's path names it.
    area_gaps: Vec<Finding>,
}

/// One way to reach an action.
struct Action<'a> {
    verb: &'static str,
    template: Template,
    node: Node<'a>,
}

/// Adds the routes of all controllers of the file, and a note where there would be more.
pub(super) fn add(source: &Source<'_>, outline: &Outline<'_>, facts: &mut Facts) {
    let all = outline.types.iter().map(|it| Controller::read(source, outline, it));
    let mut controllers: Vec<_> = all.collect();
    let mut gaps = Vec::new();
    for method in outline.methods.iter().filter(|method| method.is_public()) {
        let Some(Some(controller)) = controllers.get_mut(method.owner) else { continue };
        let attributes = routing(source, outline, method);
        if attributes.iter().any(|attribute| attribute.meaning == Meaning::NonAction) {
            continue;
        }
        let actions = actions(source, method, &attributes);
        if actions.iter().any(|action| !action.is_rooted()) {
            gaps.append(&mut controller.gaps);
        }
        if actions.iter().any(|action| controller.names_area(action)) {
            gaps.append(&mut controller.area_gaps);
        }
        gaps.extend(attributes.iter().flat_map(gaps::of_attribute));
        for action in actions {
            controller.add(&action, method.own_name, facts);
        }
    }
    gaps.truncate(gaps::MOST);
    facts.findings.extend(gaps);
}

impl Action<'_> {
    /// Whether its own template is its whole path.
    fn is_rooted(&self) -> bool {
        matches!(&self.template, Template::Text(own) if own.starts_with('/') || own.starts_with("~/"))
    }
}

impl<'a> Controller<'a> {
    fn read(source: &Source<'a>, outline: &Outline<'a>, class: &Type<'a>) -> Option<Self> {
        if !class.is_class {
            return None;
        }
        let attributes = attributes::of(source, &outline.scopes, class.scope, &class.attributes);
        let has = |meaning| attributes.iter().any(|attribute| attribute.meaning == meaning);
        let is_one = class.name.ends_with(SUFFIX) || has(Meaning::Controller) || is_derived(source, class);
        if !is_one || has(Meaning::NonController) {
            return None;
        }
        let given = |meaning| {
            let attributes = attributes.iter().filter(move |attribute| attribute.meaning == meaning);
            attributes.map(|attribute| attribute.template(source))
        };
        let gaps = |is_area: bool| {
            let own = attributes.iter().filter(|it| (it.meaning == Meaning::Area) == is_area);
            own.flat_map(gaps::of_attribute).collect()
        };
        let text = |template| match template {
            Template::Text(text) => Some(text),
            Template::Missing | Template::Unreadable => None,
        };
        Some(Self {
            name: class.name.strip_suffix(SUFFIX).unwrap_or(class.name),
            area: given(Meaning::Area).find_map(text).unwrap_or_default(),
            templates: given(Meaning::Route).filter_map(text).take(MOST_TEMPLATES).collect(),
            has_template: given(Meaning::Route).any(|template| template != Template::Missing),
            gaps: gaps(false),
            area_gaps: gaps(true),
        })
    }

    /// Whether the area is a part of an action's path.
    fn names_area(&self, action: &Action<'_>) -> bool {
        let own = match &action.template {
            Template::Text(own) => Some(own),
            Template::Missing | Template::Unreadable => None,
        };
        let above = self.templates.iter().filter(|_| !action.is_rooted());
        own.into_iter().chain(above).any(|template| {
            let template = template.to_ascii_lowercase();
            template.contains("[area]") || template.contains("{area=")
        })
    }

    fn add(&self, action: &Action<'_>, method: &str, facts: &mut Facts) {
        let own = match &action.template {
            Template::Text(text) => text,
            Template::Missing if self.has_template => "",
            Template::Missing | Template::Unreadable => return,
        };
        let names = Names { area: &self.area, controller: self.name, action: method };
        // A template that cannot be read still stands before the action's own, unless that starts at the root.
        let none = [String::new()];
        let above = if action.is_rooted() || !self.has_template { &none[..] } else { &self.templates };
        for template in above {
            for path in of_action(&below(template, own), &names) {
                facts.add_route(Route {
                    on: CONTROLLERS.to_owned(),
                    verb: action.verb,
                    path,
                    at: Source::place_of(action.node),
                });
            }
        }
    }
}

/// Whether the name of a base ends as those of controllers do.
fn is_derived(source: &Source<'_>, class: &Type<'_>) -> bool {
    let Some(bases) = class.bases else { return false };
    bases.named_children().any(|base| {
        let name = source.text_of(base).split('<').next().unwrap_or_default();
        name.trim_end().ends_with(SUFFIX)
    })
}

/// The attributes of a method that say something about its routes.
fn routing<'a>(source: &Source<'a>, outline: &Outline<'a>, method: &Method<'a>) -> Vec<Attribute<'a>> {
    let scope = outline.types.get(method.owner).map_or(0, |owner| owner.scope);
    let mut attributes = attributes::of(source, &outline.scopes, scope, &method.attributes);
    attributes.retain(|attribute| routes(attribute.meaning));
    attributes
}

/// All ways to reach a method.
fn actions<'a>(source: &Source<'a>, method: &Method<'a>, attributes: &[Attribute<'a>]) -> Vec<Action<'a>> {
    if attributes.is_empty() {
        return vec![Action { verb: "ANY", template: Template::Missing, node: method.node }];
    }
    let verbs = verbs_of_routes(source, attributes);
    let mut actions = Vec::new();
    for attribute in attributes {
        let (verbs, template) = match attribute.meaning {
            Meaning::Verb(verb) => (vec![verb], attribute.template(source)),
            Meaning::Route => (verbs.clone(), attribute.template(source)),
            Meaning::AcceptVerbs => match attribute.named_route(source) {
                Template::Missing => continue,
                route => (attribute.verbs(source), route),
            },
            _ => continue,
        };
        let node = attribute.node;
        actions.extend(verbs.into_iter().map(|verb| Action { verb, template: template.clone(), node }));
    }
    actions
}

/// Whether an attribute of a method says something about its routes.
fn routes(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Route | Meaning::NonAction | Meaning::AcceptVerbs | Meaning::Verb(_))
}

/// The verbs of a method's `[Route]`s: those that an `[AcceptVerbs]` without a route of its own lists, else any.
fn verbs_of_routes(source: &Source<'_>, attributes: &[Attribute<'_>]) -> Vec<&'static str> {
    let accepting = attributes.iter().filter(|attribute| {
        attribute.meaning == Meaning::AcceptVerbs && attribute.named_route(source) == Template::Missing
    });
    let mut verbs: Vec<_> = accepting.flat_map(|attribute| attribute.verbs(source)).collect();
    verbs.sort_unstable();
    verbs.dedup();
    if verbs.is_empty() { vec!["ANY"] } else { verbs }
}
