import * as vscode from "vscode";
import { goTo, SHOW_IN_GRAPH } from "../commands/show";
import type { Server } from "../server/api";
import { CostView } from "./costView";
import { GraphView } from "./graphView";

/** Registers the graph view, the cost view and the commands that open them. */
export function registerViews(context: vscode.ExtensionContext, server: Server): void {
  const cost: CostView = new CostView(context, server, () => { graph.show(); }, () => graph.column);
  const graph: GraphView = new GraphView(context, server, (document, unit) => { cost.showUnit(document, unit); }, () => cost.column);
  context.subscriptions.push(
    graph,
    cost,
    vscode.commands.registerCommand("klotho.showGraph", () => { graph.show(); }),
    vscode.commands.registerCommand(SHOW_IN_GRAPH, async (uri: vscode.Uri, position: vscode.Position) => {
      await goTo(uri, position);
      graph.show();
    }),
    vscode.commands.registerCommand("klotho.showCost", () => { cost.show(); }),
  );
}
