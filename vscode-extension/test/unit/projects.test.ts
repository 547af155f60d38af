import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Projects } from "../../src/project/projects";
import type { Server } from "../../src/server/api";
import type { ProjectGraph, Status } from "../../src/server/protocol";
import { project } from "./sample";

const SHOP = "file:///home/ada/shop";
const BLOG = "file:///home/ada/blog";

/** A question that waits until the test lets it be answered. */
interface Question {
  method: string;
  uri: string | undefined;
  answer: (with_: unknown) => void;
  refuse: (error: Error) => void;
}

/** A server whose projects change as the test says, and which answers when the test says. */
class Fake {
  phase: Status["phase"] = "ready";
  readonly generations = new Map([[SHOP, 1]]);
  readonly asked: string[] = [];
  private readonly waiting: Question[] = [];
  private ready: () => void = () => undefined;
  private changed: (params: { roots: string[] }) => void = () => undefined;

  readonly projects = new Projects(
    {
      request: (method: string, params: { textDocument?: { uri: string } } | undefined) =>
        new Promise((answer, refuse) => { this.waiting.push({ method, uri: params?.textDocument?.uri, answer, refuse }); }),
      onReady: (handler: () => void) => this.subscribe(() => { this.ready = handler; }),
      onNotification: (_: string, handler: (params: { roots: string[] }) => void) => this.subscribe(() => { this.changed = handler; }),
    } as unknown as Server,
    (uri) => uri,
  );

  start(): void {
    this.ready();
  }

  /** The graph of a project is another one, and the extension is told so. */
  change(root: string): void {
    this.generations.set(root, (this.generations.get(root) ?? 0) + 1);
    this.changed({ roots: [root] });
  }

  /** Answers the questions that wait. */
  async step(): Promise<void> {
    for (const { method, uri, answer } of this.waiting.splice(0)) {
      this.asked.push(uri === undefined ? method : `${method} ${uri}`);
      answer(method === "klotho/status" ? this.status() : { projects: this.graphs(uri) });
    }
    await new Promise(setImmediate);
  }

  /** Answers until nothing is asked any more. */
  async settle(): Promise<void> {
    while (this.waiting.length > 0) await this.step();
  }

  /** Fails the questions that wait, as the connection of a server does that is gone. */
  async fail(): Promise<void> {
    for (const { refuse } of this.waiting.splice(0)) refuse(new Error("the connection is gone"));
    await new Promise(setImmediate);
  }

  /** What the extension knows: the generation of each project's graph. */
  known(): Record<string, number> {
    return Object.fromEntries(this.projects.graphs.map(({ root, generation }) => [root, generation]));
  }

  private subscribe(act: () => void): { dispose(): void } {
    act();
    return { dispose: () => undefined };
  }

  private status(): Status {
    const projects = [...this.generations.keys()].map((root) => ({ root }));
    return { version: "0", phase: this.phase, projects: projects as Status["projects"] };
  }

  private graphs(uri: string | undefined): ProjectGraph[] {
    const all = [...this.generations].map(([root, generation]) => ({ ...project(), root, generation }));
    return all.filter(({ root }) => uri === undefined || uri.startsWith(`${root}/`));
  }
}

async function started(): Promise<Fake> {
  const fake = new Fake();
  fake.start();
  await fake.settle();
  return fake;
}

suite("what is known of the projects", () => {
  test("a change is taken over also while files are read again, about whose end nobody is told", async () => {
    const fake = await started();
    fake.phase = "reading";
    fake.change(SHOP);
    await fake.settle();
    assert.deepEqual(fake.known(), { [SHOP]: 2 });
  });

  test("at the start what is read is waited for", async () => {
    const fake = new Fake();
    fake.phase = "reading";
    fake.start();
    await fake.settle();
    assert.deepEqual(fake.projects.known, { kind: "reading" });
    fake.phase = "ready";
    fake.change(SHOP);
    await fake.settle();
    assert.deepEqual(fake.known(), { [SHOP]: 2 });
  });

  test("a change that comes between a question and its answer is asked for afterwards", async () => {
    const fake = await started();
    fake.change(SHOP);
    await fake.step();
    // The status is answered, the graph is asked for.
    fake.change(SHOP);
    await fake.step();
    fake.change(SHOP);
    await fake.settle();
    assert.deepEqual(fake.known(), { [SHOP]: 4 });
  });

  test("of two projects the one that changed is asked for", async () => {
    const fake = await started();
    fake.generations.set(BLOG, 1);
    fake.change(BLOG);
    await fake.settle();
    fake.asked.length = 0;
    fake.change(BLOG);
    await fake.settle();
    assert.deepEqual(fake.asked, ["klotho/status", `klotho/graph ${BLOG}/klotho.yaml`]);
    assert.deepEqual(fake.known(), { [SHOP]: 1, [BLOG]: 3 });
  });

  test("what a server said that is gone is not taken over", async () => {
    const fake = await started();
    fake.change(SHOP);
    fake.projects.forget();
    await fake.settle();
    assert.deepEqual(fake.projects.known, { kind: "nothing" });
  });

  test("after a failure everything is asked for again", async () => {
    const fake = await started();
    fake.change(SHOP);
    await fake.fail();
    assert.deepEqual(fake.projects.known, { kind: "nothing" });
    fake.change(SHOP);
    await fake.settle();
    assert.deepEqual(fake.known(), { [SHOP]: 3 });
  });
});
