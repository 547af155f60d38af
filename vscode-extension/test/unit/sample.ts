import type { DiagnosticRow, EdgeRow, NodeRow, ProjectGraph, Range } from "../../src/server/protocol";

function range(line: number, lines = 0): Range {
  return { start: { line, character: 3 }, end: { line: line + lines, character: 9 } };
}

function node(kind: string, id: string, type: string, file: string | null, line: number): NodeRow {
  return { kind, id, type, language: null, symbol: null, file, range: file === null ? null : range(line, 3) };
}

function edge(from: string, kind: EdgeRow["kind"], to: string, label: string | null = null): EdgeRow {
  return { from, to, kind, label };
}

export function finding(severity: DiagnosticRow["severity"], file: string | null, line: number): DiagnosticRow {
  return { code: "a-code", severity, message: `in \`line\` ${line}`, file, range: file === null ? null : range(line) };
}

/** Two units: one behind a gateway with a store, one that it calls; and a store that nobody uses. */
export function project(...diagnostics: DiagnosticRow[]): ProjectGraph {
  return {
    root: "file:///home/ada/my%20shop",
    generation: 7,
    graph: {
      version: 1,
      annotations: [
        { capability: "execution_unit", id: "api", file: "api.ts", range: range(0, 3), resource: "execution_unit:api" },
        { capability: "persist", id: "carts", file: "api.ts", range: range(10, 3), resource: "persist_kv:carts" },
        { capability: "unheard_of", id: null, file: "api.ts", range: range(20), resource: null },
        { capability: "embed_assets", id: "a", file: "api.ts", range: range(30), resource: null },
      ],
      nodes: [
        node("execution_unit", "api", "lambda", "api.ts", 0),
        node("execution_unit", "mail", "ecs", null, 0),
        node("gateway", "front", "apigateway", "api.ts", 40),
        node("persist_kv", "carts", "dynamodb", "api.ts", 10),
        node("persist_orm", "old", "rds_postgres", "old.ts", 0),
      ],
      edges: [
        edge("execution_unit:api", "uses", "persist_kv:carts"),
        edge("execution_unit:api", "calls", "execution_unit:mail", "send"),
        edge("gateway:front", "routes_to", "execution_unit:api"),
      ],
      routes: [{ gateway: "gateway:front", unit: "execution_unit:api", verb: "GET", path: "/carts/:id", file: "api.ts", range: range(50) }],
      files: [{ owner: "execution_unit:api", path: "api.ts", role: "entrypoint" }],
      functions: [],
      diagnostics,
    },
    costs: [
      { node: "execution_unit:api", name: "AWS Lambda", mode: "on-demand", monthlyUsd: 17.337, assumed: false, text: "Lambda $17.3/mo" },
      { node: "execution_unit:mail", name: "ECS on Fargate", mode: "always-on", monthlyUsd: 1234.5, assumed: true, text: "Fargate ~$1,230/mo" },
      { node: "persist_kv:carts", name: "DynamoDB", mode: null, monthlyUsd: null, assumed: false, text: "DynamoDB, cost not known" },
    ],
  };
}
