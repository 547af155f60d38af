//! Files and secrets: aiofiles.

use super::literals::{children, plain};
use super::modules::Modules;
use super::outline::Outline;
use super::statements::{ImportStatement, attribute, identifier};
use super::stores::Created;
use crate::source::Source;
use crate::{SecretPath, StoreKind};
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Node;
use std::collections::{HashMap, HashSet};

/// More secrets than this are not listed for one store: no program reads as many.
const MOST_SECRETS: usize = 256;

/// More mistakes than this are not listed: whoever mends them looks again.
const MOST_FINDINGS: usize = 256;

/// The name that aiofiles has, if the import statements bring in it alone (reference, 5.8).
pub(super) fn files<'a, 's>(
    source: &Source<'a>,
    modules: &Modules<'a>,
    statements: impl Iterator<Item = &'s ImportStatement<'a>>,
) -> Option<Created<'a>>
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
    let is_one = fits && imported.next().is_none();
    is_one.then_some(Created { kind: StoreKind::Fs, symbol: name, at: statement.node, by_chance: None })
}

/// What is read through `with name.open(path) as file:`, and what else is done there.
#[derive(Default)]
pub(super) struct Secrets {
    pub(super) paths: Vec<SecretPath>,
    pub(super) findings: Vec<Finding>,
}

impl Secrets {
    /// Reads all `with` statements about the module that is called `name`, and looks for what the compiler does not see.
    pub(super) fn of<'a>(source: &Source<'a>, outline: &Outline<'a>, name: &str) -> Self {
        let mut secrets = Self::default();
        let (mut known, mut seen) = (HashSet::new(), HashSet::new());
        for with in &outline.withs {
            let mut uses = None;
            for opened in opened(source, *with).filter(|opened| opened.module == name) {
                let uses = uses.get_or_insert_with(|| Uses::of(source, *with));
                let Some(uses) = uses.get_mut(opened.file) else { continue };
                seen.insert(opened.call.start_byte());
                secrets.take(source, &opened, uses, &mut known);
            }
        }
        for call in outline.calls.iter().filter(|call| opens(source, call.function, name)) {
            if !seen.contains(&call.node.start_byte()) {
                secrets.report(Finding::new(Code::SecretUnread, "open", Source::place_of(call.node)));
            }
        }
        secrets.findings.sort_by_key(|finding| finding.at);
        secrets
    }

    fn take<'a>(
        &mut self,
        source: &Source<'a>,
        opened: &Opened<'a>,
        uses: &mut Uses<'a>,
        known: &mut HashSet<&'a str>,
    ) {
        // Files of one name share their uses, each of which is wrong once.
        for (method, call) in std::mem::take(&mut uses.others) {
            let finding = Finding::new(Code::SecretAccess, "", Source::place_of(call));
            self.report(finding.with("method", method));
        }
        if !uses.is_read {
            return;
        }
        let first = opened.arguments.named_child(0);
        let Some(path) = first.and_then(|first| plain(source, first)) else {
            let at = Source::place_of(first.unwrap_or(opened.arguments));
            self.report(Finding::new(Code::LiteralRequired, "secret", at));
            return;
        };
        if self.paths.len() < MOST_SECRETS && known.insert(path) {
            let at = first.map(Source::place_of).unwrap_or_default();
            self.paths.push(SecretPath { path: path.to_owned(), at });
        }
    }

    fn report(&mut self, finding: Finding) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }
}

/// `module.open(arguments) as file`.
struct Opened<'a> {
    call: Node<'a>,
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
        (method == "open").then_some(Opened { call, module, arguments, file })
    })
}

/// Whether a function is `module.open`.
fn opens<'a>(source: &Source<'a>, function: Node<'a>, module: &str) -> bool {
    let called = attribute(source, function).filter(|(_, method)| *method == "open");
    called.is_some_and(|(object, _)| identifier(source, object) == Some(module))
}

/// What is done with a file right below the `with` that opens it.
#[derive(Default)]
struct Uses<'a> {
    is_read: bool,
    /// Other methods that are called on it.
    others: Vec<(&'a str, Node<'a>)>,
}

impl<'a> Uses<'a> {
    /// The awaited method calls that are statements right below a `with`, or are assigned there, by the file's name. The
    /// compiler looks at no others: `return await file.read()` escapes it.
    fn of(source: &Source<'a>, with: Node<'a>) -> HashMap<&'a str, Self> {
        let body = with.child_by_field_name("body").map(children).unwrap_or_default();
        let mut uses: HashMap<&str, Self> = HashMap::new();
        for (file, method, call) in body.into_iter().filter_map(|statement| awaited(source, statement)) {
            let uses = uses.entry(file).or_default();
            match method {
                "read" => uses.is_read = true,
                _ => uses.others.push((method, call)),
            }
        }
        uses
    }
}

/// The file, the method and the call of `await file.method()`, alone or assigned.
fn awaited<'a>(source: &Source<'a>, statement: Node<'a>) -> Option<(&'a str, &'a str, Node<'a>)> {
    let mut value = statement.named_child(0).filter(|_| statement.kind() == "expression_statement")?;
    if value.kind() == "assignment" {
        value = value.child_by_field_name("right")?;
    }
    let call = value.named_child(0).filter(|call| value.kind() == "await" && call.kind() == "call")?;
    let (object, method) = attribute(source, call.child_by_field_name("function")?)?;
    Some((identifier(source, object)?, method, call))
}
