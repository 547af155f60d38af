use super::facts_of;
use crate::FunctionName;
use expect_test::{Expect, expect};

/// One line a function: its name, its first and its last line.
fn check(text: &str, expected: &Expect) {
    let functions = facts_of("main.py", text).functions;
    let lines = functions.iter().map(|function| {
        let FunctionName::Named(name) = &function.name else { return "anonymous".to_owned() };
        assert!(name.ends_with(function.name_at.of(text)));
        let lines: Vec<&str> = function.at.of(text).lines().map(str::trim).collect();
        let asynchronous = if function.is_async { "async " } else { "" };
        format!("{asynchronous}{name}: {} … {}", lines[0], lines[lines.len() - 1])
    });
    expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn functions_are_named_after_what_holds_them() {
    check(
        "def top():\n    async def inner():\n        return 1\n    return inner\n\nclass Users:\n    class Index:\n        \
         def find(self):\n            return 2\n    async def create(self):\n        return 3\n\nif x:\n    def late():\n        return 4\n\
         f = lambda: 5\n",
        &expect![[r#"
            top: def top(): … return inner
            async top.inner: async def inner(): … return 1
            Users.Index.find: def find(self): … return 2
            async Users.create: async def create(self): … return 3
            late: def late(): … return 4"#]],
    );
}

#[test]
fn decorators_belong_to_their_function() {
    check(
        "@app.get('/')\n@cached\nasync def read():\n    return 1\n\nclass A:\n    @property\n    def b(self):\n        return 2\n",
        &expect![[r#"
            async read: @app.get('/') … return 1
            A.b: @property … return 2"#]],
    );
}

#[test]
fn what_has_no_name_is_no_function() {
    check("def (x):\n    pass\n", &expect![""]);
}
