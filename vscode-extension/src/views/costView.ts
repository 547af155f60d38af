/** The extension's side of the cost view. */
import * as v from "valibot";
import * as vscode from "vscode";
import { CostReply, type Cost, type Overrides } from "../../webview/shared/contract";
import { FromCost, type ToCost } from "../../webview/shared/messages";
import type { Server } from "../server/api";
import { activeEditor } from "./editors";
import { Latest } from "./latest";
import { reason } from "./reason";
import { ViewPanel } from "./panel";

/** What `klotho/cost` is asked. */
interface Question {
  readonly textDocument: { readonly uri: string };
  readonly position?: { readonly line: number; readonly character: number };
  readonly unit?: string;
  readonly workload?: Overrides;
}

/** The unit that is looked at. */
interface Shown {
  readonly uri: string;
  readonly root: string;
  readonly unit: string;
  readonly tried: Overrides;
}

export class CostView implements vscode.Disposable {
  private readonly panel: ViewPanel<ToCost, FromCost>;
  private readonly asking: Latest<Question, Cost | null>;
  private readonly subscriptions: { dispose(): unknown }[];
  private shown: Shown | null = null;
  private follow = true;
  private ready = false;

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly showGraph: () => void,
    others: () => vscode.ViewColumn | undefined,
  ) {
    const kind = { type: "klotho.cost", title: "Klotho: cost", file: "cost", heard: FromCost };
    this.panel = new ViewPanel(context.extensionUri, kind, (message) => { this.hear(message); }, () => { this.shown = null; }, others);
    this.asking = new Latest(
      async (question) => v.parse(CostReply, await server.request("klotho/cost", question)),
      (cost, question) => { this.answered(cost, question); },
      (error) => { this.panel.tell({ type: this.shown === null ? "failed" : "notice", message: reason(error) }); },
    );
    this.subscriptions = [
      this.panel,
      server.onReady(() => {
        this.ready = true;
        this.refresh();
      }),
      server.onNotification("klotho/graphChanged", () => { this.refresh(); }),
      vscode.window.onDidChangeTextEditorSelection(() => { this.cursorMoved(); }),
      vscode.window.onDidChangeActiveTextEditor(() => { this.cursorMoved(); }),
    ];
  }

  /** Shows the unit under the cursor. */
  show(): void {
    this.panel.show();
    this.askForCursor();
  }

  /** Shows one unit. */
  showUnit(document: vscode.Uri, unit: string): void {
    this.panel.show();
    this.ask({ textDocument: { uri: document.toString() }, unit });
  }

  get column(): vscode.ViewColumn | undefined {
    return this.panel.column;
  }

  dispose(): void {
    this.asking.close();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private hear(message: FromCost): void {
    switch (message.type) {
      case "ready":
        this.follow = message.follow;
        this.panel.tell({ type: "loading" });
        this.refresh();
        return;
      case "retry":
        this.refresh();
        return;
      case "showLog":
        void vscode.commands.executeCommand("klotho.showLog");
        return;
      case "follow":
        this.follow = message.on;
        this.cursorMoved();
        return;
      case "price":
        this.price(message);
        return;
      case "write":
        void this.change("klotho-ls.setWorkload", { root: message.root, unit: message.unit, workload: message.workload }, { type: "written" });
        return;
      case "switch":
        void this.change("klotho-ls.switchTarget", { root: message.root, unit: message.unit, target: message.target }, null);
        return;
      case "showGraph":
        this.showGraph();
        return;
    }
  }

  private price({ root, unit, workload }: { root: string; unit: string; workload: Overrides }): void {
    if (this.shown?.root === root && this.shown.unit === unit) {
      this.shown = { ...this.shown, tried: workload };
      this.refresh();
    }
  }

  /** Asks again for what is shown, else for what the cursor is in. */
  private refresh(): void {
    if (!this.panel.visible) {
      return;
    }
    if (this.shown === null) {
      this.askForCursor();
    } else {
      const { uri, unit, tried } = this.shown;
      this.ask({ textDocument: { uri }, unit, workload: tried });
    }
  }

  private cursorMoved(): void {
    if (this.follow && this.panel.visible && vscode.window.activeTextEditor !== undefined) {
      this.askForCursor();
    }
  }

  private askForCursor(): void {
    const editor = activeEditor();
    if (editor === undefined) {
      this.panel.tell({ type: "nothing" });
      return;
    }
    const { line, character } = editor.selection.active;
    this.ask({ textDocument: { uri: editor.document.uri.toString() }, position: { line, character } });
  }

  private ask(question: Question): void {
    if (this.ready) {
      this.asking.put(question);
    }
  }

  private answered(cost: Cost | null, { textDocument: { uri }, workload }: Question): void {
    if (cost === null) {
      this.panel.tell({ type: "nothing" });
      return;
    }
    const same = this.shown?.root === cost.root && this.shown.unit === cost.unit;
    if (same && workload === undefined && Object.keys(this.shown?.tried ?? {}).length > 0) {
      // The cursor moved within the unit that is being tried out: what is on the screen stays.
      return;
    }
    const overrides = workload ?? {};
    this.shown = { uri, root: cost.root, unit: cost.unit, tried: same ? (this.shown?.tried ?? {}) : overrides };
    this.panel.tell({ type: "cost", cost, overrides });
  }

  private async change(command: string, argument: object, done: ToCost | null): Promise<void> {
    try {
      await this.server.execute(command, argument);
      if (done !== null) {
        this.panel.tell(done);
      }
    } catch (error) {
      this.panel.tell({ type: "notice", message: reason(error) });
    }
  }
}
