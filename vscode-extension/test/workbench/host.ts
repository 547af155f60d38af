import { format } from "node:util";
import type { Browser } from "playwright-core";
import { PATIENCE_MS, type Workbench } from "./server";

/** Runs a compiled suite inside the extension host, with the whole interface of the editor. Resolves to its exit code. */
export async function runInHost(browser: Browser, workbench: Workbench, extension: string, suite: string): Promise<number> {
  const context = await browser.newContext();
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: `http://${workbench.host}` });
  const page = await context.newPage();
  const done = new Promise<number>((resolve, reject) => {
    setTimeout(() => { reject(new Error("the suite does not end")); }, 4 * PATIENCE_MS).unref();
    void page.exposeFunction("codeAutomationLog", (_: string, args: unknown[]) => {
      process.stdout.write(`${format(...args)}\n`);
    });
    void page.exposeFunction("codeAutomationExit", (code: number) => { resolve(code); });
  });
  const payload = [
    ["extensionDevelopmentPath", `vscode-remote://${workbench.host}${extension}`],
    ["extensionTestsPath", `vscode-remote://${workbench.host}${suite}`],
  ];
  await page.goto(`http://${workbench.host}/?folder=${workbench.folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const code = await done;
  await context.close();
  return code;
}
