//! What a hover tells of a route where it is defined, and of the code that a gateway is declared above, in each framework.

use crate::support::Fixture;
use expect_test::{Expect, expect};

/// The first paragraph of the hover at the first place of each mark.
fn shown(files: &[(&str, &str)], probes: &[(&str, &str)], expected: Expect) {
    let mut found = String::new();
    for (file, mark) in probes {
        let with_cursor = |(name, text): &(&str, &str)| match name == file {
            true => ((*name).to_owned(), text.replacen(mark, &format!("$0{mark}"), 1)),
            false => ((*name).to_owned(), (*text).to_owned()),
        };
        let texts: Vec<_> = files.iter().map(with_cursor).collect();
        let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let hover = Fixture::new(&texts).hover();
        let is_priced =
            hover.contains("\nAt an assumed 10M requests a month:\n") || hover.contains(" a month** (");
        assert!(hover.is_empty() || is_priced, "{mark}: {hover}");
        let heads = hover.split("\n\n").take_while(|part| !part.starts_with("Execution unit"));
        let heads: Vec<_> = heads.take_while(|part| !part.starts_with("- ")).collect();
        let told = if hover.is_empty() { "nothing".to_owned() } else { heads.join("; ") };
        found.push_str(&format!("{}: {told}\n", mark.trim()));
    }
    expected.assert_eq(&found);
}

#[test]
fn express() {
    let index = "const express = require(\"express\");\nconst app = express();\nconst users = require(\"./users\");\napp.use(\"/users\", users);\n\
                 app.get(\"/\", (req, res) => {\n  res.send(1);\n});\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\n\
                 app.listen(3000);\n";
    let users = "const router = require(\"express\").Router();\nrouter.get(\"/:id\", show);\nfunction show(req, res) {\n  res.send(1);\n}\n\
                 module.exports = router;\n";
    shown(
        &[("index.js", index), ("users.js", users), ("package.json", "{}")],
        &[
            ("index.js", "get(\"/\""),
            ("index.js", "(req, res)"),
            ("index.js", "res.send"),
            ("index.js", "app.listen"),
            ("users.js", "router.get"),
            ("users.js", "show(req"),
        ],
        expect![[r#"
            get("/": **`GET /`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            (req, res): **`GET /`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            res.send: nothing
            app.listen: Gateway **`api`** → `apigateway`
            router.get: **`GET /users/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            show(req: **`show`** runs on **AWS Lambda**
        "#]],
    );
}

#[test]
fn nest() {
    let main = "import { NestFactory } from \"@nestjs/core\";\nimport { AppModule } from \"./app.module\";\n\
                async function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  /* @klotho::expose {\n   *   id = \"api\"\n   \
                *   target = \"public\"\n   * }\n   */\n  await app.listen(3000);\n  return app;\n}\nconst nestApp = bootstrap();\n";
    let module = "import { Module } from \"@nestjs/common\";\nimport { Users } from \"./users\";\n\
                  @Module({ imports: [], controllers: [Users] })\nexport class AppModule {}\n";
    let users = "import { Body, Controller, Get, Post } from \"@nestjs/common\";\n@Controller(\"users\")\nexport class Users {\n  \
                 @Get()\n  list() {\n    return 1;\n  }\n  @Post(\"/:id/\")\n  write(@Body() body: string) {}\n}\n";
    shown(
        &[
            ("main.ts", main),
            ("app.module.ts", module),
            ("users.ts", users),
            ("package.json", "{\"main\":\"main.js\"}"),
        ],
        &[
            ("users.ts", "@Get"),
            ("users.ts", "list"),
            ("users.ts", "return"),
            ("users.ts", "Post(\""),
            ("users.ts", "write"),
            ("main.ts", "app.listen"),
        ],
        expect![[r#"
            @Get: **`GET /users`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            list: **`Users.list`** runs on **AWS Lambda**
            return: nothing
            Post(": **`POST /users/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            write: **`Users.write`** runs on **AWS Lambda**
            app.listen: Gateway **`api`** → `apigateway`
        "#]],
    );
}

#[test]
fn fastapi() {
    let main = "from fastapi import FastAPI\n\n# @klotho::expose {\n#   id = \"api\"\n#   target = \"public\"\n# }\n\
                app = FastAPI(root_path=\"/v1\")\n\n\n@app.get(\"/\")\ndef root():\n    return 1\n\n\n\
                @app.post(\"/{id}\")\n@app.put(\"/{id}\")\nasync def write(id):\n    return 2\n";
    shown(
        &[("main.py", main), ("requirements.txt", "")],
        &[
            ("main.py", "@app.get"),
            ("main.py", "root()"),
            ("main.py", "return 1"),
            ("main.py", "app = FastAPI"),
            ("main.py", "post("),
            ("main.py", "put("),
            ("main.py", "write"),
        ],
        expect![[r#"
            @app.get: **`GET /v1`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            root(): **`root`** runs on **AWS Lambda**
            return 1: nothing
            app = FastAPI: Gateway **`api`** → `apigateway`
            post(: **`POST /v1/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            put(: **`PUT /v1/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            write: **`write`** runs on **AWS Lambda**
        "#]],
    );
}

#[test]
fn chi() {
    let main = "package main\n\nimport (\n\t\"net/http\"\n\n\t\"github.com/go-chi/chi/v5\"\n)\n\nfunc main() {\n\tr := chi.NewRouter()\n\
                \tr.Get(\"/pets/{id}\", func(w http.ResponseWriter, req *http.Request) {\n\t\tw.WriteHeader(200)\n\t})\n\tr.Put(\"/pets/{id}\", update)\n\n\
                \t/* @klotho::expose {\n\t *   id = \"api\"\n\t *   target = \"public\"\n\t * }\n\t */\n\thttp.ListenAndServe(\":3000\", r)\n}\n\n\
                func update(w http.ResponseWriter, req *http.Request) {\n}\n";
    shown(
        &[("main.go", main), ("go.mod", "module example.com/pets\n")],
        &[
            ("main.go", "r.Get"),
            ("main.go", "w.WriteHeader"),
            ("main.go", "Put("),
            ("main.go", "http.ListenAndServe"),
            ("main.go", "update(w"),
        ],
        expect![[r#"
            r.Get: **`GET /pets/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            w.WriteHeader: nothing
            Put(: **`PUT /pets/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            http.ListenAndServe: Gateway **`api`** → `apigateway`
            update(w: **`update`** runs on **AWS Lambda**
        "#]],
    );
}

#[test]
fn asp_net_core() {
    let startup = "public class Startup\n{\n    public void ConfigureServices(IServiceCollection services)\n    {\n        services.AddControllers();\n    }\n\n    \
                   public void Configure(IApplicationBuilder app, IWebHostEnvironment env)\n    {\n        // @klotho::expose {\n        //   id = \"api\"\n        \
                   //   target = \"public\"\n        // }\n        app.UseEndpoints(endpoints =>\n        {\n            endpoints.MapGet(\"/\", Home);\n            \
                   endpoints.MapControllers();\n        });\n    }\n}\n";
    let users = "[ApiController]\n[Route(\"users\")]\npublic class UsersController\n{\n    [HttpGet(\"{id}\")]\n    public string Show(string id)\n    {\n        \
                 return id;\n    }\n}\n";
    let startup = format!(
        "using Microsoft.AspNetCore.Builder;\nusing Microsoft.AspNetCore.Hosting;\nusing Microsoft.Extensions.DependencyInjection;\n{startup}"
    );
    let users = format!("using Microsoft.AspNetCore.Mvc;\n{users}");
    shown(
        &[
            ("Startup.cs", &startup),
            ("Users.cs", &users),
            ("app.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />\n"),
        ],
        &[
            ("Startup.cs", "MapGet"),
            ("Startup.cs", "app.UseEndpoints"),
            ("Users.cs", "HttpGet"),
            ("Users.cs", "Show"),
            ("Users.cs", "return"),
        ],
        expect![[r#"
            MapGet: **`GET /`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            app.UseEndpoints: Gateway **`api`** → `apigateway`
            HttpGet: **`GET /users/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            Show: **`UsersController.Show`** runs on **AWS Lambda**
            return: nothing
        "#]],
    );
}

#[test]
fn axum() {
    let main = "use axum::{routing::get, Router};\n\n#[tokio::main]\nasync fn main() {\n    let app = Router::new()\n        \
                .route(\"/users/{id}\", get(show).delete(remove))\n        .route(\"/old\", get(|| async {}));\n    // @klotho::expose {\n    //   id = \"api\"\n    \
                //   target = \"public\"\n    // }\n    axum::serve(listener, app).await.unwrap();\n}\n\nasync fn show() {}\n";
    shown(
        &[("src/main.rs", main), ("Cargo.toml", "[package]\nname = \"shop\"\n")],
        &[
            ("src/main.rs", "/users/{id}"),
            ("src/main.rs", "delete("),
            ("src/main.rs", "get(|"),
            ("src/main.rs", "axum::serve"),
            ("src/main.rs", "show() {"),
        ],
        expect![[r#"
            /users/{id}: **`DELETE /users/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`); **`GET /users/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            delete(: **`DELETE /users/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`); **`GET /users/:id`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            get(|: **`GET /old`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            axum::serve: Gateway **`api`** → `apigateway`
            show() {: **`show`** runs on **AWS Lambda**
        "#]],
    );
}

#[test]
fn actix_web() {
    let main = "use actix_web::{get, web, App, HttpServer};\n\n#[get(\"/hello/{name}\")]\nasync fn hello(name: web::Path<String>) -> impl Responder {\n    name\n}\n\n\
                #[actix_web::main]\nasync fn main() -> std::io::Result<()> {\n    // @klotho::expose {\n    //   id = \"api\"\n    //   target = \"public\"\n    // }\n    \
                HttpServer::new(move || {\n        App::new()\n            .service(web::scope(\"/api\").service(hello))\n            \
                .route(\"/direct\", web::put().to(direct))\n    })\n    .bind((\"127.0.0.1\", 8080))?\n    .run()\n    .await\n}\n";
    shown(
        &[("src/main.rs", main), ("Cargo.toml", "[package]\nname = \"shop\"\n")],
        &[
            ("src/main.rs", "#[get"),
            ("src/main.rs", "hello(name"),
            ("src/main.rs", "name\n"),
            ("src/main.rs", "\"/direct"),
            ("src/main.rs", "HttpServer::new"),
        ],
        expect![[r##"
            #[get: **`GET /api/hello/:name`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `hello`
            hello(name: **`GET /api/hello/:name`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `hello`
            name: nothing
            "/direct: **`PUT /direct`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`)
            HttpServer::new: Gateway **`api`** → `apigateway`
        "##]],
    );
}

#[test]
fn spring() {
    let main = "package shop;\n\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\n@SpringBootApplication\npublic class Application {\n    \
                public static void main(String[] args) {\n        SpringApplication.run(Application.class, args);\n    }\n}\n";
    let owners = "package shop;\n\n@RestController\n@RequestMapping(\"/owners\")\nclass Owners {\n    @GetMapping\n    List<Owner> list() {\n        return all;\n    }\n\n    \
                  @RequestMapping(value = {\"/a\", \"/b\"}, method = {RequestMethod.GET, RequestMethod.HEAD})\n    void serve() {}\n}\n";
    shown(
        &[
            ("src/main/java/shop/Application.java", main),
            ("src/main/java/shop/Owners.java", owners),
            ("pom.xml", "<project/>\n"),
        ],
        &[
            ("src/main/java/shop/Owners.java", "@GetMapping"),
            ("src/main/java/shop/Owners.java", "list()"),
            ("src/main/java/shop/Owners.java", "return"),
            ("src/main/java/shop/Owners.java", "RequestMapping(value"),
            ("src/main/java/shop/Application.java", "@SpringBoot"),
        ],
        expect![[r#"
            @GetMapping: **`GET /owners`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `Owners.list`
            list(): **`GET /owners`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `Owners.list`
            return: nothing
            RequestMapping(value: **`GET /owners/a`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `Owners.serve`; **`HEAD /owners/a`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `Owners.serve`; **`GET /owners/b`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `Owners.serve`; **`HEAD /owners/b`** → **`main`** on **AWS Lambda**, through gateway **`api`** (`apigateway`), answered by `Owners.serve`
            @SpringBoot: Gateway **`api`** → `apigateway`
        "#]],
    );
}

#[test]
fn a_router_below_many_paths_is_told_of_briefly() {
    let mut index =
        "const express = require(\"express\");\nconst app = express();\nconst router = express.Router();\n\
                     router.get$0(\"/x\", f);\n"
            .to_owned();
    for number in 0..20 {
        index.push_str(&format!("app.use(\"/p{number:02}\", router);\n"));
    }
    index.push_str(
        "/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
    );
    let hover = Fixture::new(&[("index.js", &index), ("package.json", "{}")]).hover();
    assert_eq!(hover.matches("through gateway").count(), 6, "{hover}");
    assert!(hover.contains("and 14 more") && hover.matches("Execution unit").count() == 1, "{hover}");
}

#[test]
fn a_unit_that_serves_a_route_through_several_gateways_is_shown_once() {
    let server = |gateway: &str| {
        format!(
            "const express = require(\"express\");\nconst users = require(\"./users\");\nconst app = express();\napp.use(\"/\", users);\n/* @klotho::expose {{\n *   id = \"{gateway}\"\n \
             *   target = \"public\"\n * }}\n */\napp.listen(3000);\n"
        )
    };
    let unit = |id: &str, server: &str| {
        format!("/* @klotho::execution_unit {{\n *   id = \"{id}\"\n * }}\n */\n{server}")
    };
    let one = unit("one", &format!("{}require(\"./three\");\n", server("api-1")));
    let (two, three) = (unit("two", &server("api-2")), server("api-3"));
    let users =
        "const router = require(\"express\").Router();\nrouter.get$0(\"/x\", f);\nmodule.exports = router;\n";
    let files = [
        ("one.js", &*one),
        ("two.js", &*two),
        ("three.js", &*three),
        ("users.js", users),
        ("package.json", "{}"),
    ];
    let hover = Fixture::new(&files).hover();
    assert_eq!(hover.matches("through gateway").count(), 3, "{hover}");
    assert_eq!(hover.matches("Execution unit").count(), 2, "{hover}");
}
