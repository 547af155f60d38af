import * as vscode from "vscode";

/**
 * The channel for messages to and from the server. The client library traces when the level of its channel is `Trace`, which a
 * person would have to set beside `klotho.trace.server`; here the setting alone decides.
 */
export function traceChannel(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  const channel = vscode.window.createOutputChannel("Klotho Trace", { log: true });
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  context.subscriptions.push(
    channel,
    changed,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("klotho.trace.server")) changed.fire(level());
    }),
  );
  return new Proxy(channel, {
    get(target, key) {
      if (key === "logLevel") return level();
      if (key === "onDidChangeLogLevel") return changed.event;
      if (key === "trace") return target.info.bind(target);
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

function level(): vscode.LogLevel {
  const setting = vscode.workspace.getConfiguration("klotho").get<string>("trace.server", "off");
  return setting === "off" ? vscode.LogLevel.Info : vscode.LogLevel.Trace;
}
