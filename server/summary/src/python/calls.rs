//! Calls of what other files define.

use super::literals::{children, plain};
use super::statements::{Call, chain};
use crate::source::Source;
use crate::{Import, Imported, ImportedCall};
use std::collections::HashMap;

/// A name that is imported more often than this stands for its first meanings.
const MOST_MEANINGS: usize = 16;

/// The calls of imported names and of what belongs to them. A name from a package may be a module of it: such calls are
/// stated for both meanings, and the file that exists decides.
pub(super) fn imported_calls(
    source: &Source<'_>,
    calls: &[Call<'_>],
    imports: &[Import],
) -> Vec<ImportedCall> {
    let meanings = Meanings::of(imports);
    let mut found = Vec::new();
    for call in calls {
        let Some(names) = chain(source, call.function) else { continue };
        for (import, path) in meanings.of_names(&names) {
            found.push(ImportedCall {
                import,
                path,
                literal: literal(source, call),
                awaited: call.awaited,
                is_statement: call.is_statement,
                callee_at: Source::place_of(call.function),
                at: Source::place_of(call.node),
            });
        }
    }
    found
}

fn literal(source: &Source<'_>, call: &Call<'_>) -> Option<String> {
    let arguments = call.node.child_by_field_name("arguments")?;
    let first = children(arguments).into_iter().find(|argument| argument.kind() != "comment")?;
    plain(source, first).map(str::to_owned)
}

/// What the names of a file stand for, by the first part of each.
struct Meanings<'i> {
    by_first: HashMap<&'i str, Vec<Meaning<'i>>>,
}

struct Meaning<'i> {
    import: usize,
    /// The name and, after `import a.b`, what else must follow.
    local: Vec<&'i str>,
    imported: &'i Imported,
}

impl<'i> Meanings<'i> {
    fn of(imports: &'i [Import]) -> Self {
        let mut by_first: HashMap<&str, Vec<Meaning<'_>>> = HashMap::new();
        for (index, import) in imports.iter().enumerate().filter(|(_, import)| !import.candidates.is_empty())
        {
            for binding in &import.bindings {
                let local: Vec<&str> = binding.local.split('.').collect();
                let meanings = by_first.entry(local[0]).or_default();
                if meanings.len() < MOST_MEANINGS {
                    meanings.push(Meaning { import: index, local, imported: &binding.imported });
                }
            }
        }
        Self { by_first }
    }

    /// What a chain of names calls: the import, and the path from its module on.
    fn of_names(&self, names: &[&str]) -> impl Iterator<Item = (usize, Vec<String>)> {
        let meanings = self.by_first.get(names[0]).map_or(&[][..], |meanings| meanings);
        meanings.iter().filter_map(move |meaning| {
            let rest = names.strip_prefix(meaning.local.as_slice())?;
            let taken = match meaning.imported {
                Imported::Name(name) => Some(name.as_str()),
                Imported::Module | Imported::Default => None,
            };
            let path: Vec<String> =
                taken.into_iter().chain(rest.iter().copied()).map(str::to_owned).collect();
            // A module cannot be called.
            (!path.is_empty()).then_some((meaning.import, path))
        })
    }
}
