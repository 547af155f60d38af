//! From what stands at the cursor to where it is declared, configured, carried out and used, over all files of a project.
//!
//! Every question goes one way: the cursor names a symbol, a symbol has places, and each question keeps those
//! that it is about. Places come from the graph and the summaries; no text is searched but that of open documents.

mod edges;
mod hierarchy;
mod outline;
mod places;
mod rename;
mod search;
mod symbol;
mod types;

pub use types::{
    CallItem, CallSite, Highlight, Navigation, OutlineItem, Renaming, SymbolKind, Target, WorkspaceSymbol,
};

use crate::Snapshot;
use crate::snapshot::Context;
use klotho_graph::{Anchor, Reference};
use klotho_text::Span;
use places::{Place, Role};
pub(crate) use places::{first_line, route_handler};
pub(crate) use symbol::route_at;
use symbol::{Found, Symbol};

/// A file, its project and the world around: what every question starts with.
pub(crate) struct Navigator<'a> {
    world: &'a Snapshot,
    context: Context<'a>,
}

/// What code names that there is more to tell of than where it stands.
pub(crate) enum Named {
    /// Stores and topics.
    Resources(Vec<Reference>),
    /// The route that the file defines there.
    Route(Anchor),
}

/// Which places a question is about.
type Wanted = fn(Role) -> bool;

impl Snapshot {
    /// Where what stands at `offset` is declared: a resource by its annotations, a function of another unit by itself and
    /// its unit, a pattern by its files.
    pub fn definition(&self, path: &str, offset: usize) -> Option<Navigation> {
        self.navigate(path, offset, |role| matches!(role, Role::Declaration | Role::Owner))
    }

    /// Every place that states what stands at `offset`: annotations and configuration.
    pub fn declaration(&self, path: &str, offset: usize) -> Option<Navigation> {
        self.navigate(path, offset, |role| matches!(role, Role::Declaration | Role::Owner | Role::Config))
    }

    /// The code that carries out what stands at `offset`: handlers of routes, functions of units, variables that hold stores.
    pub fn implementation(&self, path: &str, offset: usize) -> Option<Navigation> {
        self.navigate(path, offset, |role| role == Role::Code)
    }

    /// Every place that speaks of what stands at `offset`, with or without those that declare it; sorted by file and place.
    pub fn references(&self, path: &str, offset: usize, with_declaration: bool) -> Option<Navigation> {
        self.navigate(path, offset, if with_declaration { is_mention } else { is_use })
    }

    /// The places in the same file that speak of what stands at `offset`.
    pub fn highlights(&self, path: &str, offset: usize) -> Vec<Highlight> {
        let Some(navigator) = self.navigator(path) else { return Vec::new() };
        let Some(found) = symbol::at(&navigator, offset) else { return Vec::new() };
        let mut places = places::of_symbol(&navigator, &found.symbol);
        places.retain(|place| place.path == navigator.context.relative && is_mention(place.role));
        let highlight = |place: Place| Highlight {
            span: place.focus,
            is_write: matches!(place.role, Role::Declaration | Role::Variable),
        };
        let mut highlights: Vec<_> = places.into_iter().map(highlight).collect();
        highlights.sort_by_key(|highlight| highlight.span);
        highlights.dedup_by_key(|highlight| highlight.span);
        highlights
    }

    fn navigate(&self, path: &str, offset: usize, wanted: Wanted) -> Option<Navigation> {
        let navigator = self.navigator(path)?;
        let Found { symbol, at } = symbol::at(&navigator, offset)?;
        let mut places = places::of_symbol(&navigator, &symbol);
        places.retain(|place| wanted(place.role));
        let targets = navigator.targets(places);
        (!targets.is_empty()).then_some(Navigation { origin: at, targets })
    }

    /// What code names at `offset`, and where; nothing in annotations, which tell more.
    pub(crate) fn named_in_code(&self, path: &str, offset: usize) -> Option<(Span, Named)> {
        let Found { symbol, at } = symbol::at_in_code(&self.navigator(path)?, offset)?;
        match symbol {
            Symbol::Resources(resources) => Some((at, Named::Resources(resources))),
            Symbol::Route { anchor, .. } => Some((at, Named::Route(anchor))),
            Symbol::Function { .. } | Symbol::Files(_) => None,
        }
    }

    pub(crate) fn navigator(&self, path: &str) -> Option<Navigator<'_>> {
        Some(Navigator { world: self, context: self.context(path)? })
    }
}

fn is_mention(role: Role) -> bool {
    !matches!(role, Role::Owner | Role::Code)
}

fn is_use(role: Role) -> bool {
    is_mention(role) && role != Role::Declaration
}

impl Navigator<'_> {
    /// Places as others see them: sorted, none twice.
    fn targets(&self, mut places: Vec<Place>) -> Vec<Target> {
        places.sort_by(|one, other| (&one.path, one.focus).cmp(&(&other.path, other.focus)));
        places.dedup_by(|one, other| (&one.path, one.focus) == (&other.path, other.focus));
        places.into_iter().map(|place| self.target(&place)).collect()
    }

    fn target(&self, place: &Place) -> Target {
        Target { path: self.context.absolute(&place.path), full: place.full, focus: place.focus }
    }
}
