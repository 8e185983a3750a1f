// Cleaning by hand: steps are added, changed, switched off, moved and undone; what they did is told, logged and kept in the link.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { askEngine } from "../support/engine.mjs";
import { answered, asked, chooseFiles, documentOf, openWorld, requestsOf } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder, watched, plays;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-recipe-"));
  // World 4: minutes of students, a few of them absurd.
  watched = join(folder, "watched.csv");
  const students = Array.from({ length: 200 }, (_, row) =>
    [`s${row + 1}`, row % 2 ? "paid" : "free", row % 100 === 99 ? 9000 + row : ((row * 37) % 90) + 10, row % 25 ? 2021 + (row % 2) : ""].join(","),
  );
  await writeFile(watched, ["student_id,plan,minutes,year", ...students, ""].join("\n"));
  // World 2: viewing sessions as an export leaves them: repeated lines, gaps, spellings.
  plays = join(folder, "viewing_sessions.csv");
  const sessions = Array.from({ length: 300 }, (_, row) =>
    [row + 1, row % 40, `2024-0${(row % 6) + 1}-1${row % 9}`, row % 30 ? 20 + ((row * 7) % 100) : "", ["HD", "hd", "4K"][row % 3]].join(","),
  );
  await writeFile(
    plays,
    ["session_id,user_id,watch_date,watch_duration_minutes,quality_level", ...sessions, sessions[10], sessions[20], ""].join("\n"),
  );
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const options = (page) => page.getByRole("complementary", { name: "Options" });
const steps = (page) => options(page).locator("ol.steps > li");
const toldAt = (page, n) => steps(page).nth(n).locator(".step__told");
const main = (page) => page.getByRole("main");
const data = (page) => page.getByRole("navigation", { name: "Data and analyses" });

/** Opens files and begins to clean the table. */
async function clean(page, file, table) {
  await chooseFiles(page, site, file);
  await answered(page);
  await data(page).getByRole("button", { name: `Clean ${table}`, exact: true }).click();
  await options(page).getByRole("heading", { name: `Clean ${table}` }).waitFor();
}

async function addStep(page, title) {
  await options(page).getByRole("button", { name: "Add a step" }).click();
  await options(page).getByRole("button", { name: title, exact: true }).click();
}

/** Types as a person does: what is left is taken over. */
async function type(page, label, text) {
  await options(page).getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press("Tab");
}

const told = (page, n, words) => toldAt(page, n).filter({ hasText: words }).waitFor();

test("outliers are dropped by IQR or above the 99th percentile, and the analysis goes on with the cleaned table", async () => {
  const page = await newPage(browser, site);
  await clean(page, watched, "watched");
  await main(page).getByRole("heading", { name: "watched_clean" }).waitFor();
  await addStep(page, "Drop rows with outliers");
  await told(page, 0, "Choose the columns.");
  await options(page).getByRole("checkbox", { name: /minutes/ }).check();
  await told(page, 0, /200 → 198 rows, 2 fewer/);
  await steps(page).first().getByText("Drop rows where minutes is beyond 1.5 IQR").waitFor();
  await options(page).getByLabel("Limits", { exact: true }).selectOption({ label: "percentiles" });
  await steps(page).first().getByText("Drop rows where minutes is above percentile 99").waitFor();
  await told(page, 0, /200 → 198 rows/);
  await type(page, "Upper percentile", "90");
  await told(page, 0, /200 → 1[78]\d rows/);
  await main(page).getByText(/^1[78]\d rows, 4 columns/).waitFor();

  const replies = await askEngine(requestsOf(documentOf(page), [watched]));
  const recipe = replies.find(({ type }) => type === "recipe");
  assert.match(await toldAt(page, 0).innerText(), new RegExp(`200 → ${recipe.report.n_rows_after} rows`));
  await page.getByRole("button", { name: "Back to the report" }).first().click();
  await answered(page);
  assert.ok(documentOf(page).analyses.every(({ spec }) => spec.table === "watched_clean"));
  await options(page).getByRole("heading", { name: "Clean watched" }).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("an ETL by hand: duplicates, gaps, spellings, a derived column, groups", async () => {
  const page = await newPage(browser, site);
  await clean(page, plays, "viewing_sessions");
  await addStep(page, "Drop duplicates");
  await told(page, 0, /302 → 300 rows, 2 fewer/);
  await addStep(page, "Fill missing cells");
  await options(page).getByRole("group", { name: "Columns" }).getByRole("checkbox", { name: /watch_duration_minutes/ }).check();
  await told(page, 1, /300 rows, 10 cells changed/);
  await addStep(page, "Recode values");
  await options(page).getByLabel("Column", { exact: true }).selectOption("quality_level");
  await type(page, "hd", "HD");
  await told(page, 2, /300 rows, 100 cells changed/);
  await addStep(page, "Derive a column");
  await type(page, "New column", "hours");
  await options(page).getByLabel("Expression", { exact: true }).fill("round(watch_duration_minutes / 60, 2)");
  await page.keyboard.press("Tab");
  await told(page, 3, /300 rows, hours added/);
  await addStep(page, "Group and aggregate");
  await options(page).getByRole("group", { name: "One row for each" }).getByRole("checkbox", { name: /quality_level/ }).check();
  await options(page).getByRole("button", { name: "Add a column" }).click();
  const second = options(page).getByRole("group", { name: "New columns 2" });
  await second.getByLabel("Column", { exact: true }).selectOption("hours");
  assert.equal(await second.getByLabel("Name", { exact: true }).inputValue(), "mean_hours");
  await told(page, 4, /300 → 2 rows/);
  const grid = main(page).getByRole("table", { name: "Rows of viewing_sessions_clean" });
  await grid.getByRole("columnheader", { name: /mean_hours/ }).waitFor();
  const replies = await askEngine([
    ...requestsOf({ ...documentOf(page), analyses: [] }, [plays]),
    { type: "preview", table: "viewing_sessions_clean" },
  ]);
  assert.deepEqual(replies.at(-1).page.rows.map(([name, n]) => [name, n]), [["4K", "100"], ["HD", "200"]]);
  for (const cell of replies.at(-1).page.rows.flat()) await grid.getByRole("cell", { name: cell, exact: true }).first().waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("steps are switched off, moved, removed and undone, by the keyboard alone", async () => {
  const page = await newPage(browser, site);
  await clean(page, watched, "watched");
  await options(page).getByRole("button", { name: "Add a step" }).focus();
  await page.keyboard.press("Enter");
  await options(page).getByRole("button", { name: "Drop rows with missing cells" }).focus();
  await page.keyboard.press("Enter");
  await told(page, 0, /200 → 192 rows, 8 fewer/);
  // The form that opened has the focus.
  await page.waitForFunction(() => document.activeElement?.closest(".step__form"));
  await options(page).getByRole("button", { name: "Add a step" }).press("Enter");
  await page.keyboard.press("Escape");
  assert.equal(await options(page).getByRole("button", { name: "Sample rows" }).count(), 0, "Escape closes the menu");
  await options(page).getByRole("button", { name: "Add a step" }).press("Enter");
  await options(page).getByRole("button", { name: "Sample rows" }).press("Enter");
  await told(page, 1, /192 rows/);
  await type(page, "a number of rows", "50");
  await told(page, 1, /192 → 50 rows/);
  await options(page).getByRole("button", { name: "Move step 2 up" }).press("Enter");
  await told(page, 0, /200 → 50 rows/);
  await page.waitForFunction(() => document.activeElement?.id.endsWith("-0-down"));
  await steps(page).nth(0).getByRole("checkbox", { name: "on" }).first().press("Space");
  await told(page, 0, "switched off");
  await told(page, 1, /200 → 192 rows/);
  await options(page).getByRole("button", { name: "Remove step 2" }).press("Enter");
  await main(page).getByText("200 rows, 4 columns").waitFor();
  assert.equal(await steps(page).count(), 1);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).press("Enter");
  await told(page, 1, /200 → 192 rows/);
  for (let n = 0; n < 2; n += 1) await page.keyboard.press("Control+z");
  await told(page, 1, /192 → 50 rows/);
  assertNoFaults(page);
  await page.context().close();
});

test("an expression is checked while it is typed, and its error stands at its place", async () => {
  const page = await newPage(browser, site);
  await clean(page, watched, "watched");
  await addStep(page, "Keep rows that pass");
  const field = options(page).getByLabel("Expression", { exact: true });
  await field.click();
  await page.keyboard.type("minuts > 60");
  await options(page).getByText(/At character 1: .*minuts.*did you mean minutes/).waitFor();
  assert.equal(await options(page).locator("mark").innerText(), "m");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await told(page, 0, "Add a condition or write an expression.");
  await options(page).getByText("Columns and functions to put in").click();
  await options(page).getByRole("button", { name: /^round\(/ }).waitFor();
  await field.fill("");
  await options(page).getByRole("button", { name: /^round\(/ }).click();
  await options(page).getByRole("button", { name: /^minutes / }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" > 60");
  assert.equal(await field.inputValue(), "round(minutes) > 60");
  await page.keyboard.press("Tab");
  await told(page, 0, /200 → \d+ rows/);

  // A step that does not work says so, and the table before it stays.
  const rows = (await toldAt(page, 0).innerText()).replace(/, [^,]* ms$/, "");
  await addStep(page, "Derive a column");
  await options(page).getByLabel("Expression", { exact: true }).fill("plan +");
  await options(page).getByText(/^At character 7: found the end/).waitFor();
  await type(page, "New column", "x");
  await options(page).getByLabel("Expression", { exact: true }).fill("plan + 1");
  await page.keyboard.press("Tab");
  await steps(page).nth(1).getByText(/found .*plan/).first().waitFor();
  assert.equal((await toldAt(page, 0).innerText()).replace(/, [^,]* ms$/, ""), rows);
  await main(page).getByRole("table", { name: "Rows of watched_clean" }).getByRole("row").nth(3).waitFor();
  await data(page).getByText("a step does not work").waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("conditions, and a join with another table", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  await data(page).getByRole("button", { name: "Clean sessions", exact: true }).click();
  await addStep(page, "Keep rows that pass");
  await options(page).getByRole("button", { name: "Keep only some rows" }).click();
  await options(page).getByLabel("Condition 1: column").selectOption("session_length");
  await options(page).getByLabel("Condition 1: test").selectOption("gt");
  await type(page, "Value", "10");
  await steps(page).first().getByText("Keep rows where session_length is above 10").waitFor();
  await told(page, 0, /5,000 → \d,\d{3} rows/);
  await addStep(page, "Join another table");
  await options(page).getByLabel("Table", { exact: true }).selectOption("users");
  await steps(page).nth(1).getByText("Add the columns of users on user_id").waitFor();
  await told(page, 1, /4 columns added/);
  assertNoFaults(page);
  await page.context().close();
});

test("the run log and JSON Lines are saved, and a link brings the recipe back", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  await data(page).getByRole("button", { name: "Clean users", exact: true }).click();
  await addStep(page, "Sort");
  await options(page).getByLabel("Column", { exact: true }).selectOption("country");
  await addStep(page, "Sample rows");
  await type(page, "a number of rows", "25");
  await told(page, 1, /1,000 → 25 rows/);

  await options(page).locator("summary", { hasText: "Run log" }).click();
  const log = options(page).getByRole("table", { name: "Run log" });
  await log.getByRole("row", { name: /2\. Sample 25 rows with seed 1 done 1000 25/ }).waitFor();
  let download = page.waitForEvent("download");
  await options(page).getByRole("button", { name: "Download the log" }).click();
  let saved = await download;
  assert.equal(saved.suggestedFilename(), "users_clean_run_log.csv");
  const lines = (await readFile(await saved.path(), "utf8")).split("\n");
  assert.equal(lines[0], "step,what,state,rows before,rows after,cells changed,milliseconds,problems");
  assert.match(lines[2], /^2,Sample 25 rows with seed 1,done,1000,25,0,\d+\.\d{3},$/);

  download = page.waitForEvent("download");
  await main(page).getByRole("button", { name: "Save as JSON Lines" }).click();
  saved = await download;
  assert.equal(saved.suggestedFilename(), "users_clean.jsonl");
  const text = await readFile(await saved.path(), "utf8");
  const replies = await askEngine([
    ...requestsOf({ ...documentOf(page), analyses: [] }, []),
    { type: "export", table: "users_clean", format: "json_lines" },
  ]);
  assert.equal(text, replies.at(-1).text);
  const first = JSON.parse(text.split("\n")[0]);
  assert.equal(typeof first.user_id, "string");
  assert.match(first.signup_date, /^\d{4}-\d\d-\d\d$/);

  const other = await newPage(browser, site);
  await asked(page, '"from":"recipe"', '"n":25');
  await other.goto(page.url());
  await told(other, 1, /1,000 → 25 rows/);
  await main(other).getByText(/^25 rows/).waitFor();
  assert.equal(await steps(other).count(), 2);
  assertNoFaults(other);
  await other.context().close();
  assertNoFaults(page);
  await page.context().close();
});

const settings = {
  "light": { colorScheme: "light" },
  "dark": { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
};

for (const [name, setting] of Object.entries(settings)) {
  test(`steps, forms and menu in ${name}: axe finds nothing, and nothing has to be scrolled sideways`, async () => {
    const page = await newPage(browser, site, setting);
    await chooseFiles(page, site, watched);
    await answered(page);
    const toggle = data(page).getByRole("button", { name: "Data and analyses", expanded: false });
    if (await toggle.isVisible()) await toggle.click();
    await data(page).getByRole("button", { name: "Clean watched", exact: true }).click();
    const forms = ["Drop rows with outliers", "Sample rows", "Sort", "Fill missing cells", "Recode values", "Read as another kind",
      "Split a column", "Rename columns", "Group and aggregate", "Pivot: values become columns", "Unpivot: columns become rows",
      "Join another table", "Add the rows of other tables", "Keep only some columns"];
    const check = async (screen) => {
      await assertAxeClean(page, `${screen} in ${name}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(width <= 0, `${screen} in ${name}: ${width} px too wide`);
    };
    for (const title of name === "light" ? forms : ["Group and aggregate", "Recode values"]) {
      await addStep(page, title);
      await steps(page).last().getByRole("button", { name: /^Close step/, expanded: true }).waitFor();
      await check(title);
    }
    await addStep(page, "Derive a column");
    await options(page).getByLabel("Expression", { exact: true }).fill("minuts");
    await options(page).locator("mark").waitFor();
    await options(page).getByText("Columns and functions to put in").click();
    await options(page).getByRole("button", { name: "Add a step" }).click();
    await options(page).locator("summary", { hasText: "Run log" }).click();
    await check("an error, the lists and the menu");
    assertNoFaults(page);
    await page.context().close();
  });
}
