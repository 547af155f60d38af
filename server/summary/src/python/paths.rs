//! Route paths.

/// A path in the graph's notation: joined as POSIX joins, `{p}` as `:p`, `{p:path}` as `:p*`.
pub(super) fn route(path: &str) -> String {
    let mut rest = path;
    let mut text = String::new();
    while let Some((before, parameter, after)) = next_parameter(rest) {
        let (name, converter) = parameter.split_once(':').unwrap_or((parameter, ""));
        text.extend([before, ":", name.trim()]);
        if converter.trim() == "path" {
            text.push('*');
        }
        rest = after;
    }
    text.push_str(rest);
    clean(&text)
}

/// A prefix in the same notation: empty instead of `/`.
pub(super) fn prefix(path: &str) -> String {
    let path = route(path);
    if path == "/" { String::new() } else { path }
}

fn next_parameter(path: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = path.split_once('{')?;
    let (parameter, after) = rest.split_once('}')?;
    Some((before, parameter, after))
}

fn clean(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}
