import type * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
  type Middleware,
  TransportKind,
} from "vscode-languageclient/node";
import { killOnAbort } from "./abort";
import type { Crashes } from "./crash";
import type { Program } from "./find";
import type { Session } from "./life";

/** The languages whose comments may hold annotations, by the editor's names. */
const LANGUAGES = [
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
  "python",
  "go",
  "csharp",
  "rust",
  "java",
  "yaml",
  "dockerfile",
];

/** The project's configuration, in each of its formats. */
const CONFIGURATION = "**/klotho.{yaml,yml,json,toml}";

/** The documents that the server is told of. */
export const DOCUMENTS: ({ scheme: string; language: string } | { scheme: string; pattern: string })[] = [
  ...LANGUAGES.map((language) => ({ scheme: "file", language })),
  { scheme: "file", pattern: CONFIGURATION },
];

/** Where the logs of the server and the messages to and from it go. */
export interface Channels {
  log: vscode.LogOutputChannel;
  trace: vscode.LogOutputChannel;
}

/** A session over the language server protocol. */
export interface ClientSession extends Session {
  client: LanguageClient;
}

/** Messages of the library about a server that went away are logged; what to tell a person is decided by the server's life. */
class QuietClient extends LanguageClient {
  /** Called when its process is there and has been asked nothing yet. */
  spawned: () => void = () => undefined;

  protected override async createMessageTransports(encoding: string): Promise<MessageTransports> {
    const transports = await super.createMessageTransports(encoding);
    this.spawned();
    return transports;
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** How a session ends that nobody halts. */
export interface Ends {
  /** Called when it ends of itself. */
  down: (reason: string) => void;
  /** Ends it while it has not answered. */
  aborted: AbortSignal;
  /** What others crashed over, which this one leaves out. */
  crashes: Crashes;
}

/** Starts the program and greets it. Fails when it ends instead of answering. */
export async function connect(
  program: Program,
  channels: Channels,
  middleware: Middleware,
  prepare: (client: LanguageClient) => void,
  { down, aborted, crashes }: Ends,
): Promise<ClientSession> {
  let crashed: string | undefined;
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: channels.log,
    traceOutputChannel: channels.trace,
    initializationOptions: { klotho: { graphChanged: true } },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        const reason = crashed === undefined ? "It ended without being asked to." : `It crashed while it read “${crashed}”.`;
        down(reason);
        // Started again it is another session. The library would log that nothing is started any more.
        return { action: CloseAction.DoNotRestart, handled: true, message: reason };
      },
    },
    middleware,
  };
  const environment = crashes.environment(process.env);
  const executable = { command: program.path, transport: TransportKind.stdio, options: { env: environment } };
  const client = new QuietClient("klotho", "Klotho", executable, options);
  prepare(client);
  channels.log.info(`starting ${program.path}`);
  // The library waits for an answer for ever; without its process the start fails.
  const ending = killOnAbort(aborted, () => client.serverProcess);
  client.spawned = () => {
    ending.check();
    client.serverProcess?.stderr?.on("data", (said: Buffer) => { crashed = crashes.hear(said.toString()) ?? crashed; });
  };
  try {
    await client.start();
  } catch (error) {
    channels.log.error(error instanceof Error ? error : String(error));
    await quietly(client.dispose());
    // What broke is the pipe or the connection, which says nothing to a person.
    throw new Error("It ended before it answered.", { cause: error });
  } finally {
    ending.forget();
  }
  return {
    client,
    version: client.initializeResult?.serverInfo?.version,
    halt: () => {
      crashes.forget();
      return quietly(client.dispose());
    },
  };
}

/** A server that is gone cannot be ended properly, and need not be. */
async function quietly(end: Promise<void>): Promise<void> {
  try {
    await end;
  } catch {
    // It is gone.
  }
}
