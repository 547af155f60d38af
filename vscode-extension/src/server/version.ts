/** How the version of the server and that of the extension go together. */
export type Match = "same" | "server older" | "server newer" | "unknown";

/**
 * Compares what decides over the protocol: the major version, and before 1.0 the minor one. A server that says no version, or
 * one that cannot be read, is unknown.
 */
export function compare(server: string | undefined, extension: string): Match {
  const [theirs, ours] = [epoch(server ?? ""), epoch(extension)];
  if (theirs === undefined || ours === undefined) return "unknown";
  const difference = theirs.major - ours.major || theirs.minor - ours.minor;
  if (difference === 0) return "same";
  return difference < 0 ? "server older" : "server newer";
}

/** What a person should know of a mismatch; nothing when there is none. */
export function mismatch(server: string | undefined, extension: string): string | undefined {
  const advice = {
    same: undefined,
    "server older": "Update klotho-ls, or clear klotho.server.path if the extension brings one.",
    "server newer": "Update the extension.",
    unknown: "Something may not work; use the version of the extension.",
  }[compare(server, extension)];
  if (advice === undefined) return undefined;
  return `klotho-ls is version ${server ?? "unknown"}, the extension is version ${extension}. ${advice}`;
}

function epoch(version: string): { major: number; minor: number } | undefined {
  const found = /^(\d+)\.(\d+)\./.exec(version);
  if (found === null) return undefined;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return { major, minor: major === 0 ? minor : 0 };
}
