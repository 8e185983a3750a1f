// The report of an import: what values were read as, and what was done with rows of another width.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { answered, chooseFiles } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-values-"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const data = (page) => page.getByRole("navigation", { name: "Data and analyses" });

test("amounts, percentages and named months are read, and each column tells from what", async () => {
  const path = join(folder, "amounts.csv");
  const row = (i) => `${i + 1};${i % 2 ? "B" : "A"};${(i % 9) + 1}.234,50 €;${i % 50},5 %;${(i % 28) + 1} Mar 2024`;
  const lines = Array.from({ length: 60 }, (_, i) => row(i));
  lines[10] = "11;B";
  await writeFile(path, ["id;group;price;share;day", ...lines, ""].join("\n"));
  const page = await newPage(browser, site);
  await chooseFiles(page, site, path);
  await answered(page);
  await data(page).getByRole("button", { name: /1 of 60 rows changed/ }).click();
  await page.getByRole("main").getByText(/1 row was too short\./).waitFor();
  const columns = page.getByRole("table", { name: /Columns: the kind of each/ });
  const cells = async (name) =>
    (await columns.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) }).getByRole("cell").allInnerTexts());
  const price = await cells("price");
  assert.match(price[1], /with the sign €/);
  assert.match(price[4], /^1$/, "one cell is missing because its row was too short");
  assert.match(price.at(-1), /1\.234,50 € → 1234\.5/);
  assert.match((await cells("share")).at(-1), /0,5 % → 0\.5/);
  assert.match((await cells("day")).at(-1), /1 Mar 2024 → 2024-03-01/);
  assert.match((await cells("id"))[4], /^0$/);
  assert.equal((await cells("id")).at(-1), "1", "a plain cell is shown as it stands");
  assertNoFaults(page);
  await page.context().close();
});

test("the rows that name the columns can be chosen", async () => {
  const path = join(folder, "two.csv");
  const lines = Array.from({ length: 60 }, (_, i) => `${i % 2 ? "B" : "A"},${i % 7}.5`);
  await writeFile(path, ["group,minutes", ...lines, ""].join("\n"));
  const page = await newPage(browser, site);
  await chooseFiles(page, site, path);
  await answered(page);
  await data(page).getByRole("button", { name: /0 of 60 rows changed/ }).click();
  await page.getByLabel("Names of columns stand in").selectOption({ label: "the first 2 rows" });
  await data(page).getByText(/59 rows, 2 columns/).waitFor();
  await page.getByRole("rowheader", { name: "minutes 0.5" }).waitFor();
  await page.getByLabel("Names of columns stand in").selectOption({ label: "no row" });
  await data(page).getByText(/61 rows, 2 columns/).waitFor();
  assertNoFaults(page);
  await page.context().close();
});
