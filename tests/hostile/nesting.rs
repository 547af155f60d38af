//! Code that is nested deeper than any stack, in every language.

use crate::case::{Case, Said};

/// So deep.
const DEPTH: usize = 60_000;

/// A language: a file, how a comment starts, and what nests in it; the latter takes its parser longer.
type Row = (&'static str, &'static str, &'static [Form], &'static [Form]);

/// What is nested, what opens one level, what stands inside, and what closes it.
type Form = (&'static str, &'static str, &'static str, &'static str);

const BRACKETS: Form = ("brackets", "(", "1", ")");
const BRACES: Form = ("braces", "{", "", "}");
const LISTS: Form = ("lists", "[", "1", "]");
const OPEN: Form = ("open brackets", "([{", "", "");
const COMMENTS: Form = ("comments", "/*", "", "*/");
const CALLS: Form = ("calls", "f(", "", ")");

const LANGUAGES: [Row; 10] = [
    ("a.js", "//", &[BRACKETS, BRACES, LISTS, ("templates", "`${", "1", "}`")], &[OPEN, COMMENTS, CALLS]),
    (
        "a.ts",
        "//",
        &[BRACKETS],
        &[BRACES, LISTS, OPEN, ("types", "let a: A<", "B", ">"), ("generics", "A<", "B", ">")],
    ),
    ("a.tsx", "//", &[BRACKETS], &[OPEN, ("elements", "<a>", "", "</a>")]),
    (
        "a.py",
        "#",
        &[BRACKETS, LISTS, OPEN, ("lambdas", "lambda: ", "1", "")],
        &[CALLS, ("strings", "f'{", "1", "}'")],
    ),
    ("a.go", "//", &[BRACKETS, ("pointers", "*", "a", "")], &[BRACES, OPEN, CALLS]),
    ("a.rs", "//", &[BRACKETS, COMMENTS, ("references", "&", "a", "")], &[BRACES, LISTS, OPEN]),
    (
        "a.cs",
        "//",
        &[BRACES, OPEN],
        &[BRACKETS, ("strings", "$\"{", "1", "}\""), ("conditions", "a ? b : ", "c", "")],
    ),
    ("a.java", "//", &[BRACKETS, BRACES, OPEN], &[CALLS, ("generics", "A<", "B", ">")]),
    ("a.yaml", "#", &[], &[LISTS, ("maps", "{a: ", "1", "}")]),
    ("Dockerfile", "#", &[("variables", "RUN ${a:-", "b", "}")], &[BRACKETS, BRACES, LISTS]),
];

/// What is said of a file with more levels than its parser can count.
const LEVELS: [&[Said]; 2] = [
    &[("a.py", "file-skipped", "begin at more columns")],
    &[("a.yaml", "file-skipped", "begin at more columns")],
];

pub(crate) fn cases() -> Vec<Case> {
    let rows = LANGUAGES.iter().flat_map(|(file, line, quick, slow)| {
        let quick = quick.iter().map(|form| nested(file, line, *form));
        quick.chain(slow.iter().map(|form| nested(file, line, *form).big()))
    });
    rows.chain(levels()).collect()
}

fn nested(file: &str, line: &'static str, (what, open, inside, close): Form) -> Case {
    Case::file(&format!("60,000 nested {what} in {file}"), file, move || {
        let head = format!("{line} @klotho::execution_unit {{ id = \"main\" }}\n");
        [&head, &open.repeat(DEPTH), inside, &close.repeat(DEPTH), "\n"].concat().into_bytes()
    })
}

/// Blocks that are nested by their indentation.
fn levels() -> Vec<Case> {
    let blocks = |depth, head: &'static str, level: &'static str, end: &'static str| {
        move || {
            let blocks: String =
                (0..depth).map(|column| format!("{}{level}\n", " ".repeat(column))).collect();
            format!("{head} @klotho::persist {{ id = \"a\" }}\n{blocks}{}{end}\n", " ".repeat(depth))
                .into_bytes()
        }
    };
    vec![
        Case::file("80 nested blocks in Python", "a.py", blocks(80, "#", "if x:", "a = f'{\"b\"}'")),
        Case::file("600 nested blocks in Python", "a.py", blocks(600, "#", "if x:", "a = f'{\"b\"}'"))
            .saying(LEVELS[0]),
        Case::file("100 nested blocks in YAML", "a.yaml", blocks(100, "#", "a:", "- 1")),
        Case::file("300 nested blocks in YAML", "a.yaml", blocks(300, "#", "a:", "- 1")).saying(LEVELS[1]),
        Case::file("60,000 nested entries in a.yaml", "a.yaml", || {
            format!("# @klotho::persist\n{}1\n", "- ".repeat(DEPTH)).into_bytes()
        })
        .saying(LEVELS[1]),
        Case::file("300 nested entries behind the end of a document", "a.yaml", || {
            format!("# @klotho::persist\n... {}1\n", "- ".repeat(300)).into_bytes()
        })
        .saying(LEVELS[1]),
        Case::file("300 nested entries behind the mark of the encoding", "a.yaml", || {
            format!("\u{feff}{}1\n# @klotho::persist\n", "- ".repeat(300)).into_bytes()
        })
        .saying(LEVELS[1]),
        Case::file("600 nested blocks on lines that go on, LF", "a.py", || going_on("\n")).saying(LEVELS[0]),
        Case::file("600 nested blocks on lines that go on, CRLF", "a.py", || going_on("\r\n"))
            .saying(LEVELS[0]),
    ]
}

/// Blocks that are indented by two parts of a line, of which neither is in many columns, with a string that is left open inside.
fn going_on(end: &str) -> Vec<u8> {
    let indent =
        |depth: usize| format!("{}\\{end}{}", " ".repeat(depth % 24), " ".repeat(depth - depth % 24));
    let blocks: String = (0..600).map(|depth| format!("{}if a:{end}", indent(depth))).collect();
    format!("# @klotho::persist{end}{blocks}{}f'''{{a", indent(600)).into_bytes()
}
