use super::parallel;
use super::read::parse;
use super::walk::{Found, Listed, walk};
use klotho_grammars::Language;
use klotho_graph::{MANIFESTS, Project, config_format, is_config, project_file_names, source_language};
use klotho_ide::{Contents, FilePath, ProjectFiles, decode};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicUsize;

/// The projects in the folder at `base`.
///
/// A folder that holds `klotho.yaml` is one project, with all that lies below it. A folder without one is split: each
/// outermost folder below it that holds one is a project, and the rest is the folder's own. Of that rest `others` (paths
/// of folders that are worked on by themselves) are left out. How many files were `met` so far is counted meanwhile.
pub(crate) fn discover(base: &str, others: &[FilePath], met: &AtomicUsize) -> Vec<ProjectFiles> {
    let mut listing = walk(Path::new(base), met);
    if !listing.iter().any(|listed| is_config(&listed.path)) {
        let inside: Vec<_> =
            others.iter().filter_map(|other| Some(format!("{}/", below(base, other)?))).collect();
        listing.retain(|listed| !inside.iter().any(|folder| listed.path.starts_with(folder)));
    }
    let roots = roots(&listing);
    projects(base, &roots, listing)
}

/// The folder at `base` as one project, whatever it holds; and the projects below it, relative to it, that it would be split into.
pub(super) fn whole(base: &str) -> (Vec<ProjectFiles>, BTreeSet<String>) {
    let listing = walk(Path::new(base), &AtomicUsize::new(0));
    let inner = roots(&listing);
    (projects(base, &BTreeSet::new(), listing), inner)
}

/// The outermost folders that hold `klotho.yaml`, relative to the base; none when the base is one of them.
fn roots(listing: &[Listed]) -> BTreeSet<String> {
    let configs = listing.iter().filter(|listed| config_format(&listed.path).is_some());
    let folders: BTreeSet<_> = configs.map(|listed| parent(&listed.path).to_owned()).collect();
    if folders.contains("") {
        return BTreeSet::new();
    }
    folders.iter().filter(|folder| !ancestors(folder).any(|outer| folders.contains(outer))).cloned().collect()
}

fn projects(base: &str, roots: &BTreeSet<String>, listing: Vec<Listed>) -> Vec<ProjectFiles> {
    if roots.is_empty() {
        return vec![project(base.into(), listing)];
    }
    let mut parts: BTreeMap<&str, Vec<Listed>> =
        roots.iter().map(|root| (root.as_str(), Vec::new())).collect();
    for mut listed in listing {
        let root = ancestors(&listed.path).find_map(|folder| roots.get(folder)).map_or("", String::as_str);
        if !root.is_empty() {
            listed.path.drain(..=root.len());
        }
        parts.entry(root).or_default().push(listed);
    }
    parts.into_iter().map(|(root, listing)| project(join(base, root), listing)).collect()
}

fn project(root: FilePath, listing: Vec<Listed>) -> ProjectFiles {
    let is_output = |listed: &Listed| matches!(listed.found, Found::Output);
    let (outputs, mut listing): (Vec<_>, Vec<_>) = listing.into_iter().partition(is_output);
    drop_output(&mut listing);
    let has_c_sharp = listing.iter().any(|listed| source_language(&listed.path) == Some(Language::CSharp));
    let links = listing.iter().filter(|listed| matches!(listed.found, Found::Link));
    let links = links.map(|listed| listed.path.clone()).collect();
    // Most files say nothing: their paths are all that is kept of them, and are not copied.
    let (silent, telling): (Vec<_>, Vec<_>) =
        listing.into_iter().partition(|listed| matches!(listed.found, Found::Nothing));
    // Configuration is no source.
    let is_source = |listed: &Listed| listed.is_file() && !is_config(&listed.path);
    let named = telling.iter().filter(|listed| is_source(listed)).map(|listed| listed.path.clone());
    let mut paths: Vec<_> = named.collect();
    paths.extend(silent.into_iter().filter(is_source).map(|listed| listed.path));
    // Another folder's manifests say nothing about this project.
    let is_wanted = |listed: &Listed| match file_name(&listed.path) {
        name if config_format(name).is_some() || MANIFESTS.contains(&name) => name == listed.path,
        _ => true,
    };
    let telling: Vec<_> = telling
        .into_iter()
        .filter(|listed| !matches!(listed.found, Found::Link) && is_wanted(listed))
        .collect();
    let contents = parallel::map(&telling, |listed| match &listed.found {
        Found::Bytes(bytes) => parse(&join(&root, &listed.path), &listed.path, bytes.clone()),
        Found::Skipped(contents) => contents.clone(),
        Found::Nothing | Found::Link | Found::Output => Contents::Missing,
    });
    let above = above(&root, has_c_sharp);
    ProjectFiles {
        root,
        above,
        paths,
        links,
        contents: telling.into_iter().map(|listed| listed.path).zip(contents).collect(),
        outputs: outputs.into_iter().map(|listed| listed.path).collect(),
    }
}

/// The names of the project files in the folders above a root: the compiler looks there for what the project lacks.
pub(super) fn above(root: &str, lists_folders: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for folder in Path::new(root).ancestors().skip(1) {
        let named = project_file_names().filter(|name| folder.join(name).is_file());
        found.extend(named.map(str::to_owned));
        // A name that may be anything has to be looked for in the whole folder.
        let entries = lists_folders.then(|| folder.read_dir().ok()).flatten();
        let names = entries.into_iter().flatten().flatten().map(|entry| entry.file_name());
        found.extend(
            names.filter_map(|name| Some(name.to_str()?.to_owned())).filter(|name| name.ends_with(".csproj")),
        );
    }
    found.sort();
    found.dedup();
    found
}

/// Leaves out what the project would not look at, by its configuration and what lies in its root.
fn drop_output(listing: &mut Vec<Listed>) {
    let is_at_root = |listed: &&Listed| !listed.path.contains('/');
    let at_root: Vec<_> = listing.iter().filter(is_at_root).collect();
    let mut project = Project::new(at_root.iter().map(|listed| listed.path.as_str().into()));
    for listed in at_root.iter().filter(|listed| is_config(&listed.path)) {
        if let Found::Bytes(bytes) = &listed.found {
            project.put_text(&listed.path, decode(bytes.clone()).0.into());
        }
    }
    listing.retain(|listed| !project.never_enters(&listed.path));
}

fn join(base: &str, relative: &str) -> FilePath {
    if relative.is_empty() {
        base.into()
    } else {
        format!("{}/{relative}", base.trim_end_matches('/')).into()
    }
}

fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(base.trim_end_matches('/'))?.strip_prefix('/')
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folders that hold `path`, outermost first, without the base itself.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(files: &[&str]) -> Vec<Listed> {
        let found = |path: &str| match file_name(path) {
            "klotho.yaml" => Found::Bytes(b"out_dir: made\n".to_vec()),
            _ => Found::Nothing,
        };
        files.iter().map(|path| Listed { path: (*path).to_owned(), found: found(path) }).collect()
    }

    fn split(files: &[&str]) -> Vec<(String, Vec<String>)> {
        let listing = listed(files);
        let projects = projects("/w", &roots(&listing), listing);
        projects.into_iter().map(|files| (files.root.to_string(), files.paths)).collect()
    }

    fn row(root: &str, paths: &[&str]) -> (String, Vec<String>) {
        (root.to_owned(), paths.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_folder_without_configuration_is_split_at_the_outermost_ones() {
        let found = split(&["a.ts", "b/klotho.yaml", "b/x.ts", "b/c/klotho.yaml", "b/c/y.ts", "d/z.ts"]);
        let inner = row("/w/b", &["c/klotho.yaml", "c/y.ts", "x.ts"]);
        let mut sorted = found;
        sorted.iter_mut().for_each(|(_, paths)| paths.sort());
        assert_eq!(sorted, [row("/w", &["a.ts", "d/z.ts"]), inner]);
    }

    #[test]
    fn a_folder_that_only_holds_projects_is_none_itself() {
        assert_eq!(split(&["b/klotho.yaml", "b/x.ts"]), [row("/w/b", &["x.ts"])]);
        assert_eq!(split(&[]), [row("/w", &[])]);
    }

    #[test]
    fn a_configured_folder_is_one_project() {
        assert_eq!(
            split(&["klotho.yaml", "b/klotho.yaml", "b/x.ts"]),
            [row("/w", &["b/klotho.yaml", "b/x.ts"])]
        );
    }

    #[test]
    fn output_is_left_out_by_each_projects_own_rules() {
        let found = split(&["b/klotho.yaml", "b/made/x.ts", "b/compiled/x.ts", "compiled/x.ts", "made/x.ts"]);
        assert_eq!(found, [row("/w", &["made/x.ts"]), row("/w/b", &["compiled/x.ts"])]);
        assert_eq!(split(&["a.csproj", "x/bin/a.js", "x/obj.js"]), [row("/w", &["a.csproj", "x/obj.js"])]);
    }

    #[test]
    fn a_file_is_parsed_under_the_path_it_has_in_its_project() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        std::fs::write(folder.path().join("b/klotho.yaml"), "").unwrap();
        std::fs::write(folder.path().join("b/a.ts"), "// @klotho::persist").unwrap();
        let base = folder.path().to_str().unwrap();
        let found = discover(base, &[], &AtomicUsize::new(0));
        let paths: Vec<_> = found[0].contents.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!((found.len(), paths), (1, vec!["a.ts", "klotho.yaml"]));
    }

    #[test]
    fn a_folder_that_is_worked_on_by_itself_is_no_part_of_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        std::fs::write(folder.path().join("b/a.ts"), "").unwrap();
        let base = folder.path().to_str().unwrap();
        assert_eq!(
            discover(base, &[format!("{base}/b").into()], &AtomicUsize::new(0))[0].paths,
            Vec::<String>::new()
        );
        assert_eq!(discover(base, &[], &AtomicUsize::new(0))[0].paths, ["b/a.ts"]);
    }
}
