import * as path from "node:path";

/** A program that can be started as the server, and how it came to be the one. */
export interface Program {
  path: string;
  from: "setting" | "extension" | "PATH";
}

/** Where to look. Plain data, so that the choice can be tried without a disk. */
export interface Places {
  /** `klotho.server.path`; empty when nobody set it. */
  setting: string;
  /** The folder of the extension, where a package for one platform carries the program. */
  extension: string;
  /** The environment's search path. */
  searchPath: string;
  home: string;
  platform: NodeJS.Platform;
}

/** The setting `klotho.server.path` names something that cannot be started. */
export class NotThere extends Error {}

const NAME = "klotho-ls";

/** What may be the program, the first that exists is it. With a setting there is nothing else: falling back would hide a mistake. */
export function candidates(places: Places): Program[] {
  const on = places.platform === "win32" ? path.win32 : path.posix;
  const name = places.platform === "win32" ? `${NAME}.exe` : NAME;
  if (places.setting !== "") {
    return [{ path: withHome(places.setting, places.home, on), from: "setting" }];
  }
  // A relative entry would mean the folder of the workspace, which must not decide what is started.
  const folders = places.searchPath.split(on.delimiter).filter((folder) => on.isAbsolute(folder));
  return [
    { path: on.join(places.extension, "server", name), from: "extension" },
    ...folders.map((folder): Program => ({ path: on.join(folder, name), from: "PATH" })),
  ];
}

/** The program to start. Throws `NotThere`, with a way out, when there is none. */
export async function find(places: Places, canBeStarted: (path: string) => Promise<boolean>): Promise<Program> {
  const tried = candidates(places);
  for (const program of tried) {
    if (await canBeStarted(program.path)) return program;
  }
  const [first] = tried;
  if (first?.from === "setting") {
    throw new NotThere(
      on(places).isAbsolute(first.path)
        ? `The setting klotho.server.path names “${first.path}”, which is not a program that can be started. Correct or clear it.`
        : `The setting klotho.server.path is “${first.path}”. It has to be an absolute path.`,
    );
  }
  throw new NotThere(
    "The program klotho-ls was not found: this package of the extension brings none, and none is on PATH. " +
      "Install the extension's package for your platform, put klotho-ls on PATH, or say where it is.",
  );
}

function on(places: Places): path.PlatformPath {
  return places.platform === "win32" ? path.win32 : path.posix;
}

function withHome(setting: string, home: string, on: path.PlatformPath): string {
  return setting === "~" || setting.startsWith("~/") ? on.join(home, setting.slice(1)) : setting;
}
