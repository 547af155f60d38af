//! Entries of the configuration below the section of another kind: what is said, and where they are moved to.

use crate::support::Fixture;
use expect_test::{Expect, expect};

/// A store and a gateway, and a configuration that sets something of them.
fn shop(path: &str, text: &str) -> Fixture {
    let source = "const express = require(\"express\");\nconst app = express();\n\n\
        // @klotho::persist { id = \"kv\" }\nconst kv = new Map();\n\n\
        /* @klotho::expose {\n * id = \"api\"\n * target = \"public\"\n * }\n */\napp.listen(3000);\n";
    let manifest = "{\"dependencies\": {\"express\": \"4\"}}";
    Fixture::new(&[("package.json", manifest), ("index.js", source), (path, text)])
}

/// What is said of the configuration, and what its first action makes of it.
fn check_section(path: &str, text: &str, expected: &Expect) {
    expected.assert_eq(&shop(path, text).said_and_fixed(path));
}

#[test]
fn a_section_that_holds_the_settings_alone_gets_the_right_name() {
    check_section(
        "klotho.yaml",
        "app: a\nexposed: # why\n  k$0v:\n    type: dynamodb # x\n",
        &expect![[r#"
        `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
        -- Move it below `persisted`
        app: a
        persisted: # why
          kv:
            type: dynamodb # x
    "#]],
    );
    check_section(
        "klotho.json",
        "{\n  \"exposed\": {\"k$0v\": {}}\n}\n",
        &expect![[r#"
        `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
        -- Move it below `persisted`
        {
          "persisted": {"kv": {}}
        }
    "#]],
    );
    check_section(
        "klotho.toml",
        "[exposed.k$0v]\ntype = \"dynamodb\"\n\n[exposed.kv.pulumi_params]\nx = 1\n",
        &expect![[r#"
            `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
            -- Move it below `persisted`
            [persisted.kv]
            type = "dynamodb"

            [persisted.kv.pulumi_params]
            x = 1
        "#]],
    );
}

#[test]
fn settings_move_to_their_section() {
    check_section(
        "klotho.yaml",
        "exposed:\n  k$0v:\n    type: dynamodb\n\n    pulumi_params:\n      x: 1\n  api:\n    type: alb\n",
        &expect![[r#"
            `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
            -- Move it below `persisted`
            exposed:
              api:
                type: alb
            persisted:
              kv:
                type: dynamodb

                pulumi_params:
                  x: 1
        "#]],
    );
    check_section(
        "klotho.yaml",
        "exposed:\n  k$0v:\n    pulumi_params:\n        x: 1\npersisted:\n    old:\n        type: s3\n",
        &expect![[r#"
            `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
            The project has no resource `old` for the section `persisted`, so these settings have no effect.
            -- Move it below `persisted`
            persisted:
                kv:
                  pulumi_params:
                      x: 1
                old:
                    type: s3
        "#]],
    );
    check_section(
        "klotho.yaml",
        "persisted:\n  old: {}\nexposed:\n  api: {}\n  k$0v: { type: dynamodb }",
        &expect![[r#"
            The project has no resource `old` for the section `persisted`, so these settings have no effect.
            `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
            -- Move it below `persisted`
            persisted:
              kv: { type: dynamodb }
              old: {}
            exposed:
              api: {}
        "#]],
    );
}

#[test]
fn settings_stay_where_a_small_edit_cannot_move_them() {
    let said = expect![[r#"
        `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
    "#]];
    for (path, text) in [
        ("klotho.yaml", "exposed: { k$0v: {}, api: {} }\n"),
        ("klotho.yaml", "exposed:\n  k$0v: &a {}\n  api: *a\n"),
        ("klotho.yaml", "exposed:\n  k$0v: {} # why\n  api: {}\n"),
        ("klotho.yaml", "exposed:\n  k$0v: {}\npersisted:\n  kv: {}\n"),
        ("klotho.toml", "[exposed.k$0v]\n[exposed.api]\n"),
    ] {
        check_section(path, text, &said);
    }
}

#[test]
fn settings_stay_where_an_anchor_in_them_is_all_that_the_other_section_has() {
    for text in [
        "exposed:\n  k$0v: &x\n    ééééé: {}\npersisted:\n  <<: *x\n",
        "exposed:\n  api: {}\n  k$0v: &x\n    eeeee: {}\npersisted: *x\n",
        // What stands before the keys may have characters of several bytes.
        "exposed:\n  k$0v: {}\n  api:\n      ééé: &x {aé: {}}\npersisted: *x\n",
        "old:\n       é: &x {k$0v: {}, api: {}}\nexposed: *x\n",
    ] {
        let shown = shop("klotho.yaml", text).said_and_fixed("klotho.yaml");
        assert!(shown.contains("belong below `persisted`") && !shown.contains("-- "), "{shown}");
    }
}

#[test]
fn settings_move_with_the_comments_right_above_them() {
    check_section(
        "klotho.yaml",
        "exposed:\n  # all\n\n  # the cache\n  # of users\n  k$0v:\n    type: dynamodb\n  # the shop\n  api: {}\n",
        &expect![[r#"
            `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
            -- Move it below `persisted`
            exposed:
              # all

              # the shop
              api: {}
            persisted:
              # the cache
              # of users
              kv:
                type: dynamodb
        "#]],
    );
    check_section(
        "klotho.yaml",
        "persisted:\n  # old\n  old: {}\nexposed:\n  # the cache\n  k$0v: {}\n  api: {}\n",
        &expect![[r#"
            The project has no resource `old` for the section `persisted`, so these settings have no effect.
            `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
            -- Move it below `persisted`
            persisted:
              # the cache
              kv: {}
              # old
              old: {}
            exposed:
              api: {}
        "#]],
    );
    let alone = shop("klotho.yaml", "exposed:\n  # the cache\n  k$0v: {}\npersisted:\n  old: {}\n");
    assert!(!alone.said_and_fixed("klotho.yaml").contains("-- "));
}

#[test]
fn a_last_line_without_an_end_leaves_none_behind() {
    let said = expect![[r#"
        `kv` is a key-value store: its settings belong below `persisted`. Below `exposed` they have no effect.
        -- Move it below `persisted`
        exposed:
          api: {}
        persisted:
          kv: {}
    "#]];
    for text in ["exposed:\n  api: {}\n  k$0v: {}", "exposed:\n  k$0v: {}\n  api: {}"] {
        check_section("klotho.yaml", text, &said);
    }
}
