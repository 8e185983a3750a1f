// The engine at work: progress after a second, Cancel, and a page that never waits for it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { answered } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const main = (page) => page.getByRole("main");

/** The address of a large world with a report on its sessions. */
function largeWorld(nSessions) {
  const spec = {
    scenario: "ui_experiment", seed: 3, n_users: 400_000, n_sessions: nSessions, share_b: 0.5, randomise_users: true,
    effect_length_minutes: 2.12, effect_watch_pp: 7.8, effect_completion_pp: 9.4, effect_clicks: -0.32,
  };
  const abTest = {
    kind: "ab_test", table: "sessions", unit: "user_id", variant: "group", control: "A",
    metrics: [{ role: "goal", measure: { type: "mean", column: "session_length" } }],
    analysis_unit: "auto", time: "session_start", filter: [], segments: ["device_type", "genre", "content_type"],
    expected_split: null, alpha: 0.05, alternative: "two_sided", mean_test: "welch", lift_method: "fieller",
    correction: "holm",
  };
  const document = {
    sources: [{ id: 1, kind: { from: "world", spec } }],
    analyses: [{ id: 2, spec: abTest }],
    next_id: 3,
  };
  return `#/lab/${Buffer.from(JSON.stringify(document)).toString("base64url")}`;
}

test("long work shows how far it is, and can be cancelled", async () => {
  const page = await newPage(browser, site);
  await page.goto(site.url + largeWorld(4_000_000));
  const progress = page.getByRole("progressbar").first();
  await progress.waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Cancel" }).first().click();
  await main(page).getByText("Cancelled").first().waitFor({ timeout: 60_000 });
  await progress.waitFor({ state: "detached" });

  // The engine lives: the same document with fewer rows is answered.
  await page.goto(site.url + largeWorld(20_000));
  await page.reload();
  await answered(page);
  assertNoFaults(page);
  await page.context().close();
});

test("the page goes on painting while the engine computes", async () => {
  const page = await newPage(browser, site);
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ["longtask"],
    });
  });
  await page.goto(site.url + largeWorld(2_000_000));
  await page.getByRole("progressbar").first().waitFor({ timeout: 60_000 });
  await page.evaluate(() => (window.longTasks.length = 0));
  // Frames are painted while the worker is busy: sixty of them come before its answer.
  await page.evaluate(() => new Promise((done) => {
    let n = 0;
    const frame = () => (++n === 60 ? done() : requestAnimationFrame(frame));
    requestAnimationFrame(frame);
  }));
  const longest = await page.evaluate(() => Math.max(0, ...window.longTasks));
  // The budget is 50 ms; a busy machine that also runs the engine is given ten times that.
  assert.ok(longest < 500, `the main thread was blocked for ${longest} ms`);
  await answered(page);
  await main(page).getByText("2,000,000").first().waitFor();
  assertNoFaults(page);
  await page.context().close();
});
