//! The notification `klotho/graphChanged`: which graphs are others than those that the client has been told of.

use super::convert;
use klotho_ide::FilePath;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::{InitializeParams, Uri};

/// Tells the client that it may want to ask for graphs, costs and the status anew.
pub(super) enum GraphChanged {}

/// The projects that are meant, also those that are no more.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct GraphChangedParams {
    pub(super) roots: Vec<Uri>,
}

impl Notification for GraphChanged {
    type Params = GraphChangedParams;
    const METHOD: &'static str = "klotho/graphChanged";
}

/// Whether the client wants to be told, by its capabilities or, where a user can set only those, by its options.
pub(super) fn is_wanted(params: &InitializeParams) -> bool {
    let says = |said: Option<&Value>| said.and_then(|said| said.pointer("/klotho/graphChanged")?.as_bool());
    let places = [params.capabilities.experimental.as_ref(), params.initialization_options.as_ref()];
    places.into_iter().any(|said| says(said) == Some(true))
}

/// What the client has been told of.
#[derive(Default)]
pub(super) struct Told {
    generations: BTreeMap<FilePath, u64>,
    is_reading: bool,
}

impl Told {
    /// What is to be told now; nothing where nothing is new. Once all is read every project is named: its status is another
    /// one then.
    pub(super) fn news(
        &mut self,
        generations: BTreeMap<FilePath, u64>,
        is_reading: bool,
    ) -> Option<GraphChangedParams> {
        let old = std::mem::replace(&mut self.generations, generations);
        let is_over = std::mem::replace(&mut self.is_reading, is_reading) && !is_reading;
        let is_new = |root: &&FilePath| is_over || old.get(*root) != self.generations.get(*root);
        let gone = old.keys().filter(|root| !self.generations.contains_key(*root));
        let changed = self.generations.keys().filter(is_new).chain(gone);
        let roots: Vec<_> = changed.filter_map(|root| convert::uri(root)).collect();
        (!roots.is_empty()).then_some(GraphChangedParams { roots })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(told: &mut Told, projects: &[(&str, u64)], is_reading: bool) -> Vec<String> {
        let generations = projects.iter().map(|(root, generation)| ((*root).into(), *generation)).collect();
        let roots = told.news(generations, is_reading).map(|news| news.roots).unwrap_or_default();
        roots.iter().map(|root| root.as_str().to_owned()).collect()
    }

    #[test]
    fn what_is_new_or_gone_is_told_once() {
        let mut told = Told::default();
        assert_eq!(news(&mut told, &[("/a", 1), ("/b", 2)], true), ["file:///a", "file:///b"]);
        assert_eq!(news(&mut told, &[("/a", 1), ("/b", 3)], true), ["file:///b"]);
        assert_eq!(news(&mut told, &[("/a", 1)], true), ["file:///b"]);
        assert_eq!(news(&mut told, &[("/a", 1)], false), ["file:///a"]);
        assert_eq!(news(&mut told, &[("/a", 1)], false), [""; 0]);
    }
}
