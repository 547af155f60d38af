//! Controllers and their actions (reference, 5.6).

use super::{USINGS, facts_of, routes};
use expect_test::expect;

#[test]
fn controllers_are_known_by_name_base_or_attribute() {
    let method = "{ [HttpGet] public void Get() { } }";
    for class in [
        "class UsersController",
        "class Users : Controller",
        "class Users : A.BaseController<int>, IX",
        "[ApiController] class Users",
        "[Controller] class Users",
    ] {
        assert_eq!(routes(&format!("[Route(\"[controller]\")]\n{class} {method}")), "GET /users", "{class}");
    }
    for class in [
        "class Users",
        "class Users : ControllerBase",
        "[NonController] class UsersController",
        "struct UsersController",
    ] {
        assert_eq!(routes(&format!("[Route(\"[controller]\")]\n{class} {method}")), "", "{class}");
    }
}

#[test]
fn each_attribute_is_an_action() {
    let text = "[Route(\"api\"), Area(\"x\")]\n[Route(\"v2/[area]\")]\npublic class AController {\n\
                [HttpGet(\"{id}\"), HttpHead] public void A() { }\n\
                [HttpPost(\"/root\")] [HttpPut(\"~/root\")] public void B() { }\n\
                [HttpDelete(Name = \"n\")] [HttpPatch] [HttpOptions(\"o\")] public void C() { }\n}";
    expect![[r#"
        GET /api/:id
        GET /v2/x/:id
        HEAD /api
        HEAD /v2/x
        POST /root
        PUT /root
        DELETE /api
        DELETE /v2/x
        PATCH /api
        PATCH /v2/x
        OPTIONS /api/o
        OPTIONS /v2/x/o"#]]
    .assert_eq(&routes(text));
}

#[test]
fn accepted_verbs_have_a_route_or_restrict_the_others() {
    let text = "[Route(\"api\")]\npublic class AController {\n\
                [AcceptVerbs(\"GET\", \"post\", \"BREW\", Route = \"a\")] public void A() { }\n\
                [AcceptVerbs(\"GET\", \"PUT\")] [Route(\"b\")] [Route(\"c\")] public void B() { }\n\
                [Route(\"d\")] public void D() { }\n[AcceptVerbs(\"GET\")] public void E() { }\n}";
    expect![[r#"
        GET /api/a
        POST /api/a
        GET /api/b
        PUT /api/b
        GET /api/c
        PUT /api/c
        ANY /api/d"#]]
    .assert_eq(&routes(text));
}

#[test]
fn methods_without_attributes_answer_anything_on_the_controllers_template() {
    let methods = "{ public void A() { }\n[Obsolete] public void B() { }\n[NonAction] public void C() { }\nvoid D() { }\n\
                   public static void E() { }\n[HttpGet] private void F() { } }";
    assert_eq!(
        routes(&format!("[Route(\"x/[action]\")]\nclass AController {methods}")),
        "ANY /x/a\nANY /x/b"
    );
    assert_eq!(routes(&format!("class AController {methods}")), "");
}

#[test]
fn without_a_template_anywhere_there_is_no_route() {
    let text = "class AController { [HttpGet] public void A() { }\n[HttpGet(\"b\")] public void B() { }\n[HttpGet(Name = \"c\")] public void C() { } }";
    assert_eq!(routes(text), "GET /b\nGET /");
}

#[test]
fn templates_that_are_no_strings_are_what_is_written() {
    let text = "[Route(BASE)]\nclass AController { [HttpGet(\"a\")] public void A() { }\n[HttpGet(\"/b\")] public void B() { }\n[HttpGet(C)] public void C() { } }";
    assert_eq!(routes(text), "GET /base/a\nGET /b\nGET /base/c");
    let text = "class AController { [HttpGet(@\"a\\b\")] public void A() { }\n[HttpGet($\"{x}\")] public void B() { } }";
    assert_eq!(routes(text), "GET /a\\b\nGET /:complex1");
}

#[test]
fn long_values_are_no_templates() {
    let text = |value: &str| format!("class AController {{ [HttpGet({value})] public void A() {{ }} }}");
    for value in [format!("\"{}\"", "a".repeat(500)), "A.".repeat(250) + "B", "\"\"\"a\"\"\"".to_owned()] {
        assert_eq!(routes(&text(&value)), "", "{value}");
    }
}

#[test]
fn what_becomes_of_a_template_is_said_as_it_is() {
    let said = |class: &str, attribute: &str| {
        let text = format!("{USINGS}{class}\nclass AController {{ [{attribute}] public void A() {{ }} }}");
        let found = facts_of(&text).findings;
        found.iter().map(|finding| format!("{}\n", finding.message())).collect::<String>()
    };
    expect![[r#"
        The compiler looks for a template without a name before it, and takes this for none. Write the path alone, without `template:`.
    "#]].assert_eq(&said("[Route(\"a\")]", "HttpGet(template: Paths.T)"));
    expect![[r#"
        The compiler takes what is written here, letter by letter, for the path: it knows no values. Write the path as a plain or verbatim string.
    "#]].assert_eq(&said("[Route(\"a\")]", "HttpGet(Paths.T)"));
    // What is longer than any path is not taken for one.
    expect![[r#"
        The compiler makes nothing of this, so that routes are missing: it reads only plain and verbatim strings. Write such a string.
    "#]].assert_eq(&said("[Route(\"a\")]", &format!("HttpGet(Paths.{})", "T".repeat(400))));
    assert_eq!(said("[Area(Areas.Admin), Route(\"a\")]", "HttpGet(Name = \"template\")"), "");
    assert!(said("[Area(Areas.Admin), Route(\"a\")]", "HttpGet(\"[AREA]/x\")").contains("letter by letter"));
    assert!(said("[Area(Areas.Admin), Route(\"{area=A}\")]", "HttpGet").contains("letter by letter"));
}
