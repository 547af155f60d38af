/** What went wrong, in one sentence for people. Pure. */
import * as v from "valibot";
import { shown } from "../../webview/shared/text";

export function reason(error: unknown): string {
  if (error instanceof v.ValiError) {
    return "The server answers in a form that this version of the extension does not know. Update both to the same version.";
  }
  const message = error instanceof Error ? error.message : String(error);
  return shown(message === "" ? "The server gave no reason." : message, 300);
}
