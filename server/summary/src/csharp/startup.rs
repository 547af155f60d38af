//! Startup classes: where an ASP.NET Core program says which requests it answers (reference, 5.6).

use super::literals::value;
use super::outline::{Method, Outline};
use crate::source::Source;
use klotho_grammars::Node;
use std::collections::BTreeMap;

/// A type by its namespace and name.
type TypeName = (&'static str, &'static str);

const APPLICATION: TypeName = ("Microsoft.AspNetCore.Builder", "IApplicationBuilder");
const ENVIRONMENT: TypeName = ("Microsoft.AspNetCore.Hosting", "IWebHostEnvironment");
const SERVICES: TypeName = ("Microsoft.Extensions.DependencyInjection", "IServiceCollection");

/// A class whose `Configure` sets the program up.
pub(super) struct Startup<'a> {
    /// Index of the class.
    pub(super) class: usize,
    /// The name that `Configure` gives the application.
    pub(super) application: &'a str,
    /// The calls of `UseEndpoints` on it.
    pub(super) endpoints: Vec<Endpoints<'a>>,
    /// Whether `ConfigureServices` adds controllers.
    pub(super) adds_controllers: bool,
}

/// `app.UseEndpoints(name => ...)`
pub(super) struct Endpoints<'a> {
    pub(super) call: Node<'a>,
    /// The parameter of its lambda.
    pub(super) name: &'a str,
}

/// The startup classes of a file, in document order.
pub(super) fn classes<'a>(source: &Source<'a>, outline: &Outline<'a>) -> Vec<Startup<'a>> {
    let mut configuring: BTreeMap<usize, Vec<(&Method<'a>, &'a str)>> = BTreeMap::new();
    for method in outline.methods.iter().filter(|method| is_configure(source, method)) {
        if let Some([application, _]) = parameters(source, outline, method, [APPLICATION, ENVIRONMENT]) {
            configuring.entry(method.owner).or_default().push((method, application));
        }
    }
    // With several such methods the class is none: which of them is called cannot be told.
    let single = configuring.into_iter().filter_map(|(class, found)| match found.as_slice() {
        [(method, application)] => Some((class, *method, *application)),
        _ => None,
    });
    let classes = single.filter(|(class, ..)| {
        outline.types.get(*class).is_some_and(|class| class.is_class && !class.is_private())
    });
    let adding = adding_controllers(source, outline);
    let startup = |(class, configure, application): (usize, &Method<'a>, &'a str)| Startup {
        class,
        application,
        endpoints: endpoints(source, outline, configure, application),
        adds_controllers: adding.contains(&class),
    };
    classes.map(startup).collect()
}

fn is_configure(source: &Source<'_>, method: &Method<'_>) -> bool {
    let returns = method.node.child_by_field_name("returns");
    let is_void = returns.is_some_and(|returns| source.text_of(returns) == "void");
    method.own_name == "Configure" && is_void && method.is_public()
}

/// The names of a method's parameters, if they have exactly these types.
fn parameters<'a, const COUNT: usize>(
    source: &Source<'a>,
    outline: &Outline<'a>,
    method: &Method<'a>,
    types: [TypeName; COUNT],
) -> Option<[&'a str; COUNT]> {
    let scope = outline.types.get(method.owner)?.scope;
    let list = method.node.child_by_field_name("parameters")?;
    let mut parameters = list.named_children().filter(|child| child.kind() != "comment");
    let mut names = [""; COUNT];
    for (name, (namespace, wanted)) in names.iter_mut().zip(types) {
        let parameter = parameters.next()?;
        let written = source.text_of(parameter.child_by_field_name("type")?);
        if !outline.scopes.means(scope, written, namespace, wanted) {
            return None;
        }
        *name = source.text_of(parameter.child_by_field_name("name")?);
    }
    parameters.next().is_none().then_some(names)
}

/// The classes whose `ConfigureServices` calls `AddControllers`, sorted.
fn adding_controllers(source: &Source<'_>, outline: &Outline<'_>) -> Vec<usize> {
    let adds = |method: &&Method<'_>| {
        let names = parameters(source, outline, method, [SERVICES]);
        names.is_some_and(|[services]| {
            let mut calls = outline.calls_in(method.node);
            calls.any(|call| call.receiver == services && call.method == "AddControllers")
        })
    };
    let methods = outline.methods.iter().filter(|method| method.own_name == "ConfigureServices");
    let mut classes: Vec<_> = methods.filter(adds).map(|method| method.owner).collect();
    classes.sort_unstable();
    classes
}

fn endpoints<'a>(
    source: &Source<'a>,
    outline: &Outline<'a>,
    configure: &Method<'a>,
    application: &str,
) -> Vec<Endpoints<'a>> {
    let calls = outline.calls_in(configure.node);
    let calls = calls.filter(|call| call.receiver == application && call.method == "UseEndpoints");
    calls
        .filter_map(|call| Some(Endpoints { call: call.node, name: lambda(source, call.arguments)? }))
        .collect()
}

/// The parameter of the lambda that a call is given.
fn lambda<'a>(source: &Source<'a>, arguments: Node<'a>) -> Option<&'a str> {
    let lambda = value(arguments.named_child(0)?).filter(|it| it.kind() == "lambda_expression")?;
    let parameters = lambda.child_by_field_name("parameters")?;
    let name = match parameters.kind() {
        "implicit_parameter" => parameters,
        _ => parameters.named_child(0)?.child_by_field_name("name")?,
    };
    Some(source.text_of(name))
}
