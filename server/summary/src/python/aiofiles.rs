//! Files and secrets: aiofiles.

use super::literals::{children, plain};
use super::modules::Modules;
use super::statements::{ImportStatement, attribute, identifier};
use crate::SecretPath;
use crate::source::Source;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use std::collections::HashSet;

/// More secrets than this are not listed for one store: no program reads as many.
const MOST_SECRETS: usize = 256;

/// The name that aiofiles has, if the import statements bring in it alone (reference, 5.8).
pub(super) fn files<'a, 's>(
    source: &Source<'a>,
    modules: &Modules<'a>,
    statements: impl Iterator<Item = &'s ImportStatement<'a>>,
) -> Option<&'a str>
where
    'a: 's,
{
    let module = modules.get("aiofiles")?;
    let name = module.alias.or(module.whole.then_some("aiofiles"))?;
    let mut imported =
        statements.flat_map(|statement| statement.names.iter().map(move |name| (statement, name)));
    let (statement, first) = imported.next()?;
    let fits = match (&statement.module, first.alias) {
        (Some(from), _) => from.names == [name],
        (None, Some(alias)) => source.text_of(alias) == name,
        (None, None) => first.names == [name],
    };
    (fits && imported.next().is_none()).then_some(name)
}

/// What is read through `with name.open(path) as file:`, and what else is done there.
#[derive(Default)]
pub(super) struct Secrets {
    pub(super) paths: Vec<SecretPath>,
    pub(super) findings: Vec<Finding>,
}

impl Secrets {
    /// Reads all `with` statements about the module that is called `name`.
    pub(super) fn of<'a>(source: &Source<'a>, withs: &[Node<'a>], name: &str) -> Self {
        let mut secrets = Self::default();
        let mut known = HashSet::new();
        for with in withs {
            for opened in opened(source, *with).filter(|opened| opened.module == name) {
                for (method, call) in uses(source, *with, opened.file) {
                    secrets.take(source, &opened, method, call, &mut known);
                }
            }
        }
        secrets
    }

    fn take<'a>(
        &mut self,
        source: &Source<'a>,
        opened: &Opened<'a>,
        method: &str,
        call: Node<'a>,
        known: &mut HashSet<&'a str>,
    ) {
        if method != "read" {
            let finding = Finding::new(Code::SecretAccess, "", Source::place_of(call));
            self.findings.push(finding.with("method", method));
            return;
        }
        let first = children(opened.arguments).first().copied();
        let Some(path) = first.and_then(|first| plain(source, first)) else {
            let at = Source::place_of(first.unwrap_or(opened.arguments));
            let finding = Finding::new(Code::LiteralRequired, "secret", at);
            // A file that is read twice has one path.
            if self.findings.last() != Some(&finding) {
                self.findings.push(finding);
            }
            return;
        };
        if self.paths.len() < MOST_SECRETS && known.insert(path) {
            let at = first.map(Source::place_of).unwrap_or_default();
            self.paths.push(SecretPath { path: path.to_owned(), at });
        }
    }
}

/// `module.open(arguments) as file`.
struct Opened<'a> {
    module: &'a str,
    arguments: Node<'a>,
    file: &'a str,
}

/// What a `with` statement opens.
fn opened<'a>(source: &Source<'a>, with: Node<'a>) -> impl Iterator<Item = Opened<'a>> {
    let clause = children(with).into_iter().find(|child| child.kind() == "with_clause");
    let items = clause.map(children).unwrap_or_default().into_iter();
    items.filter_map(|item| {
        let pattern = item.child_by_field_name("value").filter(|value| value.kind() == "as_pattern")?;
        let target = pattern.child_by_field_name("alias")?.named_child(0)?;
        let call = pattern.named_child(0).filter(|call| call.kind() == "call")?;
        let (object, method) = attribute(source, call.child_by_field_name("function")?)?;
        let arguments = call.child_by_field_name("arguments").filter(|it| it.kind() == "argument_list")?;
        let (module, file) = (identifier(source, object)?, identifier(source, target)?);
        (method == "open").then_some(Opened { module, arguments, file })
    })
}

/// The awaited method calls on a file that are statements right below a `with`, or are assigned there. The compiler
/// looks at no others: `return await file.read()` escapes it.
fn uses<'a>(source: &Source<'a>, with: Node<'a>, file: &str) -> Vec<(&'a str, Node<'a>)> {
    let body = with.child_by_field_name("body").map(children).unwrap_or_default();
    let statements = body.into_iter().filter(|statement| statement.kind() == "expression_statement");
    let calls = statements.filter_map(|statement| {
        let mut value = statement.named_child(0)?;
        if value.kind() == "assignment" {
            value = value.child_by_field_name("right")?;
        }
        let call = value.named_child(0).filter(|call| value.kind() == "await" && call.kind() == "call")?;
        let (object, method) = attribute(source, call.child_by_field_name("function")?)?;
        (identifier(source, object)? == file).then_some((method, call))
    });
    calls.collect()
}
