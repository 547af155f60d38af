import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Program } from "../../src/server/find";
import { CRASHES, type Event, type Life, NEW_LIFE, step, WINDOW_MS } from "../../src/server/machine";

const PROGRAM: Program = { path: "/bin/klotho-ls", from: "PATH" };
const FOUND: Event = { kind: "found", program: PROGRAM };
const UP: Event = { kind: "up", version: "0.1.0" };
const DOWN: Event = { kind: "down", reason: "it broke" };

/** Plays events one after the other; each state and effect becomes a word. */
function play(...events: (Event | Event["kind"])[]): string {
  let life: Life = NEW_LIFE;
  const words = events.map((event) => {
    const done = step(life, typeof event === "string" ? ({ kind: event } as Event) : event, 0);
    life = done.life;
    return [life.state.kind, ...done.effects.map((effect) => `(${effect.kind})`)].join(" ");
  });
  return words.join(" → ");
}

suite("the life of the server", () => {
  test("starts, runs and stops", () => {
    assert.equal(
      play("start", FOUND, UP, "stop", "halted"),
      "looking (find) → starting (launch) → running → stopping (halt) → off",
    );
  });

  test("a program that is not there is waited for, not asked for again", () => {
    const absent: Event = { kind: "absent", reason: "nowhere" };
    assert.equal(play("start", absent, absent), "looking (find) → missing → missing");
    assert.equal(play("start", absent, "restart"), "looking (find) → missing → looking (find)");
  });

  test("restarts that come while one starts become one restart", () => {
    assert.equal(
      play("start", FOUND, "restart", "restart", "restart", UP, "halted", FOUND, UP),
      "looking (find) → starting (launch) → starting (abort) → starting (abort) → starting (abort) → stopping (halt) → looking (find) → " +
        "starting (launch) → running",
    );
  });

  test("restarts that come while one stops become one start", () => {
    assert.equal(
      play("start", FOUND, UP, "restart", "restart", "halted"),
      "looking (find) → starting (launch) → running → stopping (halt) → stopping → looking (find)",
    );
  });

  test("a change of the setting while the program is looked for makes it look again", () => {
    assert.equal(play("start", "restart", FOUND), "looking (find) → looking → looking (find)");
    assert.equal(play("start", "restart", { kind: "absent", reason: "nowhere" }), "looking (find) → looking → looking (find)");
  });

  test("a stop while it starts ends it once it is there, or at once when it never comes", () => {
    assert.equal(
      play("start", FOUND, "stop", UP, "halted"),
      "looking (find) → starting (launch) → starting (abort) → stopping (halt) → off",
    );
    assert.equal(play("start", FOUND, "stop", DOWN), "looking (find) → starting (launch) → starting (abort) → off");
  });

  test("one that never answers is ended by a restart, which is no crash", () => {
    assert.equal(
      play("start", FOUND, "restart", DOWN, FOUND, UP),
      "looking (find) → starting (launch) → starting (abort) → looking (find) → starting (launch) → running",
    );
  });

  test("the last of stop and restart counts", () => {
    assert.equal(
      play("start", FOUND, UP, "restart", "stop", "halted"),
      "looking (find) → starting (launch) → running → stopping (halt) → stopping → off",
    );
  });

  test("the end of one that was asked to end is no crash", () => {
    assert.equal(play("start", FOUND, UP, "stop", DOWN, "halted").endsWith("stopping (halt) → stopping → off"), true);
  });

  test("one crash starts it again, a loop of crashes stops", () => {
    const round = [FOUND, UP, DOWN];
    const rounds = Array.from({ length: CRASHES }, () => round).flat();
    assert.equal(play("start", ...rounds).endsWith("→ running → failed"), true);
    assert.equal(play("start", ...rounds.slice(3)).endsWith("→ running → looking (find)"), true);
    assert.equal(play("start", ...rounds, "restart").endsWith("→ failed → looking (find)"), true);
  });

  test("crashes that are long past do not count", () => {
    let life: Life = NEW_LIFE;
    const at = (now: number, ...events: Event[]) => {
      for (const event of events) life = step(life, event, now).life;
    };
    at(0, { kind: "start" });
    for (let crash = 0; crash < 10 * CRASHES; crash += 1) at(crash * WINDOW_MS, FOUND, UP, DOWN);
    assert.equal(life.state.kind, "looking");
    assert.equal(life.crashes.length, 1);
  });
});
