// The chart builder: columns on shelves by keyboard, by list and by pointer; kinds of chart, suggestions, undo; and the
// figures that come of it.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { assertClose } from "../support/numbers.mjs";
import { answered, chooseFiles, documentOf } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

const COUNTRIES = ["NO", "SE", "SE", "DK"];
const PLANS = ["basic", "plus", "premium"];
const rows = Array.from({ length: 240 }, (_, row) => ({
  day: `2024-03-${String((row % 28) + 1).padStart(2, "0")}`,
  country: COUNTRIES[row % 4],
  plan: PLANS[(row * 7) % 3],
  minutes: ((row * 37) % 90) + 0.5,
  watched: row % 3 ? 1 : 0,
}));

let site, browser, folder, file;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-chart-builder-"));
  file = join(folder, "plays.csv");
  const lines = rows.map((row) => Object.values(row).join(","));
  await writeFile(file, [Object.keys(rows[0]).join(","), ...lines, ""].join("\n"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const options = (page) => page.getByRole("complementary", { name: "Options" });
const columns = (page) => options(page).getByRole("group", { name: "Columns", exact: true });
/** The button of a column comes before those of its menu. */
const column = (page, name) => columns(page).getByRole("button", { name: new RegExp(name) }).first();
const shelf = (page, name) => options(page).getByRole("group", { name, exact: true });
const kind = (page, name) => options(page).getByRole("radio", { name: new RegExp(`^${name}`) });
const result = (page) => page.getByRole("main").getByRole("article").last();
const title = (page, name) => result(page).getByRole("heading", { level: 2, name, exact: true });
const suggestions = (page) => options(page).getByRole("button", { name: "Suggestions", exact: true });
const activeId = (page) => page.evaluate(() => document.activeElement.id);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanMinutes = (test) => mean(rows.filter(test).map((row) => row.minutes));

/** What is asked of the newest chart, once it is as wanted: the address follows the document. */
async function asks(page, isWanted) {
  let spec;
  const isThere = (url) => {
    if (!url.hash.includes("/lab/")) return false;
    spec = documentOf({ url: () => url.href }).analyses.at(-1)?.spec;
    return spec?.kind === "chart" && isWanted(spec);
  };
  await page.waitForURL(isThere, { waitUntil: "commit" }).catch((error) => {
    throw new Error(`never asked: ${isWanted}; last: ${JSON.stringify(spec)}`, { cause: error });
  });
  return spec;
}

const field = (spec, name) => [spec[name]?.column, spec[name]?.measure];
const isField = (spec, name, column, measure = "none") =>
  spec[name]?.column === column && spec[name]?.measure === measure;

/** A file, its first report, and a chart with its options open. */
async function openBuilder(page) {
  await chooseFiles(page, site, file);
  await answered(page);
  const zone = page.getByRole("navigation", { name: "Data and analyses" });
  const toggle = zone.getByRole("button", { name: "Data and analyses", expanded: false });
  if (await toggle.isVisible()) await toggle.click();
  await zone.getByRole("button", { name: "Chart", exact: true }).press("Enter");
  await columns(page).waitFor();
  await answered(page, 2);
}

/** Every exact figure of the data table of the newest chart, by the text of its row. */
async function dataTable(page) {
  const figure = result(page).getByRole("figure").first();
  const table = figure.getByRole("table");
  if (!(await table.isVisible())) await figure.getByRole("button", { name: /data table/i }).click();
  await table.waitFor();
  return table.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => ({ text: row.innerText, values: [...row.querySelectorAll("data")].map(({ value }) => Number(value)) })),
  );
}

/** A row with this text holds this figure. */
function assertHolds(table, text, expected) {
  const row = table.find((row) => row.text.includes(text));
  assert.ok(row, `no row of ${text} in ${JSON.stringify(table)}`);
  const nearest = row.values.toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected))[0];
  assertClose(nearest, expected, text);
}

test("a chart opens with what the table suggests first", async () => {
  const page = await newPage(browser, site);
  await openBuilder(page);
  const spec = await asks(page, (spec) => spec.mark === "line");
  assert.deepEqual([field(spec, "x"), field(spec, "y")], [["day", "none"], ["minutes", "mean"]]);
  await title(page, "Mean of minutes by day").waitFor();
  assert.equal(await suggestions(page).getAttribute("aria-expanded"), "false");
  assertNoFaults(page);
  await page.context().close();
});

test("bars of a mean are built by keyboard alone, become a line, and are undone", async () => {
  const page = await newPage(browser, site);
  await openBuilder(page);
  // Off with what was suggested: the focus goes to the list of the shelf.
  for (const [name, id] of [["Y", "y"], ["X", "x"]]) {
    await shelf(page, name).getByRole("button", { name: /^Take / }).focus();
    await page.keyboard.press("Enter");
    await asks(page, (spec) => !spec[id]);
    assert.match(await activeId(page), new RegExp(`-${id}$`));
  }
  // An empty chart unfolds the suggestions, and no kind of chart is possible.
  assert.equal(await suggestions(page).getAttribute("aria-expanded"), "true");
  assert.equal(await kind(page, "Bars").isDisabled(), true);
  await options(page).getByTitle("needs a number on X").first().waitFor();

  // A column is a button with a menu of shelves.
  await column(page, "country").focus();
  const button = await activeId(page);
  await page.keyboard.press("Enter");
  await columns(page).getByRole("button", { name: "Put country on X", exact: true }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await asks(page, (spec) => isField(spec, "x", "country"));
  await columns(page).getByRole("button", { name: /^Put country/ }).first().waitFor({ state: "detached" });
  assert.equal(await activeId(page), button);
  // Escape closes a menu, not the options.
  await page.keyboard.press("Enter");
  await columns(page).getByRole("button", { name: /^Put country/ }).first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await columns(page).getByRole("button", { name: /^Put country/ }).first().waitFor({ state: "detached" });
  assert.equal(await activeId(page), button);
  assert.equal(await options(page).isVisible(), true);

  // The list of a shelf does the same. A number above names is a mean by itself.
  await shelf(page, "Y").getByLabel("Y: column").focus();
  await page.keyboard.press("m");
  let spec = await asks(page, (spec) => isField(spec, "y", "minutes", "mean"));
  assert.equal(spec.mark, "auto");
  assert.match(await activeId(page), /-y$/);
  await title(page, "Mean of minutes by country").waitFor();
  await shelf(page, "Y").getByText("mean of minutes", { exact: true }).waitFor();
  await answered(page, 2);
  let table = await dataTable(page);
  for (const country of new Set(COUNTRIES)) {
    assertHolds(table, country, meanMinutes((row) => row.country === country));
  }

  // Names have no line between them; days do.
  assert.equal(await kind(page, "Line").isDisabled(), true);
  await shelf(page, "X").getByLabel("X: column").focus();
  await page.keyboard.press("d");
  await asks(page, (spec) => isField(spec, "x", "day"));
  await kind(page, "Auto").focus();
  await page.keyboard.press("ArrowRight");
  await asks(page, (spec) => spec.mark === "bar");
  await page.keyboard.press("ArrowRight");
  await asks(page, (spec) => spec.mark === "line");
  assert.equal(await kind(page, "Line").isChecked(), true);
  await answered(page, 2);

  // Each change is a step back, and the focus stays.
  await page.keyboard.press("Control+z");
  await asks(page, (spec) => spec.mark === "bar");
  await page.keyboard.press("Control+z");
  await asks(page, (spec) => spec.mark === "auto");
  assert.equal(await page.evaluate(() => document.activeElement.type), "radio");
  await page.keyboard.press("Control+z");
  spec = await asks(page, (spec) => isField(spec, "x", "country"));
  assert.ok(isField(spec, "y", "minutes", "mean"));
  await title(page, "Mean of minutes by country").waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("suggestions are tried one after another", async () => {
  const page = await newPage(browser, site);
  await openBuilder(page);
  await suggestions(page).click();
  const suggestion = (name) => options(page).getByRole("button", { name, exact: true });
  assert.equal(await suggestion("Mean of minutes by day").getAttribute("aria-pressed"), "true");
  await suggestion("Distribution of minutes").click();
  await asks(page, (spec) => spec.mark === "histogram" && isField(spec, "x", "minutes") && !spec.y);
  await title(page, "Distribution of minutes").waitFor();
  await answered(page, 2);
  const counts = (await dataTable(page)).map((row) => row.values.at(-1));
  assert.ok(counts.length > 3);
  await suggestion("Share of watched by country").click();
  await asks(page, (spec) => spec.mark === "bar" && isField(spec, "y", "watched", "share"));
  await title(page, "Share of watched by country").waitFor();
  assert.equal(await suggestion("Share of watched by country").getAttribute("aria-pressed"), "true");
  assert.equal(await suggestion("Distribution of minutes").getAttribute("aria-pressed"), "false");
  await answered(page, 2);
  const table = await dataTable(page);
  for (const country of new Set(COUNTRIES)) {
    assertHolds(table, country, mean(rows.filter((row) => row.country === country).map((row) => row.watched)));
  }
  await page.getByRole("button", { name: /^Undo/ }).click();
  await asks(page, (spec) => spec.mark === "histogram");
  assertNoFaults(page);
  await page.context().close();
});

test("columns are dragged onto shelves, and what is made of them is chosen", async () => {
  const page = await newPage(browser, site, { viewport: { width: 1280, height: 1800 } });
  await openBuilder(page);
  const drag = async (from, to) => {
    await from.scrollIntoViewIfNeeded();
    const [a, b] = [await from.boundingBox(), await to.boundingBox()];
    await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await page.mouse.down();
    await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 8 });
    await options(page).locator(".shelf--over").waitFor();
    await page.mouse.up();
    await options(page).locator(".drag-ghost").waitFor({ state: "detached" });
  };
  await drag(column(page, "country"), shelf(page, "X"));
  await asks(page, (spec) => isField(spec, "x", "country"));
  // The end of a drag is no press.
  assert.equal(await column(page, "country").getAttribute("aria-expanded"), "false");
  await drag(column(page, "rows"), shelf(page, "Y"));
  await asks(page, (spec) => isField(spec, "y", "", "count"));
  await drag(column(page, "plan"), shelf(page, "Colour"));
  await asks(page, (spec) => isField(spec, "color", "plan"));
  await title(page, "Rows by country and plan").waitFor();
  await options(page).getByLabel("Series stand").selectOption({ label: "stacked" });
  await asks(page, (spec) => spec.arrange === "stacked");
  await options(page).getByLabel("Names shown").fill("2");
  await page.keyboard.press("Tab");
  await asks(page, (spec) => spec.top === 2);
  // Means are not stacked: the choice goes with the counts.
  await shelf(page, "Y").getByLabel("Y: column").selectOption({ label: "minutes" });
  await asks(page, (spec) => isField(spec, "y", "minutes", "mean") && spec.arrange === "side_by_side");
  await shelf(page, "Y").getByLabel("Y: shows").selectOption({ label: "median" });
  await asks(page, (spec) => isField(spec, "y", "minutes", "median"));
  // From one shelf to another.
  await drag(shelf(page, "Colour").getByText("plan", { exact: true }).last(), shelf(page, "Small multiples"));
  await asks(page, (spec) => isField(spec, "facet", "plan") && !spec.color);
  await answered(page, 2);
  await result(page).getByRole("figure").nth(PLANS.length - 1).waitFor();
  assert.equal(await result(page).getByRole("figure").count(), PLANS.length);
  assertNoFaults(page);
  await page.context().close();
});

test("a measure alone is one figure", async () => {
  const page = await newPage(browser, site);
  await openBuilder(page);
  await shelf(page, "X").getByLabel("X: column").selectOption({ label: "nothing" });
  await asks(page, (spec) => !spec.x && isField(spec, "y", "minutes", "mean"));
  await answered(page, 2);
  const shown = result(page).locator(".kpi__value data");
  await shown.waitFor();
  assertClose(Number(await shown.getAttribute("value")), meanMinutes(() => true), "mean of minutes");
  await result(page).locator(".kpi").getByText(`${rows.length} rows`).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

const settings = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
  "a narrow phone": { colorScheme: "dark", viewport: { width: 320, height: 640 }, hasTouch: true },
};

for (const [setting, given] of Object.entries(settings)) {
  test(`the builder with suggestions, a menu and a chart: axe and width (${setting})`, async () => {
    const page = await newPage(browser, site, given);
    await openBuilder(page);
    await suggestions(page).click();
    await options(page).getByRole("button", { name: "Mean of minutes by country", exact: true }).click();
    await asks(page, (spec) => spec.mark === "bar");
    await column(page, "plan").click();
    await columns(page).getByRole("button", { name: "Put plan on Colour", exact: true }).click();
    await asks(page, (spec) => isField(spec, "color", "plan"));
    await column(page, "minutes").click();
    await columns(page).getByRole("button", { name: "Put minutes on X", exact: true }).waitFor();
    await answered(page, 2);
    await assertAxeClean(page, `chart builder, ${setting}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px wider than the window`);
    assertNoFaults(page);
    await page.context().close();
  });
}
