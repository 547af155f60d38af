/** A webview beside the editor: opened, brought back after a restart, and talked to in checked messages. */
import { randomBytes } from "node:crypto";
import * as v from "valibot";
import * as vscode from "vscode";
import { pageHtml } from "./page";

export interface PanelKind<Heard> {
  /** As package.json names it. */
  readonly type: string;
  readonly title: string;
  /** The name of its script and style in dist/webview. */
  readonly file: string;
  readonly heard: v.GenericSchema<unknown, Heard>;
}

export class ViewPanel<Told, Heard> implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly kind: PanelKind<Heard>,
    private readonly hear: (message: Heard) => void,
    private readonly closed: () => void,
    /** The column of a view that is open already: the next joins it, rather than making code narrower still. */
    private readonly others: () => vscode.ViewColumn | undefined,
  ) {
    const serializer = {
      deserializeWebviewPanel: (panel: vscode.WebviewPanel) => {
        this.take(panel);
        return Promise.resolve();
      },
    };
    this.subscriptions = [vscode.window.registerWebviewPanelSerializer(kind.type, serializer)];
  }

  /** Whether somebody can see it; what is hidden is told everything when it comes back. */
  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  /** The column that it stands in. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel?.viewColumn;
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    if (this.panel !== undefined) {
      this.panel.reveal(undefined, true);
      return;
    }
    const where = { viewColumn: this.others() ?? vscode.ViewColumn.Beside, preserveFocus: true };
    this.take(vscode.window.createWebviewPanel(this.kind.type, this.kind.title, where));
  }

  tell(message: Told): void {
    void this.panel?.webview.postMessage(message);
  }

  dispose(): void {
    this.panel?.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private take(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    const folder = vscode.Uri.joinPath(this.extension, "dist", "webview");
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const file = (extension: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, `${this.kind.file}.${extension}`)).toString();
    panel.iconPath = vscode.Uri.joinPath(this.extension, "dist", "icon.png");
    webview.onDidReceiveMessage((data: unknown) => {
      const message = v.safeParse(this.kind.heard, data);
      if (message.success) {
        this.hear(message.output);
      }
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) {
        this.panel = undefined;
        this.closed();
      }
    });
    webview.html = pageHtml({
      title: this.kind.title,
      nonce: randomBytes(18).toString("base64"),
      cspSource: webview.cspSource,
      script: file("js"),
      style: file("css"),
    });
  }
}
