//! TOML that is wrong whatever language is around it.

use crate::faults::faults;
use expect_test::expect;
use klotho_grammars::Language::JavaScript;

#[test]
fn strings() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id = \"x\n * n = 1\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * id = "x
                 ^ The string is not closed on its line. Add the missing quote.
         * n = 1
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "// @klotho::embed_assets { include = \"**\\/*.js\" }",
        &expect![[r#"
        // @klotho::embed_assets { include = "**\/*.js" }
                                                ^ A backslash in a string in double quotes starts an escape, and there is none like this. Write `\\` for a backslash, or use single quotes.
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id = 'x\n * }\n */",
        &expect![[r#"
        /* @klotho::persist {
         * id = 'x
                 ^ The string is not closed on its line. Add the missing quote.
         * }
         */
    "#]],
    );
}

#[test]
fn keys_and_brackets() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id =\n * n = 1\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * id =
              ^ The value after `=` is missing. Add one on this line, or remove the key.
         * n = 1
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             * id
                ^ The annotation's body is not valid TOML: this key has no value; write `key = value`.
             * } */
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * id \"x\"\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             * id "x"
                  ^ The annotation's body is not valid TOML: this key has no value; write `key = value`.
             * } */
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist { = 1 } */",
        &expect![[r#"
            /* @klotho::persist { = 1 } */
                                  ^ The annotation's body is not valid TOML: the key before `=` is missing.
        "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * a = [1, 2\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * a = [1, 2
                   ^ The annotation's body is not valid TOML: unclosed array; expected `]`.
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * [t\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * [t
            ^ The annotation's body is not valid TOML: unclosed table; expected `]`.
         * } */
    "#]],
    );
}

#[test]
fn toml_that_is_too_new_or_too_odd() {
    faults(
        JavaScript,
        "/* @klotho::persist {\n * t = { a = 1,\n * b = 2 }\n * } */",
        &expect![[r#"
        /* @klotho::persist {
         * t = { a = 1,
                      ^ The annotation's body is not valid TOML: a table in braces must stay on one line.
         * b = 2 }
         * } */
    "#]],
    );
    faults(
        JavaScript,
        "/* @klotho::persist {\n * n = 99999999999999999999\n * m = 01\n * } */",
        &expect![[r#"
            /* @klotho::persist {
             * n = 99999999999999999999
                   ^^^^^^^^^^^^^^^^^^^^ The annotation's body is not valid TOML: the number is too large.
             * m = 01
             * } */
        "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist {{ id = \"x\" }}",
        &expect![[r#"
            // @klotho::persist {{ id = "x" }}
                                 ^ The annotation's body is not valid TOML: a key is missing here.
        "#]],
    );
    faults(
        JavaScript,
        "// @klotho::persist { é = 1 }",
        &expect![[r#"
            // @klotho::persist { é = 1 }
                                  ^ The annotation's body is not valid TOML: a key consists of letters, digits, `-` and `_`; any other needs quotes.
        "#]],
    );
}
