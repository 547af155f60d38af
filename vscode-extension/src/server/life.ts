import type { Program } from "./find";
import { NEW_LIFE, step, type Effect, type Event, type Life, type State } from "./machine";

/** A process that answers. */
export interface Session {
  version: string | undefined;
  /** Ends it. Resolves when it is gone, whatever became of it. */
  halt(): Promise<void>;
}

/** What the life needs of the world around it. */
export interface Ports<S extends Session> {
  find(): Promise<Program>;
  /**
   * Starts a session. `down` is called once if it ends later without `halt`. The signal ends one that has not answered yet,
   * which then fails.
   */
  launch(program: Program, down: (reason: string) => void, aborted: AbortSignal): Promise<S>;
  now(): number;
}

/** Carries out what the state machine decides, and says each new state. */
export class ServerLife<S extends Session> {
  private life: Life = NEW_LIFE;
  private session: S | undefined;
  private starting = new AbortController();
  private readonly listeners = new Set<(state: State) => void>();

  constructor(private readonly ports: Ports<S>) {}

  get state(): State {
    return this.life.state;
  }

  /** How often the server went down of itself lately. */
  get crashes(): number {
    return this.life.crashes.length;
  }

  /** The session that answers, if one does. */
  get running(): S | undefined {
    return this.life.state.kind === "running" ? this.session : undefined;
  }

  onState(listener: (state: State) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  start(): void {
    this.handle({ kind: "start" });
  }

  restart(): void {
    this.handle({ kind: "restart" });
  }

  /** Ends the server. Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.handle({ kind: "stop" });
    if (isQuiet(this.state)) return;
    await new Promise<void>((resolve) => {
      const subscription = this.onState((state) => {
        if (!isQuiet(state)) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  private handle(event: Event): void {
    const before = this.life.state;
    const { life, effects } = step(this.life, event, this.ports.now());
    this.life = life;
    for (const effect of effects) void this.run(effect);
    if (life.state !== before) this.listeners.forEach((listener) => { listener(life.state); });
  }

  private async run(effect: Effect): Promise<void> {
    switch (effect.kind) {
      case "find":
        return this.find();
      case "launch":
        return this.launch(effect.program);
      case "abort":
        this.starting.abort();
        return;
      case "halt":
        await this.session?.halt();
        this.session = undefined;
        this.handle({ kind: "halted" });
    }
  }

  private async find(): Promise<void> {
    try {
      this.handle({ kind: "found", program: await this.ports.find() });
    } catch (error) {
      this.handle({ kind: "absent", reason: text(error) });
    }
  }

  private async launch(program: Program): Promise<void> {
    // A session that fails while it starts may report its end twice: as a failed start and as a closed connection.
    const end = { reported: false };
    const down = (reason: string) => {
      if (end.reported) return;
      end.reported = true;
      this.session = undefined;
      this.handle({ kind: "down", reason });
    };
    this.starting = new AbortController();
    try {
      const session = await this.ports.launch(program, down, this.starting.signal);
      if (end.reported) return;
      this.session = session;
      this.handle({ kind: "up", version: session.version });
    } catch (error) {
      down(text(error));
    }
  }
}

function isQuiet(state: State): boolean {
  return state.kind === "off" || state.kind === "missing" || state.kind === "failed";
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
