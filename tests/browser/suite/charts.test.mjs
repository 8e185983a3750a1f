// Charts by pointer, by keyboard and without seeing them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { openWorld } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, page;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  page = await newPage(browser, site);
  await openWorld(page, site);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const figures = () => page.getByRole("main").getByRole("figure");
const drawing = (figure) => figure.getByRole("application");

test("arrow keys walk the marks and speak them; the pointer shows the same", async () => {
  const figure = figures().first();
  await drawing(figure).focus();
  await page.keyboard.press("ArrowRight");
  const spoken = figure.locator("[aria-live]");
  await spoken.getByText(/1 of \d+/).waitFor();
  const first = await spoken.innerText();
  await page.keyboard.press("ArrowRight");
  await spoken.getByText(/2 of \d+/).waitFor();
  assert.notEqual(await spoken.innerText(), first);
  // It repeats what is spoken, and is hidden from those who hear that.
  const tip = figure.locator(".chart__tooltip");
  await tip.waitFor();
  const byKey = await tip.innerText();
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await drawing(figure).hover();
  await tip.waitFor();
  assert.ok(byKey.length > 10 && (await tip.innerText()).length > 10);
  assertNoFaults(page);
});

test("every chart has a title, a takeaway, its data as a table, PNG and CSV", async () => {
  const n = await figures().count();
  assert.ok(n >= 3);
  for (let index = 0; index < n; index++) {
    const figure = figures().nth(index);
    const [title, takeaway] = await figure.locator("figcaption p").allInnerTexts();
    assert.ok(title && takeaway, `chart ${index + 1} has no title or takeaway`);
    await figure.getByRole("button", { name: /data table/i }).click();
    const nRows = await figure.getByRole("table").getByRole("row").count();
    assert.ok(nRows >= 2, `${title}: the table is empty`);

    const saved = async (name) => {
      const download = page.waitForEvent("download");
      await figure.getByRole("button", { name }).click();
      return readFile(await (await download).path());
    };
    const png = await saved(/PNG/);
    assert.equal(png.subarray(1, 4).toString(), "PNG", title);
    assert.ok(png.length > 3_000, `${title}: the picture is empty`);
    const csv = (await saved(/CSV/)).toString();
    assert.equal(csv.trim().split("\n").length, nRows, `${title}: the file and the table differ`);
  }
  assertNoFaults(page);
});
