//! What there is to say to someone who named what is not there.

use klotho_graph::suggestion;

/// A message lists no more than this.
const LISTED: usize = 20;

/// A sentence with the name that was probably meant, else with all that there are; starts with a blank.
pub(crate) fn instead<'a>(named: &str, all: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<_> = all.into_iter().collect();
    let near = suggestion(named, all.iter().copied());
    match all.len() {
        0 => " There is none in this project.".to_owned(),
        1 if near.is_empty() => format!(" There is {}.", all.concat()),
        count if near.is_empty() && count <= LISTED => format!(" There are {}.", all.join(", ")),
        _ => near,
    }
}
