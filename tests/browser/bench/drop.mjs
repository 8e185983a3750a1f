// From a chosen file to its report, as a visitor waits for it.

import { newPage, startBrowser, started } from "../support/browser.mjs";
import { answered } from "../support/report.mjs";

/** Milliseconds from the moment the page has the file until every part of the first report is there. */
export async function dropToReport(site, file) {
  const browser = await startBrowser();
  try {
    const page = await newPage(browser, site);
    const engine = page.waitForEvent("worker");
    await page.goto(site.url);
    await started(page);
    await engine;
    // The visitor has read a headline by now, and the engine is there.
    await page.waitForLoadState("networkidle");
    const start = performance.now();
    await page.locator("#file-input").setInputFiles(file);
    await answered(page);
    return performance.now() - start;
  } finally {
    await browser.close();
  }
}
