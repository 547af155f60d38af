import * as vscode from "vscode";
import type { Entry } from "../tree/model";
import { compareCost } from "./compare";
import type { Extension } from "./extension";
import { reportIssue } from "./report";
import { createSample } from "./sample";
import { chooseServer, serverMenu, setTrace } from "./server";
import { summary } from "./summary";
import { applyPlan, switchTarget } from "./target";
import { runCheck } from "./task";

/** Every command by its name. */
const COMMANDS: Record<string, (extension: Extension, entry?: Entry) => unknown> = {
  "klotho.switchTarget": switchTarget,
  "klotho.applyPlan": applyPlan,
  "klotho.copySummary": copySummary,
  "klotho.compareCost": compareCost,
  "klotho.check": runCheck,
  "klotho.restartServer": ({ server }) => { server.life.restart(); },
  "klotho.showLog": ({ server }) => { server.log.show(); },
  "klotho.setTrace": setTrace,
  "klotho.reportIssue": reportIssue,
  "klotho.createSample": ({ context }) => createSample(context),
  "klotho.serverMenu": serverMenu,
  "klotho.chooseServer": chooseServer,
  "klotho.openSettings": ({ context }) =>
    vscode.commands.executeCommand("workbench.action.openSettings", `@ext:${context.extension.id}`),
  "klotho.revealInSource": reveal,
};

/** Registers them. What fails is said, with the log at hand, instead of the editor's bare message. */
export function registerCommands(extension: Extension): void {
  for (const [name, run] of Object.entries(COMMANDS)) {
    const guarded = async (entry?: Entry) => {
      try {
        await run(extension, entry);
      } catch (error) {
        await failed(extension, error);
      }
    };
    extension.context.subscriptions.push(vscode.commands.registerCommand(name, guarded));
  }
}

async function failed(extension: Extension, error: unknown): Promise<void> {
  extension.server.log.error(error instanceof Error ? error : String(error));
  const text = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showErrorMessage(text, "Show Log")) !== undefined) extension.server.log.show();
}

async function copySummary({ projects }: Extension): Promise<void> {
  const text = summary(projects.graphs);
  if (text === "") {
    void vscode.window.showInformationMessage("No execution unit is declared in the folders that are open.");
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage("$(check) Copied where it runs", 3000);
}

async function reveal(_: Extension, entry?: Entry): Promise<void> {
  if (entry?.place === undefined) return;
  const { root, file, range } = entry.place;
  const { start, end } = range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(vscode.Uri.parse(root), file), { selection });
}
