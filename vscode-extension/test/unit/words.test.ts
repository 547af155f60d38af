import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { dump, type Facts } from "../../src/commands/dump";
import { choices } from "../../src/commands/places";
import { summary } from "../../src/commands/summary";
import type { Known } from "../../src/project/known";
import type { Place, ProjectStatus } from "../../src/server/protocol";
import { health, lines, viewState } from "../../src/status/summary";
import { finding, project } from "./sample";

const PROGRAM = { path: "/home/ada/bin/klotho-ls", from: "setting" } as const;
const RUNNING = { kind: "running", program: PROGRAM, version: "0.1.0" } as const;

function status(more: Partial<ProjectStatus> = {}): ProjectStatus {
  const findings = { error: 0, warning: 0, information: 0, hint: 0 };
  return { root: "file:///a/shop", name: null, configuration: null, units: 2, resources: 5, files: 9, findings, monthlyUsd: 66.92, assumed: false, missingPrices: false, ...more };
}

function known(...statuses: ProjectStatus[]): Known {
  return { kind: "projects", graphs: [project()], statuses };
}

suite("the health", () => {
  const short = (...statuses: ProjectStatus[]) => health(RUNNING, known(...statuses), undefined).short;

  test("is the sum and the findings", () => {
    assert.equal(short(status()), "$(cloud) $66.9/mo");
    assert.equal(short(status({ assumed: true, findings: { error: 2, warning: 1, information: 9, hint: 9 } })), "$(cloud) ~$66.9/mo $(error) 2 $(warning) 1");
    assert.equal(short(status(), status({ monthlyUsd: null })), "$(cloud) ≥ $66.9/mo");
    assert.equal(short(status({ units: 0, monthlyUsd: null })), "$(cloud) Klotho");
  });

  test("says a mismatch of versions and trouble with the server", () => {
    assert.deepEqual(health(RUNNING, known(status()), "Update it.").level, "warning");
    assert.match(health({ kind: "failed", reason: "It ended." }, { kind: "nothing" }, undefined).detail, /several times.*It ended\./);
    assert.equal(health({ kind: "missing", reason: "Nowhere." }, { kind: "nothing" }, undefined).detail, "Nowhere.");
    assert.equal(health(RUNNING, { kind: "reading" }, undefined).level, "busy");
  });

  test("is spoken without icons", () => {
    const spoken = health(RUNNING, known(status({ findings: { error: 1, warning: 2, information: 0, hint: 0 } })), undefined).spoken;
    assert.equal(spoken, "Klotho: $66.9/mo, 2 units, 1 error, 2 warnings");
  });

  test("lists projects by name, or by folder", () => {
    assert.deepEqual(lines([status({ name: "shop" }), status({ root: "file:///a/b%20c/" })]).map(({ name }) => name), ["shop", "b c"]);
  });

  test("each state has its welcome text", () => {
    const empty = project();
    empty.graph.annotations = [];
    assert.equal(viewState(RUNNING, known()), "full");
    assert.equal(viewState(RUNNING, { kind: "projects", graphs: [empty], statuses: [] }), "empty");
    assert.equal(viewState(RUNNING, { kind: "old" }), "old");
    assert.equal(viewState({ kind: "looking", again: false }, { kind: "nothing" }), "reading");
    assert.equal(viewState({ kind: "failed", reason: "" }, { kind: "nothing" }), "failed");
  });
});

suite("targets to choose from", () => {
  const place = (more: Partial<Place>): Place => ({
    target: "lambda", name: "AWS Lambda", mode: "on-demand", monthlyUsd: 17.34, lines: [], coldStart: "1 in 4,000 waits", fits: true,
    why: [], recommended: false, current: false, capacity: null, ...more,
  });

  test("have what each costs beside what it costs now", () => {
    const rows = choices([
      place({ current: true }),
      place({ target: "ecs", name: "ECS on Fargate", mode: "always-on", monthlyUsd: 7.34, recommended: true, coldStart: null }),
      place({ target: "eks", name: "EKS", monthlyUsd: null, fits: false, why: ["no Arm", "too slow"] }),
    ]);
    assert.deepEqual(rows.map(({ label, description, detail }) => [label, description, detail]), [
      ["$(check) AWS Lambda", "$17.3 a month · now", "on demand: paid per use; cold start: 1 in 4,000 waits"],
      ["$(star-full) ECS on Fargate", "$7.34 a month · saves $10.0 · recommended", "always on: paid while idle"],
      ["$(circle-slash) EKS", "no price", "Does not fit: no Arm; too slow"],
    ]);
  });
});

suite("the summary to copy", () => {
  test("is a table with a total, and says what is not in it", () => {
    assert.equal(
      summary([project()]),
      [
        "### my shop: where it runs",
        "",
        "| | runs on | a month |",
        "|---|---|---:|",
        "| api | AWS Lambda | $17.3 |",
        "| mail | ECS on Fargate | ~$1,230 |",
        "| carts | DynamoDB | no price |",
        "| **total** | | **$1,250** |",
        "",
        "~ with traffic that is assumed where nobody states it. What has no price is not in the total.",
        "",
      ].join("\n"),
    );
  });

  test("names from the source cannot change the table", () => {
    const odd = project();
    odd.graph.nodes[0] = { ...odd.graph.nodes[0], id: "a|b`c\n<d>" } as (typeof odd.graph.nodes)[0];
    assert.match(summary([odd]), /\| a\\\|b\\`c \\<d\\> \| lambda \| no price \|/);
  });
});

suite("the report of an issue", () => {
  const facts: Facts = {
    extension: "0.1.0", editor: "Code 1.100.3", system: "linux x64", remote: undefined, trusted: true, folders: 1, state: RUNNING,
    crashes: 2, known: { kind: "projects", graphs: [project(finding("error", "api.ts", 1))], statuses: [] },
    settings: { "klotho.server.path": PROGRAM.path, "klotho.trace.server": "verbose", "klotho.gutterIcons.enable": false },
  };

  test("has what is needed", () => {
    const text = dump(facts);
    for (const row of ["| server | running, version 0.1.0, from setting |", "| klotho.trace.server | verbose |", "| klotho.gutterIcons.enable | no |".replace("no", "false")]) {
      assert.ok(text.includes(row), row);
    }
    assert.match(text, /\| project 1 \| 1 files, 4 annotations, .* generation 7; a-code \|/);
  });

  test("has no path, no name and no message", () => {
    const failed = dump({ ...facts, state: { kind: "missing", reason: `${PROGRAM.path} is gone` } });
    for (const text of [dump(facts), failed]) {
      for (const secret of ["/home", "ada", "shop", "api", "carts", "in `line`"]) assert.equal(text.includes(secret), false, secret);
    }
  });
});
