import { delimiter } from "node:path";

/** What the server says on standard error when a signal ends it over a file. */
const LAST_WORDS = /^klotho-ls crashed while it read (.+)\n/m;

/** Of what was said no more is kept than the last words may take. */
const KEPT = 4096;

/** Names the files that the server does not read, as PATH names folders. */
const SKIP = "KLOTHO_LS_SKIP";

/** The files over which the server crashed. Started again, it leaves them out, or it would crash again; a finding of it says so. */
export class Crashes {
  private readonly files = new Set<string>();
  private said = "";

  /** `crashed` is called with each file that is new among them. */
  constructor(private readonly crashed: (file: string) => void) {}

  /** Takes what the server says on standard error. Returns the file that it crashed over, if that is what it said. */
  hear(text: string): string | undefined {
    this.said = (this.said + text).slice(-KEPT);
    const file = LAST_WORDS.exec(this.said)?.[1];
    if (file === undefined) return undefined;
    this.said = "";
    // A name with such a mark cannot be handed over.
    if (file.includes(delimiter) || this.files.has(file)) return file;
    this.files.add(file);
    this.crashed(file);
    return file;
  }

  /** A server that is asked to end may try these files again. */
  forget(): void {
    this.files.clear();
  }

  /** The environment of the next server. */
  environment(of: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    if (this.files.size === 0) return of;
    const named = of[SKIP] === undefined ? [] : [of[SKIP]];
    return { ...of, [SKIP]: [...named, ...this.files].join(delimiter) };
  }
}
