// Files that hold no report: each gets an answer or a plain message that names the place, and the page
// goes on reading the next one.

import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { answered, chooseFiles, figuresOf } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-bad-"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const nav = (page) => page.getByRole("navigation", { name: "Data and analyses" });
const rows = (n, line) => Array.from({ length: n }, (_, index) => line(index)).join("\n") + "\n";

async function file(name, contents) {
  const path = join(folder, name);
  await writeFile(path, contents);
  return path;
}

/** The page reads a good file after all that. */
async function assertAlive(page) {
  const good = await file("good.csv", "group,minutes\n" + rows(60, (row) => `${row % 2 ? "B" : "A"},${(row * 7) % 13}.5`));
  await nav(page).getByLabel("Add files").setInputFiles(good);
  await nav(page).getByRole("button", { name: "good", exact: true }).waitFor();
  await nav(page).getByRole("button", { name: "A/B test" }).first().click();
  await page.getByRole("main").locator("article").last().getByRole("table").first().waitFor();
  assertNoFaults(page);
}

// What cannot become a table is refused, with the file's name and the reason.
const refused = [
  ["a picture", Buffer.from("89504e470d0a1a0a0000000d494844520000", "hex"), /PNG image/i],
  ["an archive", Buffer.concat([Buffer.from("504b030414000600080000002100", "hex"), Buffer.alloc(4000)]), /zip archive/i],
  ["a file of bytes", Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 193) % 256)), /not a text/i],
];
for (const [what, contents, reason] of refused) {
  test(`${what} is refused with its name and the reason`, async () => {
    const page = await newPage(browser, site);
    await chooseFiles(page, site, await file("given.csv", contents));
    const message = page.getByRole("main").getByText(reason).first();
    await message.waitFor();
    const told = await page.getByRole("main").innerText();
    assert.ok(told.includes("given.csv"), `the file is not named: ${told}`);
    await assertAlive(page);
    await page.context().close();
  });
}

// What has nothing in it is a table without columns, and its reason is told.
for (const [what, contents, reason] of [
  ["an empty file", "", /given\.csv.*is empty/i],
  ["a file of blank lines", "\n\n  \n", /given\.csv.*blank lines/i],
]) {
  test(`${what} is an empty table, and says so`, async () => {
    const page = await newPage(browser, site);
    await chooseFiles(page, site, await file("given.csv", contents));
    await page.getByRole("main").getByText(reason).first().waitFor();
    await nav(page).getByText(/0 rows, 0 columns/).waitFor();
    await assertAlive(page);
    await page.context().close();
  });
}

test("a header without rows is a table without rows, and says so", async () => {
  const page = await newPage(browser, site);
  await chooseFiles(page, site, await file("header.csv", "group,minutes\n"));
  await page.getByRole("main").getByText(/no (data )?rows/i).first().waitFor();
  await nav(page).getByText(/0 rows, 2 columns/).waitFor();
  await assertAlive(page);
  await page.context().close();
});

test("a file with one column is a table that can be described", async () => {
  const page = await newPage(browser, site);
  await chooseFiles(page, site, await file("one.csv", "minutes\n" + rows(50, (row) => (row * 3) % 17)));
  await answered(page);
  const mean = (await figuresOf(page)).find(({ name }) => name.includes("mean"));
  const expected = Array.from({ length: 50 }, (_, row) => (row * 3) % 17).reduce((a, b) => a + b) / 50;
  assert.ok(Math.abs(mean.values[0] - expected) < 1e-12, `${mean.values[0]} is not ${expected}`);
  await assertAlive(page);
  await page.context().close();
});

test("a variant column with one value is named as the reason for having no comparison", async () => {
  const page = await newPage(browser, site);
  const path = await file("single.csv", "variant,minutes\n" + rows(50, (row) => `A,${row % 9}.5`));
  await chooseFiles(page, site, path);
  await nav(page).getByRole("button", { name: "single", exact: true }).waitFor();
  await nav(page).getByRole("button", { name: "A/B test" }).first().click();
  const result = page.getByRole("main").locator("article").last();
  await result.getByText(/variant.*(one|only|single|two)|(one|only|single|two).*(level|value|variant)/i).first().waitFor();
  await assertAlive(page);
  await page.context().close();
});

test("a metric that is all missing is told as such, and the other metrics are there", async () => {
  const page = await newPage(browser, site);
  const lines = rows(80, (row) => `${row + 1},${row % 2 ? "B" : "A"},${row % 9}.5,`);
  await chooseFiles(page, site, await file("missing.csv", "user_id,group,minutes,rating\n" + lines));
  await answered(page);
  assert.ok((await figuresOf(page)).some(({ name }) => name === "minutes|B|difference"));
  await nav(page).getByText("80 missing").first().waitFor({ state: "attached" });
  await assertAlive(page);
  await page.context().close();
});

test("300 MB of one repeated line get an answer", async () => {
  const path = join(folder, "repeated.csv");
  const line = "2024-02-17 17:00:00,849,B,Mobile,Movie,Action,Evening,a line as long as lines are\n";
  const piece = line.repeat(Math.ceil(1_000_000 / line.length));
  const out = createWriteStream(path);
  for (let written = 0; written < 300_000_000; written += piece.length) {
    if (!out.write(piece)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  const page = await newPage(browser, site);
  await chooseFiles(page, site, path);
  // The page answers while the engine reads: the dialog opens at once.
  await page.getByRole("button", { name: /^Settings/ }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  const table = nav(page).getByRole("button", { name: "repeated", exact: true });
  const refusal = page.getByRole("main").getByText(/too (large|many)|memory/i);
  await table.or(refusal).first().waitFor({ timeout: 240_000 });
  await rm(path);
  await assertAlive(page);
  await page.context().close();
});
