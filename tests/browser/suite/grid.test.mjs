// The grid of a table: small charts that filter each other, filters as chips, a search through all columns, and the same by keyboard.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { answered, chooseFiles } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

const COUNTRIES = ["NO", "SE", "SE", "DK", "FI", "IS", "DE", "FR"];
const MINUTES = (row) => (row * 37) % 100;
const rows = Array.from({ length: 2000 }, (_, row) => ({
  id: `p${row + 1}`,
  country: COUNTRIES[row % 8],
  minutes: MINUTES(row),
  day: `2024-0${(row % 6) + 1}-1${row % 9}`,
  title: row % 40 ? `Episode ${row}` : "The Velvet Hour",
}));

let site, browser, folder, file;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-grid-"));
  file = join(folder, "plays.csv");
  const lines = rows.map((row) => Object.values(row).join(","));
  await writeFile(file, ["play_id,country,minutes,day,title", ...lines, ""].join("\n"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const main = (page) => page.getByRole("main");
const grid = (page) => main(page).getByRole("table", { name: "Rows of plays" });
const head = (page, name) => grid(page).getByRole("columnheader", { name: new RegExp(name) });
const chips = (page) => main(page).getByRole("list", { name: "Filters" }).getByRole("button");
const number = (n) => n.toLocaleString("en-US");

async function openGrid(page) {
  await chooseFiles(page, site, file);
  const zone = page.getByRole("navigation", { name: "Data and analyses" });
  const toggle = zone.getByRole("button", { name: "Data and analyses", expanded: false });
  await answered(page);
  if (await toggle.isVisible()) await toggle.click();
  await zone.getByRole("button", { name: "plays", exact: true }).click();
  await grid(page).getByRole("cell", { name: "p1", exact: true }).waitFor();
  await head(page, "country").locator(".grid-name").first().waitFor();
}

/** Waits until the page says how many rows are left. */
async function left(page, n) {
  await main(page).getByText(`${number(n)} of ${number(rows.length)} rows`, { exact: true }).waitFor();
}

/** A bar of a histogram is pressed in its middle, or dragged over from another. */
async function drag(page, name, from, to = from) {
  const box = await head(page, name).locator("svg.grid-bars").boundingBox();
  const x = (bar) => box.x + (box.width * (bar + 0.5)) / 20;
  await page.mouse.move(x(from), box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(x(to), box.y + box.height / 2, { steps: 3 });
  await page.mouse.up();
}

/** What the line below a chart says while the pointer is on a bar of names. */
async function told(page, name, text) {
  await head(page, name).locator(".grid-name", { hasText: text }).hover();
  return head(page, name).locator(".grid__missing").textContent();
}

const passing = (test) => rows.filter(test).length;

test("bars filter the rows, and the other charts follow", async () => {
  const page = await newPage(browser, site);
  await openGrid(page);
  assert.equal(await told(page, "country", "SE"), `SE: ${passing((row) => row.country === "SE")}`);
  // Minutes from 0 to 99 in twenty bars of five.
  await drag(page, "minutes", 2, 3);
  const isIn = (row) => row.minutes >= 10 && row.minutes < 20;
  await left(page, passing(isIn));
  assert.deepEqual(await chips(page).allTextContents(), ["minutes from 10 to below 20"]);
  const inSweden = passing((row) => row.country === "SE");
  const both = passing((row) => row.country === "SE" && isIn(row));
  await head(page, "country").locator(".grid-name", { hasText: "SE" }).hover();
  await head(page, "country").getByText(`SE: ${both} of ${inSweden}`).waitFor();
  await head(page, "country").locator(".grid-name", { hasText: "SE" }).click();
  await left(page, both);
  // The chart of the column itself shows all its values still.
  assert.equal(await head(page, "country").locator(".grid-name--out").count(), 5);
  await head(page, "country").locator(".grid-name", { hasText: "DK" }).click({ modifiers: ["Shift"] });
  const three = passing((row) => ["SE", "DK"].includes(row.country) && isIn(row));
  await left(page, three);
  // Every row on view passes.
  const cells = await grid(page).locator("tbody tr td:nth-child(4)").allTextContents();
  assert.ok(cells.length > 5 && cells.every((text) => Number(text) >= 10 && Number(text) < 20), cells.join());
  await chips(page).filter({ hasText: "minutes" }).click();
  await left(page, passing((row) => ["SE", "DK"].includes(row.country)));
  await page.getByRole("button", { name: "Clear all" }).click();
  await chips(page).first().waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await left(page, passing((row) => ["SE", "DK"].includes(row.country)));
  assert.match(await chips(page).first().textContent(), /country is one of SE, DK|country is one of DK, SE/);
  assertNoFaults(page);
  await page.context().close();
});

test("a search looks through all columns and marks what it found", async () => {
  const page = await newPage(browser, site);
  await openGrid(page);
  const field = main(page).getByRole("searchbox", { name: "Search all columns" });
  await field.pressSequentially("vELvet");
  await left(page, passing((row) => row.title.includes("Velvet")));
  const marks = grid(page).locator("mark");
  await marks.first().waitFor();
  assert.deepEqual([...new Set(await marks.allTextContents())], ["Velvet"]);
  await field.fill("no such thing");
  await left(page, 0);
  await grid(page).getByText("No rows.").waitFor();
  await field.press("Escape");
  await grid(page).getByRole("cell", { name: "p1", exact: true }).waitFor();
  assert.equal(await field.inputValue(), "");
  assert.equal(await marks.count(), 0);
  assertNoFaults(page);
  await page.context().close();
});

test("everything is done by keyboard, and the rows that are left become a step", async () => {
  const page = await newPage(browser, site);
  await openGrid(page);
  const button = head(page, "minutes").getByRole("button", { name: "Filter minutes" });
  await button.focus();
  await page.keyboard.press("Enter");
  const form = main(page).getByRole("region", { name: "Filter minutes" });
  await form.getByRole("heading", { name: "Filter minutes" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "grid-filter-title");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await form.getByLabel("Condition 1: test").selectOption({ label: "at least" });
  await form.getByLabel("Value").fill("90");
  await page.keyboard.press("Tab");
  await left(page, passing((row) => row.minutes >= 90));
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Filter minutes");
  await page.getByRole("button", { name: "Keep only these rows" }).press("Enter");
  await main(page).getByRole("heading", { name: "plays_clean" }).waitFor();
  const clean = main(page).getByRole("table", { name: "Rows of plays_clean" });
  await clean.getByRole("cell", { name: rows.find((row) => row.minutes >= 90).id, exact: true }).waitFor();
  await main(page).getByText(`${passing((row) => row.minutes >= 90)} rows, 5 columns`).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

const settings = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
};

for (const [setting, options] of Object.entries(settings)) {
  test(`the grid with filters, a search and a form: axe and width (${setting})`, async () => {
    const page = await newPage(browser, site, options);
    await openGrid(page);
    await head(page, "country").locator(".grid-name", { hasText: "SE" }).click();
    await left(page, passing((row) => row.country === "SE"));
    await main(page).getByRole("searchbox").fill("episode 1");
    await grid(page).locator("mark").first().waitFor();
    await head(page, "country").getByRole("button", { name: "Filter country" }).click();
    await main(page).getByRole("region", { name: "Filter country" }).waitFor();
    await assertAxeClean(page, `grid, ${setting}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px wider than the window`);
    assertNoFaults(page);
    await page.context().close();
  });
}
