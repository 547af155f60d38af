//! Paths of routes, as far as all frameworks read them alike.

/// A path from the root, without empty segments, `.` and `..`. Wildcards and parameters stay as written.
pub(crate) fn clean(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}
