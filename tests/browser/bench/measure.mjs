// What is measured, one function each.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { startBrowser } from "../support/browser.mjs";
import { dist } from "../support/site.mjs";

/** Bytes of the files whose names fit, as GitHub Pages sends them. */
export function gzipBytes(pattern) {
  const names = readdirSync(dist).filter((name) => pattern.test(name));
  if (!names.length) throw new Error(`no file of ${dist} fits ${pattern}`);
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0);
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** First and largest contentful paint of a first visit over 1.6 Mbps with 150 ms a request, in ms. */
export async function paints(site) {
  const browser = await startBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const network = await page.context().newCDPSession(page);
    await network.send("Network.enable");
    await network.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
    await page.goto(site.url, { waitUntil: "load" });
    return await page.evaluate(
      () =>
        new Promise((resolve) => {
          const seen = {};
          const report = () => seen.fcp && seen.lcp && setTimeout(() => resolve(seen), 1_000);
          new PerformanceObserver((list) => {
            seen.fcp = list.getEntriesByName("first-contentful-paint")[0]?.startTime ?? seen.fcp;
            report();
          }).observe({ type: "paint", buffered: true });
          new PerformanceObserver((list) => {
            seen.lcp = list.getEntries().at(-1).startTime;
            report();
          }).observe({ type: "largest-contentful-paint", buffered: true });
        }),
    );
  } finally {
    await browser.close();
  }
}

/**
 * Loads the file and makes the report in a browser of its own: milliseconds of each, and the peak of
 * the renderer's resident memory in MB, where the system tells it (Linux).
 * `system` is the name of the object that the page at `url` offers.
 */
export async function loadAndReport(system, url, file) {
  const browser = await startBrowser();
  try {
    const page = await (await browser.newContext()).newPage();
    page.on("pageerror", (error) => console.error(`${system}: ${error.message}`));
    await page.goto(url);
    await page.waitForFunction(() => document.title === "ready", null, { timeout: 60_000 });
    // Both may prepare to the end, as while a visitor chooses a file.
    await idle(browser);
    await page.locator("#file").setInputFiles(file);
    const call = (name) => page.evaluate(([system, name]) => window[system][name](), [system, name]);
    const load = await call("load");
    const report = await call("report");
    const peakMb = await rendererPeakMb(browser);
    return { loadMs: load.ms, nRows: load.value, reportMs: report.ms, peakMb };
  } finally {
    await browser.close();
  }
}

/** Waits until the renderers have used no more than 5 ms of processor time within a quarter of a second, 60 s at most. */
async function idle(browser) {
  const session = await browser.newBrowserCDPSession();
  const cpuSeconds = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return renderers.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  let before = -Infinity;
  for (const limit = performance.now() + 60_000; performance.now() < limit; ) {
    const now = await cpuSeconds();
    if (now - before <= 0.005) return session.detach();
    before = now;
    await pause(250);
  }
  throw new Error("the page never comes to rest");
}

async function rendererPeakMb(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const peaks = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      try {
        return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]) / 1024;
      } catch {
        return NaN;
      }
    });
  return Math.max(...peaks);
}
