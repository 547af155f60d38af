/** What can be ended from outside. */
interface Killable {
  kill(signal: "SIGKILL"): unknown;
}

/**
 * Ends a process that has not answered when the signal says so. The signal may come before there is a process: call `check`
 * once there is one. Call `forget` when nothing is to be ended any more.
 */
export function killOnAbort(aborted: AbortSignal, process: () => Killable | undefined): { check: () => void; forget: () => void } {
  const kill = () => { process()?.kill("SIGKILL"); };
  aborted.addEventListener("abort", kill);
  return {
    check: () => { if (aborted.aborted) kill(); },
    forget: () => { aborted.removeEventListener("abort", kill); },
  };
}
