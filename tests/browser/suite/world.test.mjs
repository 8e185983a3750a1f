// World 1 from the start page to its report, held against the native engine, and against what the page
// does when its engine dies.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { askEngine } from "../support/engine.mjs";
import { answered, asked, assertFigures, documentOf, figuresOf, openWorld, requestsOf, unfold } from "../support/report.mjs";
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

const options = (page) => page.getByRole("complementary", { name: "Options" });

/** Opens the options of the first result and chooses how rows of one unit are treated. */
async function treatRowsAs(page, words, value) {
  if ((await options(page).count()) === 0) await page.getByRole("button", { name: "Options" }).first().click();
  await options(page).getByLabel("Rows of one unit").selectOption({ label: words });
  await asked(page, `"analysis_unit":"${value}"`);
  await answered(page);
}

test("the case study opens a report with an answer, tables and charts", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  const report = page.getByRole("main");
  const sentence = await report.locator("article p").first().innerText();
  assert.match(sentence, /session length is \d.* (higher|lower) with B than with A \(95 % interval/i, sentence);
  assert.ok((await report.getByRole("table").count()) >= 3);
  const charts = report.locator("figure");
  assert.ok((await charts.count()) >= 3, "effects, distribution, over time");
  for (const chart of await charts.all()) {
    await chart.scrollIntoViewIfNeeded();
    assert.ok(await isDrawn(chart.locator("canvas").first()), await chart.innerText());
  }
  await report.getByText("5,000").first().waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("every figure of the report is the engine's own, to the last digit", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  await treatRowsAs(page, "independent of each other", "rows");
  await unfold(page);
  const replies = await askEngine(requestsOf(documentOf(page), []));
  const n = assertFigures(await figuresOf(page), replies.at(-1).result);
  assert.ok(n > 150, `only ${n} figures were compared`);
  assertNoFaults(page);
  await page.context().close();
});

test("a link brings the same report back", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  await treatRowsAs(page, "averaged to one value a unit", "unit");
  const figures = await figuresOf(page);
  const other = await newPage(browser, site);
  await other.goto(page.url());
  await answered(other);
  assert.deepEqual(await figuresOf(other), figures);
  assertNoFaults(other);
  await other.context().close();
  await page.context().close();
});

test("a change is undone and redone", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  const before = await figuresOf(page);
  await treatRowsAs(page, "independent of each other", "rows");
  const changed = await figuresOf(page);
  assert.notDeepEqual(changed, before);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await asked(page, '"analysis_unit":"auto"');
  await answered(page);
  assert.deepEqual(await figuresOf(page), before);
  assertNoFaults(page);
  await page.context().close();
});

test("when the engine dies, one line says so and nothing is lost", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  const before = await figuresOf(page);
  const restarted = page.waitForEvent("worker");
  await page.evaluate(() => window.dispatchEvent(new CustomEvent("playhead:kill-worker")));
  await restarted;
  const notice = page.getByRole("status").getByText(/engine stopped and was started again/i);
  await notice.waitFor();
  assert.equal(await notice.count(), 1);
  await answered(page);
  assert.deepEqual(await figuresOf(page), before);

  // The new engine has the tables: it answers a question that was not asked before.
  await treatRowsAs(page, "only those of its first variant", "first_variant");
  const replies = await askEngine(requestsOf(documentOf(page), []));
  await unfold(page);
  assertFigures(await figuresOf(page), replies.at(-1).result);
  await page.getByRole("navigation", { name: "Data and analyses" }).getByRole("button", { name: "sessions", exact: true }).click();
  await page.getByRole("table", { name: "Rows of sessions" }).getByRole("row").nth(5).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

/** Whether anything but one colour stands on the canvas. */
function isDrawn(canvas) {
  return canvas.evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    return pixels.some((pixel) => pixel !== pixels[0]);
  });
}
