//! Configuration and patterns that explode, and such that lead out of the project.

use crate::case::{Case, Said, write};

const DEPTH: usize = 60_000;
const SYNTAX: &[Said] = &[("klotho.yaml", "config-syntax", "")];
const JSON: &[Said] = &[("klotho.json", "config-syntax", "")];
const PATTERN: &[Said] = &[("a.ts", "pattern-invalid", "is left out here")];
const TOML: &[Said] = &[("klotho.toml", "config-syntax", "")];

fn config(name: &str, file: &str, text: impl Fn() -> String + Sync + Send + 'static) -> Case {
    let path = file.to_owned();
    Case::new(name, file, move |folder| {
        write(folder, "a.ts", b"// @klotho::execution_unit { id = \"main\" }\nexport const x = 1;\n");
        write(folder, &path, text().as_bytes());
    })
}

/// A unit that includes what the pattern matches, in a project of some files.
fn pattern(name: &str, pattern: impl Fn() -> String + Sync + Send + 'static) -> Case {
    Case::new(name, "a.ts", move |folder| {
        let pattern = pattern();
        let source = format!(
            "/* @klotho::embed_assets {{\n *   include = ['{pattern}']\n *   exclude = ['{pattern}']\n * }}\n */\nexport const x = 1;\n"
        );
        write(folder, "a.ts", source.as_bytes());
        for n in 0..200 {
            write(folder, &format!("{}/f{n}.txt", "a/".repeat(n % 30)), b"");
        }
    })
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = yaml();
    cases.extend(others());
    cases.extend(patterns());
    cases
}

fn yaml() -> Vec<Case> {
    vec![
        config("a bomb of aliases in YAML", "klotho.yaml", || {
            let levels =
                (1..30).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")));
            format!("a0: &a0 [x, x, x, x, x, x, x, x, x]\n{}app: *a29\n", levels.collect::<String>())
        })
        .saying(SYNTAX),
        config("an alias of itself in YAML", "klotho.yaml", || "app: &a [*a, *a]\n".to_owned()),
        config("60,000 nested lists in YAML", "klotho.yaml", || {
            format!("app: {}{}\n", "[".repeat(DEPTH), "]".repeat(DEPTH))
        })
        .saying(SYNTAX),
        config("60,000 nested entries in YAML", "klotho.yaml", || {
            format!("app:\n  {}x\n", "- ".repeat(DEPTH))
        })
        .saying(SYNTAX),
        config("60,000 nested keys in YAML", "klotho.yaml", || format!("{}x\n", "? ".repeat(DEPTH)))
            .saying(SYNTAX),
        config("2,000 nested blocks in YAML", "klotho.yaml", || {
            (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()
        })
        .saying(SYNTAX),
        config("a scalar of a megabyte in YAML", "klotho.yaml", || {
            format!("app: {}\n", "a".repeat(1_000_000))
        }),
        config("100,000 documents in YAML", "klotho.yaml", || "---\napp: x\n".repeat(100_000)),
        config("200,000 keys in YAML", "klotho.yaml", || {
            (0..200_000).map(|n| format!("k{n}: {n}\n")).collect()
        })
        .saying(SYNTAX),
        config("100,000 merges in YAML", "klotho.yaml", || {
            format!("a: &a {{x: 1}}\nb:\n{}", "  <<: *a\n".repeat(100_000))
        }),
        config("tags and directives in YAML", "klotho.yaml", || {
            format!(
                "%YAML 99.9\n{}---\n!!python/object/apply:os.system [\"id\"]\n",
                "%TAG !a! b\n".repeat(10_000)
            )
        }),
    ]
}

fn others() -> Vec<Case> {
    vec![
        config("60,000 nested lists in JSON", "klotho.json", || {
            format!("{{\"app\": {}{}}}", "[".repeat(DEPTH), "]".repeat(DEPTH))
        })
        .saying(JSON),
        config("60,000 nested objects in JSON", "klotho.json", || {
            format!("{}1{}", "{\"a\":".repeat(DEPTH), "}".repeat(DEPTH))
        })
        .saying(JSON),
        config("60,000 nested lists in a TOML configuration", "klotho.toml", || {
            format!("app = {}{}", "[".repeat(DEPTH), "]".repeat(DEPTH))
        })
        .saying(TOML),
        config("60,000 nested tables in a TOML configuration", "klotho.toml", || {
            format!("[a{}]\n", ".a".repeat(DEPTH))
        })
        .saying(TOML),
        config("deep JSON in the files around a project", "a.ts", String::new).with_manifests(),
        config("a configuration that points outside", "klotho.yaml", || {
            "app: ../../../../etc/passwd\nout_dir: /\npath: ../..\nexecution_units:\n  ../../main:\n    type: lambda\n".to_owned()
        }),
    ]
}

impl Case {
    /// With deep JSON wherever JSON is read.
    fn with_manifests(self) -> Self {
        let names =
            ["package.json", "tsconfig.json", "x.csproj", "go.mod", "Cargo.toml", "infracost-usage.yml"];
        let make = move |folder: &std::path::Path| {
            write(
                folder,
                "a.ts",
                b"import \"@/b\";\n// @klotho::execution_unit { id = \"main\" }\nexport const x = 1;\n",
            );
            for name in names {
                write(
                    folder,
                    name,
                    format!("{{\"main\": {}{}}}", "[".repeat(DEPTH), "]".repeat(DEPTH)).as_bytes(),
                );
            }
        };
        Self { make: Box::new(make), ..self }
    }
}

fn patterns() -> Vec<Case> {
    vec![
        pattern("a pattern of 2,000 `**`", || format!("{}x", "**/".repeat(2_000))),
        pattern("a pattern of 200 `*` in a name", || format!("{}x", "*a".repeat(200))),
        pattern("a pattern of 30 alternatives, one after the other", || "{a,b,c,d}".repeat(30)),
        pattern("a pattern of 10,000 alternatives", || format!("{{{}a}}", "a/b,".repeat(10_000))),
        pattern("a pattern of 5,000 nested alternatives", || {
            format!("{}a{}", "{a,".repeat(5_000), "}".repeat(5_000))
        }),
        pattern("a pattern of 300,000 nested alternatives", || {
            format!("{}a{}", "{a,".repeat(300_000), "}".repeat(300_000))
        })
        .saying(PATTERN),
        pattern("a pattern of 5,000 sets", || "[!a-z]".repeat(5_000)),
        pattern("a pattern of 5,000 sets that nobody closes", || "[".repeat(5_000)),
        pattern("patterns that mix all of these", || format!("{}[[!]{{", "**/{a,**}[!b]?*/".repeat(50))),
        pattern("a pattern that leads out of the project", || "../../../../../../etc/**".to_owned()),
        pattern("a pattern with an absolute path", || "/etc/../../../**".to_owned()),
        pattern("a pattern of a megabyte", || "a".repeat(1_000_000)).saying(PATTERN),
        pattern("10,000 long patterns", || vec!["[!a-z]".repeat(40); 10_000].join("', '")).saying(PATTERN),
        config("300,000 nested alternatives in tsconfig.json", "tsconfig.json", || {
            let pattern = format!("{}a{}", "{a,".repeat(300_000), "}".repeat(300_000));
            format!("{{\"include\": [\"{pattern}\"], \"compilerOptions\": {{\"outDir\": \"dist\"}}}}")
        }),
    ]
}
