import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { below, marks } from "../../src/gutter/marks";
import { byKind, byUnit, type Entry } from "../../src/tree/model";
import { finding, project } from "./sample";

/** The tree as indented text. */
function drawn(entries: Entry[], indent = ""): string[] {
  return entries.flatMap((entry) => {
    const icon = "own" in entry.icon ? entry.icon.own : entry.icon.codicon;
    const problems = entry.problems.error + entry.problems.warning > 0 ? ` !${entry.problems.error},${entry.problems.warning}` : "";
    const text = `${indent}[${icon}] ${entry.label}${entry.description === "" ? "" : `: ${entry.description}`}${problems}`;
    return [text, ...drawn(entry.children, `${indent}  `)];
  });
}

suite("the tree", () => {
  test("by unit: what serves it first, then what it has to do with, then what nobody uses", () => {
    assert.deepEqual(drawn(byUnit([project()])), [
      "[unit] api: Lambda $17.3",
      "  [gateway] front: API Gateway",
      "    [symbol-method] GET /carts/:id",
      "  [kv] carts: DynamoDB, cost not known",
      "  [unit] mail · send: calls",
      "[unit] mail: Fargate ~$1,230",
      "  [unit] api · send: called by",
      "[orm] old: rds_postgres",
    ]);
  });

  test("by kind: each resource with the units that have to do with it", () => {
    assert.deepEqual(drawn(byKind([project()])), [
      "[unit] Execution units: 2",
      "  [unit] api: Lambda $17.3",
      "    [gateway] front: API Gateway",
      "      [symbol-method] GET /carts/:id",
      "    [kv] carts: DynamoDB, cost not known",
      "    [unit] mail · send: calls",
      "  [unit] mail: Fargate ~$1,230",
      "    [unit] api · send: called by",
      "[gateway] Gateways: 1",
      "  [gateway] front: API Gateway",
      "    [unit] api: routes to",
      "[kv] Key-value stores: 1",
      "  [kv] carts: DynamoDB, cost not known",
      "    [unit] api: used by",
      "[orm] Databases: 1",
      "  [orm] old: rds_postgres",
    ]);
  });

  test("several projects are told apart; one without annotations is left out", () => {
    const empty = project();
    empty.graph.annotations = [];
    const other = { ...project(), root: "file:///home/ada/other/" };
    assert.deepEqual(byUnit([project(), other, empty]).map(({ label }) => label), ["my shop", "other"]);
    assert.deepEqual(byUnit([empty]), []);
  });

  test("a finding belongs to the annotation that it stands in, else to the units of its file, else to the project", () => {
    const found = byUnit([
      project(finding("error", "api.ts", 11), finding("warning", "api.ts", 45), finding("warning", null, 0), finding("hint", "api.ts", 1)),
    ]);
    assert.deepEqual(drawn(found).slice(0, 5), [
      "[warning] in “line” 0: a-code",
      "[unit] api: Lambda $17.3 !0,1",
      "  [warning] in “line” 45: a-code",
      "  [gateway] front: API Gateway",
      "    [symbol-method] GET /carts/:id",
    ]);
    assert.equal(drawn(found)[5], "  [kv] carts: DynamoDB, cost not known !1,0");
  });

  test("no two lines have one key", () => {
    for (const tree of [byUnit([project()]), byKind([project()])]) {
      const keys = (entries: Entry[]): string[] => entries.flatMap((entry) => [entry.key, ...keys(entry.children)]);
      assert.equal(new Set(keys(tree)).size, keys(tree).length);
    }
  });

  test("a screen reader hears sentences", () => {
    const [api] = byUnit([project()]);
    assert.equal(api?.children.at(0)?.spoken, "served by gateway front, API Gateway");
    assert.equal(api.spoken, "execution unit api, AWS Lambda, $17.3/mo");
  });
});

suite("gutter icons", () => {
  test("each annotation of the file has one, at its first line; unknown ones have none", () => {
    const lines = [...marks(project().graph, "api.ts")].map(([icon, ranges]) => [icon, ranges.map(({ end }) => end.line)]);
    assert.deepEqual(lines, [["unit", [0]], ["kv", [10]], ["embed", [30]]]);
    assert.equal(marks(project().graph, "other.ts").size, 0);
  });

  test("files are named from the root", () => {
    assert.equal(below("file:///a%20b", "file:///a%20b/c%20d.ts"), "c d.ts");
    assert.equal(below("file:///a", "file:///ab/c.ts"), undefined);
  });
});
