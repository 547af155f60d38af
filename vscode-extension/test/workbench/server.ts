import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

/** What the script that runs the tests hands over by the environment. */
function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing: run the tests by their script`);
  return value;
}

export const GIVEN = {
  get root() { return given("KLOTHO_TEST_ROOT"); },
  get node() { return given("KLOTHO_TEST_NODE"); },
  get vscode() { return given("KLOTHO_TEST_VSCODE"); },
  get server() { return given("KLOTHO_LS"); },
  /** The package that carries the server, and the one that does not. */
  get carrying() { return given("KLOTHO_TEST_VSIX"); },
  get universal() { return given("KLOTHO_TEST_VSIX_UNIVERSAL"); },
  get pictures() { return given("KLOTHO_TEST_PICTURES"); },
};

/** The extension's folder: compiled tests lie two below it. */
export const EXTENSION = path.resolve(__dirname, "../..");

export interface Options {
  /** A folder whose copy is opened. Without one an empty folder is. */
  project?: string;
  /** The package to install. Without one, none is. */
  vsix?: string;
  settings?: Record<string, unknown>;
  /** Settings of the machine, where those that name programs stand. */
  machine?: Record<string, unknown>;
  /** Whether every workspace is trusted from the start. */
  trusted?: boolean;
  /** Whether a suite is run inside its extension host. */
  forSuite?: boolean;
  environment?: NodeJS.ProcessEnv;
}

/** A workbench that runs, with folders of its own. */
export interface Workbench {
  /** Its address, without a path. */
  host: string;
  /** The folder that is opened. */
  folder: string;
  /** Changes settings of the workspace while it runs; those of the user are read but once here. */
  set(settings: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

/** How long to wait for a state that should come; only a test that fails ever waits that long. */
export const PATIENCE_MS = Number(process.env["KLOTHO_TEST_PATIENCE_MS"] ?? 120_000);

/** So much of what it says at its start is kept, to be shown where it does not start. */
const MOST_SAID = 10_000;

/** Starts a workbench on a copy of the project. */
export async function startWorkbench(options: Options): Promise<Workbench> {
  const place = await mkdtemp(path.join(tmpdir(), "klotho-workbench-"));
  const folder = path.join(place, "project");
  await mkdir(folder);
  if (options.project !== undefined) await cp(options.project, folder, { recursive: true });
  const trust = options.trusted === false ? {} : { "security.workspace.trust.enabled": false };
  await writeJson(path.join(place, "user/User/settings.json"), { ...QUIET, ...trust, ...options.settings });
  await writeJson(path.join(place, "user/Machine/settings.json"), options.machine ?? {});
  const ofWorkspace: Record<string, unknown> = {};
  const common = [entry(), ...folders(place)];
  const environment = { ...process.env, ...NO_GALLERY, ...options.environment };
  if (options.vsix !== undefined) await install(options.vsix, place);
  const server = spawn(GIVEN.node, [...common, ...FLAGS, ...(options.forSuite === true ? suiteFlags() : []), "--bind-addr", "127.0.0.1:0"], {
    env: environment,
    // A group of its own can be stopped as a whole.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const host = await listening(server).catch(async (error: unknown) => {
    await stopGroup(server);
    throw error;
  });
  return {
    host,
    folder,
    set: (settings) => writeJson(path.join(folder, ".vscode/settings.json"), Object.assign(ofWorkspace, settings)),
    stop: async () => {
      await stopGroup(server);
      await rm(place, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Installs a package as a workbench that has its folders in `place` does. Returns where the extension lies. */
export async function install(vsix: string, place: string): Promise<string> {
  const env = { ...process.env, ...NO_GALLERY };
  await promisify(execFile)(GIVEN.node, [entry(), ...folders(place), "--install-extension", vsix], { env });
  const names = await readdir(path.join(place, "extensions"), { withFileTypes: true });
  const [folder] = names.filter((name) => name.isDirectory() && !name.name.startsWith("."));
  if (folder === undefined) throw new Error(`${vsix} was installed nowhere`);
  return path.join(place, "extensions", folder.name);
}

function entry(): string {
  return path.join(GIVEN.root, "out/node/entry.js");
}

function folders(place: string): string[] {
  return ["--user-data-dir", path.join(place, "user"), "--extensions-dir", path.join(place, "extensions")];
}

const FLAGS = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];

/** Newer workbenches pass suites over in silence unless they are told to expect one; then they show no messages. */
function suiteFlags(): string[] {
  return Number(GIVEN.vscode.split(".")[1]) > 100 ? ["--vscode-option", "enable-smoke-test-driver=true"] : [];
}

const NO_GALLERY = { EXTENSIONS_GALLERY: '{"serviceUrl":"http://127.0.0.1:9/none"}' };

/** Settings that keep the picture free of what has nothing to do with the extension. */
const QUIET = {
  // On a desktop it is off; in a browser files would be written behind a test's back.
  "files.autoSave": "off",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.activityBar.location": "default",
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  // It would look into a repository that a test is about to make.
  "git.enabled": false,
  // One that blinks makes each picture another one.
  "editor.cursorBlinking": "solid",
  "security.workspace.trust.banner": "always",
  "security.workspace.trust.startupPrompt": "never",
  "editor.minimap.enabled": false,
  "typescript.tsserver.enable": false,
  "typescript.validate.enable": false,
  "window.commandCenter": false,
  "files.exclude": { "**/.vscode": true },
};

/** Renamed into place: a file that is half written would be read as one without settings. */
async function writeJson(file: string, content: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(content));
  await rename(`${file}.new`, file);
}

/** Resolves to the address that the workbench says it listens at. */
function listening(server: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    const fail = () => { reject(new Error(`the workbench does not start:\n${said}`)); };
    const late = setTimeout(fail, PATIENCE_MS);
    for (const stream of [server.stdout, server.stderr]) {
      // Both are read to the end: a pipe that nobody empties would hold the process up.
      stream?.on("data", (data: Buffer) => {
        if (said.length < MOST_SAID) said += data.toString();
        const host = /HTTP server listening on http:\/\/(\S+?)\/?\s/.exec(said)?.[1];
        if (host === undefined) return;
        clearTimeout(late);
        resolve(host);
      });
    }
    server.once("error", reject).once("exit", fail);
  });
}

async function stopGroup(server: ChildProcess): Promise<void> {
  const { pid } = server;
  if (pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  process.kill(-pid, "SIGTERM");
  const late = setTimeout(() => process.kill(-pid, "SIGKILL"), 5000);
  await gone;
  clearTimeout(late);
}
