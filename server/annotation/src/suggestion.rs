//! Names that were probably meant.

/// The longest word that is compared, bytes.
const LONGEST: usize = 100;

/// A sentence that suggests the nearest of `names`, starting with a blank; empty when none is near.
pub fn suggestion<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    // Nobody means a name by a word like this, and to compare it takes long.
    if word.len() > LONGEST {
        return String::new();
    }
    let near = names.into_iter().map(|name| (distance(word, name), name)).min();
    match near {
        Some((distance, name)) if distance <= 2.max(word.len() / 3) && distance < name.len() => {
            format!(" Did you mean `{name}`?")
        }
        _ => String::new(),
    }
}

/// How many mistakes make `word` of `name`. Case is a small one, however many letters it is in.
pub(crate) fn distance(word: &str, name: &str) -> usize {
    let as_written = strsim::damerau_levenshtein(word, name);
    let has_case = |text: &str| text.chars().any(char::is_uppercase);
    // To compare once more takes as long again, and most names are in lower case.
    if !has_case(word) && !has_case(name) {
        return as_written;
    }
    as_written.min(strsim::damerau_levenshtein(&word.to_lowercase(), &name.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, suggestion};

    #[test]
    fn the_nearest_name_is_suggested_in_whatever_case_the_word_is() {
        let names = ["lambda", "ecs", "eks", "id", "apprunner"];
        for (word, near) in [
            ("lamda", "lambda"),
            ("ECS", "ecs"),
            ("Lamda", "lambda"),
            ("ib", "id"),
            // A third of the letters may be wrong.
            ("abbrunmer", "apprunner"),
            ("abbrummer", ""),
            ("kubernetes", ""),
            // Two mistakes make any word of two letters.
            ("zz", ""),
        ] {
            let expected = if near.is_empty() { String::new() } else { format!(" Did you mean `{near}`?") };
            assert_eq!(suggestion(word, names), expected);
        }
    }

    #[test]
    fn a_word_longer_than_any_name_is_not_compared() {
        let name = "a".repeat(LONGEST);
        let word = "a".repeat(LONGEST - 1) + "b";
        assert_ne!(suggestion(&word, [name.as_str()]), "");
        for word in [word.clone() + "b", word.repeat(2)] {
            assert_eq!(suggestion(&word, [name.as_str(), word.as_str()]), "");
        }
    }
}
