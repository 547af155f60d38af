import * as vscode from "vscode";
import type { Projects } from "../project/projects";
import { DOCUMENTS } from "../server/client";
import type { KlothoServer } from "../server/server";
import { mismatch } from "../server/version";
import { type Health, health, lines, viewState } from "./summary";

const SEVERITY = {
  ok: vscode.LanguageStatusSeverity.Information,
  busy: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

const BACKGROUND = { warning: "statusBarItem.warningBackground", error: "statusBarItem.errorBackground" };

/** Shows how the server is and what the application costs, and keeps the contexts that menus and welcome texts read. */
export class StatusItems implements vscode.Disposable {
  private readonly language = vscode.languages.createLanguageStatusItem("klotho.status", DOCUMENTS);
  private readonly bar = vscode.window.createStatusBarItem("klotho.status", vscode.StatusBarAlignment.Left, 0);
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(
    private readonly server: KlothoServer,
    private readonly projects: Projects,
  ) {
    this.language.name = "Klotho";
    this.language.command = { command: "klotho.serverMenu", title: "Actions" };
    this.bar.name = "Klotho: cost a month and findings";
    this.bar.command = "klotho.serverMenu";
    this.subscriptions = [
      this.language,
      this.bar,
      server.life.onState(() => { this.update(); }),
      projects.onChange(() => { this.update(); }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("klotho.statusBar")) this.update();
      }),
    ];
    this.update();
  }

  /** How things stand now. */
  get health(): Health {
    const { state } = this.server.life;
    const version = state.kind === "running" ? mismatch(state.version, this.server.extensionVersion) : undefined;
    return health(state, this.projects.known, version);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(): void {
    const { health } = this;
    const { state } = this.server.life;
    const view = viewState(state, this.projects.known);
    setContext("klotho.running", state.kind === "running");
    setContext("klotho.state", view);
    setContext("klotho.hasUnits", view === "full");
    this.language.text = health.spoken;
    this.language.detail = health.detail;
    this.language.severity = SEVERITY[health.level];
    this.language.busy = health.level === "busy";
    this.updateBar(health, view === "empty");
  }

  private updateBar(health: Health, isEmpty: boolean): void {
    const wanted = vscode.workspace.getConfiguration("klotho").get<boolean>("statusBar.enable", true);
    // Where nothing is annotated there is nothing to say; trouble with the server is said all the same.
    if (!wanted || isEmpty) {
      this.bar.hide();
      return;
    }
    this.bar.text = health.short;
    this.bar.tooltip = this.tooltip(health);
    this.bar.accessibilityInformation = { label: health.spoken };
    const trouble = this.server.life.state.kind !== "running" && health.level !== "busy" ? health.level : "ok";
    this.bar.backgroundColor =
      trouble === "warning" || trouble === "error" ? new vscode.ThemeColor(BACKGROUND[trouble]) : undefined;
    this.bar.show();
  }

  private tooltip(health: Health): vscode.MarkdownString {
    const tooltip = new vscode.MarkdownString();
    const { known } = this.projects;
    const rows = known.kind === "projects" ? lines(known.statuses) : [];
    if (rows.length === 0) return tooltip.appendText(health.detail);
    for (const [at, row] of rows.entries()) {
      if (at > 0) tooltip.appendMarkdown("\n\n");
      tooltip.appendMarkdown("**").appendText(row.name).appendMarkdown("** ").appendText(`${row.amount}: ${row.detail}`);
    }
    if (known.kind === "projects" && known.statuses.some((status) => status.assumed)) {
      tooltip.appendMarkdown("\n\n~ with traffic that is assumed where nobody states it");
    }
    if (health.level === "warning") tooltip.appendMarkdown("\n\n").appendText(health.detail);
    return tooltip;
  }
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
