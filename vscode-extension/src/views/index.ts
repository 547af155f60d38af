import type * as vscode from "vscode";
import type { Server } from "../server/api";

/** Registers the views that are pages of their own. */
export const registerViews: (context: vscode.ExtensionContext, server: Server) => void = () => undefined;
