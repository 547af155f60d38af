import * as path from "node:path";
import { EXTENSION, PATIENCE_MS } from "./server";

/** The project that the package carries. */
export const SAMPLE = path.join(EXTENSION, "dist/sample");

/** Resolves once the condition holds. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never came true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
