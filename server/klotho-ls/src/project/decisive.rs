use klotho_graph::{OUTPUT_MARK, config_format};

/// Whether files are listed otherwise where the one at `path` has come or gone: a project does so with its configuration,
/// and the output of a compiler is known by files of its own.
pub(crate) fn decides(path: &str) -> bool {
    let name = name(path);
    config_format(name).is_some() || name == OUTPUT_MARK || name.ends_with(".csproj")
}

/// What the coming and going of a file says something about: the mark of a compiler's output about its folder.
pub(crate) fn concerns(path: &str) -> &str {
    path.strip_suffix(OUTPUT_MARK).and_then(|folder| folder.strip_suffix('/')).unwrap_or(path)
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
