import type { ProjectGraph, ProjectStatus } from "../server/protocol";

/** What is known of the projects at the moment. */
export type Known =
  /** Nobody to ask. */
  | { kind: "nothing" }
  /** The server reads the projects. */
  | { kind: "reading" }
  /** The server is one that has no graph to give. */
  | { kind: "old" }
  | { kind: "projects"; graphs: ProjectGraph[]; statuses: ProjectStatus[] };
