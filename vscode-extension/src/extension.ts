import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import type { Extension } from "./commands/extension";
import { registerCommands } from "./commands/register";
import { watchServer } from "./commands/server";
import { show, withGraph } from "./commands/show";
import { registerTasks } from "./commands/task";
import { GutterIcons } from "./gutter/gutter";
import { Projects } from "./project/projects";
import { SHOW } from "./server/protocol";
import { KlothoServer } from "./server/server";
import { StatusItems } from "./status/items";
import { byKind, byUnit } from "./tree/model";
import { PROBLEM_DECORATIONS, TreeView } from "./tree/view";
import { registerViews } from "./views";

let server: KlothoServer | undefined;

/** Starts the server and registers all that the editor can show. Hands out what tests of the whole extension look at. */
export function activate(context: vscode.ExtensionContext): Extension {
  server = new KlothoServer(context, MIDDLEWARE);
  const projects = new Projects(server, (uri) => vscode.Uri.parse(uri).toString());
  const status = new StatusItems(server, projects);
  const extension = { context, server, projects, status };
  context.subscriptions.push(
    projects,
    status,
    new GutterIcons(context, projects),
    new TreeView("klotho.byUnit", context, projects, byUnit),
    new TreeView("klotho.byKind", context, projects, byKind),
    vscode.window.registerFileDecorationProvider(PROBLEM_DECORATIONS),
    watchServer(extension),
    forgetWhenGone(extension),
    restartWhenMoved(extension),
  );
  registerCommands(extension);
  registerTasks(context);
  registerViews(context, server);
  server.life.start();
  return extension;
}

export async function deactivate(): Promise<void> {
  await server?.dispose();
}

/** A lens is answered here: the editor can show a hover, where the server alone could only send a message, and has the graph. */
const MIDDLEWARE: Middleware = {
  provideCodeLenses: async (document, token, next) => withGraph(document, (await next(document, token)) ?? []),
  executeCommand: (command, args: unknown[], next) => (command === SHOW ? show(args[0]) : (next(command, args) as unknown)),
};

function forgetWhenGone({ server, projects }: Extension): { dispose(): void } {
  return server.life.onState((state) => {
    if (state.kind !== "running") projects.forget();
  });
}

function restartWhenMoved({ server }: Extension): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration("klotho.server")) server.life.restart();
  });
}
