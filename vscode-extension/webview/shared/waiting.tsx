/** What a view says while it has nothing to show. */
import type { JSX } from "preact";

interface Act {
  readonly label: string;
  readonly run: () => void;
}

interface WaitingProps {
  readonly title: string;
  readonly text: string;
  readonly busy?: boolean;
  readonly code?: string;
  /** The way on. */
  readonly act?: Act;
  /** Where to look meanwhile. */
  readonly aside?: Act;
}

export function Waiting({ title, text, busy, code, act, aside }: WaitingProps): JSX.Element {
  return (
    <main class="waiting" aria-busy={busy === true}>
      {busy === true ? <div class="progress" aria-hidden="true" /> : null}
      <div role="status">
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
      {code === undefined ? null : <pre tabIndex={0}>{code}</pre>}
      {act === undefined ? null : (
        <button type="button" onClick={() => { act.run(); }}>
          {act.label}
        </button>
      )}
      {aside === undefined ? null : (
        <button type="button" class="link-button" onClick={() => { aside.run(); }}>
          {aside.label}
        </button>
      )}
    </main>
  );
}
