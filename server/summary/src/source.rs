use klotho_annotation::{Annotation, annotated_node};
use klotho_grammars::{Language, Node, Tree};
use klotho_text::Place;

/// A parsed file as the modules of this crate read it.
pub(crate) struct Source<'a> {
    /// Relative to the project root.
    pub(crate) path: &'a str,
    pub(crate) language: Language,
    pub(crate) text: &'a str,
    pub(crate) tree: &'a Tree,
    pub(crate) annotations: &'a [Annotation],
}

impl<'a> Source<'a> {
    /// The text of a node.
    pub(crate) fn text_of(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// The node that an annotation is attached to.
    pub(crate) fn node_of(&self, annotation: &Annotation) -> Option<Node<'a>> {
        annotated_node(self.tree, annotation.node.as_ref()?)
    }

    /// Where a node stands.
    pub(crate) fn place_of(node: Node<'_>) -> Place {
        node.byte_range().into()
    }

    /// The recorded annotations of one capability, with their indices.
    pub(crate) fn of_capability(&self, name: &str) -> impl Iterator<Item = (usize, &'a Annotation)> {
        let all = self.annotations.iter().enumerate();
        all.filter(move |(_, annotation)| annotation.recorded && annotation.capability == name)
    }
}
