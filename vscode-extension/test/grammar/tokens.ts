import { readFileSync } from "node:fs";
import * as path from "node:path";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { INITIAL, parseRawGrammar, Registry } from "vscode-textmate";

/** The extension's folder: compiled tests lie two below it. */
const EXTENSION = path.resolve(__dirname, "../..");

interface GrammarRow {
  scopeName: string;
  path: string;
  injectTo?: string[];
}

interface Manifest {
  contributes?: { grammars?: GrammarRow[] };
}

/** A piece of text with the names that the grammars give it, outermost first. */
export interface Token {
  text: string;
  scopes: string[];
}

/** Colours texts as the workbench does: its own grammars, with ours injected. */
export class Colours {
  private readonly files = new Map<string, string>();
  private readonly injections = new Map<string, string[]>();
  private readonly registry: Registry;

  private constructor(onigLib: Promise<{ createOnigScanner: typeof createOnigScanner; createOnigString: typeof createOnigString }>) {
    this.registry = new Registry({
      onigLib,
      loadGrammar: (scope) => {
        const file = this.files.get(scope);
        return Promise.resolve(file === undefined ? null : parseRawGrammar(readFileSync(file, "utf8"), file));
      },
      getInjections: (scope) => this.injections.get(scope),
    });
  }

  /** `extensions` is the folder with those that the workbench brings. */
  static async load(extensions: string, names: string[]): Promise<Colours> {
    const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
    const colours = new Colours(
      loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)).then(() => ({ createOnigScanner, createOnigString })),
    );
    for (const folder of [...names.map((name) => path.join(extensions, name)), EXTENSION]) colours.add(folder);
    return Promise.resolve(colours);
  }

  /** The pieces of each line. */
  async lines(scope: string, text: string): Promise<Token[][]> {
    const grammar = await this.registry.loadGrammar(scope);
    if (grammar === null) throw new Error(`there is no grammar for ${scope}`);
    let stack = INITIAL;
    return text.split("\n").map((line) => {
      const done = grammar.tokenizeLine(line, stack);
      stack = done.ruleStack;
      return done.tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }));
    });
  }

  private add(folder: string): void {
    const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
    for (const { scopeName, path: file, injectTo } of manifest.contributes?.grammars ?? []) {
      this.files.set(scopeName, path.join(folder, file));
      for (const host of injectTo ?? []) this.injections.set(host, [...(this.injections.get(host) ?? []), scopeName]);
    }
  }
}

/** The innermost name of what `text` stands in for the first time; `undefined` where it is no piece of its own. */
export function scopeOf(lines: Token[][], text: string): string | undefined {
  return lines.flat().find((token) => token.text.trim() === text)?.scopes.at(-1);
}
