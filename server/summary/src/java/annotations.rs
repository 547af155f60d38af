//! Java's annotations and their arguments as they are written.

use crate::source::Source;
use klotho_grammars::Node;

/// More values than this are not read.
const MOST_VALUES: usize = 64;

/// One annotation.
pub(super) struct Annotation<'a> {
    /// Its name without its package.
    pub(super) name: &'a str,
    arguments: Option<Node<'a>>,
}

/// The annotations of a declaration.
pub(super) fn of<'a>(source: &Source<'a>, declaration: Node<'a>) -> Vec<Annotation<'a>> {
    let modifiers = declaration.named_children().find(|child| child.kind() == "modifiers");
    let Some(modifiers) = modifiers else { return Vec::new() };
    let named = modifiers.named_children().filter_map(|node| {
        let name = node.child_by_field_name("name").filter(|_| node.kind().ends_with("annotation"))?;
        Some(Annotation { name: last(source, name), arguments: node.child_by_field_name("arguments") })
    });
    named.collect()
}

/// The last part of a name with dots.
pub(super) fn last<'a>(source: &Source<'a>, name: Node<'a>) -> &'a str {
    let text = source.text_of(name);
    text.rsplit('.').next().unwrap_or(text).trim()
}

/// What stands between the quotes of a plain string, as written.
pub(super) fn literal<'a>(source: &Source<'a>, node: Node<'a>) -> Option<&'a str> {
    let text = source.text_of(node);
    let text = text.strip_prefix('"').filter(|_| node.kind() == "string_literal")?.strip_suffix('"')?;
    (!text.starts_with("\"\"")).then_some(text)
}

impl<'a> Annotation<'a> {
    /// The values of an argument: the elements of a list, or the one value. `value` is also an argument without a name.
    pub(super) fn values(&self, source: &Source<'a>, names: &[&str]) -> Vec<Node<'a>> {
        let Some(arguments) = self.arguments else { return Vec::new() };
        let given = arguments.named_children().find_map(|argument| {
            let key = argument.child_by_field_name("key").map(|key| source.text_of(key));
            let is_pair = argument.kind() == "element_value_pair";
            let is_meant =
                if is_pair { names.contains(&key.unwrap_or_default()) } else { names.contains(&"value") };
            let is_comment = argument.kind().ends_with("comment");
            let value = if is_pair { argument.child_by_field_name("value") } else { Some(argument) };
            value.filter(|_| is_meant && !is_comment)
        });
        let Some(given) = given else { return Vec::new() };
        if given.kind() != "element_value_array_initializer" {
            return vec![given];
        }
        given.named_children().take(MOST_VALUES).collect()
    }
}
