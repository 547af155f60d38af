//! Fixes of how an annotation is written: after each, it is read as it is meant.

use crate::support::{Disk, Fixture};

/// The file after the action at the cursor. Afterwards nothing is wrong in it.
fn fixed(file: &str, text: &str, title: &str) -> String {
    let fixture = Fixture::new(&[("data.json", "{}\n"), (file, text)]);
    assert_ne!(fixture.disk.findings(), Vec::<String>::new(), "{text}");
    let after = fixture.disk.edited(&fixture.action(title).edit);
    assert_eq!(Disk::findings(&after), Vec::<String>::new(), "{}", after.0[file]);
    after.0[file].clone()
}

fn titles(file: &str, text: &str) -> Vec<String> {
    let fixture = Fixture::new(&[(file, text), ("package.json", "{}"), ("requirements.txt", "\n")]);
    let fixes = fixture.actions().into_iter().filter(|action| action.kind == "quickfix");
    fixes.map(|action| action.title).collect()
}

#[test]
fn a_stolen_target_comes_back_by_a_block_comment() {
    let text =
        "f();\n// @klotho::persist {\n//   id = \"x\"\n// }\nconst m = new Map(); // $0cache\nconst b = 2;\n";
    let after = fixed("index.js", text, "Make the annotation a block comment");
    assert_eq!(
        after,
        "f();\n/* @klotho::persist {\n *   id = \"x\"\n * }\n */\nconst m = new Map(); // cache\nconst b = 2;\n"
    );
    let text = "{\r\n  // @klotho::persist { id = \"x\" }\r\n  const m = new Map(); // $0cache\r\n}\r\n";
    let after = fixed("index.js", text, "Make the annotation a block comment");
    assert_eq!(
        after,
        "{\r\n  /* @klotho::persist { id = \"x\" } */\r\n  const m = new Map(); // cache\r\n}\r\n"
    );
}

#[test]
fn a_stolen_target_comes_back_when_the_comment_moves() {
    let text = "// @klotho::persist { id = \"x\" }\nconst m = new Map(); // $0cache\nconst b = 2; // more\n";
    let after = fixed("index.js", text, "Move the comment");
    assert_eq!(
        after,
        "// @klotho::persist { id = \"x\" }\n// cache\nconst m = new Map();\nconst b = 2; // more\n"
    );
    let text = "from aiocache import Cache\n\nif True:\n    a = 1\n    # @klotho::persist {\n    #   id = \"x\"\n    # }\n    m = Cache()  # $0cache\n    b = 2\n";
    assert_eq!(titles("main.py", text), ["Move the comment to a line of its own"]);
    let after = fixed("main.py", text, "Move the comment");
    assert_eq!(
        after,
        "from aiocache import Cache\n\nif True:\n    a = 1\n    # @klotho::persist {\n    #   id = \"x\"\n    # }\n    # cache\n    m = Cache()\n    b = 2\n"
    );
}

#[test]
fn an_annotation_behind_code_moves_above_it() {
    let text = "  const m = new Map(); // @klotho::$0persist { id = \"x\" }\nf();\n";
    let after = fixed("index.js", text, "Move the comment");
    assert_eq!(after, "  // @klotho::persist { id = \"x\" }\n  const m = new Map();\nf();\n");
    assert_eq!(titles("index.js", "f(); // @klotho::$0persist {\n// id = \"x\" }\ng();\n"), [""; 0]);
}

#[test]
fn blank_lines_inside_a_body_go() {
    let text = "// @klotho::persist $0{\n\n//   id = \"x\"\n  \n\n// }\nconst m = new Map();\n";
    let after = fixed("index.js", text, "Remove the blank lines");
    assert_eq!(after, "// @klotho::persist {\n//   id = \"x\"\n// }\nconst m = new Map();\n");
    let text = "from aiocache import Cache\n# @klotho::persist $0{\n\n#   id = \"x\"\n# }\nm = Cache()\n";
    let after = fixed("main.py", text, "Remove the blank lines");
    assert_eq!(after, "from aiocache import Cache\n# @klotho::persist {\n#   id = \"x\"\n# }\nm = Cache()\n");
    let unclosed = "// @klotho::persist $0{\n\n// @klotho::persist { id = \"x\" }\nconst m = new Map();\n";
    assert_eq!(titles("index.js", unclosed), [""; 0]);
}

#[test]
fn slashes_become_escapes() {
    let unit = |value: &str| {
        format!("// @klotho::execution_unit {{\n//   id = \"x\"\n//   docs = {value}\n// }}\nf();\n")
    };
    for (value, expected) in [
        ("\"htt$0ps://a.b//c\"", "\"https:\\u002F\\u002Fa.b\\u002F\\u002Fc\""),
        ("'htt$0ps://a.b'", "\"https:\\u002F\\u002Fa.b\""),
        ("['a', 'b/$0/']", "['a', \"b\\u002F\\u002F\"]"),
    ] {
        assert_eq!(fixed("index.js", &unit(value), "Write the slashes as escapes"), unit(expected));
    }
    assert_eq!(titles("index.js", &unit("'\\//$0'")), [""; 0]);
}

#[test]
fn a_pattern_that_ends_its_comment_stands_in_line_comments() {
    let text = "/* @klotho::embed_assets { include = \"**/*.json\" } $0*/\nf();\n";
    let text = text.replace("$0", "").replacen("**/", "**$0/", 1);
    let after = fixed("index.js", &text, "Turn the annotation into line comments");
    assert_eq!(after, "// @klotho::embed_assets { include = \"**/*.json\" }\nf();\n");
    let text = "{\n  /**\n   * @klotho::embed_assets {\n   *   include = [\n   *     \"a\",\n   *     \"**$0/*.json\",\n   *   ]\n   * }\n   */\n  f();\n}\n";
    let after = fixed("index.js", text, "Turn the annotation into line comments");
    assert_eq!(
        after,
        "{\n  // @klotho::embed_assets {\n  //   include = [\n  //     \"a\",\n  //     \"**/*.json\",\n  //   ]\n  // }\n  f();\n}\n"
    );
}

#[test]
fn braces_in_strings_become_escapes_and_go_from_comments() {
    let unit =
        |line: &str| format!("// @klotho::execution_unit {{\n//   id = \"x\"\n//   {line}\n// }}\nf();\n");
    for (line, title, expected) in [
        ("a = \"{$0\"", "Write it as an escape", "a = \"\\u007B\""),
        ("a = \"}$0\"", "Write it as an escape", "a = \"\\u007D\""),
        ("# {$0", "Remove it from the comment", "#"),
        ("# a }$0", "Remove it from the comment", "# a "),
    ] {
        let line = line.replace("{$0", "$0{").replace("}$0", "$0}");
        assert_eq!(fixed("index.js", &unit(&line), title), unit(expected).replace("#\n", "# \n"), "{line}");
    }
}

#[test]
fn an_annotation_inside_another_becomes_text() {
    let store = |line: &str| {
        format!("// @klotho::persist {{\n//   id = \"x\"\n//   {line}\n// }}\nconst m = new Map();\n")
    };
    for (line, title, expected) in [
        ("a = \"@$0klotho::expose\"", "Write it as an escape", "a = \"\\u0040klotho::expose\""),
        ("# was @$0klotho::pubsub", "Remove it from the comment", "# was klotho::pubsub"),
    ] {
        let fixture = Fixture::new(&[("index.js", &store(line))]);
        let after = fixture.disk.edited(&fixture.action(title).edit);
        assert_eq!(after.0["index.js"], store(expected));
        assert_eq!(after.findings(), Vec::<String>::new());
    }
}
