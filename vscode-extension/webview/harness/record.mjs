// Writes what the server answers about the projects of tests/apps into recorded/: node webview/harness/record.mjs KLOTHO-LS
import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const HERE = import.meta.dirname;
const APPS = path.resolve(HERE, "../../../tests/apps");
const [program] = process.argv.slice(2);
if (program === undefined) {
  throw new Error("usage: node webview/harness/record.mjs KLOTHO-LS");
}

/** A client that asks and waits, no more. */
function connect(root) {
  const server = spawn(program, [], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  let rest = Buffer.alloc(0);
  let id = 0;
  const write = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
  };
  server.stdout.on("data", (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, end).toString())?.[1]);
      if (end < 0 || rest.length < end + 4 + length) {
        return;
      }
      const message = JSON.parse(rest.subarray(end + 4, end + 4 + length).toString());
      rest = rest.subarray(end + 4 + length);
      if (message.method === undefined) {
        const { resolve, reject } = waiting.get(message.id);
        if (message.error === undefined) {
          resolve(message.result);
        } else {
          reject(new Error(message.error.message));
        }
      } else if (message.id !== undefined) {
        write({ id: message.id, result: null });
      }
    }
  });
  return {
    root,
    ask: (method, params) => new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      write({ id, method, params });
    }),
    tell: (method, params) => write({ method, params }),
    ended: new Promise((resolve) => server.on("exit", resolve)),
  };
}

async function withProject(app, run) {
  const root = pathToFileURL(path.join(APPS, app)).href;
  const client = connect(root);
  await client.ask("initialize", { processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: app }], capabilities: {} });
  client.tell("initialized", {});
  for (let status = await client.ask("klotho/status"); status.phase !== "ready"; status = await client.ask("klotho/status")) {
    await setImmediate();
  }
  await run(client);
  await client.ask("shutdown");
  client.tell("exit");
  await client.ended;
}

/** No place of this machine is written down. */
function write(name, document, root) {
  const text = JSON.stringify(document).replaceAll(root, `file:///apps/${path.basename(root)}`);
  writeFileSync(path.join(HERE, "recorded", name), `${text}\n`);
}

for (const app of ["music-service", "orders-js"]) {
  await withProject(app, async ({ root, ask }) => {
    write(`${app}.graph.json`, await ask("klotho/graph", {}), root);
    if (app === "music-service") {
      const uri = `${root}/playlists.ts`;
      write("playlists.cost.json", await ask("klotho/cost", { textDocument: { uri }, unit: "playlists" }), root);
    }
  });
}
