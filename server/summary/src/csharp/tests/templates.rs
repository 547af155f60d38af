//! Each of the eight steps of the reference, 5.6.

use crate::csharp::template::{Names, below, mapped, of_action};

#[test]
fn mapped_templates_are_in_the_one_notation() {
    for (template, expected) in [
        ("", "/"),
        ("/", "/"),
        ("items", "/items"),
        ("/Items/{Id}/", "/items/:id"),
        ("/items/{id:int:min(1)}", "/items/:id"),
        ("/items/{id?}", "/items /items/:id"),
        ("/items/{id:int?}/", "/items /items/:id"),
        ("/items/{id=5}", "/items /items/:id"),
        ("/{id?}", "/ /:id"),
        ("/items/{id?}/tail", "/items/:id/tail"),
        ("/files/{*path}", "/files/:rest*"),
        ("/files/{**path}", "/files/:rest*"),
        ("/files/{**path}/never", "/files/:rest*"),
        ("/{controller=Home}/{action=Index}/{id?}", "/:rest* /:rest*"),
        ("/a/{b=1}/{c?}", "/a/:b /a/:rest*"),
        ("/a/{b=1}/c/{d?}", "/a/:b/c /a/:b/c/:d"),
        ("/a/{b=1}/x/{c=2}/{d=3}", "/a/:b/x/:c /a/:b/x/:rest*"),
        ("/ssn/{ssn:regex(^\\d{{3}}-(a|b)$)}", "/ssn/:ssn"),
        ("/ssn/{ssn:REGEX(^a$)}/{id:regex(b)}", "/ssn/:ssn/:id"),
        ("/v{version}/x", "/:complex1/x"),
        ("/{a}-{b}/{c}.{d}", "/:complex1/:complex2"),
        ("/{a}{b}", "/:complex1"),
        ("/x{a}y/plain/{b}z", "/:complex1/plain/:complex2"),
        ("/[controller]/x", "/[controller]/x"),
        ("//a//b/", "/a/b"),
    ] {
        assert_eq!(mapped(template).join(" "), expected, "{template}");
    }
}

#[test]
fn a_broken_regex_stays() {
    assert!(mapped("/a/{x:regex((}")[0].starts_with("/a/:x"));
    assert_eq!(mapped("/a/{x:regex(").concat(), "/a/{x:regex(");
}

#[test]
fn tokens_and_own_defaults_are_names_in_an_actions_template() {
    let names = Names { area: "Shop", controller: "Users", action: "List" };
    for (template, expected) in [
        ("api/[controller]/[action]", "/api/users/list"),
        ("[AREA]/[Controller]", "/shop/users"),
        ("[[controller]]/[other]", "/[controller]/[other]"),
        ("{controller=Users}/{action=list}/x", "/users/list/x"),
        ("{controller=Home}/x", "/:controller/x"),
        ("{area=shop}/{controller=users}/{id?}", "/shop/users /shop/users/:id"),
        ("[controller]/v[action]", "/users/vlist"),
        ("a/../b/./[action]", "/b/list"),
    ] {
        assert_eq!(of_action(template, &names).join(" "), expected, "{template}");
    }
    let nothing = Names { area: "", controller: "Users", action: "List" };
    assert_eq!(of_action("[area]/[controller]", &nothing), ["/users"]);
}

#[test]
fn an_action_stands_below_its_controller_unless_it_starts_at_the_root() {
    for (controller, action, expected) in [
        ("api", "x", "api/x"),
        ("/api/", "x", "/api/x"),
        ("api", "", "api"),
        ("", "x", "/x"),
        ("api", "/x", "/x"),
        ("api", "~/x", "/x"),
        ("~/api", "x", "/api/x"),
    ] {
        assert_eq!(below(controller, action), expected);
    }
}
