//! Names that were probably meant.

/// A sentence that suggests the nearest of `names`, starting with a blank; empty when none is near.
pub fn suggestion<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let near = names.into_iter().map(|name| (strsim::damerau_levenshtein(word, name), name)).min();
    match near {
        Some((distance, name)) if distance <= 2.max(word.len() / 3) && distance < name.len() => {
            format!(" Did you mean `{name}`?")
        }
        _ => String::new(),
    }
}
