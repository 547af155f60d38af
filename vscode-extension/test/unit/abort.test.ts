import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { killOnAbort } from "../../src/server/abort";

class Started {
  process: { kill(signal: string): void } | undefined;
  readonly killed: string[] = [];
  readonly controller = new AbortController();
  readonly ending = killOnAbort(this.controller.signal, () => this.process);

  spawn(): void {
    this.process = { kill: (signal) => { this.killed.push(signal); } };
    this.ending.check();
  }
}

suite("ending a server that has not answered", () => {
  test("a process that is there is ended at once", () => {
    const started = new Started();
    started.spawn();
    assert.deepEqual(started.killed, []);
    started.controller.abort();
    assert.deepEqual(started.killed, ["SIGKILL"]);
  });

  test("one that comes after the signal is ended as it comes", () => {
    const started = new Started();
    started.controller.abort();
    assert.deepEqual(started.killed, []);
    started.spawn();
    assert.deepEqual(started.killed, ["SIGKILL"]);
  });

  test("a signal that was given before anything began counts as well", () => {
    const killed: string[] = [];
    killOnAbort(AbortSignal.abort(), () => ({ kill: (signal) => killed.push(signal) })).check();
    assert.deepEqual(killed, ["SIGKILL"]);
  });

  test("what has answered is left alone", () => {
    const started = new Started();
    started.spawn();
    started.ending.forget();
    started.controller.abort();
    assert.deepEqual(started.killed, []);
  });
});
