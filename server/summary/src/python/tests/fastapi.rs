//! Each rule of the reference, 5.5.

use super::said;
use expect_test::{Expect, expect};

const EXPOSE: &str = "# @klotho::expose {\n#   id = \"api\"\n#   target = \"public\"\n# }\n";

fn check(code: &str, expected: &Expect) {
    expected.assert_eq(&said(&format!("{EXPOSE}{code}")));
}

#[test]
fn an_app_is_a_plain_call_of_fastapi() {
    check("app = FastAPI()\n", &expect!["gateway app"]);
    check("api: FastAPI = FastAPI(title=\"t\")\n", &expect!["gateway api"]);
    check(
        "def make():\n    x = 1\n    api = FastAPI()\n    return api\n",
        &expect![[r#"
        gateway api
        ! loose-match inside at `expose` statement=api = FastAPI() line=7"#]],
    );
    check(
        "if x:\n    a = b()\n    api = FastAPI()\n    other = FastAPI()\n",
        &expect![[r#"
        gateway api
        ! loose-match inside at `expose` statement=api = FastAPI() line=7"#]],
    );
    for other in [
        "app = fastapi.FastAPI()\n",
        "app = API()\n",
        "self.app = FastAPI()\n",
        "a = b = FastAPI()\n",
        "FastAPI()\n",
        "app = await FastAPI()\n",
        "",
    ] {
        check(other, &expect!["! no-resource no-app at `expose` framework=FastAPI"]);
    }
}

#[test]
fn the_root_path_is_the_first_keyword_with_a_string() {
    check("app = FastAPI(root_path=\"/api/v1/\")\n", &expect!["gateway app /api/v1"]);
    check("app = FastAPI(debug=True, root_path='api')\n", &expect!["gateway app /api"]);
    check("app = FastAPI(root_path=\"/\")\n", &expect!["gateway app"]);
    check("app = FastAPI(title=\"t\", root_path=\"/api\")\n", &expect!["gateway app"]);
    check("app = FastAPI(root_path=PREFIX)\n", &expect!["gateway app"]);
    check("app = FastAPI(root_path=f\"/{x}\")\n", &expect!["! literal-required route at `f\"/{x}\"`"]);
}

#[test]
fn routes_are_decorators() {
    check(
        "app = FastAPI()\n@app.get('/')\ndef a(): ...\n@app.Post(\"/b\", status_code=201)\nasync def b(): ...\n@app.put(\"\"\"/c/\"\"\")\n\
         @app.any(response_model=C, path='c/d')\ndef c(): ...\n@app.delete(\"\")\ndef d(): ...\ndef setup():\n    class E:\n        \
         @app.options('/e')\n        def e(self): ...\n@router.head('/f')\n@router.patch('/f')\ndef f(): ...\n",
        &expect![[r#"
            gateway app
            app: GET /
            app: POST /b
            app: PUT /c
            app: ANY /c/d
            app: DELETE /
            app: OPTIONS /e
            router: HEAD /f
            router: PATCH /f"#]],
    );
}

#[test]
fn other_definitions_are_not_seen() {
    check(
        "app = FastAPI()\n@app.api_route('/a')\n@app.websocket('/b')\n@app.get\n@app.get()\n@app.get(PATH)\n@app.get('/c' '/d')\n\
         @app.get(name='e')\n@self.app.get('/f')\n@get('/g')\ndef x(): ...\napp.get('/h')(x)\napp.include_router(router)\n",
        &expect![[r#"
            gateway app
            ! compiler-gap fastapi-method at `app.api_route` method=api_route app=app
            ! compiler-gap fastapi-method at `app.websocket` method=websocket app=app
            ! compiler-gap fastapi-method at `app.include_router` method=include_router app=app"#]],
    );
}

#[test]
fn parameters_are_in_the_one_notation() {
    check(
        "app = FastAPI()\n@app.get('/{id}/x/{n:int}')\n@app.get('/f/{file:path}')\n@app.get('//a/../b/')\ndef a(): ...\n",
        &expect![[r#"
            gateway app
            app: GET /:id/x/{n:int}
            app: GET /f/:file*
            app: GET /b"#]],
    );
}

#[test]
fn strings_with_a_prefix_are_refused_where_they_count() {
    check(
        "app = FastAPI()\n@app.get(f'/{x}')\n@app.put(r\"/a\")\n@app.post(path=b'/b')\n@app.get('/c', name=f'c')\n@client.get(f'/d')\n\
         def a(): ...\n",
        &expect![[r#"
            gateway app
            app: GET /c
            ! literal-required route at `f'/{x}'`
            ! literal-required route at `r"/a"`
            ! literal-required route at `b'/b'`"#]],
    );
}

#[test]
fn a_gateway_must_be_public() {
    let said = |directives| {
        said(&format!(
            "# @klotho::expose {{ {directives} }}\napp = FastAPI()\n@app.get(f'/')\ndef a(): ...\n"
        ))
    };
    expect!["! target-not-public missing at `expose`"].assert_eq(&said("id = 'a'"));
    expect![[r#"! target-not-public other at `"private"` value="private""#]]
        .assert_eq(&said("target = \"private\""));
    expect!["! target-not-public other at `true` value=true"].assert_eq(&said("target = true"));
}

#[test]
fn a_gateway_without_an_id_is_accepted() {
    expect!["gateway app"].assert_eq(&said("# @klotho::expose { target = 'public' }\napp = FastAPI()\n"));
}

#[test]
fn two_apps_have_their_own_routes() {
    check(
        &format!(
            "a = FastAPI()\n@a.get('/a')\ndef x(): ...\n{}b = FastAPI()\n@b.get('/b')\ndef y(): ...\n",
            EXPOSE.replace("api", "other")
        ),
        &expect![[r#"
            gateway a
            gateway b
            a: GET /a
            b: GET /b"#]],
    );
}
