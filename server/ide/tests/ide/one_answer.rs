//! Findings with one right answer, and the fix that gives it.

use crate::support::Fixture;
use expect_test::{Expect, expect};

/// The title of the one fix at the cursor, and the file that it changes as it is then.
fn check(files: &[(&str, &str)], expected: &Expect) {
    let fixture = Fixture::new(files);
    let fixes = fixture.actions().into_iter().filter(|action| action.kind == "quickfix");
    let fixes: Vec<_> = fixes.collect();
    let titles: Vec<_> = fixes.iter().map(|fix| &fix.title).collect();
    let [fix] = fixes.as_slice() else { panic!("one fix is expected: {titles:?}") };
    assert!(fix.is_preferred, "{titles:?}");
    let after = fixture.disk.edited(&fix.edit);
    let [file] = fix.edit.files.as_slice() else { panic!("one file is expected") };
    let name = file.path.trim_start_matches("/app/");
    expected.assert_eq(&format!("{}\n--- {name}\n{}", fix.title, after.0[name]));
}

#[test]
fn a_capability_by_another_name() {
    let source = |name: &str| format!("// @klotho::{name} {{ id = \"a\" }}\nexports.a = new Map();\n");
    check(
        &[("index.js", &source("pre$0ssist")), ("package.json", "{}")],
        &expect![[r#"
        Replace by persist
        --- index.js
        // @klotho::persist { id = "a" }
        exports.a = new Map();
    "#]],
    );
    check(
        &[("index.js", &source("execution-un$0it")), ("package.json", "{}")],
        &expect![[r#"
        Replace by execution_unit
        --- index.js
        // @klotho::execution_unit { id = "a" }
        exports.a = new Map();
    "#]],
    );
}

#[test]
fn a_key_of_a_workload() {
    let source =
        "// @klotho::execution_unit {\n//   id = \"a\"\n//   [workload]\n//   monthly_request$0 = 1\n// }\n";
    check(
        &[("index.js", source)],
        &expect![[r#"
        Replace by monthly_requests
        --- index.js
        // @klotho::execution_unit {
        //   id = "a"
        //   [workload]
        //   monthly_requests = 1
        // }
    "#]],
    );
    let source = "// @klotho::execution_unit { id = \"a\" }\nexports.a = 1;\n";
    let config = "execution_units:\n  a:\n    requires:\n      max_monthly$0_us: 5\n";
    check(
        &[("index.js", source), ("klotho.yaml", config)],
        &expect![[r#"
        Replace by max_monthly_usd
        --- klotho.yaml
        execution_units:
          a:
            requires:
              max_monthly_usd: 5
    "#]],
    );
}

#[test]
fn a_key_of_the_wrong_table_is_for_a_person_to_move() {
    let source =
        "// @klotho::execution_unit {\n//   id = \"a\"\n//   [workload]\n//   max_p99$0_ms = 1\n// }\n";
    let fixture = Fixture::new(&[("index.js", source)]);
    assert_eq!(fixture.disk.findings(), ["index.js:4 workload-invalid"]);
    assert!(fixture.actions().iter().all(|action| action.kind != "quickfix"));
}

#[test]
fn a_project_file_that_is_not_there() {
    let js = "// @klotho::persist { id = \"a\" }$0\nexports.a = new Map();\n";
    check(
        &[("index.js", js)],
        &expect![[r#"
        Create package.json
        --- package.json
        {
          "private": true
        }
    "#]],
    );
    let py = "# @klotho::execution_unit { id = \"a\" }\nx = 1\n";
    check(
        &[("main.py", py), ("klotho.yaml", "app: $0a\n")],
        &expect![[r#"
        Create requirements.txt
        --- requirements.txt
        # The packages that the program needs, one on a line.
    "#]],
    );
}

#[test]
fn a_call_into_another_unit_that_nobody_waits_for() {
    let files = [
        (
            "index.js",
            "// @klotho::execution_unit { id = \"shop\" }\n\nconst tax = require(\"./tax\");\n\
             exports.total = async () => {\n  tax.ra$0te();\n};\n",
        ),
        (
            "tax.js",
            "// @klotho::execution_unit { id = \"tax\" }\n\nasync function rate() {\n  return 2;\n}\nexports.rate = rate;\n",
        ),
    ];
    check(
        &files,
        &expect![[r#"
        Await it
        --- index.js
        // @klotho::execution_unit { id = "shop" }

        const tax = require("./tax");
        exports.total = async () => {
          await tax.rate();
        };
    "#]],
    );
}

#[test]
fn a_path_in_go_and_in_c_sharp() {
    let go = "package main\n\nimport (\n\t\"net/http\"\n\n\t\"github.com/go-chi/chi/v5\"\n)\n\nfunc main() {\n\
              \tr := chi.NewRouter()\n\tr.Ge$0t(`/users`, list)\n\t/* @klotho::expose {\n\t *   id = \"api\"\n\t *   target = \
              \"public\"\n\t * }\n\t */\n\thttp.ListenAndServe(\":3000\", r)\n}\n";
    check(
        &[("main.go", go), ("go.mod", "module a\n")],
        &expect![[r#"
        Rewrite to the form that the compiler sees
        --- main.go
        package main

        import (
        	"net/http"

        	"github.com/go-chi/chi/v5"
        )

        func main() {
        	r := chi.NewRouter()
        	r.Get("/users", list)
        	/* @klotho::expose {
        	 *   id = "api"
        	 *   target = "public"
        	 * }
        	 */
        	http.ListenAndServe(":3000", r)
        }
    "#]],
    );
    let cs = "using Microsoft.AspNetCore.Builder;\nusing Microsoft.AspNetCore.Hosting;\n\npublic class Startup\n{\n    public void Configure(IApplicationBuilder app, IWebHostEnvironment env)\n    {\n\
              \x20       // @klotho::expose {\n        //   id = \"api\"\n        //   target = \"public\"\n        // }\n\
              \x20       app.UseEndpoints(endpoints =>\n        {\n            endpoints.Map$0Get($\"/get\", A);\n        });\n    }\n}\n";
    check(
        &[("Startup.cs", cs), ("a.csproj", "")],
        &expect![[r#"
        Rewrite to the form that the compiler sees
        --- Startup.cs
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;

        public class Startup
        {
            public void Configure(IApplicationBuilder app, IWebHostEnvironment env)
            {
                // @klotho::expose {
                //   id = "api"
                //   target = "public"
                // }
                app.UseEndpoints(endpoints =>
                {
                    endpoints.MapGet("/get", A);
                });
            }
        }
    "#]],
    );
}

#[test]
fn a_region_that_is_a_number_is_no_region() {
    let source = "// @klotho::execution_unit { id = \"a\" }\nexports.a = 1;\n";
    let fixture = Fixture::new(&[("index.js", source), ("klotho.yaml", "region: $05\n")]);
    assert_eq!(fixture.disk.findings(), ["klotho.yaml:1 region-unknown"]);
}
