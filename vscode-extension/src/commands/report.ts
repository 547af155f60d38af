import { arch, platform } from "node:os";
import * as vscode from "vscode";
import { dump } from "./dump";
import type { Extension } from "./extension";

/** Opens a text with the state of the extension, to be read before anything is sent, and offers the page where to send it. */
export async function reportIssue(extension: Extension): Promise<void> {
  const { server, projects } = extension;
  const content = dump({
    extension: server.extensionVersion,
    editor: `${vscode.env.appName} ${vscode.version}`,
    system: `${platform()} ${arch()}`,
    remote: vscode.env.remoteName,
    trusted: vscode.workspace.isTrusted,
    folders: vscode.workspace.workspaceFolders?.length ?? 0,
    state: server.life.state,
    crashes: server.life.crashes,
    known: projects.known,
    settings: changedSettings(extension.context),
  });
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
  const open = "Open the Page for Issues";
  const copy = "Copy";
  const chosen = await vscode.window.showInformationMessage(
    "This is the state of the extension, without source, names or paths. Say what happened, then send it as an issue.",
    copy,
    open,
  );
  if (chosen === undefined) return;
  await vscode.env.clipboard.writeText(document.getText());
  if (chosen === open) await vscode.env.openExternal(vscode.Uri.parse(issuesPage(extension.context)));
}

function issuesPage(context: vscode.ExtensionContext): string {
  const { bugs } = context.extension.packageJSON as { bugs: { url: string } };
  return `${bugs.url}/new`;
}

function changedSettings(context: vscode.ExtensionContext): Record<string, unknown> {
  const { contributes } = context.extension.packageJSON as {
    contributes: { configuration: { properties: Record<string, { default?: unknown }> } };
  };
  const configuration = vscode.workspace.getConfiguration();
  const names = Object.entries(contributes.configuration.properties);
  const values = names.map(([name, { default: usual }]) => [name, configuration.get(name), usual] as const);
  return Object.fromEntries(
    values.filter(([, value, usual]) => JSON.stringify(value) !== JSON.stringify(usual)).map(([name, value]) => [name, value]),
  );
}
