import Mocha from "mocha";
import * as path from "node:path";

/** What the workbench calls inside the extension host. The tests are the other compiled files of this folder. */
export function run(): Promise<void> {
  const mocha = new Mocha({ ui: "tdd", timeout: Number(process.env["KLOTHO_TEST_PATIENCE_MS"] ?? 120_000), color: true });
  mocha.addFile(path.join(__dirname, "extension.suite.js"));
  mocha.addFile(path.join(__dirname, "language.suite.js"));
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} tests failed`));
    });
  });
}
