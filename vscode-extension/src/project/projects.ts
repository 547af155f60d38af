import type { Server } from "../server/api";
import type { ProjectGraph, ProjectStatus } from "../server/protocol";
import type { Known } from "./known";

const METHOD_NOT_FOUND = -32601;

/** Keeps the last graph of each project, and asks again when the server says that it changed. */
export class Projects {
  private current: Known = { kind: "nothing" };
  private readonly listeners = new Set<(known: Known) => void>();
  private readonly subscriptions: { dispose(): unknown }[];
  private asking = false;
  private again = false;
  /** Counts the servers that are gone. */
  private life = 0;
  /** Roots whose graph is another one by now; null for all. */
  private stale: Set<string> | null = null;

  /** `spelling` gives an address as the editor spells it, so that it can be compared with those of documents. */
  constructor(
    private readonly server: Server,
    private readonly spelling: (uri: string) => string,
  ) {
    this.subscriptions = [
      server.onReady(() => {
        this.stale = null;
        void this.refresh();
      }),
      server.onNotification("klotho/graphChanged", ({ roots }) => {
        roots.forEach((root) => this.stale?.add(this.spelling(root)));
        void this.refresh();
      }),
    ];
  }

  /** Calls `listener` with what is known whenever that was asked for. */
  onChange(listener: (known: Known) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  get known(): Known {
    return this.current;
  }

  get graphs(): ProjectGraph[] {
    return this.current.kind === "projects" ? this.current.graphs : [];
  }

  /** The project with this root, or with a folder above this file. */
  projectOf(uri: string): ProjectGraph | undefined {
    const owns = ({ root }: ProjectGraph) => uri === root || uri.startsWith(root.endsWith("/") ? root : `${root}/`);
    // Projects may lie in one another: the innermost owns the file.
    return this.graphs.filter(owns).sort((a, b) => b.root.length - a.root.length)[0];
  }

  /** The server is gone: what it said no longer holds. */
  forget(): void {
    this.life += 1;
    this.set({ kind: "nothing" });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.listeners.clear();
  }

  private async refresh(): Promise<void> {
    // One question at a time; a change that comes meanwhile is asked for once, afterwards.
    this.again = true;
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.again) {
        this.again = false;
        const { life } = this;
        const known = await this.ask();
        // What a server said that is gone by now no longer holds.
        if (life === this.life) this.set(known);
      }
    } finally {
      this.asking = false;
    }
  }

  private async ask(): Promise<Known> {
    try {
      const status = await this.server.request("klotho/status", undefined);
      // Files are read again for moments at any time, about whose end nobody is told when nothing follows from it: what is
      // shown then is what is known by now. Only at the start there is nothing to show.
      if (status.phase === "reading" && this.current.kind !== "projects") return { kind: "reading" };
      const stale = this.stale;
      this.stale = new Set();
      return { kind: "projects", graphs: await this.read(status.projects, stale), statuses: status.projects };
    } catch (error) {
      this.stale = null;
      return isUnknownMethod(error) ? { kind: "old" } : { kind: "nothing" };
    }
  }

  /** The graph of each project; those that are not out of date are not asked for. */
  private async read(statuses: ProjectStatus[], stale: ReadonlySet<string> | null): Promise<ProjectGraph[]> {
    if (stale === null) return this.request({});
    const known = new Map(this.graphs.map((graph) => [graph.root, graph]));
    const asked = statuses.map(async ({ root: address }) => {
      const root = this.spelling(address);
      const graph = stale.has(root) ? undefined : known.get(root);
      // Any file will do that lies directly in the project, whether it is there or not.
      return graph === undefined ? this.request({ textDocument: { uri: `${root}/klotho.yaml` } }) : [graph];
    });
    return (await Promise.all(asked)).flat();
  }

  private async request(params: { textDocument?: { uri: string } }): Promise<ProjectGraph[]> {
    const { projects } = await this.server.request("klotho/graph", params);
    return projects.map((project) => ({ ...project, root: this.spelling(project.root) }));
  }

  private set(known: Known): void {
    this.current = known;
    for (const listener of this.listeners) listener(known);
  }
}

function isUnknownMethod(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === METHOD_NOT_FOUND;
}
