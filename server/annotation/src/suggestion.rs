//! Names that were probably meant.

/// The longest word that is compared, bytes.
const LONGEST: usize = 100;

/// A sentence that suggests the nearest of `names`, starting with a blank; empty when none is near.
pub fn suggestion<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    // Nobody means a name by a word like this, and to compare it takes long.
    if word.len() > LONGEST {
        return String::new();
    }
    let near = names.into_iter().map(|name| (strsim::damerau_levenshtein(word, name), name)).min();
    match near {
        Some((distance, name)) if distance <= 2.max(word.len() / 3) && distance < name.len() => {
            format!(" Did you mean `{name}`?")
        }
        _ => String::new(),
    }
}
