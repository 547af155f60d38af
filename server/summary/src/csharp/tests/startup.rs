//! Startup classes, gateways and mapped routes (reference, 5.6).

use super::{EXPOSE, USINGS, said};
use expect_test::{Expect, expect};

fn class(before: &str, inside: &str) -> String {
    format!("{before}public class Startup\n{{\n{inside}}}\n")
}

/// A startup class with an exposed `Configure` of this body.
fn check(body: &str, expected: &Expect) {
    let configure = format!(
        "public void Configure(IApplicationBuilder app, IWebHostEnvironment env)\n{{\n{EXPOSE}{body}\n}}\n"
    );
    expected.assert_eq(&said(&class(USINGS, &configure)));
}

#[test]
fn routes_are_mapped_on_the_lambdas_parameter() {
    check(
        "app.UseEndpoints(e => { e.MapGet(\"/a\", A); e.Map(@\"/b\", B).WithName(\"b\"); e.MapPut(\"/c/{id?}\", C); f.MapPost(\"/d\", D); });",
        &expect![[r#"
            gateway app as app#0
            app#0 + e
            e: GET /a
            e: ANY /b
            e: PUT /c
            e: PUT /c/:id
            startup Startup"#]],
    );
    check(
        "app.UseEndpoints((IEndpointRouteBuilder e) => e.MapDelete(\"a\", A));\nif (x) { app.UseEndpoints(f => f.MapPost(\"/b\", B)); }",
        &expect![[r#"
            gateway app as app#0
            app#0 + e
            app#0 + f
            e: DELETE /a
            f: POST /b
            startup Startup"#]],
    );
}

#[test]
fn other_calls_are_not_seen() {
    check(
        "app.UseEndpoints(e => { e.MapPatch(\"/a\", A); e.MapGet($\"/{x}\", A); e.MapGet(PATH, A); e.MapGet(\"/a\" + B, A); \
         e.MapGet(\"\"\"/raw\"\"\", A); e.MapHub<H>(\"/h\"); x.e.MapGet(\"/b\", A); });",
        &expect![[r#"
            gateway app as app#0
            app#0 + e
            startup Startup
            ! compiler-gap aspnet-method at `MapPatch`
            ! compiler-gap aspnet-pattern at `MapGet`
            ! compiler-gap aspnet-pattern at `MapGet`
            ! compiler-gap aspnet-pattern at `MapGet`
            ! compiler-gap aspnet-pattern at `MapGet`
            ! compiler-gap aspnet-method at `MapHub`"#]],
    );
}

#[test]
fn without_endpoints_there_is_no_gateway() {
    for body in [
        "app.UseRouting();",
        "other.UseEndpoints(e => { });",
        "app.UseEndpoints(Map);",
        "app.UseRouting().UseEndpoints(e => { });",
    ] {
        check(
            body,
            &expect![[r#"
                startup Startup
                ! no-resource no-endpoints at `expose`"#]],
        );
    }
}

#[test]
fn controllers_need_both_calls() {
    let said = |services: &str, endpoints: &str| {
        said(&class(
            USINGS,
            &format!(
                "{services}\npublic void Configure(IApplicationBuilder app, IWebHostEnvironment env) {{\n{EXPOSE}\
                 app.UseEndpoints(e => {{ {endpoints} }});\n}}\n"
            ),
        ))
    };
    let services = "public void ConfigureServices(IServiceCollection s) { s.AddControllers().AddJsonOptions(o => { }); }";
    let expected = expect![[r#"
        gateway app as app#0
        app#0 + e
        app#0 + [controllers]
        startup Startup"#]];
    expected.assert_eq(&said(services, "e.MapControllers();"));
    let without = expect![[r#"
        gateway app as app#0
        app#0 + e
        startup Startup"#]];
    without.assert_eq(&said(services, ""));
    let passed_over = expect![[r#"
        gateway app as app#0
        app#0 + e
        startup Startup
        ! compiler-gap aspnet-controllers at `MapControllers`"#]];
    passed_over.assert_eq(&said("", "e.MapControllers();"));
    passed_over.assert_eq(&said(&services.replace("IServiceCollection", "Services"), "e.MapControllers();"));
    passed_over.assert_eq(&said(&services.replace("s.Add", "t.Add"), "e.MapControllers();"));
}

#[test]
fn only_one_plain_configure_makes_a_startup_class() {
    let configure = "public void Configure(IApplicationBuilder app, IWebHostEnvironment env) { }\n";
    assert_eq!(said(&class(USINGS, configure)), "startup Startup");
    let qualified = configure
        .replace("IApp", "Microsoft.AspNetCore.Builder.IApp")
        .replace("IWeb", "global::Microsoft.AspNetCore.Hosting.IWeb");
    assert_eq!(said(&class("", &qualified)), "startup Startup");
    let aliased = configure.replace("IApp", "B.IApp").replace("IWebHostEnvironment", "Env");
    let aliases = "using B = Microsoft.AspNetCore.Builder;\nusing Env = Microsoft.AspNetCore.Hosting.IWebHostEnvironment;\n";
    assert_eq!(said(&class(aliases, &aliased)), "startup Startup");
    for other in [
        configure.repeat(2),
        configure.replace("public", "private"),
        configure.replace("public", ""),
        configure.replace("void", "static void"),
        configure.replace("void", "abstract void"),
        configure.replace("void", "Task"),
        configure.replace(", IWebHostEnvironment env", ""),
        configure.replace("env)", "env, int x)"),
        configure.replace("IWebHostEnvironment", "IHostingEnvironment"),
        configure.replace("Configure", "Setup"),
    ] {
        assert_eq!(said(&class(USINGS, &other)), "", "{other}");
    }
    assert_eq!(said(&class("", configure)), "");
    let nested = format!(
        "{USINGS}class Outer {{ class Startup {{ {configure} }} internal class Other {{ {configure} }} }}"
    );
    assert_eq!(said(&nested), "startup Other");
}

#[test]
fn usings_count_where_they_stand() {
    let class = "public class S { public void Configure(IApplicationBuilder a, IWebHostEnvironment e) { } }";
    let inside = format!("namespace A {{ namespace B {{ {USINGS} }} {class} }}");
    assert_eq!(said(&inside), "");
    assert_eq!(said(&format!("namespace A {{ {USINGS} namespace B {{ {class} }} }}")), "startup S");
    assert_eq!(said(&format!("namespace A;\n{USINGS}{class}")), "startup S");
    assert_eq!(said(&format!("using static Microsoft.AspNetCore.Builder;\n{class}")), "");
}

#[test]
fn an_annotation_outside_of_a_startup_class_makes_no_gateway() {
    let outside = expect!["! no-resource no-startup at `expose`"];
    outside.assert_eq(&said(&format!("{EXPOSE}app.UseEndpoints(e => {{ }});\n")));
    outside
        .assert_eq(&said(&class("", &format!("void Run() {{\n{EXPOSE}app.UseEndpoints(e => {{ }});\n}}\n"))));
    let public = "public void Configure(IApplicationBuilder app, IWebHostEnvironment env) { app.UseEndpoints(e => { }); }";
    expect![[r#"
        startup Startup
        ! no-resource no-startup at `expose`"#]]
    .assert_eq(&said(&class(&format!("{USINGS}\n{EXPOSE}"), public)));
    expect![[r#"
        gateway app as app#0
        app#0 + e
        startup Startup"#]]
    .assert_eq(&said(&class(USINGS, &format!("{EXPOSE}{public}"))));
}

#[test]
fn a_gateway_must_be_public() {
    let text = class(
        USINGS,
        "public void Configure(IApplicationBuilder app, IWebHostEnvironment env) {\n// @klotho::expose { id = \"a\" }\napp.UseEndpoints(e => { });\n}",
    );
    expect![[r#"
        startup Startup
        ! target-not-public missing at `expose`"#]]
    .assert_eq(&said(&text));
}

#[test]
fn entry_points_for_lambda_are_open_classes() {
    let text = "public class A : APIGatewayProxyFunction { }\npublic class B : APIGatewayHttpApiV2ProxyFunction<Startup>, IX { }\n\
                public sealed class C : APIGatewayProxyFunction { }\nclass D : APIGatewayProxyFunction { }\npublic class E : Other.APIGatewayProxyFunction { }\n";
    expect![[r#"
        entry for REST A
        entry for HTTP B"#]]
    .assert_eq(&said(&format!("{USINGS}{text}")));
}

#[test]
fn units_are_declared_right_above_the_class() {
    let configure = "public void Configure(IApplicationBuilder app, IWebHostEnvironment env) { }\n";
    let unit = "// @klotho::execution_unit { id = \"main\" }\n";
    assert_eq!(said(&class(&format!("{USINGS}\n{unit}"), configure)), "startup Startup, annotated");
    assert_eq!(said(&class(&format!("{unit}{USINGS}"), configure)), "startup Startup");
    assert_eq!(
        said(&format!("{USINGS}\n{unit}namespace A {{\n{}}}", class("", configure))),
        "startup Startup, annotated"
    );
    assert_eq!(
        said(&format!("{USINGS}\n{unit}namespace A;\n{}", class("", configure))),
        "startup Startup, annotated"
    );
}
