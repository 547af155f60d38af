//! Whatever stands in a file, reading it ends soon.

use super::{EXPOSE, USINGS, facts_of};
use crate::summarise;
use klotho_grammars::{Language, parse};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    EXPOSE,
    USINGS,
    "// @klotho::execution_unit { id = \"a\" }\n",
    "namespace A {\n",
    "namespace B;\n",
    "public class HomeController : Controller {\n",
    "[Route(\"api/[controller]\")]\n",
    "[HttpGet(\"{id?}\", Name = ",
    "[AcceptVerbs(\"GET\", Route = @\"a\")]",
    "public void Configure(IApplicationBuilder app, IWebHostEnvironment env) {\n",
    "public void ConfigureServices(IServiceCollection s) { s.AddControllers(); }\n",
    "app.UseEndpoints(e => {\n",
    "e.MapControllers();\n",
    "e.MapGet(\"/{a}-{b:regex(\", x => 1);\n",
    "using X = A.B;\n",
    "using",
    "}",
    "(",
    ")",
    "\"",
    "#if A\n",
    "é😀",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_can_be_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30), text in ".{0,100}") {
        facts_of(&pieces.concat());
        facts_of(&(pieces.concat() + &text));
    }
}

/// Reads a text that is built to make reading slow: work that grew with its square would not end while anyone waits.
fn soon(text: &str) {
    // A text on which the parser itself takes too long is not read at all.
    let Some(tree) = parse(Language::CSharp, text, None) else { return };
    summarise("a.cs", Language::CSharp, text, &tree);
}

#[test]
fn nesting_is_no_recursion() {
    let depth = 10_000;
    for (open, close) in [
        ("(", ")"),
        ("f(", ")"),
        ("{", "}"),
        ("class A {", "}"),
        ("namespace A {", "}"),
        ("[A(", ")]"),
        ("x => ", ""),
        ("e.", ""),
    ] {
        soon(&format!("{USINGS}{}1{}\n", open.repeat(depth), close.repeat(depth)));
        soon(&open.repeat(depth));
    }
}

#[test]
fn repetition_is_no_burden() {
    let configure = "public void Configure(IApplicationBuilder app, IWebHostEnvironment env) { app.UseEndpoints(e => { e.MapGet(\"/a\", A); }); }\n";
    soon(&format!("{USINGS}{}class AController {{ }}", "[Route(\"a\")]\n".repeat(20_000)));
    soon(&format!(
        "{USINGS}{}class AController {{ {} }}",
        "[Route(\"a\")]\n".repeat(5_000),
        "[HttpGet(\"b\")] public void B() { }\n".repeat(5_000)
    ));
    soon(&format!(
        "{USINGS}class AController {{ {} public void A() {{ }} }}",
        "[HttpGet(\"{a?}\")]".repeat(20_000)
    ));
    soon(&format!("{USINGS}class S {{ {} }}", configure.repeat(5_000)));
    soon(&format!("{USINGS}{}", format!("class S {{ {configure} }}\n").repeat(5_000)));
    soon(&format!(
        "{}{}",
        "using A = B;\n".repeat(10_000),
        "class AController { [HttpGet] public void A() { } }\n".repeat(10_000)
    ));
    soon(&format!(
        "class {}Controller {{ {} }}",
        "A".repeat(100_000),
        "public void F() { }\n".repeat(10_000)
    ));
    soon(&(USINGS.to_owned() + &EXPOSE.repeat(2_000) + &"class A {".repeat(5_000) + EXPOSE));
    let units = "// @klotho::execution_unit { id = \"a\" }\n\n".repeat(2_000);
    soon(&format!("{USINGS}{units}{}", format!("class S {{ {configure} }}\n").repeat(1_000)));
}
