//! Files of the project, folder by folder, and patterns of several.

use super::item::{Completion, CompletionKind, LIMIT, Word};
use super::place::{Quote, Spot};
use super::write::Writer;
use klotho_graph::Project;
use std::collections::BTreeSet;

/// Files and patterns below a folder, or below the root for what starts with `/`. `is_line`: a pattern may hold what ends a
/// block comment.
pub(super) fn patterns(
    project: &Project,
    writer: &Writer<'_>,
    folder: &str,
    is_line: bool,
) -> Vec<Completion> {
    let Some(typed) = Typed::of(writer) else { return Vec::new() };
    let below = match typed.folder.strip_prefix('/') {
        Some(rooted) => rooted.to_owned(),
        None => format!("{folder}{}", typed.folder),
    };
    let found = project.children(&below, LIMIT);
    let mut items: Vec<_> = found.iter().map(|name| typed.item(name)).collect();
    if found.iter().any(|name| !name.ends_with('/')) {
        items.extend(globs(&found).iter().map(|glob| typed.pattern(glob)));
    }
    if is_line && !found.is_empty() {
        items.push(typed.pattern("**/*"));
    }
    items
}

/// Files by their paths from the root whose names end so, and all folders.
pub(super) fn paths(project: &Project, writer: &Writer<'_>, ending: &str) -> Vec<Completion> {
    let Some(typed) = Typed::of(writer) else { return Vec::new() };
    let found = project.children(&typed.folder, LIMIT);
    let fitting = found.into_iter().filter(|name| name.ends_with('/') || name.ends_with(ending));
    fitting.map(|name| typed.item(name)).collect()
}

/// A pattern for all files of a folder, and one for each of their extensions.
fn globs(names: &[&str]) -> Vec<String> {
    let files = names.iter().filter(|name| !name.ends_with('/'));
    let extensions: BTreeSet<_> = files.filter_map(|name| Some(name.rsplit_once('.')?.1)).collect();
    let of_extension = extensions.iter().take(LIMIT).map(|extension| format!("*.{extension}"));
    std::iter::once("*".to_owned()).chain(of_extension).collect()
}

/// A path as far as it is typed.
struct Typed {
    /// Ending in `/`, or empty.
    folder: String,
    /// What is typed of the name in it.
    word: Word,
    /// What has to be put before and behind a name.
    quotes: [&'static str; 2],
}

impl Typed {
    fn of(writer: &Writer<'_>) -> Option<Self> {
        let Spot::Value { quote, .. } = &writer.place.spot else { return None };
        let word = &writer.place.word;
        if quote.is_none() {
            return Some(Self { folder: String::new(), word: writer.word(), quotes: ["\"", "\""] });
        }
        let typed = writer.text.get(word.start..writer.cursor)?;
        let name = typed.rfind('/').map_or(0, |slash| slash + 1);
        let rest = writer.text.get(writer.cursor..word.end)?;
        // A folder that follows is kept.
        let end = writer.cursor + rest.find('/').unwrap_or(rest.len());
        let missing = match quote {
            Some(Quote { is_closed: false, mark: '\'' }) => "'",
            Some(Quote { is_closed: false, .. }) => "\"",
            _ => "",
        };
        let word = Word::new(&(word.start + name..end), writer.cursor);
        Some(Self { folder: typed.get(..name)?.to_owned(), word, quotes: ["", missing] })
    }

    fn item(&self, name: &str) -> Completion {
        let [before, behind] = self.quotes;
        match name.strip_suffix('/') {
            // Without its slash and what closes: whoever goes on types them.
            Some(folder) => {
                self.word.item(CompletionKind::Folder, name).filter(folder).text(format!("{before}{folder}"))
            }
            None => self.word.item(CompletionKind::File, name).text(format!("{before}{name}{behind}")),
        }
    }

    fn pattern(&self, glob: &str) -> Completion {
        let [before, behind] = self.quotes;
        self.word.item(CompletionKind::File, glob).detail("pattern").text(format!("{before}{glob}{behind}"))
    }
}
