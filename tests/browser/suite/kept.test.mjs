// Work that outlives the page: a reload, a closed tab, a power cut in the middle of a save, and a workspace file.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser, started } from "../support/browser.mjs";
import { seeded } from "../support/numbers.mjs";
import { answered, chooseFiles, documentOf, figuresOf } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder, paths;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-kept-"));
  paths = await twoFiles();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Sessions of an experiment, and the users they belong to. */
async function twoFiles() {
  const random = seeded(11);
  const users = Array.from({ length: 120 }, (_, row) => `${row + 1},${["BR", "IN", "SE"][row % 3]}`);
  const sessions = Array.from({ length: 600 }, (_, row) => {
    const user = 1 + Math.floor(random() * 120);
    return `${row + 1},${user},${user % 2 ? "B" : "A"},${(10 + 5 * random() + (user % 2)).toFixed(2)}`;
  });
  const [first, second] = [join(folder, "sessions.csv"), join(folder, "users.csv")];
  await writeFile(first, ["session_id,user_id,group,minutes", ...sessions, ""].join("\n"));
  await writeFile(second, ["user_id,country", ...users, ""].join("\n"));
  return [first, second];
}

const bar = (page) => page.getByRole("banner");
const saved = (page) => bar(page).getByRole("button", { name: "Saved on this device" }).waitFor();
const data = (page) => page.getByRole("navigation", { name: "Data and analyses" });
const offer = (page) => page.getByRole("region", { name: "Continue where you left off" });
const storage = (page) => page.getByRole("dialog", { name: "Your work" });
const facts = async (page) => (await figuresOf(page)).map(({ table, name, values }) => ({ table, name, values }));

/** Two files, the report that opens by itself, and a second analysis; all of it saved. */
async function workAndSave(page) {
  await chooseFiles(page, site, paths);
  await answered(page);
  await data(page).getByRole("button", { name: "Describe" }).click();
  await answered(page, 2);
  await saved(page);
  return facts(page);
}

const removeLast = (page) => page.getByRole("button", { name: "Remove from the report" }).last().click();

async function openStorage(page) {
  await bar(page).getByRole("button", { name: /^(Saved on this device|Not saved|Not kept)$/ }).click();
  await storage(page).waitFor();
}

/** Names and sizes in the directory of the origin private file system. */
const files = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle("playhead", { create: true });
    const found = {};
    for await (const [name, handle] of directory) {
      // What goes while the list is made is not there.
      const file = await handle.getFile().catch(() => null);
      if (file) found[name] = file.size;
    }
    return found;
  });

/** Cuts a kept file after `n` bytes; removes it where `n` is null. */
const damage = (page, name, n) =>
  page.evaluate(
    async ([name, n]) => {
      const root = await navigator.storage.getDirectory();
      const directory = await root.getDirectoryHandle("playhead");
      if (n === null) return directory.removeEntry(name);
      const handle = await directory.getFileHandle(name);
      const bytes = await (await handle.getFile()).slice(0, n).arrayBuffer();
      const stream = await handle.createWritable();
      await stream.write(bytes);
      await stream.close();
    },
    [name, n],
  );

/** The manifests that are kept, the newest first. */
const manifests = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle("playhead");
    const found = [];
    for await (const [name, handle] of directory) {
      const read = async () => JSON.parse(await (await handle.getFile()).text());
      // One that is being written anew is read once more.
      if (name.endsWith(".json")) found.push({ name, ...(await read().catch(read)) });
    }
    return found.sort((a, b) => b.generation - a.generation);
  });

test("a reload brings tables, analyses and every figure back", async () => {
  const page = await newPage(browser, site);
  const before = await workAndSave(page);
  const address = page.url();
  await page.reload();
  await answered(page, 2);
  assert.deepEqual(await facts(page), before);
  assert.equal(page.url(), address);
  await saved(page);
  assert.equal(await page.getByText(/Choose that file/).count(), 0);
  // The tab goes on with the work it had, and a second reload finds it again.
  await page.reload();
  await answered(page, 2);
  assert.deepEqual(await facts(page), before);
  await saved(page);
  const works = new Set(Object.keys(await files(page)).map((name) => name.split(".")[0]));
  assert.equal(works.size, 1, `${[...works]}`);
  assertNoFaults(page);
  await page.context().close();
});

test("a new visit is offered the work, and what is forgotten is gone", async () => {
  const page = await newPage(browser, site);
  const before = await workAndSave(page);
  const visit = await page.context().newPage();
  await page.close();
  await visit.goto(site.url);
  await offer(visit).getByText(/sessions\.csv and users\.csv: 2 tables, 2 analyses, saved on this device/).waitFor();
  await assertAxeClean(visit, "start, with an offer");
  await offer(visit).getByRole("button", { name: "Continue" }).click();
  await answered(visit, 2);
  assert.deepEqual(await facts(visit), before);
  await saved(visit);

  await visit.goto(site.url);
  await offer(visit).getByRole("button", { name: "Forget" }).click();
  await offer(visit).waitFor({ state: "detached" });
  await visit.waitForFunction(async () => {
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle("playhead");
    for await (const name of directory.keys()) return name === null;
    return true;
  });
  await visit.reload();
  await started(visit);
  assert.equal(await offer(visit).count(), 0);
  await visit.context().close();
});

test("a manifest that was cut leaves the state before it", async () => {
  const page = await newPage(browser, site);
  const before = await workAndSave(page);
  await removeLast(page);
  await saved(page);
  const [newest, older] = await manifests(page);
  assert.equal(newest.document.analyses.length, 1);
  assert.equal(older.document.analyses.length, 2);
  await damage(page, newest.name, 100);
  // A new visit, whose address knows nothing.
  const visit = await page.context().newPage();
  await page.close();
  await visit.goto(site.url);
  await offer(visit).getByRole("button", { name: "Continue" }).click();
  await answered(visit, 2);
  assert.deepEqual(await facts(visit), before);
  await saved(visit);
  await visit.context().close();
});

test("a save that was cut off leaves the last good state, and its leftovers go", async () => {
  const page = await newPage(browser, site);
  const before = await workAndSave(page);
  // As if the power went while a third file was being copied: bytes without a manifest that names them.
  const work = (await manifests(page))[0].name.split(".")[0];
  await page.evaluate(async (name) => {
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle("playhead");
    const stream = await (await directory.getFileHandle(name, { create: true })).createWritable();
    await stream.write("half a fi");
    await stream.close();
  }, `${work}.halfdone.data`);
  await page.reload();
  await answered(page, 2);
  assert.deepEqual(await facts(page), before);
  await saved(page);
  assert.ok(!Object.keys(await files(page)).includes(`${work}.halfdone.data`));
  assertNoFaults(page);
  await page.context().close();
});

test("a file that is missing or cut is named, and the rest is there", { timeout: 60_000 }, async () => {
  const page = await newPage(browser, site);
  await workAndSave(page);
  const [newest] = await manifests(page);
  const users = newest.files.find(({ name }) => name === "users.csv");
  await damage(page, users.key, 50);
  await page.reload();
  const missing = page.getByRole("region", { name: "users.csv is not at hand" });
  await missing.waitFor();
  await data(page).getByText(/600 rows, 4 columns/).waitFor();
  await missing.getByLabel("Choose the file").setInputFiles(paths[1]);
  await missing.waitFor({ state: "detached" });
  await data(page).getByText(/120 rows, 2 columns/).waitFor();
  const whole = (await readFile(paths[1])).length;
  // A file that goes while the list is made is not an error here.
  const sizes = async () => Object.values(await files(page).catch(() => ({})));
  while (!(await sizes()).includes(whole)) await page.evaluate(() => new Promise(requestAnimationFrame));
  await saved(page);
  assertNoFaults(page);
  await page.context().close();
});

test("two tabs keep two works, and a work that is open elsewhere is copied", async () => {
  const page = await newPage(browser, site);
  await workAndSave(page);
  const other = await page.context().newPage();
  await other.goto(site.url);
  await started(other);
  // It is not offered while a tab has it.
  assert.equal(await offer(other).count(), 0);
  await other.locator("#file-input").setInputFiles(paths[0]);
  await answered(other);
  await saved(other);
  await page.reload();
  await answered(page, 2);
  await data(page).getByText(/120 rows, 2 columns/).waitFor();
  await saved(page);
  await other.reload();
  await answered(other);
  await saved(other);
  assert.equal(await data(other).getByText(/120 rows/).count(), 0);
  const works = () => files(page).then((found) => new Set(Object.keys(found).map((name) => name.split(".")[0])).size);
  assert.equal(await works(), 2);
  await openStorage(other);
  await storage(other).getByText(/open in another tab/).waitFor();
  await storage(other).getByRole("button", { name: "Open sessions.csv and users.csv" }).click();
  await data(other).getByText(/120 rows, 2 columns/).waitFor();
  await saved(other);
  await removeLast(page);
  await saved(page);
  await other.reload();
  await answered(other, 2);
  assert.equal(await works(), 2);
  await page.context().close();
});

test("a link knows its file by the contents", { timeout: 60_000 }, async () => {
  const page = await newPage(browser, site);
  const made = paths[0];
  await chooseFiles(page, site, made);
  await answered(page);
  const before = await facts(page);
  const link = page.url();
  assert.match(documentOf(page).sources[0].kind.fingerprint, /^[0-9a-f]{16}$/);
  await page.context().close();

  // One digit in the middle is another.
  const bytes = await readFile(made);
  const changed = Buffer.from(bytes);
  const at = changed.lastIndexOf(".", Math.floor(changed.length / 2)) + 1;
  changed[at] = changed[at] === 0x37 ? 0x38 : 0x37;
  const other = { name: "sessions.csv", mimeType: "text/csv", buffer: changed };

  const visit = await newPage(browser, site);
  await visit.goto(link);
  const missing = visit.getByRole("region", { name: "sessions.csv is not at hand" });
  const warning = visit.getByRole("region", { name: "sessions.csv is another file" });
  await missing.getByLabel("Choose the file").setInputFiles(other);
  await warning.getByText(/the same name and size, but other contents\. Figures will differ/).waitFor();
  assert.equal(await missing.count(), 0);
  assert.equal(await data(visit).getByText(/600 rows/).count(), 0);
  await assertAxeClean(visit, "another file than the link's");
  await warning.getByLabel("Choose another file").setInputFiles(made);
  await answered(visit);
  assert.equal(await warning.count(), 0);
  assert.deepEqual(await facts(visit), before);
  assertNoFaults(visit);
  await visit.context().close();

  const third = await newPage(browser, site);
  await third.goto(link);
  await third.getByLabel("Choose the file").setInputFiles(other);
  await third.getByRole("button", { name: "Load it anyway" }).click();
  await answered(third);
  assert.notDeepEqual(await facts(third), before);
  assert.notEqual(third.url(), link);
  assertNoFaults(third);
  await third.context().close();
});

test("a workspace file brings everything to another browser", async () => {
  const page = await newPage(browser, site);
  const before = await workAndSave(page);
  await openStorage(page);
  const download = page.waitForEvent("download");
  await storage(page).getByRole("button", { name: "Export workspace" }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "sessions.csv and users.csv.playhead");
  const path = join(folder, "work.playhead");
  await file.saveAs(path);
  assertNoFaults(page);
  await page.context().close();

  const python = spawnSync("python3", ["-m", "zipfile", "-t", path], { encoding: "utf8" });
  if (!python.error) assert.equal(python.status, 0, python.stderr);

  const fresh = await newPage(browser, site);
  await chooseFiles(fresh, site, path);
  await answered(fresh, 2);
  assert.deepEqual(await facts(fresh), before);
  assert.equal(documentOf(fresh).analyses.length, 2);
  // It is kept here too.
  await saved(fresh);
  await fresh.reload();
  await answered(fresh, 2);
  assert.deepEqual(await facts(fresh), before);
  assertNoFaults(fresh);
  await fresh.context().close();

  const bytes = await readFile(path);
  const damaged = Buffer.from(bytes);
  damaged[damaged.indexOf("session_id,user_id") + 200] ^= 1;
  const wrong = [
    ["cut.playhead", bytes.subarray(0, bytes.length - 500), /it has no end: it is not a zip file, or it was cut/],
    ["table.playhead", Buffer.from("a,b\n1,2\n"), /it is not a zip file/],
    ["damaged.playhead", damaged, /files\/sessions\.csv in it is damaged: its checksum/],
    ["empty.playhead", Buffer.alloc(0), /it is not a zip file/],
  ];
  const page2 = await newPage(browser, site);
  await page2.goto(site.url);
  await started(page2);
  for (const [name, buffer, words] of wrong) {
    await page2.locator("#file-input").setInputFiles({ name, buffer, mimeType: "application/zip" });
    await page2.getByRole("status").filter({ hasText: words }).filter({ hasText: name }).waitFor();
  }
  assertNoFaults(page2);
  await page2.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the storage panel says what is kept, and axe finds nothing (${colorScheme})`, async () => {
    const page = await newPage(browser, site, { colorScheme });
    await workAndSave(page);
    await openStorage(page);
    await storage(page).getByText("This work is saved on this device.").waitFor();
    await storage(page).getByText("sessions.csv", { exact: true }).waitFor();
    await storage(page).getByText(/The browser counts .+ for this site/).waitFor();
    await assertAxeClean(page, `storage, ${colorScheme}`);
    assert.ok(await storage(page).evaluate((dialog) => dialog.contains(document.activeElement)));

    await storage(page).getByRole("button", { name: "Forget sessions.csv and users.csv" }).click();
    await storage(page).getByText("Nothing is kept.").waitFor();
    assert.deepEqual(await files(page), {});
    await storage(page).getByText(/This work is not kept: it was forgotten/).waitFor();
    await storage(page).getByRole("button", { name: "Keep this work" }).click();
    await storage(page).getByText("This work is saved on this device.").waitFor();

    await storage(page).getByLabel("Keep my work on this device").uncheck();
    await storage(page).getByText("Nothing is kept.").waitFor();
    assert.deepEqual(await files(page), {});
    await page.keyboard.press("Escape");
    await bar(page).getByRole("button", { name: "Not kept" }).waitFor();
    await page.reload();
    await page.getByRole("region", { name: "users.csv is not at hand" }).waitFor();
    assertNoFaults(page);
    await page.context().close();
  });
}

test("what was forgotten can still be read in the tab that has it", async () => {
  const page = await newPage(browser, site);
  const before = await workAndSave(page);
  await page.reload();
  await answered(page, 2);
  await saved(page);
  await openStorage(page);
  await storage(page).getByRole("button", { name: "Forget all" }).click();
  await storage(page).getByText("Nothing is kept.").waitFor();
  await page.keyboard.press("Escape");
  // A new engine reads the files again.
  await page.evaluate(() => window.dispatchEvent(new Event("playhead:kill-worker")));
  await page.getByRole("status").filter({ hasText: /was started again/ }).waitFor();
  await data(page).getByText(/600 rows, 4 columns/).waitFor();
  await answered(page, 2);
  assert.deepEqual(await facts(page), before);
  assertNoFaults(page);
  await page.context().close();
});

test("without the private file system the database keeps the work", async () => {
  const page = await newPage(browser, site);
  await page.context().addInitScript(() => delete StorageManager.prototype.getDirectory);
  const before = await workAndSave(page);
  await page.reload();
  await answered(page, 2);
  assert.deepEqual(await facts(page), before);
  await saved(page);
  await openStorage(page);
  await storage(page).getByText(/in the browser's database/).waitFor();
  await storage(page).getByRole("button", { name: "Forget all" }).click();
  await storage(page).getByText("Nothing is kept.").waitFor();
  const n = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("playhead");
        opening.onsuccess = () => {
          const count = opening.result.transaction("kept").objectStore("kept").count();
          count.onsuccess = () => resolve(count.result);
        };
      }),
  );
  assert.equal(n, 0);
  assertNoFaults(page);
  await page.context().close();
});

test("without any storage the page says so and works", async () => {
  const page = await newPage(browser, site);
  await page.context().addInitScript(() => {
    delete StorageManager.prototype.getDirectory;
    Object.defineProperty(window, "indexedDB", { value: undefined });
  });
  await chooseFiles(page, site, paths);
  await answered(page);
  await bar(page).getByRole("button", { name: "Not saved" }).waitFor();
  await openStorage(page);
  await storage(page).getByText(/Work cannot be kept here: this browser gives the page no storage/).waitFor();
  assert.ok(await storage(page).getByRole("button", { name: "Export workspace" }).isEnabled());
  await assertAxeClean(page, "storage, without any");
  assertNoFaults(page);
  await page.context().close();
});

test("more than the browser has room for is said with the sizes", async () => {
  const page = await newPage(browser, site);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: site.origin, quotaSize: 100_000 });
  const path = join(folder, "large.csv");
  const rows = Array.from({ length: 30_000 }, (_, row) => `${row % 2 ? "B" : "A"},${row % 17},${row}`);
  await writeFile(path, ["group,clicks,row", ...rows, ""].join("\n"));
  await chooseFiles(page, site, path);
  await answered(page);
  await bar(page).getByRole("button", { name: "Not saved" }).waitFor();
  await openStorage(page);
  await storage(page).getByText(/this work takes 301 KB, more than the browser has room for\. It holds [\d.]+ [KM]?B of this site already\./).waitFor();
  await page.context().close();
});
