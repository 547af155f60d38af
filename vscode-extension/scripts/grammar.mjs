// Compiles the tests of the grammars, and runs them on the grammars of a workbench: the oldest, or the one that is named.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { compileTests } from "./compile.mjs";
import { installWorkbench } from "./workbench.mjs";

const { root } = await installWorkbench(process.argv[2] ?? "oldest");
const files = await compileTests("grammar");
const env = { ...process.env, KLOTHO_WORKBENCH_EXTENSIONS: path.join(root, "lib/vscode/extensions") };
const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit", env });
process.exit(status ?? 1);
