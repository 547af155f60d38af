use crate::support::{Disk, Fixture, ROOT, opened};
use expect_test::{Expect, expect};
use klotho_ide::{Span, TextEdit};

fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut out = text.to_owned();
    for pair in edits.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{edits:?}");
    }
    for edit in edits.iter().rev() {
        assert!(edit.text.trim_matches(|c: char| c.is_whitespace() || "*/#".contains(c)).is_empty());
        out.replace_range(edit.span.range(), &edit.text);
    }
    out
}

/// The text of a file after its annotations are laid out; another time changes nothing.
fn laid_out(path: &str, text: &str) -> String {
    let once = |text: &str| {
        let snapshot = opened(&Disk::new(&[(path, text)]), path);
        applied(text, &snapshot.layout(&format!("{ROOT}/{path}"), None))
    };
    let after = once(text);
    assert_eq!(once(&after), after);
    after
}

fn layout(path: &str, text: &str, expected: Expect) {
    expected.assert_eq(&laid_out(path, text).replace('\r', "␍"));
}

#[test]
fn a_block_comment() {
    layout(
        "a.js",
        "  /*   @klotho::execution_unit{\n * id=\"a\"   \n*\n *\n  *      target   = \"ecs\" # why  \n *\n     * [workload]\n * \
         diurnal=[\n * 1 ,2,\n * ]\n * }\n   */\nx( );\n",
        expect![[r#"
              /*   @klotho::execution_unit {
               *     id = "a"
               *
               *     target = "ecs" # why
               *
               *     [workload]
               *     diurnal = [
               *       1, 2,
               *     ]
               *   }
               */
            x( );
        "#]],
    );
}

#[test]
fn a_block_comment_without_stars() {
    layout(
        "a.go",
        "package main\n\n/* @klotho::persist {\nid=\"a\"\n\t\tsecret = true\n\n\n}\n*/\nvar x = 1\n\n/*\n@klotho::persist {\n   id=\"b\"\n   \
         }\n*/\n",
        expect![[r#"
            package main

            /* @klotho::persist {
                 id = "a"
                 secret = true
               }
            */
            var x = 1

            /*
            @klotho::persist {
              id = "b"
            }
            */
        "#]],
    );
}

#[test]
fn line_comments() {
    layout(
        "a.py",
        "def f():\n    #@klotho::persist {\n    #\n    #id='a'\n    #\n    #\n    #        [environment_variables]\n    # A=\"orm.x\"\n    #\n    \
         #   }\n    pass\n",
        expect![[r#"
            def f():
                #@klotho::persist {
                #  id = 'a'
                #
                #  [environment_variables]
                #  A = "orm.x"
                #}
                pass
        "#]],
    );
    layout(
        "a.ts",
        "// @klotho::persist   {id=\"🎵\"}\r\nx();\r\n//   @klotho::expose {\r\n// id =\t\"a\"\r\n//\r\n//\r\n//target=\"public\"   \r\n//}\r\n",
        expect![[r#"
            // @klotho::persist { id = "🎵" }␍
            x();␍
            //   @klotho::expose {␍
            //     id = "a"␍
            //␍
            //     target = "public"␍
            //   }␍
        "#]],
    );
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    for text in [
        "// @klotho::persist {\n// id=a\n// }\n",
        "// @klotho::persist {\n// id=\"a\"\n",
        "/* @klotho::persist { id=\"a}\" } */\n",
        "x(); // @klotho::persist {\ny();   //   id=\"\"\"\nz(); //  \"\"\"\n",
        "/* no annotation { id=1 } */\nconst x={a:1}\n",
    ] {
        assert_eq!(laid_out("a.js", text), text);
    }
}

#[test]
fn strings_over_several_lines_stay_as_they_are() {
    let text = "/* @klotho::persist {\n *   id = \"\"\"\n * a   \n *      b\"\"\"\n * }\n */\n";
    assert_eq!(laid_out("a.js", text), text);
}

#[test]
fn code_before_line_comments_stays() {
    layout(
        "a.js",
        "a();   // @klotho::persist {\nb( );  //id=\"a\"\nc( );//}\n",
        expect![[r#"
        a();   // @klotho::persist {
        b( );  //   id = "a"
        c( );// }
    "#]],
    );
}

#[test]
fn only_what_is_asked_for_changes() {
    let text = "// @klotho::persist {\n// id=\"a\"\n// }\n\n// @klotho::persist {\n// id=\"b\"\n// }\n";
    let snapshot = opened(&Disk::new(&[("a.js", text)]), "a.js");
    let at = text.rfind("// id").expect("it is there");
    let edits = snapshot.layout("/app/a.js", Some(Span::new(at, at + 10)));
    assert_eq!(applied(text, &edits), text.replace("// id=\"b\"", "//   id = \"b\""));
    assert_eq!(snapshot.layout("/app/a.js", Some(Span::new(30, 30))).len(), 0);
}

/// The text after a character was typed at the `$0`.
fn typed(path: &str, text: &str, character: char, expected: Expect) {
    let fixture = Fixture::new(&[(path, &text.replace("$0", &format!("{character}$0")))]);
    let before = fixture.snapshot.text(&fixture.path).expect("it is open");
    let edits = fixture.snapshot.typed(&fixture.path, fixture.offset, character);
    let before_cursor = edits.iter().filter(|edit| edit.span.start as usize <= fixture.offset);
    let cursor =
        before_cursor.fold(fixture.offset, |at, edit| (at + edit.text.len()).saturating_sub(edit.span.len()));
    let mut after = applied(&before, &edits);
    after.insert(cursor, '|');
    expected.assert_eq(&after.replace('\r', "␍"));
}

#[test]
fn a_new_line_goes_on_with_the_comment() {
    typed(
        "a.ts",
        "  // @klotho::persist {$0\nx();\n",
        '\n',
        expect![[r#"
          // @klotho::persist {
          //   |
        x();
    "#]],
    );
    typed(
        "a.ts",
        "// @klotho::persist {\n//   id = \"a\"$0\n// }\n",
        '\n',
        expect![[r#"
        // @klotho::persist {
        //   id = "a"
        //   |
        // }
    "#]],
    );
    typed(
        "a.py",
        "# @klotho::persist {$0}\nx = 1\n",
        '\n',
        expect![[r#"
        # @klotho::persist {
        # |}
        x = 1
    "#]],
    );
    typed(
        "a.py",
        "# @klotho::persist {$0\n}\nx = 1\n",
        '\n',
        expect![[r#"
        # @klotho::persist {
        #   |
        # }
        x = 1
    "#]],
    );
}

#[test]
fn a_new_line_goes_on_with_a_block_comment() {
    typed(
        "a.ts",
        "/* @klotho::persist {$0\n */\n",
        '\n',
        expect![[r#"
        /* @klotho::persist {
         *   |
         */
    "#]],
    );
    typed(
        "a.ts",
        "  /*\n   * @klotho::persist {\n   *   id = \"é🎵\"$0\n   * }\n   */\nx();\n",
        '\n',
        expect![[r#"
              /*
               * @klotho::persist {
               *   id = "é🎵"
               *   |
               * }
               */
            x();
        "#]],
    );
    typed(
        "a.ts",
        "/*\n@klotho::persist {\n  a = [$0\n  ]\n}\n*/\n",
        '\n',
        expect![[r#"
        /*
        @klotho::persist {
          a = [
            |
          ]
        }
        */
    "#]],
    );
    typed(
        "a.ts",
        "// @klotho::persist {\r\n//   id = \"a\"$0// secret = true\r\n// }\r\n",
        '\n',
        expect![[r#"
            // @klotho::persist {␍
            //   id = "a"
            //|   secret = true␍
            // }␍
        "#]],
    );
}

#[test]
fn a_new_line_outside_a_body_is_nobodys_business() {
    for text in [
        "// @klotho::persist { }$0\n",
        "// @klotho::persist$0\n",
        "x({$0\n",
        "// @klotho::persist {\n// }$0\n",
        "$0",
    ] {
        let fixture = Fixture::new(&[("a.ts", &text.replace("$0", "\n$0"))]);
        assert_eq!(fixture.snapshot.typed(&fixture.path, fixture.offset, '\n'), [], "{text:?}");
    }
}

#[test]
fn a_brace_closes_the_body_where_it_belongs() {
    typed(
        "a.ts",
        "// @klotho::persist {\n// id=\"a\"\n//    $0\nx();\n",
        '}',
        expect![[r#"
        // @klotho::persist {
        // id="a"
        // }|
        x();
    "#]],
    );
    typed(
        "a.ts",
        "// @klotho::persist {id=\"a\"$0\nx();\n",
        '}',
        expect![[r#"
        // @klotho::persist { id = "a" }|
        x();
    "#]],
    );
    typed(
        "a.ts",
        "/*\n * @klotho::persist {\n *   t = { a = 1 $0\n * }\n */\n",
        '}',
        expect![[r#"
        /*
         * @klotho::persist {
         *   t = { a = 1 }|
         * }
         */
    "#]],
    );
    typed(
        "a.ts",
        "if (x) { y() $0\n",
        '}',
        expect![[r#"
        if (x) { y() }|
    "#]],
    );
}
