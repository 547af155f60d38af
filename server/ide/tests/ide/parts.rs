//! What is drawn from the parts of annotations: colours, folds, selections, links.

use crate::support::{Disk, Fixture, ROOT, opened};
use expect_test::{Expect, expect};
use klotho_ide::{Snapshot, Span};

const UNIT: &str = "/* 🎵 @klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n \
                    *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }\r\n */\r\n";

fn one(text: &str) -> (Snapshot, String, String) {
    let disk = Disk::new(&[("a.js", text), ("package.json", "{}")]);
    (opened(&disk, "a.js"), format!("{ROOT}/a.js"), text.to_owned())
}

fn colours(span: Option<Span>, expected: Expect) {
    let (snapshot, path, text) = one(UNIT);
    let found = snapshot.colours(&path, span);
    let shown = found.iter().map(|found| format!("{:?} {}\n", found.colour, found.span.of(&text)));
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn parts_of_annotations_are_coloured() {
    colours(
        None,
        expect![[r#"
        Annotation @klotho::
        Annotation execution_unit
        Key id
        Operator =
        Text "é🎵"
        Comment # why
        Key keep_warm
        Operator =
        Keyword true
        Table workload
        Key monthly_requests
        Operator =
        Number 1_000
        Key diurnal
        Operator =
        Number 1
        Number 2
    "#]],
    );
}

#[test]
fn only_the_lines_that_are_asked_for_are_coloured() {
    let at = UNIT.find("keep_warm").expect("it is there");
    colours(
        Some(Span::new(at, at + 12)),
        expect![[r#"
        Key keep_warm
        Operator =
        Keyword true
    "#]],
    );
    colours(Some(Span::new(0, 3)), expect![[r#""#]]);
}

#[test]
fn bodies_tables_and_lists_fold_as_far_as_the_line_before_what_closes_them() {
    let (snapshot, path, text) = one(UNIT);
    let folds = snapshot.folds(&path);
    let shown = folds.iter().map(|fold| {
        let lines = snapshot.lines(&path).expect("it is known");
        let line = |offset: u32| lines.line_of(offset as usize);
        format!(
            "{}-{} {:?}\n",
            line(fold.start),
            line(fold.end),
            fold.of(&text).lines().next().unwrap_or_default()
        )
    });
    expect![[r#"
        0-7 "@klotho::execution_unit {"
        3-6 "[workload]"
        5-6 "["
    "#]]
    .assert_eq(&shown.collect::<String>());
}

#[test]
fn a_selection_grows_from_the_value_to_the_comment() {
    let shown = |mark: &str| {
        let fixture =
            Fixture::new(&[("a.js", &UNIT.replacen(mark, &format!("{}$0{}", &mark[..1], &mark[1..]), 1))]);
        let spans = fixture.snapshot.selections(&fixture.path, fixture.offset);
        let text = fixture.snapshot.text(&fixture.path).expect("it is open");
        assert!(spans.windows(2).all(|pair| pair[0].covers(pair[1]) && pair[0] != pair[1]));
        let inner = spans.iter().rev().map(|span| format!("{:?}\n", span.of(&text)));
        inner.collect::<String>()
    };
    expect![[r#"
        "é🎵"
        "\"é🎵\""
        "id = \"é🎵\""
        "\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n"
        "@klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }"
        "/* 🎵 @klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }\r\n */"
    "#]].assert_eq(&shown("\"é🎵"));
    expect![[r#"
        "2"
        "[\r\n *     1, 2,\r\n *   ]"
        "diurnal = [\r\n *     1, 2,\r\n *   ]"
        "[workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]"
        "\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n"
        "@klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }"
        "/* 🎵 @klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }\r\n */"
    "#]].assert_eq(&shown(" 2,"));
    expect![[r#"
        "keep_warm"
        "keep_warm = true"
        "\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n"
        "@klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }"
        "/* 🎵 @klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }\r\n */"
    "#]].assert_eq(&shown("keep_warm"));
    expect![[r#"
        "execution_unit"
        "@klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }"
        "/* 🎵 @klotho::execution_unit {\r\n *   id = \"é🎵\" # why\r\n *   keep_warm = true\r\n *   [workload]\r\n *   monthly_requests = 1_000\r\n *   diurnal = [\r\n *     1, 2,\r\n *   ]\r\n * }\r\n */"
    "#]].assert_eq(&shown("execution_unit"));
    let (snapshot, path, text) = one(&format!("{UNIT}x();\n"));
    assert_eq!(snapshot.selections(&path, text.len() - 3), []);
}

fn links(disk: &Disk, path: &str, expected: Expect) {
    let snapshot = opened(disk, path);
    let path = format!("{ROOT}/{path}");
    let text = snapshot.text(&path).expect("it is open");
    let links = snapshot.links(&path);
    let shown = links.iter().map(|link| format!("{} → {}\n", link.span.of(&text), link.target));
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn what_names_one_file_leads_to_it() {
    let text = "# @klotho::execution_unit {\n#   id = \"a\"\n#   [workload]\n#   power_tuning = \"tuning/a.json\"\n# }\n\n\
                # @klotho::embed_assets {\n#   include = [\"*.pem\", '/tuning/a*', \"none.txt\"]\n#   exclude = \"./one.pem\"\n# }\n\n\
                # @klotho::persist {\n#   id = \"k\"\n#   secret = true\n# }\nimport aiofiles\n\n\nasync def key():\n    \
                async with aiofiles.open(\"station.key\", mode=\"r\") as file:\n        key = await file.read()\n    return key\n";
    let config = "app: x\nexecution_units:\n  a:\n    type: lambda\n    workload:\n      power_tuning: tuning/b.json\n";
    let disk = Disk::new(&[
        ("app/a.py", text),
        ("app/one.pem", ""),
        ("app/two.pem", ""),
        ("tuning/a.json", "{}"),
        ("tuning/b.json", "{}"),
        ("station.key", ""),
        ("requirements.txt", ""),
        ("klotho.yaml", config),
    ]);
    links(
        &disk,
        "app/a.py",
        expect![[r#"
            tuning/a.json → /app/tuning/a.json
            /tuning/a* → /app/tuning/a.json
            ./one.pem → /app/app/one.pem
            station.key → /app/station.key
        "#]],
    );
    links(
        &disk,
        "klotho.yaml",
        expect![[r#"
        tuning/b.json → /app/tuning/b.json
    "#]],
    );
}
