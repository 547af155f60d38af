import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as vscode from "vscode";
import type { LanguageClient, Middleware } from "vscode-languageclient/node";
import type { Server } from "./api";
import { type ClientSession, connect } from "./client";
import { Crashes } from "./crash";
import { find, type Program } from "./find";
import { ServerLife } from "./life";
import type { Notifications, Requests } from "./protocol";
import { traceChannel } from "./trace";

/** Nobody answers at the moment. */
class NotRunning extends Error {
  constructor() {
    super("klotho-ls is not running.");
  }
}

/** The server as the rest of the extension sees it: one, though processes come and go. */
export class KlothoServer implements Server, vscode.Disposable {
  readonly log: vscode.LogOutputChannel;
  readonly life: ServerLife<ClientSession>;
  private readonly ready = new vscode.EventEmitter<void>();
  private readonly crashed = new vscode.EventEmitter<string>();
  /** Told of each file that a process crashed over, and that those after it leave out. */
  readonly onCrash = this.crashed.event;
  private readonly handlers = new Map<string, Set<(params: never) => void>>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    middleware: Middleware,
  ) {
    this.log = vscode.window.createOutputChannel("Klotho", { log: true });
    const channels = { log: this.log, trace: traceChannel(context) };
    const crashes = new Crashes((file) => { this.crashed.fire(file); });
    this.life = new ServerLife<ClientSession>({
      find: () => findProgram(context),
      launch: (program, down, aborted) => {
        const prepare = (client: LanguageClient) => {
          for (const method of this.handlers.keys()) this.listen(client, method);
        };
        return connect(program, channels, middleware, prepare, { down, aborted, crashes });
      },
      now: Date.now,
    });
    this.life.onState((state) => {
      this.log.info(`server: ${state.kind}${"reason" in state ? `: ${state.reason}` : ""}`);
      if (state.kind === "running") this.ready.fire();
    });
    context.subscriptions.push(this.log, this.ready, this.crashed);
  }

  /** The version of this extension. */
  get extensionVersion(): string {
    return (this.context.extension.packageJSON as { version: string }).version;
  }

  async request<M extends keyof Requests>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]> {
    return this.client().sendRequest<Requests[M]["result"]>(method, params);
  }

  async execute(command: string, ...args: unknown[]): Promise<unknown> {
    return this.client().sendRequest("workspace/executeCommand", { command, arguments: args });
  }

  onNotification<M extends keyof Notifications>(
    method: M,
    handler: (params: Notifications[M]) => void,
  ): vscode.Disposable {
    const handlers = this.handlers.get(method) ?? new Set();
    handlers.add(handler);
    if (!this.handlers.has(method)) {
      this.handlers.set(method, handlers);
      if (this.life.running !== undefined) this.listen(this.life.running.client, method);
    }
    return new vscode.Disposable(() => handlers.delete(handler));
  }

  onReady(handler: () => void): vscode.Disposable {
    if (this.life.running !== undefined) handler();
    return this.ready.event(handler);
  }

  async dispose(): Promise<void> {
    await this.life.stop();
  }

  private client(): ClientSession["client"] {
    if (this.life.running === undefined) throw new NotRunning();
    return this.life.running.client;
  }

  private listen(client: LanguageClient, method: string): void {
    client.onNotification(method, (params: unknown) => {
      this.handlers.get(method)?.forEach((handler) => { handler(params as never); });
    });
  }
}

/** The program by this machine's settings and environment. */
export function findProgram(context: vscode.ExtensionContext): Promise<Program> {
  const places = {
    setting: vscode.workspace.getConfiguration("klotho").get<string>("server.path", "").trim(),
    extension: context.extensionPath,
    searchPath: process.env["PATH"] ?? "",
    home: homedir(),
    platform: process.platform,
  };
  return find(places, canBeStarted);
}

async function canBeStarted(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
