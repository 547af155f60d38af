//! Route templates of ASP.NET Core in the graph's notation, in the compiler's eight steps (reference, 5.6 and appendix A).

use crate::paths::clean;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What takes the place of all that a gateway cannot tell apart.
const REST: &str = ":rest*";

/// What the tokens of an action's template stand for.
pub(super) struct Names<'a> {
    pub(super) area: &'a str,
    pub(super) controller: &'a str,
    pub(super) action: &'a str,
}

/// The paths of a template that code maps: one, or two where its last segment may be left out.
pub(super) fn mapped(template: &str) -> Vec<String> {
    paths(template, None)
}

/// The paths of an action's template.
pub(super) fn of_action(template: &str, names: &Names<'_>) -> Vec<String> {
    paths(template, Some(names))
}

/// An action's template below its controller's, unless it starts at the root itself.
pub(super) fn below(controller: &str, action: &str) -> String {
    let rooted = action.strip_prefix('~').filter(|rest| rest.starts_with('/'));
    if let Some(path) = rooted.or_else(|| Some(action).filter(|path| path.starts_with('/'))) {
        return path.to_owned();
    }
    let controller = controller.strip_prefix('~').unwrap_or(controller);
    format!("{}/{action}", controller.trim_end_matches('/')).trim_end_matches('/').to_owned()
}

fn paths(template: &str, names: Option<&Names<'_>>) -> Vec<String> {
    let Some(forms) = FORMS.as_ref() else { return Vec::new() };
    let shorter = forms.last(template).map(|last| &template[..last.segment]);
    shorter.into_iter().chain([template]).map(|template| forms.path(template, names)).collect()
}

/// The forms that are told apart in templates.
struct Forms {
    optional_last: Regex,
    default_last: Regex,
    default: Regex,
    regex_start: Regex,
    complex: Regex,
    parameter: Regex,
    token: Regex,
}

static FORMS: LazyLock<Option<Forms>> = LazyLock::new(|| Forms::new().ok());

/// A last segment that may be left out.
struct Last {
    /// Where it starts, with the slash before it.
    segment: usize,
}

impl Forms {
    fn new() -> Result<Self, regex::Error> {
        Ok(Self {
            optional_last: Regex::new(r"(?:^|/)(\{[^?{}]+\?\})(?:/$|$)")?,
            default_last: Regex::new(r"(?:^|/)(\{[^{][^}=]*=(?:[^}]|(?:\}\})+)*[^}]\}(?:\}\})*)(?:/$|$)")?,
            default: Regex::new(r"(?:^|/)(\{[^{][^}=]*=.*?[^}]\}(?:\}\})*)")?,
            regex_start: Regex::new(r"(?i)\{[^:}]+(:regex\()")?,
            complex: Regex::new(
                r"([^{}/]+(?:[^{}/]*\{[^{}/]+\}[^{}/]*?)+?|\{[^{}/]+\}(?:[^{}/]+|\{[^{}/]+\})+)(/|$)",
            )?,
            parameter: Regex::new(r"\{([^:=}?]*)[^}]*\}")?,
            token: Regex::new(r"(?i)\[\[|\]\]|\[(area|controller|action)\]")?,
        })
    }

    /// Step 1: the last segment, if it is an optional parameter or one with a default.
    fn last(&self, template: &str) -> Option<Last> {
        let found = self.optional_last.find(template).or_else(|| self.default_last.find(template))?;
        Some(Last { segment: found.start() })
    }

    /// Steps 2 to 8.
    fn path(&self, template: &str, names: Option<&Names<'_>>) -> String {
        let mut path = self.without_regexes(template).unwrap_or_else(|| template.to_owned());
        if let Some(names) = names {
            path = self.without_own_defaults(&path, names);
        }
        path = self.cut(&path);
        path = self.without_complex(&path);
        path = self.parameter.replace_all(&path, ":$1").into_owned();
        if let Some(names) = names {
            path = self.without_tokens(&path, names);
        }
        clean(&path.to_lowercase())
    }

    /// Without constraints that are regular expressions; none if a parenthesis is not closed.
    fn without_regexes(&self, template: &str) -> Option<String> {
        let (mut path, mut rest) = (String::new(), template);
        while let Some(constraint) = self.regex_start.captures(rest).and_then(|found| found.get(1)) {
            path.push_str(&rest[..constraint.start()]);
            rest = &rest[constraint.end()..];
            rest = &rest[closing(rest)?..];
        }
        Some(path + rest)
    }

    /// Parameters whose default is what the action is called anyway, replaced by that name.
    fn without_own_defaults(&self, path: &str, names: &Names<'_>) -> String {
        let replaced = self.default.replace_all(path, |found: &Captures<'_>| {
            let parameter = found.get(1).map_or("", |parameter| parameter.as_str());
            let slash = found[0].strip_suffix(parameter).unwrap_or_default();
            let inside = parameter.trim_start_matches('{').trim_end_matches('}');
            let own = inside
                .split_once('=')
                .and_then(|(name, default)| names.of(name).filter(|own| own.eq_ignore_ascii_case(default)));
            format!("{slash}{}", own.unwrap_or(parameter))
        });
        replaced.into_owned()
    }

    /// Cuts at what takes the rest of a path: a catch-all, or several parameters in a row that may be left out.
    fn cut(&self, path: &str) -> String {
        if let Some(at) = path.find("{*") {
            return format!("{}{REST}", &path[..at]);
        }
        let Some(last) = self.last(path) else { return path.to_owned() };
        let before: Vec<_> = self.default.find_iter(&path[..last.segment]).collect();
        let mut start = last.segment;
        for parameter in before.iter().rev() {
            if parameter.end() != start {
                break;
            }
            start = parameter.start();
        }
        if start == last.segment { path.to_owned() } else { format!("{}/{REST}", &path[..start]) }
    }

    /// Segments that mix text and parameters become one parameter each.
    fn without_complex(&self, path: &str) -> String {
        let mut count = 0;
        let replaced = self.complex.replace_all(path, |found: &Captures<'_>| {
            count += 1;
            format!(":complex{count}{}", &found[2])
        });
        replaced.into_owned()
    }

    fn without_tokens(&self, path: &str, names: &Names<'_>) -> String {
        let replaced = self.token.replace_all(path, |found: &Captures<'_>| {
            let name = found.get(1).and_then(|token| names.of(token.as_str()));
            // A doubled bracket is one that is meant as it is.
            name.unwrap_or(&found[0][..1]).to_owned()
        });
        replaced.into_owned()
    }
}

impl<'a> Names<'a> {
    fn of(&self, token: &str) -> Option<&'a str> {
        let all = [("area", self.area), ("controller", self.controller), ("action", self.action)];
        all.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(token)).map(|(_, own)| own)
    }
}

/// Where the parenthesis that was opened before `text` is closed, after it.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1_usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at + 1);
        }
    }
    None
}
