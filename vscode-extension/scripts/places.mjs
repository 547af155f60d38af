// Where things are.
import path from "node:path";
import { fileURLToPath } from "node:url";

export const EXTENSION = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const REPOSITORY = path.dirname(EXTENSION);
/** What the package carries. */
export const DIST = path.join(EXTENSION, "dist");
/** Compiled tests. */
export const OUT = path.join(EXTENSION, "out");
/** What is installed for tests, and what they leave behind. */
export const TEST = path.join(EXTENSION, ".vscode-test");
