import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Extension } from "./extension";
import { pickProject } from "./target";

/** The title of the page, and its name. */
const TITLE = "Cost compared with the last commit";

/** A program ended otherwise than it should; the message is for people. */
class Failed extends Error {}

/** Prices the project as it was committed last, and shows how its files on disk differ from that. */
export async function compareCost(extension: Extension): Promise<void> {
  const { state } = extension.server.life;
  const root = await pickProject(extension, "Compare the cost of");
  if (root === undefined || state.kind !== "running") return;
  const folder = vscode.Uri.parse(root).fsPath;
  const progress = { location: vscode.ProgressLocation.Window, title: "Comparing the cost with the last commit" };
  await vscode.window.withProgress(progress, async () => {
    const place = await mkdtemp(path.join(tmpdir(), "klotho-"));
    try {
      const page = await compare(state.program.path, folder, place);
      const document = await vscode.workspace.openTextDocument({ language: "markdown", content: page });
      await vscode.window.showTextDocument(document, { preview: true });
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      void vscode.window.showErrorMessage(error.message);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  });
}

async function compare(program: string, folder: string, place: string): Promise<string> {
  const prefix = (await git(folder, ["rev-parse", "--show-prefix"])).trim();
  const tree = path.join(place, "tree");
  await mkdir(tree);
  // An index of its own leaves the repository's as it is.
  const index = { GIT_INDEX_FILE: path.join(place, "index") };
  await git(folder, ["read-tree", `HEAD:${prefix}`], index);
  await git(folder, ["checkout-index", "--all", `--prefix=${tree}${path.sep}`], index);
  const before = path.join(place, "before.json");
  await writeFile(before, await klotho(program, ["cost", "--format", "json", tree]));
  const text = await klotho(program, ["cost", "--compare", before, "--format", "markdown", folder]);
  return `# ${TITLE}\n\n${text}`;
}

async function git(folder: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const done = await run("git", ["-C", folder, ...args], environment);
  if (done.code === 0) return done.output;
  throw new Failed(`The last commit cannot be read: ${done.reason}`);
}

/** Exit code 1 says that a budget does not hold, which is no failure here. */
async function klotho(program: string, args: string[]): Promise<string> {
  const done = await run(program, args, {});
  if (done.code === 0 || done.code === 1) return done.output;
  throw new Failed(`The cost cannot be compared: ${done.reason}`);
}

function run(
  program: string,
  args: string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ code: number | string; output: string; reason: string }> {
  const options = { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, output, problems) => {
      const code = error === null ? 0 : (error.code ?? "ended");
      resolve({ code, output, reason: problems.trim() === "" ? (error?.message ?? "") : problems.trim() });
    });
  });
}
