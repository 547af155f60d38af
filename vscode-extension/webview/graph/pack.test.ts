import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, type Box, type Packing } from "./pack";

const box = (key: string, width = 100, height = 50): Box => ({ key, width, height });

function overlapping(boxes: readonly Box[], { spots }: Packing): string[] {
  return boxes.flatMap((a, index) =>
    boxes.slice(index + 1).flatMap((b) => {
      const [at, other] = [spots.get(a.key), spots.get(b.key)];
      const apart =
        at === undefined ||
        other === undefined ||
        at.x + a.width <= other.x ||
        other.x + b.width <= at.x ||
        at.y + a.height <= other.y ||
        other.y + b.height <= at.y;
      return apart ? [] : [`${a.key} on ${b.key}`];
    }),
  );
}

const MANY = Array.from({ length: 40 }, (_, index) => box(`b${index}`, 60 + ((index * 37) % 200), 40 + ((index * 53) % 90)));

test("boxes do not overlap and fill about a screen", () => {
  const packing = pack(MANY, new Map());
  assert.deepEqual(overlapping(MANY, packing), []);
  assert.ok(packing.width / packing.height > 1 && packing.width / packing.height < 2.2);
});

test("what was there stays there", () => {
  const before = pack(MANY, new Map());
  const without = MANY.filter(({ key }) => key !== "b7");
  const after = pack([...without, box("new")], before.spots);
  assert.deepEqual(without.filter(({ key }) => after.spots.get(key) !== undefined && JSON.stringify(after.spots.get(key)) !== JSON.stringify(before.spots.get(key))), []);
  assert.deepEqual(overlapping([...without, box("new")], after), []);
});

test("a box that grew too large for its spot goes elsewhere, the others stay", () => {
  const before = pack(MANY, new Map());
  const grown = MANY.map((one) => (one.key === "b3" ? { ...one, width: one.width + 150 } : one));
  const order = [...grown.filter(({ key }) => key !== "b3"), ...grown.filter(({ key }) => key === "b3")];
  const after = pack(order, before.spots);
  const moved = [...after.spots].filter(([key, spot]) => JSON.stringify(spot) !== JSON.stringify(before.spots.get(key)));
  assert.deepEqual(moved.map(([key]) => key).filter((key) => key !== "b3"), []);
  assert.deepEqual(overlapping(grown, after), []);
});

test("when most is gone, the rest moves together", () => {
  const before = pack(MANY, new Map());
  const rest = MANY.slice(-3);
  const after = pack(rest, before.spots);
  assert.ok(after.width * after.height < before.width * before.height * 0.5);
});

test("nothing takes no room", () => {
  assert.deepEqual(pack([], new Map()), { spots: new Map(), width: 0, height: 0 });
});
