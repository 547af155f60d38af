use super::summary;
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "import redis\n",
    "from . import ",
    "from .a.b import c as d\n",
    "x = ",
    "Cache(",
    ")",
    "\"",
    "f\"",
    "{p}",
    "'''",
    "# @klotho::persist {\n#   id = \"a\"\n#   secret = true\n# }\n",
    "# @klotho::expose { id = \"b\" }\n",
    "@app.get(",
    "async with fs.open(",
    " as f:\n",
    "    await f.read()\n",
    "def f():\n",
    "class A:\n",
    "    ",
    "\n",
    "import aiofiles as fs\n",
    "FastAPI(root_path=",
    "é",
    "\\\n",
    "..",
    ",",
    "=",
];

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in ".{0,200}") {
        summary(&text);
    }

    #[test]
    fn arbitrary_python_never_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)) {
        summary(&pieces.concat());
    }
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    let depth = 20_000;
    summary(&format!("x = {}{}\n", "f(".repeat(depth), ")".repeat(depth)));
    summary(&format!("x = a{}\n", ".b()".repeat(depth)));
}
