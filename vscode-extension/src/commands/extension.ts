import type * as vscode from "vscode";
import type { Projects } from "../project/projects";
import type { KlothoServer } from "../server/server";
import type { StatusItems } from "../status/items";

/** What commands work with. */
export interface Extension {
  context: vscode.ExtensionContext;
  server: KlothoServer;
  projects: Projects;
  status: StatusItems;
}
