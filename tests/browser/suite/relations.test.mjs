// Relations: found, drawn, changed by hand, joined along, and written as SQL.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { askEngine } from "../support/engine.mjs";
import { answered, asked, chooseFiles, openWorld } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder, files;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-relations-"));
  const row = (n, cells) => Array.from({ length: n }, (_, i) => cells(i).join(","));
  const texts = {
    "users.csv": ["user_id,country,age", ...row(80, (i) => [`U-${100 + i}`, ["AT", "BR", "IN"][i % 3], 20 + (i % 40)])],
    "tracks.csv": ["track_id,artist,seconds", ...row(40, (i) => [i + 1, `Artist ${i % 7}`, 120 + ((i * 37) % 200)])],
    // Fourteen rows of three users that are not there.
    "plays.csv": [
      "play_id,user_id,track_id,ms_played",
      ...row(400, (i) => [i + 1, i < 14 ? `U-9${["00", "00", "01", "02", "00"][i % 5]}` : `U-${100 + ((i * 7) % 80)}`, ((i * 11) % 40) + 1, 30_000 + i]),
    ],
  };
  files = [];
  for (const [name, lines] of Object.entries(texts)) {
    files.push(join(folder, name));
    await writeFile(files.at(-1), [...lines, ""].join("\n"));
  }
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const view = (page) => page.getByRole("main");
const rowOf = (page, from) => view(page).getByRole("rowheader", { name: from, exact: true }).locator("..");
const sql = (page) => view(page).getByRole("region", { name: "SQL of the tables" });

async function showRelations(page) {
  const zone = page.getByRole("navigation", { name: "Data and analyses" });
  const toggle = zone.getByRole("button", { name: "Data and analyses", expanded: false });
  if (await toggle.isVisible()) await toggle.click();
  await zone.getByRole("button", { name: "Relations", exact: true }).click();
  await view(page).getByRole("img", { name: /^Diagram of/ }).waitFor();
}

async function sqlWith(page, ...pieces) {
  await page.waitForFunction((pieces) => {
    const shown = document.querySelector("main pre[aria-busy=false]")?.textContent ?? "";
    return pieces.every((piece) => shown.includes(piece));
  }, pieces);
  return sql(page).textContent();
}

async function openFiles(page) {
  await chooseFiles(page, site, files);
  await answered(page);
  await showRelations(page);
}

test("the case study has one relation, and its SQL is the engine's own", async () => {
  const page = await newPage(browser, site);
  await openWorld(page, site);
  await showRelations(page);
  const image = view(page).getByRole("img", { name: /^Diagram of/ });
  assert.equal(
    await image.getAttribute("aria-label"),
    "Diagram of 2 tables and 1 relation. sessions.user_id points to users.user_id, many to one.",
  );
  const cells = await rowOf(page, "sessions.user_id").locator("th, td").allTextContents();
  assert.deepEqual(cells.slice(0, 6), ["sessions.user_id", "users.user_id", "many to one", "100.0 %", "none", "none"]);
  const found = await sqlWith(page, "CREATE TABLE sessions");
  const ends = { from: { table: "sessions", column: "user_id" }, to: { table: "users", column: "user_id" } };
  const [, reply] = await askEngine([
    { type: "generate", spec: { scenario: "ui_experiment" } },
    { type: "ddl", dialect: "postgresql", relations: [ends] },
  ]);
  assert.equal(found, reply.text);
  assertNoFaults(page);
  await page.context().close();
});

test("orphans are named, and a join along the relation begins with its keys", async () => {
  const page = await newPage(browser, site);
  await openFiles(page);
  await view(page).getByText("14 rows of plays name a user_id that users does not have: U-900").waitFor();
  await view(page).getByText("14 rows point to rows that are not there").waitFor();
  assert.match((await rowOf(page, "plays.user_id").textContent()) ?? "", /96\.5 %/);
  await view(page).getByRole("button", { name: "Join plays with tracks" }).click();
  const panel = page.getByRole("complementary", { name: "Options" });
  assert.equal(await panel.getByLabel("Key in plays").inputValue(), "track_id");
  assert.equal(await panel.getByLabel("Key in tracks").inputValue(), "track_id");
  await panel.getByRole("button", { name: "Join", exact: true }).click();
  const zone = page.getByRole("navigation", { name: "Data and analyses" });
  await zone.getByRole("button", { name: "plays_tracks", exact: true }).waitFor();
  // What was joined is made of the others: the model stays as it was.
  await view(page).getByRole("img", { name: /^Diagram of 3 tables and 2 relations/ }).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("a relation is removed, put back, and taken back by undo", async () => {
  const page = await newPage(browser, site);
  await openFiles(page);
  await sqlWith(page, "FOREIGN KEY (track_id) REFERENCES tracks (track_id)");
  await view(page).getByRole("button", { name: "Remove the relation plays.track_id to tracks.track_id" }).click();
  await rowOf(page, "plays.track_id").waitFor({ state: "detached" });
  await view(page).getByRole("img", { name: /and 1 relation\./ }).waitFor();
  await page.waitForFunction(() => !document.querySelector("main pre")?.textContent.includes("REFERENCES tracks"));
  await asked(page, '"removed":[{"from":{"table":"plays","column":"track_id"}');
  await view(page).getByRole("button", { name: "Put back the relation plays.track_id to tracks.track_id" }).click();
  await rowOf(page, "plays.track_id").waitFor();
  await page.keyboard.press("Control+z");
  await rowOf(page, "plays.track_id").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await rowOf(page, "plays.track_id").waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("a relation is added by hand once it was measured, and the link carries it", async () => {
  const page = await newPage(browser, site);
  await openFiles(page);
  const form = view(page).getByRole("region", { name: "Add a relation" });
  await form.getByLabel("Table of the child").selectOption("users");
  await form.getByLabel("Column of the child").selectOption("age");
  await form.getByLabel("Table of the parent").selectOption("tracks");
  await form.getByLabel("Column of the parent").selectOption("track_id");
  await form.getByText(/match rate 52\.5 %/).waitFor();
  await form.getByRole("button", { name: "Add the relation" }).click();
  await rowOf(page, "users.age").waitFor();
  await view(page).getByText("You added this.").waitFor();
  await asked(page, '"added":[{"from":{"table":"users","column":"age"}');
  // Columns that cannot be compared are refused where they are chosen.
  await form.getByLabel("Table of the child").selectOption("plays");
  await form.getByLabel("Column of the child").selectOption("user_id");
  await form.getByLabel("Table of the parent").selectOption("tracks");
  await form.getByLabel("Column of the parent").selectOption("track_id");
  await form.getByText(/cannot be compared/).waitFor();
  assert.equal(await form.getByRole("button", { name: "Add the relation" }).count(), 0);
  assertNoFaults(page);
  await page.context().close();
});

test("the SQL is written for three databases, copied and downloaded", async () => {
  const page = await newPage(browser, site, { permissions: ["clipboard-read", "clipboard-write"] });
  await openFiles(page);
  await sqlWith(page, "for PostgreSQL", "TEXT NOT NULL", "-- 14 rows have a user_id that is not in users");
  await view(page).getByLabel("Database").selectOption("MySQL");
  await sqlWith(page, "for MySQL", "VARCHAR(5) NOT NULL");
  await view(page).getByLabel("Database").selectOption("BigQuery");
  const text = await sqlWith(page, "for BigQuery", "STRING NOT NULL", "NOT ENFORCED");
  await view(page).getByRole("button", { name: "Copy", exact: true }).click();
  await page.locator("#lab").getByText("Copied the SQL.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  const download = page.waitForEvent("download");
  await view(page).getByRole("button", { name: "Download", exact: true }).click();
  const saved = await download;
  assert.equal(saved.suggestedFilename(), "tables_bigquery.sql");
  assert.equal(await readFile(await saved.path(), "utf8"), text);
  assertNoFaults(page);
  await page.context().close();
});

for (const [name, options] of Object.entries({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 } },
})) {
  test(`the view is clean in ${name}`, async () => {
    const page = await newPage(browser, site, options);
    await openFiles(page);
    await sqlWith(page, "CREATE TABLE plays");
    await assertAxeClean(page, `relations in ${name}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    assertNoFaults(page);
    await page.context().close();
  });
}
