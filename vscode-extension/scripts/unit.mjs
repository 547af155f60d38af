// Compiles the tests that need no editor, and runs them.
import { spawnSync } from "node:child_process";
import { compileTests } from "./compile.mjs";

const files = await compileTests("unit");
const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" });
process.exit(status ?? 1);
