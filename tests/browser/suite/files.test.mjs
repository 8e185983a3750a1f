// Files through the file picker: what is dropped is what is reported.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { askEngine } from "../support/engine.mjs";
import { seeded } from "../support/numbers.mjs";
import { answered, assertFigures, chooseFiles, documentOf, figuresOf, requestsOf, unfold } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-files-"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const data = (page) => page.getByRole("navigation", { name: "Data and analyses" });

/** Writes world 1's two tables with another seed, and gives their paths. */
async function worldFiles() {
  const paths = ["sessions", "users"].map((table) => join(folder, `${table}.csv`));
  await askEngine([
    { type: "generate", spec: { scenario: "ui_experiment", seed: 20240131 } },
    { type: "export", table: "sessions", path: paths[0] },
    { type: "export", table: "users", path: paths[1] },
  ]);
  return paths;
}

test("two files become a report whose every figure is the engine's own", async () => {
  const page = await newPage(browser, site);
  const paths = await worldFiles();
  await chooseFiles(page, site, paths);
  await answered(page);
  await page.getByRole("button", { name: "Join them" }).click();
  await data(page).getByRole("button", { name: "sessions_users", exact: true }).waitFor();
  await unfold(page);
  const replies = await askEngine(requestsOf(documentOf(page), paths));
  const n = assertFigures(await figuresOf(page), replies.at(-1).result);
  assert.ok(n > 100, `only ${n} figures were compared`);
  assertNoFaults(page);
  await page.context().close();
});

test("a table is saved as the bytes that the native engine writes", async () => {
  const page = await newPage(browser, site);
  const paths = await worldFiles();
  await chooseFiles(page, site, paths);
  await answered(page);
  const download = page.waitForEvent("download");
  await data(page).getByRole("button", { name: "Save sessions as CSV" }).click();
  const saved = await (await download).path();
  assert.ok((await readFile(saved)).equals(await readFile(paths[0])), "the saved file is not the chosen one");
  assertNoFaults(page);
  await page.context().close();
});

test("files chosen by semicolons, in UTF-16 and with commas for decimals read as what they are", async () => {
  const random = seeded(7);
  const rows = Array.from({ length: 400 }, (_, row) => ({
    who: row + 1,
    arm: row % 2 ? "neu" : "alt",
    minutes: (10 + 4 * random() + (row % 2)).toFixed(2),
  }));
  const plain = join(folder, "plain.csv");
  const german = join(folder, "deutsch.csv");
  await writeFile(plain, ["who,arm,minutes", ...rows.map(({ who, arm, minutes }) => `${who},${arm},${minutes}`), ""].join("\n"));
  const text = ["who;arm;minutes", ...rows.map(({ who, arm, minutes }) => `${who};${arm};${minutes.replace(".", ",")}`), ""];
  await writeFile(german, Buffer.from("\ufeff" + text.join("\r\n"), "utf16le"));

  const found = [];
  for (const path of [plain, german]) {
    const page = await newPage(browser, site);
    await chooseFiles(page, site, path);
    await answered(page);
    found.push((await figuresOf(page)).map(({ name, values }) => ({ name, values })));
    assertNoFaults(page);
    await page.context().close();
  }
  assert.ok(found[0].length > 5, "the report has hardly a figure");
  assert.deepEqual(found[1], found[0]);
});

test("a coerced cell is told with its line", async () => {
  const path = join(folder, "coerced.csv");
  const lines = Array.from({ length: 60 }, (_, row) => `${row + 1},${row % 2 ? "B" : "A"},${row % 7}.5`);
  lines[20] = "21,A,n0t a number";
  await writeFile(path, ["id,group,minutes", ...lines, ""].join("\n"));
  const page = await newPage(browser, site);
  await chooseFiles(page, site, path);
  await answered(page);
  await data(page).getByRole("button", { name: /1 of 60 rows changed/ }).click();
  const problem = page.getByRole("table", { name: /problem/ }).getByRole("row", { name: /n0t a number/ });
  await problem.waitFor();
  assert.match(await problem.innerText(), /^22\s/, "the line in the file, the header being line 1");
  assertNoFaults(page);
  await page.context().close();
});

test("lines above and below the table are left out, told, and can be taken in again", async () => {
  const path = join(folder, "export.csv");
  const rows = Array.from({ length: 40 }, (_, row) => `${row + 1};${row % 2 ? "B" : "A"};${row % 7},5`);
  const lines = ["Export of the viewing service;;", ";;", "Viewer;Group;Minutes", ...rows, "", "Source: our own"];
  await writeFile(path, lines.join("\n") + "\n");
  const page = await newPage(browser, site);
  await chooseFiles(page, site, path);
  await answered(page);
  await data(page).getByText(/40 rows, 3 columns/).waitFor();
  await data(page).getByRole("button", { name: /0 of 40 rows changed/ }).click();
  const problems = page.getByRole("table", { name: /problem/ });
  await problems.getByRole("row", { name: /above the table.*Export of the viewing service/ }).waitFor();
  await problems.getByRole("row", { name: /below the table.*Source: our own/ }).waitFor();
  await page.getByLabel("The table begins at").selectOption({ label: "line 1: everything is the table" });
  await data(page).getByText(/4[34] rows, 3 columns/).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("a JSON file with lists becomes related tables, also when it is packed", async () => {
  const shows = Array.from({ length: 30 }, (_, row) => ({
    id: row + 1,
    arm: row % 2 ? "B" : "A",
    minutes: row % 9,
    genres: ["Drama", "Comedy"].slice(0, 1 + (row % 2)),
  }));
  const path = join(folder, "shows.json.gz");
  await writeFile(path, gzipSync(JSON.stringify(shows)));
  const page = await newPage(browser, site);
  await chooseFiles(page, site, path);
  await answered(page);
  await data(page).getByText(/30 rows, 3 columns/).waitFor();
  await data(page).getByRole("button", { name: "shows_genres", exact: true }).waitFor();
  await data(page).getByText(/45 rows, 2 columns/).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("a pasted table is read like a file", async () => {
  const page = await newPage(browser, site);
  await page.goto(site.url);
  await page.getByText("Paste into a box instead").click();
  const rows = Array.from({ length: 40 }, (_, row) => `${row % 2 ? "B" : "A"}\t${(row * 37) % 11}`);
  await page.getByLabel(/^Rows of a table, the first/).fill(["group\tclicks", ...rows].join("\n"));
  await page.getByRole("button", { name: "Read the table" }).click();
  await answered(page);
  await page.getByRole("main").getByText("40", { exact: true }).first().waitFor();
  assertNoFaults(page);
  await page.context().close();
});
