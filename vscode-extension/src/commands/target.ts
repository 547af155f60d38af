import * as vscode from "vscode";
import { monthly } from "../../webview/shared/money";
import { count } from "../../webview/shared/text";
import { APPLY_PLAN, type CostParams, type ProjectGraph, SWITCH_TARGET } from "../server/protocol";
import { type Entry, lastPart, units } from "../tree/model";
import type { Extension } from "./extension";
import { choices } from "./places";

/** Asks for a target, with what each costs, and switches to it. From the tree the unit is known; else it is the one at the cursor. */
export async function switchTarget(extension: Extension, entry?: Entry): Promise<void> {
  const asked = entry?.unit === undefined ? atCursor() : ofUnit(extension, entry.unit);
  const params = (asked !== undefined && (await hasUnit(extension, asked)) ? asked : undefined) ?? (await pickUnit(extension));
  if (params === undefined) return;
  const cost = await extension.server.request("klotho/cost", params);
  if (cost === null) return;
  const picked = await vscode.window.showQuickPick(choices(cost.places), {
    title: `Where ${cost.unit} runs, at ${count(cost.requests)} requests a month`,
    placeHolder: "Choose a target: annotation and configuration change together",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined || picked.target === cost.current) return;
  await change(extension, SWITCH_TARGET, { root: cost.root, unit: cost.unit, target: picked.target });
}

/** Applies the cheapest assignment of targets to one project. */
export async function applyPlan(extension: Extension): Promise<void> {
  const root = await pickProject(extension, "Apply the cheapest plan to");
  if (root !== undefined) await change(extension, APPLY_PLAN, { root });
}

/** What a command that changes files answers. */
interface Changed {
  applied: boolean;
  message: string;
}

async function change(extension: Extension, command: string, argument: unknown): Promise<void> {
  const { applied, message } = (await extension.server.execute(command, argument)) as Changed;
  if (applied) vscode.window.setStatusBarMessage(`$(check) ${message}`, 5000);
  else void vscode.window.showInformationMessage(message);
}

/** The root of the only project that has units, or the one that is chosen. */
export async function pickProject(extension: Extension, title: string): Promise<string | undefined> {
  const projects = extension.projects.graphs.filter((project) => units(project).length > 0);
  const [only] = projects;
  if (projects.length <= 1) return only?.root;
  const items = projects.map(({ root }) => ({ label: lastPart(root), description: vscode.Uri.parse(root).fsPath, root }));
  return (await vscode.window.showQuickPick(items, { title }))?.root;
}

function atCursor(): CostParams | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== "file") return undefined;
  const { line, character } = editor.selection.active;
  return { textDocument: { uri: editor.document.uri.toString() }, position: { line, character } };
}

function ofUnit(extension: Extension, unit: { root: string; id: string }): CostParams | undefined {
  const project = extension.projects.graphs.find(({ root }) => root === unit.root);
  return project === undefined ? undefined : paramsOf(project, unit.id);
}

/** A question about a unit by its name. It is asked of any file of the project, since the project is known by one. */
function paramsOf(project: ProjectGraph, unit: string): CostParams | undefined {
  const file = project.graph.files.find(({ owner }) => owner === `execution_unit:${unit}`)?.path;
  if (file === undefined) return undefined;
  return { textDocument: { uri: vscode.Uri.joinPath(vscode.Uri.parse(project.root), file).toString() }, unit };
}

async function hasUnit(extension: Extension, params: CostParams): Promise<boolean> {
  return (await extension.server.request("klotho/cost", params)) !== null;
}

async function pickUnit(extension: Extension): Promise<CostParams | undefined> {
  const { graphs } = extension.projects;
  const items = graphs.flatMap((project) =>
    units(project).map(({ id, cost }) => ({
      label: id,
      description: cost === undefined ? "" : `${cost.name} · ${monthly(cost.monthlyUsd, cost.assumed)}`,
      detail: graphs.length > 1 ? lastPart(project.root) : "",
      project,
    })),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage("No execution unit is declared in the folders that are open.");
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, { title: "Switch the target of which unit?" });
  return picked === undefined ? undefined : paramsOf(picked.project, picked.label);
}
