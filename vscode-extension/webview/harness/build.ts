/** Small projects for tests. */
import type { Link, Project, Resource } from "../shared/messages";

/** A resource of which only `kind:id` matters. */
export function resource(ref: string, more: Partial<Resource> = {}): Resource {
  const at = ref.indexOf(":");
  return {
    ref,
    kind: ref.slice(0, at),
    id: ref.slice(at + 1),
    place: null,
    language: null,
    symbol: null,
    source: null,
    mode: null,
    monthlyUsd: null,
    assumed: false,
    cost: null,
    functions: 0,
    errors: 0,
    warnings: 0,
    ...more,
  };
}

/** `from kind to`, e.g. `execution_unit:a uses persist_kv:b`. */
export function link(sentence: string, labels: string[] = []): Link {
  const [from = "", kind = "", to = ""] = sentence.split(" ");
  return { from, kind, to, labels };
}

/** A project of these nodes and edges. */
export function project(refs: readonly string[], sentences: readonly string[]): Project {
  return {
    root: "file:///p",
    name: "p",
    total: null,
    resources: refs.map((ref) => resource(ref)),
    links: sentences.map((sentence) => link(sentence)),
    routes: [],
  };
}

/** A hundred units behind one gateway, which all use one store and each a store of its own. */
export function aroundHubs(): Project {
  const units = Array.from({ length: 100 }, (_, at) => `execution_unit:u${at}`);
  const stores = units.map((_, at) => `persist_kv:own${at}`);
  return project(
    ["gateway:g", "persist_orm:shared", ...units, ...stores],
    units.flatMap((unit, at) => [`gateway:g routes_to ${unit}`, `${unit} uses persist_orm:shared`, `${unit} uses ${stores[at] ?? ""}`]),
  );
}

/** Names that would do harm where they are not taken as mere text. */
export const HOSTILE = [
  '<img src=x onerror="window.harmed = true">',
  "</style><script>window.harmed = true</script>",
  '"]; click n0 "javascript:alert(1)"',
  "evil\u202egnp.exe",
  "x\u0000\u0007\nnewline\u200b",
  "]]>&amp;--><!--",
] as const;
