// The dashboard: built and filtered by the keyboard alone from two related tables, by the pointer, undone, carried by a link.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { answered, chooseFiles } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

const COUNTRIES = ["BR", "IN", "SE"];
const users = Array.from({ length: 90 }, (_, row) => ({ user_id: row + 1, country: COUNTRIES[row % 3], age: 18 + (row % 50) }));
const sessions = Array.from({ length: 600 }, (_, row) => ({
  session_id: row + 1,
  user_id: 1 + ((row * 7) % 90),
  day: `2024-03-${String((row % 28) + 1).padStart(2, "0")}`,
  device: ["TV", "phone"][row % 2],
  minutes: ((row * 37) % 90) + 0.5,
}));

let site, browser, folder, files;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-dashboard-"));
  files = await Promise.all(
    Object.entries({ sessions, users }).map(async ([name, rows]) => {
      const path = join(folder, `${name}.csv`);
      await writeFile(path, [Object.keys(rows[0]).join(","), ...rows.map((row) => Object.values(row).join(",")), ""].join("\n"));
      return path;
    }),
  );
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const nav = (page) => page.getByRole("navigation", { name: "Data and analyses" });
const main = (page) => page.getByRole("main");
const tile = (page, name) => main(page).getByRole("group", { name, exact: true });
const options = (page) => page.getByRole("complementary", { name: "Options" });
/** Every tile has its answer. */
const settled = (page) =>
  page.waitForFunction(() => {
    const tiles = [...document.querySelectorAll("[data-tile]")];
    return tiles.length > 0 && tiles.every((tile) => tile.getAttribute("aria-busy") === "false");
  });

async function open(page) {
  await chooseFiles(page, site, files);
  await answered(page);
  await nav(page).getByRole("button", { name: "Dashboard" }).click();
  await main(page).getByRole("heading", { name: "Dashboard" }).waitFor();
}

async function make(page) {
  await open(page);
  await main(page).getByRole("button", { name: "Make me a dashboard" }).click();
  await settled(page);
}

/** The exact figure of a tile that shows one. */
const figure = (page, name) => tile(page, name).locator("data").first().getAttribute("value").then(Number);

/** The rows of a chart's data table, as texts. */
async function table(page, name) {
  const show = tile(page, name).getByRole("button", { name: "Show data table" });
  await tile(page, name).hover();
  await show.click();
  const rows = await tile(page, name).locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.querySelector("data")?.value ?? cell.textContent)));
  await tile(page, name).getByRole("button", { name: "Hide data table" }).click();
  return rows;
}

test("a dashboard is made of what the tables suggest, undone, and comes back by a link", async () => {
  const page = await newPage(browser, site);
  await make(page);
  const n = await main(page).locator("[data-tile]").count();
  assert.ok(n >= 6, `${n} tiles`);
  assert.equal(await figure(page, "Rows of sessions"), sessions.length);
  const address = page.url();
  await page.getByRole("button", { name: /^Undo: made a dashboard/ }).click();
  await main(page).getByText("Nothing is on the dashboard yet").waitFor();
  await page.getByRole("button", { name: /^Redo/ }).click();
  await settled(page);
  assert.equal(await main(page).locator("[data-tile]").count(), n);
  assert.ok(address.includes("#/lab/"));
  await page.reload();
  await settled(page);
  assert.equal(await main(page).locator("[data-tile]").count(), n);
  assertNoFaults(page);
  await page.context().close();
});

test("by the keyboard alone: a chart is added, filtered through another table, read and exported", async () => {
  const page = await newPage(browser, site);
  await open(page);
  const press = async (locator, ...keys) => {
    await locator.focus();
    for (const key of keys) await page.keyboard.press(key);
  };
  await press(main(page).getByRole("button", { name: "Make me a dashboard" }), "Enter");
  await settled(page);
  await press(main(page).getByRole("button", { name: "Add chart" }), "Enter");
  await options(page).getByRole("heading", { level: 2, name: "Chart" }).waitFor();
  await press(options(page).getByRole("button", { name: "Close the options (Esc)" }), "Enter");
  await settled(page);

  // A filter on users, which are related to sessions by user_id.
  const before = await figure(page, "Rows of sessions");
  assert.equal(before, 600);
  const filter = tile(page, "country");
  await press(filter.getByRole("checkbox", { name: "SE" }), "Space");
    const ofSe = new Set(users.filter((user) => user.country === "SE").map((user) => user.user_id));
  const left = sessions.filter((row) => ofSe.has(row.user_id)).length;
  await main(page).getByRole("status").getByText(`${left} of 600 rows in sessions`).waitFor();
  await settled(page);
  assert.equal(await figure(page, "Rows of sessions"), left);

  // A mark is read aloud and picked.
  const chart = main(page).getByRole("application").first();
  await press(chart, "ArrowRight");
  await chart.locator("[aria-live]").filter({ hasText: /1 of \d+\./ }).waitFor();
  await page.keyboard.press("Escape");
  await press(main(page).getByRole("button", { name: "Clear all" }), "Enter");
  await main(page).getByRole("status").getByText(/of 600 rows/).waitFor({ state: "detached" });

  // Moved and resized by arrows.
  const first = main(page).locator("[data-tile]").first();
  const id = await first.getAttribute("data-tile");
  await press(page.locator(`#move-tile-${id}`), "ArrowRight");
  assert.equal(await main(page).locator("[data-tile]").nth(1).getAttribute("data-tile"), id);
  const width = (await page.locator(`#tile-${id}`).boundingBox()).width;
  await press(page.locator(`#tile-${id}`).getByRole("button", { name: /^Resize/ }), "ArrowRight");
  await page.waitForFunction(([id, width]) => document.getElementById(`tile-${id}`).getBoundingClientRect().width > width + 20, [id, width]);

  const download = page.waitForEvent("download");
  await press(main(page).locator(".chart--tile").first().getByRole("button", { name: "CSV" }), "Enter");
  assert.match((await download).suggestedFilename(), /\.csv$/);
  assertNoFaults(page);
  await page.context().close();
});

test("a mark and a range filter the other tiles, and lead to their rows", async () => {
  const page = await newPage(browser, site);
  await make(page);
  // The first bar of users by country.
  const bars = tile(page, "Rows by country").getByRole("application");
  await bars.scrollIntoViewIfNeeded();
  const n = users.length / COUNTRIES.length;
  await bars.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const rows = main(page).getByRole("status");
  await rows.getByText(`${n} of ${users.length} rows in users`).waitFor();
  await settled(page);
  assert.equal(await figure(page, "Rows of users"), n);
  const chip = main(page).getByRole("list", { name: "Filters of the dashboard" });
  const country = (await chip.textContent()).match(/country is (\w+)/)[1];
  const own = new Set(users.filter((user) => user.country === country).map((user) => user.user_id));
  assert.equal(await figure(page, "Rows of sessions"), sessions.filter((row) => own.has(row.user_id)).length);
  // Its own tile still shows every country.
  assert.equal((await table(page, "Rows by country")).length, COUNTRIES.length);

  // A range of days, dragged: others follow, and it can be undone.
  const line = tile(page, "Mean of minutes by day").getByRole("application");
  await line.scrollIntoViewIfNeeded();
  const box = await line.boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  await chip.getByText(/^day from 2024-03-/).waitFor();
  await settled(page);
  assert.ok((await figure(page, "Rows of sessions")) > 0);
  await page.getByRole("button", { name: /^Undo: filtered the dashboard/ }).click();
  await chip.getByText(/^day from/).waitFor({ state: "detached" });

  await rows.getByRole("button", { name: /rows in sessions/ }).click();
  await main(page).getByText(/in users, country is/).first().waitFor();
  assertNoFaults(page);
  await page.context().close();
});

for (const [name, settings] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["a phone", { viewport: { width: 390, height: 844 } }],
]) {
  test(`the dashboard is clean: ${name}`, async () => {
    const page = await newPage(browser, site, settings);
    await chooseFiles(page, site, files);
    await answered(page);
    if (name === "a phone") await page.getByRole("button", { name: "Data and analyses" }).click();
    await nav(page).getByRole("button", { name: "Dashboard" }).click();
    await assertAxeClean(page, `an empty dashboard (${name})`);
    await main(page).getByRole("button", { name: "Make me a dashboard" }).click();
    await settled(page);
    await assertAxeClean(page, `a dashboard (${name})`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    assertNoFaults(page);
    await page.context().close();
  });
}
