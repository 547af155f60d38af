import type { Disposable } from "vscode";
import type { Notifications, Requests } from "./protocol";

/** The running server, whichever process that is at the moment. */
export interface Server {
  /**
   * Asks the server. Fails while none is running.
   */
  request<M extends keyof Requests>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]>;
  /** Has the server do something, as `workspace/executeCommand`; what it changes comes back as edits. */
  execute(command: string, ...args: unknown[]): Promise<unknown>;
  /** Calls `handler` for each notification of every server that runs from now on. */
  onNotification<M extends keyof Notifications>(method: M, handler: (params: Notifications[M]) => void): Disposable;
  /** Calls `handler` whenever a server has started to answer; at once if one does now. */
  onReady(handler: () => void): Disposable;
}
