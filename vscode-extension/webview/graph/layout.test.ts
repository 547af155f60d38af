import assert from "node:assert/strict";
import { test } from "node:test";
import { aroundHubs, project } from "../harness/build";
import { manyServices } from "../harness/recorded";
import type { Project } from "../shared/messages";
import { routesByLink } from "./labels";
import { Layouter, NODE_HEIGHT, NODE_WIDTH, type Layout } from "./layout";
import { partOf } from "./select";

const EVERYTHING = { hidden: [], unit: null };

function lay(shown: Project, layouter = new Layouter()): Layout {
  return layouter.lay(partOf(shown, EVERYTHING), routesByLink(shown));
}

const CHAIN = project(
  ["persist_kv:s", "execution_unit:u", "gateway:g", "pubsub:t", "execution_unit:w"],
  [
    "gateway:g routes_to execution_unit:u",
    "execution_unit:u uses persist_kv:s",
    "execution_unit:u publishes_to pubsub:t",
    "execution_unit:w subscribes_to pubsub:t",
  ],
);

const x = (layout: Layout, ref: string): number => layout.nodes.get(ref)?.x ?? Number.NaN;

function overlapping(layout: Layout): string[] {
  const nodes = [...layout.nodes];
  return nodes.flatMap(([a, at], index) =>
    nodes
      .slice(index + 1)
      .filter(([, other]) => Math.abs(at.x - other.x) < NODE_WIDTH && Math.abs(at.y - other.y) < NODE_HEIGHT)
      .map(([b]) => `${a} on ${b}`),
  );
}

test("traffic and events flow from left to right", () => {
  const layout = lay(CHAIN);
  const order = ["gateway:g", "execution_unit:u", "pubsub:t", "execution_unit:w"].map((ref) => x(layout, ref));
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
  assert.ok(x(layout, "persist_kv:s") > x(layout, "execution_unit:u"));
});

test("an arrow starts at the side of one node and ends at the side of the other", () => {
  const layout = lay(CHAIN);
  for (const { kind, points, from, to } of layout.links) {
    const [tail, head] = kind === "subscribes_to" ? [to, from] : [from, to];
    assert.equal(points[0]?.x, x(layout, tail) + NODE_WIDTH / 2);
    assert.equal(points.at(-1)?.x, x(layout, head) - NODE_WIDTH / 2);
  }
});

test("a circle of calls is drawn as well", () => {
  const layout = lay(project(["execution_unit:a", "execution_unit:b"], ["execution_unit:a calls execution_unit:b", "execution_unit:b calls execution_unit:a"]));
  assert.equal(layout.links.length, 2);
  assert.ok(layout.links.every(({ points }) => points.every((point) => Number.isFinite(point.x) && Number.isFinite(point.y))));
});

test("no two nodes stand on each other, and all within the bounds", () => {
  const layout = lay(manyServices(300));
  assert.deepEqual(overlapping(layout), []);
  assert.equal(layout.nodes.size, 300);
  for (const { x: at, y } of layout.nodes.values()) {
    assert.ok(at >= NODE_WIDTH / 2 - 1 && at <= layout.width - NODE_WIDTH / 2 + 1);
    assert.ok(y >= NODE_HEIGHT / 2 - 1 && y <= layout.height - NODE_HEIGHT / 2 + 1);
  }
});

test("what an edit does not touch stays where it is", () => {
  const layouter = new Layouter();
  const shop = manyServices(120);
  const before = lay(shop, layouter);
  const renamed = { ...shop, links: [...shop.links, { from: "execution_unit:mailer-0", kind: "uses", to: "persist_kv:carts-0", labels: [] }] };
  const after = lay(renamed, layouter);
  const moved = [...before.nodes].filter(([ref, at]) => after.nodes.get(ref)?.x !== at.x || after.nodes.get(ref)?.y !== at.y);
  assert.ok(moved.length > 0 && moved.length < 20, `${moved.length} nodes moved`);
});

test("figures that change move nothing", () => {
  const layouter = new Layouter();
  const shop = manyServices(60);
  const before = lay(shop, layouter);
  const dearer = { ...shop, resources: shop.resources.map((row) => ({ ...row, monthlyUsd: 99, cost: "~$99/mo" })) };
  assert.deepEqual([...lay(dearer, layouter).nodes], [...before.nodes]);
});

test("nothing has a layout too", () => {
  const layout = lay(project([], []));
  assert.equal(layout.nodes.size, 0);
  assert.equal(layout.links.length, 0);
});

test("also where everything hangs together by very many links each of them is drawn, from side to side", () => {
  const shop = manyServices(200);
  const units = shop.resources.filter(({ kind }) => kind === "execution_unit").map(({ ref }) => ref);
  const calls = units.flatMap((from, index) =>
    [3, 5, 7, 11, 13, 17].map((step) => ({ from, kind: "calls", to: units[(index * step + step) % units.length] ?? "", labels: [] })),
  );
  const links = calls.filter(({ from, to }) => from !== to);
  const layout = lay({ ...shop, links: [...shop.links, ...links] });
  assert.equal(layout.nodes.size, 200);
  assert.deepEqual(overlapping(layout), []);
  assert.equal(layout.links.length, shop.links.length + links.length);
  assert.ok(layout.links.every(({ points }) => points.length >= 2));
});

test("what a hundred units hang on stands beside them, and the whole has about the form of a screen", () => {
  const layout = lay(aroundHubs());
  assert.deepEqual(overlapping(layout), []);
  const ratio = layout.width / layout.height;
  assert.ok(ratio > 0.8 && ratio < 3, `${layout.width} by ${layout.height}`);
  const others = [...layout.nodes].filter(([ref]) => ref.startsWith("execution_unit")).map(([, at]) => at.x);
  assert.ok(x(layout, "gateway:g") < Math.min(...others) && x(layout, "persist_orm:shared") > Math.max(...others));
  assert.equal(layout.links.length, 300);
});

test("links of hubs run along the lanes between rows, behind no node", () => {
  const layout = lay(aroundHubs());
  const hits = layout.links.filter(({ from, to, points }) =>
    points.slice(1).some((end, at) => {
      const start = points[at] ?? end;
      const isLane = Math.abs(start.y - end.y) < 1;
      return isLane && [...layout.nodes].some(([ref, node]) =>
        ref !== from && ref !== to && Math.abs(node.y - end.y) < NODE_HEIGHT / 2 &&
        node.x > Math.min(start.x, end.x) && node.x < Math.max(start.x, end.x));
    }));
  assert.deepEqual(hits, []);
});
