// The browser, and pages that watch themselves.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever is not this computer does not resolve: a request elsewhere cannot pass unseen.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

export async function startBrowser(extraFlags = []) {
  const executablePath = process.env.CHROME ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
  assert.ok(executablePath, "CHROME must name a Chromium or Google Chrome");
  return chromium.launch({ executablePath, args: [...FLAGS, ...extraFlags] });
}

/**
 * A page with a profile of its own. `page.faults` gathers what must not happen on any page: errors on
 * the console (violations of the content security policy are among them), uncaught exceptions, and
 * requests to another origin.
 */
export async function newPage(browser, site, { expectFault = () => false, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    // Every test sees the files of the server; offline.test.mjs alone sees those that were kept.
    serviceWorkers: "block",
    locale: "en-GB",
    timezoneId: "UTC",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.faults = [];
  const note = (fault) => expectFault(fault) || page.faults.push(fault);
  page.on("console", (message) => message.type() === "error" && note(`console: ${message.text()}`));
  page.on("pageerror", (error) => note(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== site.origin) note(`request: ${url}`);
  });
  page.on("response", (response) => response.status() >= 400 && note(`${response.status()}: ${response.url()}`));
  page.on("crash", () => note("the page crashed"));
  return page;
}

export function assertNoFaults(page) {
  assert.deepEqual(page.faults, []);
}

/** Waits until the page's program runs: Trunk's loader then shows what it exports. */
export async function started(page) {
  await page.waitForFunction(() => "wasmBindings" in window);
}
