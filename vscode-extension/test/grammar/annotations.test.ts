import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { Colours, scopeOf, type Token } from "./tokens";

/** A language: its grammar, how it writes comments, and a line of code in it. */
interface Host {
  extension: string;
  scope: string;
  line: string;
  isBlock: boolean;
  code: string;
}

const HOSTS: Record<string, Host> = {
  JavaScript: { extension: "javascript", scope: "source.js", line: "//", isBlock: true, code: 'const a = { b: "c" };' },
  JSX: { extension: "javascript", scope: "source.js.jsx", line: "//", isBlock: true, code: "const a = <b>{c}</b>;" },
  TypeScript: { extension: "typescript-basics", scope: "source.ts", line: "//", isBlock: true, code: "const a: B = { c: 1 };" },
  TSX: { extension: "typescript-basics", scope: "source.tsx", line: "//", isBlock: true, code: "const a: B = <c>{1}</c>;" },
  Python: { extension: "python", scope: "source.python", line: "#", isBlock: false, code: 'a = {"b": 1 // 2}' },
  Go: { extension: "go", scope: "source.go", line: "//", isBlock: true, code: 'var a = map[string]int{"b": 1}' },
  "C#": { extension: "csharp", scope: "source.cs", line: "//", isBlock: true, code: "class A { int b = 1; }" },
  Rust: { extension: "rust", scope: "source.rust", line: "//", isBlock: true, code: "fn a() -> B { c!(1) }" },
  Java: { extension: "java", scope: "source.java", line: "//", isBlock: true, code: "class A { int b = 1; }" },
  YAML: { extension: "yaml", scope: "source.yaml", line: "#", isBlock: false, code: "a: { b: [1, two] }" },
  Dockerfile: { extension: "docker", scope: "source.dockerfile", line: "#", isBlock: false, code: 'CMD ["a", "b"]' },
};

const BODY = ['@klotho::execution_unit {', '  id = "api"', "  [workload]", "  monthly_requests = 10_000_000", "  shape = [1, 2] # hours", "}"];

const EXPECTED: Record<string, string> = {
  "@klotho": "storage.type.annotation.klotho",
  "::": "punctuation.separator.annotation.klotho",
  execution_unit: "entity.name.type.capability.klotho",
  id: "variable.other.property.toml.klotho",
  api: "string.quoted.double.toml.klotho",
  workload: "entity.name.namespace.table.toml.klotho",
  "10_000_000": "constant.numeric.toml.klotho",
  hours: "comment.line.number-sign.toml.klotho",
  "}": "punctuation.section.braces.end.klotho",
};

let colours: Colours;

before(async () => {
  const extensions = process.env["KLOTHO_WORKBENCH_EXTENSIONS"];
  assert.ok(extensions, "KLOTHO_WORKBENCH_EXTENSIONS names the folder with the workbench's own extensions");
  colours = await Colours.load(extensions, [...new Set(Object.values(HOSTS).map(({ extension }) => extension))]);
});

/** The text in each comment form of the language. */
function commented(host: Host, lines: string[]): string[] {
  const forms = [lines.map((line) => `${host.line} ${line}`).join("\n")];
  if (!host.isBlock) return forms;
  const [first = "", ...rest] = lines;
  return [
    ...forms,
    [`/* ${first}`, ...rest.map((line) => ` * ${line}`), " */"].join("\n"),
    [`/** ${first}`, ...rest, "*/"].join("\n"),
    `/* ${lines.join("\n")} */`,
  ];
}

const isIn = (lines: Token[][], name: RegExp) => lines.flat().some(({ scopes }) => scopes.some((scope) => name.test(scope)));

for (const [language, host] of Object.entries(HOSTS)) {
  suite(language, () => {
    test("an annotation is coloured in every comment form, and stays a comment", async () => {
      for (const text of commented(host, BODY)) {
        const lines = await colours.lines(host.scope, `${text}\n${host.code}`);
        const found = Object.fromEntries(Object.keys(EXPECTED).map((piece) => [piece, scopeOf(lines, piece)]));
        assert.deepEqual({ ...found, hours: found["hours"] ?? scopeOf(lines, "# hours") ?? scopeOf(lines, "hours") }, EXPECTED, text);
        const inComment = lines.slice(0, text.split("\n").length).flat().filter((token) => token.text.trim() !== "");
        assert.ok(inComment.every(({ scopes }) => scopes.some((scope) => scope.startsWith("comment"))), text);
      }
    });

    test("the code below is coloured as below any comment, also where the body is never closed", async () => {
      const plain = await colours.lines(host.scope, `${host.line} note\n${host.code}`);
      for (const body of [BODY, BODY.slice(0, 1), ['@klotho::persist { id = "a', 'b = ["c', "d = {"], ["@klotho::config"]]) {
        for (const text of commented(host, body)) {
          const lines = await colours.lines(host.scope, `${text}\n${host.code}`);
          assert.deepEqual(lines.at(-1), plain.at(-1), text);
        }
      }
    });

    test("other comments and texts stay as they are", async () => {
      for (const text of commented(host, ['an id = "x" and klotho::y {', "}"])) {
        assert.equal(isIn(await colours.lines(host.scope, text), /klotho/), false, text);
      }
    });
  });
}

suite("texts", () => {
  test("an annotation in a string is a string", async () => {
    const cases: Record<string, string> = {
      "source.ts": 'const a = "// @klotho::persist { b = 1 }";',
      "source.python": 'a = "# @klotho::persist { b = 1 }"',
      "source.go": 'var a = "/* @klotho::persist { b = 1 } */"',
    };
    for (const [scope, text] of Object.entries(cases)) {
      assert.equal(isIn(await colours.lines(scope, text), /klotho/), false, text);
    }
  });

  test("what TOML allows is told apart", async () => {
    const body = ['@klotho::execution_unit {', 'a.b = true', "c = 1979-05-27T07:32:00Z", "d = { e = 'f', g = -1.5e3 }", 'h = """', "long", '"""', "[[i]]", "}"];
    const lines = await colours.lines("source.python", body.map((line) => `# ${line}`).join("\n"));
    const expected = {
      "a.b": "variable.other.property.toml.klotho",
      true: "constant.language.boolean.toml.klotho",
      "1979-05-27T07:32:00Z": "constant.other.time.toml.klotho",
      e: "variable.other.property.toml.klotho",
      f: "string.quoted.single.toml.klotho",
      "-1.5e3": "constant.numeric.toml.klotho",
      long: "string.quoted.triple.double.toml.klotho",
      i: "entity.name.namespace.table.toml.klotho",
      "}": "punctuation.definition.table.inline.end.toml.klotho",
    };
    const found = Object.fromEntries(Object.keys(expected).map((piece) => [piece, scopeOf(lines, piece)]));
    assert.deepEqual(found, expected);
  });
});
