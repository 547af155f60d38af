import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Program } from "../../src/server/find";
import { ServerLife, type Session } from "../../src/server/life";

const PROGRAM: Program = { path: "/bin/klotho-ls", from: "PATH" };

/** A world in which each start and stop waits until the test lets it happen. */
class World {
  /** Processes that were started and have not ended. */
  alive = 0;
  most = 0;
  launches = 0;
  private readonly waiting: (() => void)[] = [];
  downs: ((reason: string) => void)[] = [];
  fails = false;
  /** Whether what is started never answers. */
  isMute = false;

  readonly life = new ServerLife({
    find: () => Promise.resolve(PROGRAM),
    launch: (_, down, aborted) => this.launch(down, aborted),
    now: () => 0,
  });

  /** Lets happen what waits, until nothing does. */
  async settle(): Promise<void> {
    do {
      this.waiting.splice(0).forEach((go) => { go(); });
      await new Promise(setImmediate);
    } while (this.waiting.length > 0);
  }

  private async launch(down: (reason: string) => void, aborted: AbortSignal): Promise<Session> {
    this.launches += 1;
    this.alive += 1;
    this.most = Math.max(this.most, this.alive);
    if (this.isMute) {
      await new Promise((resolve) => { aborted.addEventListener("abort", resolve); });
      this.alive -= 1;
      throw new Error("it was ended");
    }
    await this.turn();
    if (this.fails) {
      this.alive -= 1;
      down("closed");
      throw new Error("it cannot be started");
    }
    this.downs.push(down);
    const halt = async () => {
      await this.turn();
      this.alive -= 1;
    };
    return { version: "0.1.0", halt };
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

suite("the processes of the server", () => {
  test("one that never answers is ended by a restart, and by a stop", async () => {
    const world = new World();
    world.isMute = true;
    world.life.start();
    await world.settle();
    assert.equal(world.life.state.kind, "starting");
    world.life.restart();
    await world.settle();
    assert.deepEqual([world.launches, world.alive, world.life.crashes], [2, 1, 0]);
    await world.life.stop();
    assert.deepEqual([world.alive, world.life.state.kind], [0, "off"]);
  });

  test("a storm of restarts never has two at once, and ends with one", async () => {
    const world = new World();
    world.life.start();
    for (let count = 0; count < 20; count += 1) {
      world.life.restart();
      if (count % 3 === 0) await new Promise(setImmediate);
    }
    await world.settle();
    assert.deepEqual([world.life.state.kind, world.alive, world.most], ["running", 1, 1]);
  });

  test("an end that nobody asked for starts it again", async () => {
    const world = new World();
    world.life.start();
    await world.settle();
    world.downs[0]?.("killed");
    await world.settle();
    assert.deepEqual([world.life.state.kind, world.launches, world.life.crashes], ["running", 2, 1]);
  });

  test("one that never comes up is given up, each failure counted once", async () => {
    const world = new World();
    world.fails = true;
    world.life.start();
    for (let round = 0; round < 10; round += 1) await world.settle();
    assert.deepEqual([world.life.state.kind, world.launches], ["failed", 5]);
  });

  test("stopping waits until it is gone", async () => {
    const world = new World();
    world.life.start();
    await world.settle();
    const stopped = world.life.stop();
    assert.equal(world.alive, 1);
    await world.settle();
    await stopped;
    assert.deepEqual([world.life.state.kind, world.alive], ["off", 0]);
  });
});
