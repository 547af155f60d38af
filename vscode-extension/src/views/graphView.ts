/** The extension's side of the graph view. */
import * as v from "valibot";
import * as vscode from "vscode";
import { GraphChanged, GraphReply, StatusReply } from "../../webview/shared/contract";
import { FromGraph, type ToGraph } from "../../webview/shared/messages";
import type { Server } from "../server/api";
import { amount } from "../status/summary";
import { activeEditor, openPlace, pathIn, rootOf } from "./editors";
import { saveDrawing } from "./exportDialog";
import { projectModel, type Place, type ProjectModel } from "./graphModel";
import { Latest } from "./latest";
import { reason } from "./reason";
import { ViewPanel } from "./panel";
import { underCursor } from "./underCursor";

/** Asks for the cost view of a unit. */
export type ShowCost = (document: vscode.Uri, unit: string) => void;

export class GraphView implements vscode.Disposable {
  private readonly panel: ViewPanel<ToGraph, FromGraph>;
  private models = new Map<string, ProjectModel>();
  /** What each project costs, by its root. */
  private totals = new Map<string, string>();
  /** Roots whose graph is out of date; null for all. */
  private stale: Set<string> | null = null;
  private ready = false;
  private readonly asking: Latest<null, void>;
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly showCost: ShowCost,
    others: () => vscode.ViewColumn | undefined,
  ) {
    const kind = { type: "klotho.graph", title: "Klotho: resource graph", file: "graph", heard: FromGraph };
    this.panel = new ViewPanel(context.extensionUri, kind, (message) => { this.hear(message); }, () => { this.models.clear(); }, others);
    this.asking = new Latest(
      () => this.load(),
      () => { this.tellAll(); },
      (error) => { this.panel.tell({ type: "failed", message: reason(error) }); },
    );
    this.subscriptions = [
      this.panel,
      server.onReady(() => { this.started(); }),
      server.onNotification("klotho/graphChanged", (params) => { this.changed(params); }),
      vscode.window.onDidChangeTextEditorSelection(() => { this.tellCursor(); }),
      vscode.window.onDidChangeActiveTextEditor(() => { this.tellCursor(); }),
    ];
  }

  show(): void {
    this.panel.show();
  }

  get column(): vscode.ViewColumn | undefined {
    return this.panel.column;
  }

  dispose(): void {
    this.asking.close();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private started(): void {
    this.ready = true;
    this.stale = null;
    this.refresh();
  }

  private changed(params: unknown): void {
    const changed = v.safeParse(GraphChanged, params);
    if (!changed.success) {
      this.stale = null;
    } else if (this.stale !== null) {
      changed.output.roots.forEach((root) => this.stale?.add(root));
    }
    this.refresh();
  }

  private refresh(): void {
    if (this.ready && this.panel.visible) {
      this.asking.put(null);
    }
  }

  private hear(message: FromGraph): void {
    switch (message.type) {
      case "ready":
      case "retry":
        this.panel.tell({ type: "loading" });
        this.stale = this.stale === null || message.type === "retry" ? null : this.stale;
        this.refresh();
        return;
      case "showLog":
        void vscode.commands.executeCommand("klotho.showLog");
        return;
      case "reveal":
        void this.reveal(message.root, message.ref, message.focus);
        return;
      case "revealRoute":
        void this.revealRoute(message.root, message.index);
        return;
      case "showCost":
        this.costOf(message.root, message.ref);
        return;
      case "export":
        void this.save(message);
        return;
    }
  }

  /** Asks for what is out of date. */
  private async load(): Promise<void> {
    const stale = this.stale;
    this.stale = new Set();
    const known = stale !== null && this.models.size > 0;
    const documents = known ? [...stale].map((root) => ({ root, uri: this.documentIn(root) })) : [];
    const isEachKnown = known && documents.every(({ uri }) => uri !== null);
    try {
      const graphs = isEachKnown ? documents.map(({ root, uri }) => this.update(root, uri ?? "")) : [this.askAll()];
      [this.totals] = await Promise.all([this.askTotals(), ...graphs]);
    } catch (error) {
      this.stale = null;
      throw error;
    }
  }

  private async update(root: string, uri: string): Promise<void> {
    const models = await this.ask({ textDocument: { uri } });
    if (!models.some((model) => model.root === root)) {
      this.models.delete(root);
    }
    models.forEach((model) => this.models.set(model.root, model));
  }

  private async askAll(): Promise<void> {
    this.models = new Map((await this.ask({})).map((model) => [model.root, model]));
  }

  private async ask(params: { textDocument?: { uri: string } }): Promise<ProjectModel[]> {
    const reply = v.parse(GraphReply, await this.server.request("klotho/graph", params));
    return reply.projects.map(projectModel);
  }

  /** Sums come from the server: those of rounded rows would be others than the status bar shows. */
  private async askTotals(): Promise<Map<string, string>> {
    const reply = v.parse(StatusReply, await this.server.request("klotho/status", undefined));
    return new Map(reply.projects.filter(({ units }) => units > 0).map((project) => [project.root, amount([project])]));
  }

  /** A file that belongs to a project; null where none is known. */
  private documentIn(root: string): string | null {
    const model = this.models.get(root);
    const editor = activeEditor();
    if (editor !== undefined && model !== undefined && pathIn(root, editor.document.uri) !== null) {
      return editor.document.uri.toString();
    }
    const file = model?.graph.nodes.find((node) => node.file !== null)?.file ?? null;
    return file === null ? null : vscode.Uri.joinPath(vscode.Uri.parse(root), file).toString();
  }

  private tellAll(): void {
    const document = activeEditor()?.document.uri;
    const active = document === undefined ? null : rootOf([...this.models.keys()], document);
    const projects = [...this.models.values()].map(({ view }) => ({ ...view, total: this.totals.get(view.root) ?? null }));
    this.panel.tell({ type: "projects", projects, active });
    this.tellCursor();
  }

  private tellCursor(): void {
    const editor = activeEditor();
    if (!this.panel.visible || editor === undefined) {
      return;
    }
    const root = rootOf([...this.models.keys()], editor.document.uri);
    const model = root === null ? undefined : this.models.get(root);
    const file = root === null ? null : pathIn(root, editor.document.uri);
    if (model !== undefined && file !== null) {
      const here = underCursor(model, file, editor.selection.active) ?? { refs: [], label: "" };
      this.panel.tell({ type: "cursor", root: model.root, ...here });
    }
  }

  private async reveal(root: string, ref: string, focus: boolean): Promise<void> {
    const node = this.models.get(root)?.nodes.get(ref);
    if (node?.place != null) {
      await this.open(root, node.place, focus);
    }
  }

  private async revealRoute(root: string, index: number): Promise<void> {
    const route = this.models.get(root)?.graph.routes[index];
    if (route !== undefined) {
      await this.open(root, route, true);
    }
  }

  private async open(root: string, place: Place, focus: boolean): Promise<void> {
    try {
      await openPlace(root, place.file, place.range.start, { focus, besides: this.panel.column });
    } catch (error) {
      this.panel.tell({ type: "notice", message: `The source cannot be opened: ${reason(error)}` });
    }
  }

  private costOf(root: string, ref: string): void {
    const node = this.models.get(root)?.nodes.get(ref);
    const document = node?.place == null ? this.documentIn(root) : vscode.Uri.joinPath(vscode.Uri.parse(root), node.place.file).toString();
    if (node !== undefined && document !== null) {
      this.showCost(vscode.Uri.parse(document), node.name.slice(node.name.indexOf(":") + 1));
    }
  }

  private async save(message: Extract<FromGraph, { type: "export" }>): Promise<void> {
    try {
      const saved = await saveDrawing(message.root, message.format, message.content);
      if (saved !== null) {
        this.panel.tell({ type: "notice", message: `Written to ${saved}.` });
      }
    } catch (error) {
      this.panel.tell({ type: "notice", message: `The file cannot be written: ${reason(error)}` });
    }
  }
}
