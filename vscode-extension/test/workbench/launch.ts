import { type Browser, chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Debian's browser, or the one that KLOTHO_TEST_BROWSER names. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["KLOTHO_TEST_BROWSER"] ?? "/usr/bin/chromium", args: FLAGS });
}
