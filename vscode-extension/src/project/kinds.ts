/** A kind of resource as people read it, and the drawing that stands for it. */
export interface Kind {
  title: string;
  plural: string;
  icon: string;
}

/** Kinds of nodes in the order in which they are listed. */
export const KINDS: Record<string, Kind> = {
  execution_unit: { title: "execution unit", plural: "Execution units", icon: "unit" },
  gateway: { title: "gateway", plural: "Gateways", icon: "gateway" },
  static_unit: { title: "static unit", plural: "Static units", icon: "static" },
  persist_kv: { title: "key-value store", plural: "Key-value stores", icon: "kv" },
  persist_orm: { title: "database", plural: "Databases", icon: "orm" },
  persist_fs: { title: "file store", plural: "File stores", icon: "fs" },
  persist_redis_node: { title: "Redis node", plural: "Redis nodes", icon: "redis" },
  persist_redis_cluster: { title: "Redis cluster", plural: "Redis clusters", icon: "redis" },
  persist_secret: { title: "secret", plural: "Secrets", icon: "secret" },
  pubsub: { title: "topic", plural: "Topics", icon: "pubsub" },
  config: { title: "configuration value", plural: "Configuration values", icon: "config" },
};

/** Types that have no bill of their own, and so come from the server without a name for people. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["apigateway", "API Gateway"],
  ["alb", "Load balancer (ALB)"],
]);

/** A type of the configuration as people read it. Nothing for none. */
export function titleOfType(type: string | null): string | null {
  return type === null ? null : (TYPES.get(type) ?? type);
}

/** The drawing for a capability where its annotation declares no resource. */
const CAPABILITY_ICONS: Record<string, string> = {
  execution_unit: "unit",
  expose: "gateway",
  persist: "kv",
  pubsub: "pubsub",
  config: "config",
  static_unit: "static",
  embed_assets: "embed",
};

/** Every drawing there is. */
export const ICONS = [...new Set([...Object.values(KINDS).map((kind) => kind.icon), ...Object.values(CAPABILITY_ICONS)])];

/** Splits `kind:id` at its first colon; an id may have some itself. */
export function split(reference: string): { kind: string; id: string } {
  const at = reference.indexOf(":");
  return { kind: reference.slice(0, at), id: reference.slice(at + 1) };
}

/** The drawing of a kind that may be newer than this extension. */
export function iconOfKind(kind: string): string {
  return KINDS[kind]?.icon ?? "config";
}

/** The drawing of an annotation: that of what it declares, else that of its capability. Nothing for an unknown one. */
export function iconOfAnnotation(capability: string, resource: string | null): string | undefined {
  return resource === null ? CAPABILITY_ICONS[capability] : iconOfKind(split(resource).kind);
}
