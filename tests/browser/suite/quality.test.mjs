// What looks wrong in a table: findings with examples, a click that mends, what is left in the cleaned table, undo.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { answered, chooseFiles, documentOf } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder, nasty, users, clean;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-quality-"));
  nasty = join(folder, "plays.csv");
  const rows = Array.from({ length: 240 }, (_, row) =>
    [
      row + 1,
      row % 60 === 7 ? "u999" : `u${(row * 7) % 50}`,
      ["USA", "USA", "Germany", "India", row % 20 === 4 ? "US" : "USA"][row % 5],
      row % 120 === 50 ? 5000 + row : 20 + ((row * 37) % 60),
      row % 90 === 3 ? "1970-01-01" : `2024-0${(row % 9) + 1}-1${row % 9}`,
      row % 80 === 30 ? -4 : (row * 3) % 11,
      "web",
    ].join(","),
  );
  const header = "play_id,user_id,country,load_ms,start_date,clicks,source";
  await writeFile(nasty, [header, ...rows, rows[10], rows[20], rows[30], ""].join("\n"));
  users = join(folder, "users.csv");
  await writeFile(users, ["user_id,age", ...Array.from({ length: 50 }, (_, row) => `u${row},${20 + (row % 40)}`), ""].join("\n"));
  clean = join(folder, "clean.csv");
  const tidy = Array.from({ length: 60 }, (_, row) => [`k${row}`, ["A", "B"][row % 2], 10 + ((row * 7) % 23)].join(","));
  await writeFile(clean, ["key_id,plan,minutes", ...tidy, ""].join("\n"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const main = (page) => page.getByRole("main");
const data = (page) => page.getByRole("navigation", { name: "Data and analyses" });
const tab = (page) => main(page).getByRole("button", { name: /^Quality/ });
const finding = (page, code) => main(page).locator(`[data-finding="${code}"]`);

/** Opens files and the quality of a table. */
async function openQuality(page, files, table) {
  await chooseFiles(page, site, files);
  await answered(page);
  const toggle = data(page).getByRole("button", { name: "Data and analyses", expanded: false });
  if (await toggle.isVisible()) await toggle.click();
  await data(page).getByRole("button", { name: table, exact: true }).click();
  await tab(page).click();
}

test("the list of data says that something was found, and leads to it", async () => {
  const page = await newPage(browser, site);
  await chooseFiles(page, site, nasty);
  await answered(page);
  await data(page).getByRole("button", { name: /^\d+ things to look at$/ }).click();
  await main(page).getByRole("heading", { name: /^Cannot be right/ }).waitFor();
  const n = Number((await tab(page).innerText()).match(/\((\d+)\)/)[1]);
  assert.ok(n >= 5, `${n} findings`);
  await data(page).getByRole("button", { name: `${n} things to look at` }).waitFor();
  for (const code of ["duplicate_rows", "spellings", "placeholder_date", "out_of_range", "outliers", "constant_column"]) {
    await finding(page, code).first().waitFor();
  }
  await finding(page, "duplicate_rows").getByText("3 rows are equal to an earlier row in every column.").waitFor();
  await finding(page, "duplicate_rows").getByText("row 241").waitFor();
  await finding(page, "spellings").getByText(/“US” for “USA”/).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("one click adds the step, the finding is gone in the cleaned table, and undo brings it back", async () => {
  const page = await newPage(browser, site);
  await openQuality(page, nasty, "plays");
  await finding(page, "duplicate_rows").getByRole("button", { name: "Drop 3 duplicate rows" }).click();
  await main(page).getByRole("heading", { name: "plays_clean" }).waitFor();
  await main(page).getByText(/^240 rows, 7 columns/).waitFor();
  // The view stays with what is left to mend.
  await finding(page, "spellings").waitFor();
  await finding(page, "duplicate_rows").waitFor({ state: "detached" });
  await finding(page, "spellings").getByRole("button", { name: "Recode 1 spelling to USA" }).click();
  await finding(page, "spellings").waitFor({ state: "detached" });
  await finding(page, "outliers").getByRole("button", { name: /^Cap / }).click();
  await finding(page, "outliers").waitFor({ state: "detached" });
  const recipe = () => documentOf(page).sources.find(({ kind }) => kind.from === "recipe").kind;
  assert.deepEqual(recipe().steps.map(({ step }) => step), ["drop_duplicates", "recode", "cap"]);

  // In the table itself all is as it was, and says what was done about it.
  await data(page).getByRole("button", { name: "plays", exact: true }).click();
  await tab(page).click();
  await finding(page, "duplicate_rows").getByText("Added to plays_clean.").waitFor();

  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await data(page).getByRole("button", { name: "plays", exact: true }).click();
  await tab(page).click();
  await finding(page, "spellings").getByRole("button", { name: "Recode 1 spelling to USA" }).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("the rows of a finding are shown in the grid, and undo leads back", async () => {
  const page = await newPage(browser, site);
  await openQuality(page, nasty, "plays");
  assert.equal(await finding(page, "duplicate_rows").getByRole("button", { name: "Show rows" }).count(), 0, "filters cannot say which");
  // Rows 31, 111 and 191, and the first of them once more at the end.
  await finding(page, "out_of_range").getByText(/^4 values of clicks lie below 0\.$/).waitFor();
  await finding(page, "out_of_range").getByRole("button", { name: "Show rows" }).click();
  await main(page).getByText("clicks is below 0", { exact: true }).waitFor();
  await main(page).getByText("4 of 243 rows").waitFor();
  await assertAxeClean(page, "the rows of a finding");
  await page.keyboard.press("Control+z");
  await finding(page, "out_of_range").waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("values that another table does not have are found, and their rows dropped", async () => {
  const page = await newPage(browser, site);
  await openQuality(page, [nasty, users], "plays");
  await finding(page, "orphans").getByText("4 rows name a user_id that users does not have (1 value).").waitFor();
  await finding(page, "orphans").getByRole("button", { name: "Drop 4 rows" }).click();
  await main(page).getByText(/^239 rows, 7 columns/).waitFor();
  await finding(page, "spellings").waitFor();
  await finding(page, "orphans").waitFor({ state: "detached" });
  assertNoFaults(page);
  await page.context().close();
});

test("a clean table says what was looked for", async () => {
  const page = await newPage(browser, site);
  await openQuality(page, clean, "clean");
  await main(page).getByText("Nothing found.").waitFor();
  await main(page).getByText(/Looked for duplicate rows and keys/).waitFor();
  assert.equal(await tab(page).innerText(), "Quality");
  assert.equal(await data(page).getByRole("button", { name: /to look at$/ }).count(), 0);
  assertNoFaults(page);
  await page.context().close();
});

test("light, dark and phone: nothing is cut off, and axe finds nothing", async () => {
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 390, height: 844 } }]) {
    const page = await newPage(browser, site, options);
    await openQuality(page, nasty, "plays");
    await finding(page, "constant_column").waitFor();
    await assertAxeClean(page, JSON.stringify(options));
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(width[0] <= width[1], `the page is ${width[0]} wide in ${width[1]}`);
    if (process.env.PLAYHEAD_SHOTS) {
      const name = options.colorScheme ?? "phone";
      await page.screenshot({ path: join(process.env.PLAYHEAD_SHOTS, `quality-${name}.png`), fullPage: true });
    }
    assertNoFaults(page);
    await page.context().close();
  }
});
