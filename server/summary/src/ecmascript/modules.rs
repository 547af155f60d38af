//! Which project files a relative module name may mean.

/// What may follow the name of a module that leaves its extension out, in the order in which TypeScript looks.
const TYPED: [&str; 4] = [".ts", ".tsx", ".js", ".jsx"];

/// The same for JavaScript: what Node would load stands first.
const PLAIN: [&str; 4] = [".js", ".jsx", ".ts", ".tsx"];

/// The name of the compiled file means its source: in TypeScript before anything else.
const SOURCES: [(&str, &[&str]); 4] =
    [(".js", &[".ts", ".tsx"]), (".jsx", &[".tsx"]), (".mjs", &[".mts"]), (".cjs", &[".cts"])];

/// Whether a module is named by its place, not by its package.
pub(super) fn is_relative(specifier: &str) -> bool {
    specifier.starts_with('.')
}

/// The project files that `specifier` may mean in the file `from`, best first; none outside the project.
pub(super) fn candidates(from: &str, specifier: &str, typed: bool) -> Vec<String> {
    if !is_relative(specifier) {
        return Vec::new();
    }
    let Some(path) = join(from, specifier) else { return Vec::new() };
    let extensions = if typed { &TYPED } else { &PLAIN };
    let mut candidates = Vec::new();
    if !path.is_empty() {
        if typed {
            candidates.extend(sources(&path));
        }
        candidates.push(path.clone());
        candidates.extend(extensions.iter().map(|extension| format!("{path}{extension}")));
        if !typed {
            candidates.extend(sources(&path));
        }
    }
    let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
    candidates.extend(extensions.iter().map(|extension| format!("{folder}index{extension}")));
    candidates
}

fn sources(path: &str) -> Vec<String> {
    let compiled =
        SOURCES.iter().find_map(|(compiled, sources)| Some((path.strip_suffix(compiled)?, sources)));
    let Some((stem, sources)) = compiled else { return Vec::new() };
    sources.iter().map(|source| format!("{stem}{source}")).collect()
}

/// The path from the root of the project; `None` when it leads out of it.
fn join(from: &str, specifier: &str) -> Option<String> {
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    for segment in specifier.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(from: &str, specifier: &str, typed: bool) -> Vec<String> {
        candidates(from, specifier, typed).into_iter().take(3).collect()
    }

    #[test]
    fn the_best_candidate_stands_first() {
        assert_eq!(first("src/a.ts", "./x", true), ["src/x", "src/x.ts", "src/x.tsx"]);
        assert_eq!(first("src/a.js", "../x", false), ["x", "x.js", "x.jsx"]);
        assert_eq!(first("src/a.ts", "./x.js", true), ["src/x.ts", "src/x.tsx", "src/x.js"]);
        assert_eq!(first("a/b/c.js", "../../d/", false), ["d", "d.js", "d.jsx"]);
    }

    #[test]
    fn a_folder_means_its_index() {
        assert!(candidates("a.js", "./dir", false).contains(&"dir/index.js".to_owned()));
        assert_eq!(first("a.js", ".", false), ["index.js", "index.jsx", "index.ts"]);
        assert_eq!(first("src/a.ts", "..", true), ["index.ts", "index.tsx", "index.js"]);
    }

    #[test]
    fn nothing_lies_outside_the_project() {
        assert!(candidates("a.js", "../x", false).is_empty());
        assert!(candidates("a/b.js", "../../x", false).is_empty());
        assert!(candidates("a.js", "express", false).is_empty());
    }
}
