//! The one walk over the tree: it collects the nodes that the other modules read, so that none walks again.

use super::awaited;
use super::functions::{self, FunctionNode};
use super::grammar::Kind;
use super::listen::{Listen, stands};
use super::reader::Reader;
use klotho_grammars::Node;
use klotho_text::Span;

/// A node on the way from the root to the current one.
pub(super) type Step<'a> = (Kind, Node<'a>);

/// The nodes of interest, each list in document order.
#[derive(Default)]
pub(super) struct Outline<'a> {
    /// Imports, calls of `require` and exports of other modules.
    pub(super) modules: Vec<Module<'a>>,
    /// `export ...`, but for what namespaces export.
    pub(super) exports: Vec<Node<'a>>,
    pub(super) calls: Vec<Call<'a>>,
    /// Declarators and assignments.
    pub(super) bindings: Vec<Bind<'a>>,
    pub(super) functions: Vec<FunctionNode<'a>>,
    /// `x.listen`, called or not, in the order in which they end.
    pub(super) listens: Vec<Listen<'a>>,
    /// TypeScript only: where names are used as values.
    pub(super) values: Vec<Span>,
    /// `@name(...)`. What a decorator sees of types stays in the program.
    pub(super) decorators: Vec<Node<'a>>,
}

/// Something that names another module.
pub(super) enum Module<'a> {
    /// `import ...`
    Import(Node<'a>),
    /// `export ... from`
    ExportFrom(Node<'a>),
    /// `require("...")` or `import("...")`
    Call(ModuleCall<'a>),
}

/// A call of `require` or `import` with one plain string.
pub(super) struct ModuleCall<'a> {
    pub(super) source: Node<'a>,
    /// Whether it is `import("...")`.
    pub(super) dynamic: bool,
    /// The names that are taken from it at once: `require("fs").promises`.
    pub(super) taken: Vec<&'a str>,
    /// The declarator or assignment that it is the value of.
    pub(super) holder: Option<Node<'a>>,
    /// The statement of the holder, else the call.
    pub(super) statement: Node<'a>,
}

/// A call.
pub(super) struct Call<'a> {
    pub(super) node: Node<'a>,
    /// What is called.
    pub(super) callee: Node<'a>,
    /// The parentheses and what stands in them.
    pub(super) arguments: Option<Node<'a>>,
    /// `object.name` when that is what is called.
    pub(super) method: Option<(Node<'a>, &'a str)>,
    /// Whether its result is awaited at once.
    pub(super) awaited: bool,
    /// Whether it is a statement of its own.
    pub(super) is_statement: bool,
}

/// How a name comes to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// `const` or `let`.
    Lexical,
    /// `var`.
    Var,
    /// `a = b` or `a.b = c`.
    Assignment,
}

/// A declarator with a value, or an assignment.
pub(super) struct Bind<'a> {
    pub(super) node: Node<'a>,
    pub(super) binding: Binding,
    pub(super) target: Node<'a>,
    /// The value without casts.
    pub(super) value: Node<'a>,
    /// Whether a namespace of TypeScript exports it: `tsc` makes `namespace.name = value` of that.
    pub(super) of_namespace: bool,
}

impl<'a> Outline<'a> {
    /// Walks the tree once, with a stack of its own: sources may be nested deeper than the program's stack allows.
    pub(super) fn of(reader: &Reader<'a>) -> Self {
        let mut outline = Self::default();
        let mut above: Vec<Step<'a>> = Vec::new();
        let mut next = Some(reader.source.tree.root_node());
        while let Some(node) = next {
            while above.pop_if(|(_, last)| !last.holds(node)).is_some() {}
            let step = (reader.kind(node), node);
            next = match outline.visit(reader, step, &above) {
                true => {
                    above.push(step);
                    node.following()
                }
                false => node.following_beyond(),
            };
        }
        outline
    }

    /// Takes what the node says; whether to look below it.
    fn visit(&mut self, reader: &Reader<'a>, (kind, node): Step<'a>, above: &[Step<'a>]) -> bool {
        match kind {
            Kind::Leaf | Kind::Comment | Kind::String | Kind::Async | Kind::Default => return false,
            Kind::Import => {
                self.modules.push(Module::Import(node));
                return false;
            }
            Kind::Identifier | Kind::Shorthand => {
                if reader.typed {
                    self.values.push(node.byte_range().into());
                }
                return false;
            }
            Kind::Property => {
                self.property(reader, node, above);
                return false;
            }
            Kind::Export => self.export(reader, node, above),
            Kind::Call => self.call(reader, node, above),
            Kind::Declarator => self.declarator(reader, node, above),
            Kind::Assignment => self.assignment(reader, node),
            Kind::Decorator => self.decorators.push(node),
            Kind::Arrow | Kind::Function | Kind::FunctionDeclaration | Kind::Method => {
                self.functions.push(functions::read(reader, (kind, node), above));
            }
            _ => {}
        }
        true
    }

    fn property(&mut self, reader: &Reader<'a>, node: Node<'a>, above: &[Step<'a>]) {
        if let Some((Kind::Member, member)) = above.last()
            && reader.text(node) == "listen"
        {
            let stands = stands(reader, above.split_last().map_or(&[], |(_, above)| above));
            self.listens.push(Listen { node: *member, stands });
        }
    }

    fn export(&mut self, reader: &Reader<'a>, node: Node<'a>, above: &[Step<'a>]) {
        // What a namespace exports does not leave the file.
        if !is_in_namespace(above) {
            self.exports.push(node);
        }
        if reader.field(node, |fields| fields.source).is_some() {
            self.modules.push(Module::ExportFrom(node));
        }
        // `tsc` makes `exports.default = value` of it.
        let value = reader.field(node, |fields| fields.value).filter(|_| reader.typed);
        if let Some((target, value)) = reader.default_word(node).zip(value) {
            let value = reader.plain(value);
            let binding = Binding::Assignment;
            self.bindings.push(Bind { node, binding, target, value, of_namespace: false });
        }
    }

    fn call(&mut self, reader: &Reader<'a>, node: Node<'a>, above: &[Step<'a>]) {
        let Some((callee, is_behind_await)) = awaited::callee(reader, node) else { return };
        let arguments = reader.field(node, |fields| fields.arguments);
        let method = reader.member(callee).map(|(object, name)| (object, reader.text(name)));
        if method.is_none()
            && let "require" | "import" = reader.text(callee)
        {
            self.modules.extend(module_call(reader, node, callee, above).map(Module::Call));
        }
        let holder = holder(above);
        // `await f<T>(x).then(g)` awaits another call.
        let is_continued = matches!(holder, Some(Kind::Member | Kind::Call));
        let awaited = holder == Some(Kind::Await) || is_behind_await && !is_continued;
        let is_statement = holder == Some(Kind::ExpressionStatement) && !is_behind_await;
        self.calls.push(Call { node, callee, arguments, method, awaited, is_statement });
    }

    fn declarator(&mut self, reader: &Reader<'a>, node: Node<'a>, above: &[Step<'a>]) {
        let target = reader.field(node, |fields| fields.name);
        let value = reader.field(node, |fields| fields.value);
        if let (Some(target), Some(value)) = (target, value) {
            let lexical = above.last().is_some_and(|(kind, _)| *kind == Kind::Lexical);
            let binding = if lexical { Binding::Lexical } else { Binding::Var };
            let of_namespace =
                matches!(above, [around @ .., (Kind::Export, _), _] if is_in_namespace(around));
            self.bindings.push(Bind { node, binding, target, value: reader.plain(value), of_namespace });
        }
    }

    fn assignment(&mut self, reader: &Reader<'a>, node: Node<'a>) {
        let target = reader.field(node, |fields| fields.left);
        let value = reader.field(node, |fields| fields.right);
        if let (Some(target), Some(value)) = (target, value) {
            let (target, value) = (reader.plain(target), reader.plain(value));
            let binding = Binding::Assignment;
            self.bindings.push(Bind { node, binding, target, value, of_namespace: false });
        }
    }

    /// The declarators and assignments within a span.
    pub(super) fn bindings_in(&self, span: Span) -> impl Iterator<Item = &Bind<'a>> {
        let from = self.bindings.partition_point(|bind| bind.node.start_byte() < span.start as usize);
        let starts_before = move |bind: &&Bind<'a>| bind.node.start_byte() < span.end as usize;
        let ends_within = move |bind: &&Bind<'a>| bind.node.end_byte() <= span.end as usize;
        self.bindings[from..].iter().take_while(starts_before).filter(ends_within)
    }

    /// The first `x.listen` within a span.
    pub(super) fn listen_in(&self, span: Span) -> Option<&Listen<'a>> {
        let from = self.listens.partition_point(|found| found.node.end_byte() <= span.start as usize);
        let ends_within = |found: &&Listen<'a>| found.node.end_byte() <= span.end as usize;
        let mut within = self.listens[from..].iter().take_while(ends_within);
        within.find(|found| found.node.start_byte() >= span.start as usize)
    }
}

fn is_in_namespace(above: &[Step<'_>]) -> bool {
    above.iter().any(|(kind, _)| *kind == Kind::Namespace)
}

/// What holds a call once `tsc` has dropped the casts next to it, and with `as` and `<type>` the parentheses around them.
fn holder(above: &[Step<'_>]) -> Option<Kind> {
    let mut is_around_cast = false;
    let mut kept = above.iter().rev().skip_while(|(kind, node)| {
        is_around_cast |= *kind == Kind::Cast && node.kind() != "non_null_expression";
        *kind == Kind::Cast || is_around_cast && *kind == Kind::Parenthesized
    });
    kept.next().map(|(kind, _)| *kind)
}

/// The steps above, without the casts and, in TypeScript, parentheses next to the node.
pub(super) fn beyond_casts<'s, 'a>(reader: &Reader<'a>, above: &'s [Step<'a>]) -> &'s [Step<'a>] {
    let is_cast = |kind| kind == Kind::Cast || reader.typed && kind == Kind::Parenthesized;
    let kept = above.iter().rposition(|(kind, _)| !is_cast(*kind)).map_or(0, |last| last + 1);
    &above[..kept]
}

fn module_call<'a>(
    reader: &Reader<'a>,
    call: Node<'a>,
    callee: Node<'a>,
    above: &[Step<'a>],
) -> Option<ModuleCall<'a>> {
    let arguments: Vec<_> = reader.children(reader.field(call, |fields| fields.arguments)?).collect();
    let [source] = arguments.as_slice() else { return None };
    reader.literal(*source)?;
    let dynamic = !reader.is(callee, Kind::Identifier);
    let mut above = beyond_interop(reader, beyond_casts(reader, above));
    let mut taken = Vec::new();
    while let Some((Kind::Member, member)) = above.last() {
        taken.push(reader.field(*member, |fields| fields.property).map_or("", |name| reader.text(name)));
        above = beyond_casts(reader, &above[..above.len() - 1]);
        if taken.len() > 1 {
            break;
        }
    }
    let holder = above.last().filter(|(kind, _)| matches!(kind, Kind::Declarator | Kind::Assignment));
    let statement = holder.and_then(|_| above.get(above.len().wrapping_sub(2)));
    Some(ModuleCall {
        source: reader.plain(*source),
        dynamic,
        taken,
        holder: holder.map(|(_, node)| *node),
        statement: statement.map_or(call, |(_, node)| *node),
    })
}

/// The steps above, without the helper that TypeScript wraps around `require` where modules of both kinds meet.
fn beyond_interop<'s, 'a>(reader: &Reader<'a>, above: &'s [Step<'a>]) -> &'s [Step<'a>] {
    if let [rest @ .., (Kind::Call, call), (Kind::Arguments, _)] = above
        && let Some(callee) = reader.field(*call, |fields| fields.function)
        && let "__importStar" | "__importDefault" = reader.text(callee)
    {
        return rest;
    }
    above
}
