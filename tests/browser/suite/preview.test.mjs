// Files before they are loaded: looked at, read otherwise, loaded or left; and files of one shape put into one table.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser, started } from "../support/browser.mjs";
import { answered, chooseFiles } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-preview-"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const data = (page) => page.getByRole("navigation", { name: "Data and analyses" });
const dialog = (page) => page.getByRole("dialog", { name: /^Before loading/ });
const heads = (page) =>
  dialog(page).getByRole("table").locator("thead .look__column").allTextContents();

async function file(name, lines) {
  const path = join(folder, name);
  await writeFile(path, [...lines, ""].join("\n"));
  return path;
}

/** A list of `n` rows whose cells hold both commas and semicolons, so that either could part them. */
const views = (n) => [
  "user;minutes;arm",
  ...Array.from({ length: n }, (_, i) => `u${i % 50};${(i * 7) % 60},${i % 10};${i % 2 ? "A" : "B"}`),
];

async function lookAt(page, files) {
  await page.goto(site.url);
  await started(page);
  await page.getByRole("checkbox", { name: "Check before loading" }).check();
  await page.locator("#file-input").setInputFiles(files);
  await dialog(page).getByRole("table").waitFor();
}

/** Waits until the look shows these columns. */
async function shows(page, ...names) {
  await page.waitForFunction((names) => {
    const shown = [...document.querySelectorAll("dialog .look__column")].map((column) => column.textContent);
    return JSON.stringify(shown) === JSON.stringify(names) && !document.querySelector(".look__found--older");
  }, names);
}

test("a file is looked at, read otherwise, and loaded as it was seen", async () => {
  const page = await newPage(browser, site);
  await lookAt(page, [await file("views.csv", views(6_000))]);
  await shows(page, "user", "minutes", "arm");
  assert.match(await dialog(page).textContent(), /The first [\d,]+ rows of 3 columns; the counts here are of these rows\./);
  assert.match(await dialog(page).getByRole("region", { name: "The first lines of the file" }).textContent(), /^user;minutes;arm\nu0;0,0;B\n/);
  assert.equal(await page.locator("#start").isVisible(), true, "nothing was opened");

  await dialog(page).getByLabel("Cells are parted by").selectOption({ label: "commas" });
  await shows(page, "column_1", "column_2");
  await dialog(page).getByLabel("Names of columns stand in").selectOption({ label: "the first row" });
  await shows(page, "user;minutes;arm", "column_2");
  await dialog(page).getByRole("button", { name: "Back to what was found" }).click();
  await shows(page, "user", "minutes", "arm");

  await dialog(page).getByLabel("Kind of arm").selectOption("text");
  await dialog(page).getByText("set in the import options").waitFor();
  await dialog(page).getByLabel("Texts that mean missing").fill("0,0");
  await dialog(page).getByLabel("Decimal mark").selectOption("point");
  await dialog(page).getByLabel("Decimal mark").selectOption("comma");
  await dialog(page).getByLabel("Texts that mean missing").fill("");
  await dialog(page).getByRole("button", { name: "Load", exact: true }).click();
  await answered(page);
  await data(page).getByText(/6,000 rows, 3 columns/).waitFor();
  await data(page).getByRole("button", { name: "views", exact: true }).click();
  await page.getByRole("cell", { name: "7.1", exact: true }).first().waitFor();
  await page.getByRole("button", { name: "How it was read" }).click();
  assert.equal(await page.locator("#import-kind-2").inputValue(), "text");
  assertNoFaults(page);
  await page.context().close();
});

test("the order of day and month is set before loading, and afterwards", async () => {
  const page = await newPage(browser, site);
  const lines = ["day,seen,n", ...Array.from({ length: 40 }, (_, i) => `0${(i % 9) + 1}/0${((i * 5) % 9) + 1}/2024,0${(i % 9) + 1}/${13 + (i % 9)}/2024,${i}`)];
  await lookAt(page, [await file("days.csv", lines)]);
  const cell = (within, text) => within.getByRole("cell", { name: text, exact: true }).first();
  await cell(dialog(page), "2024-01-13").waitFor();
  const order = dialog(page).getByLabel("Order of day and month");
  await order.selectOption("dmy");
  await dialog(page).getByText(/read as day first by the import options/).waitFor();
  // What cannot be read so stays as it stands in the file, and says why.
  await dialog(page).getByText(/ask for dates with the day first, which 40 of 40 values are not; the first is "01\/13\/2024" in line 2/).first().waitFor();
  await cell(dialog(page), "01/13/2024").waitFor();
  await dialog(page).getByRole("button", { name: "Load", exact: true }).click();
  await answered(page);
  await data(page).getByRole("button", { name: "days", exact: true }).click();
  // The second row of the file is 02/06/2024.
  await cell(page.getByRole("main"), "2024-06-02").waitFor();
  await page.getByRole("button", { name: "How it was read" }).click();
  assert.equal(await page.locator("#import-date-order").inputValue(), "dmy");
  await page.getByRole("main").getByText("other order of dates").waitFor();
  await page.locator("#import-date-order").selectOption("mdy");
  await page.getByRole("main").getByText(/read as month first by the import options/).waitFor();
  await page.getByRole("main").getByText("other order of dates").waitFor({ state: "detached" });
  assertNoFaults(page);
  await page.context().close();
});

test("cancel and Esc leave nothing, and without the tick files load at once", async () => {
  const page = await newPage(browser, site);
  const path = await file("small.csv", views(40));
  await lookAt(page, [path]);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  assert.equal(await page.locator("#start").isVisible(), true);
  await page.locator("#file-input").setInputFiles([path]);
  await dialog(page).getByRole("button", { name: "Cancel", exact: true }).click();
  await dialog(page).waitFor({ state: "hidden" });
  assert.equal(await page.locator("#lab").isVisible(), false);

  // The choice is kept, and can be taken back.
  await page.reload();
  await started(page);
  assert.equal(await page.locator("#check-first").isChecked(), true);
  await page.locator("#check-first").uncheck();
  await page.locator("#file-input").setInputFiles([path]);
  await answered(page);
  assert.equal(await dialog(page).isVisible(), false);
  assert.equal(await data(page).getByLabel("Check before loading").isChecked(), false);
  assertNoFaults(page);
  await page.context().close();
});

test("several files wait in a list, and the focus stays in the dialog", async () => {
  const page = await newPage(browser, site);
  const paths = [await file("one.csv", views(60)), await file("two.csv", ["a,b", "1,2", "3,4"]), await file("three.csv", ["x|y", "1|2"])];
  await lookAt(page, paths);
  const list = dialog(page).getByRole("list", { name: "Files to load" });
  await list.getByRole("button", { name: /two\.csv.*2 columns/ }).click();
  await shows(page, "a", "b");
  await dialog(page).getByLabel("Names of columns stand in").selectOption({ label: "no row" });
  await list.getByRole("button", { name: /two\.csv.*2 columns, options changed/ }).waitFor();
  await list.getByRole("button", { name: /three\.csv/ }).click();
  await dialog(page).getByRole("button", { name: "Leave out three.csv" }).click();
  assert.equal(await list.getByRole("listitem").count(), 2);
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    const isInside = await page.evaluate(() => {
      const active = document.activeElement;
      return active === document.body || active.closest("dialog") !== null;
    });
    assert.ok(isInside, "the focus left the dialog");
  }
  await dialog(page).getByRole("button", { name: "Load 2 files" }).click();
  await answered(page);
  await data(page).getByRole("button", { name: "two", exact: true }).click();
  await data(page).getByText(/3 rows, 2 columns/).waitFor();
  assertNoFaults(page);
  await page.context().close();
});

test("a file that cannot be read says why before it is loaded", async () => {
  const page = await newPage(browser, site);
  const path = join(folder, "program.csv");
  await writeFile(path, Buffer.concat([Buffer.from("\x7fELF"), Buffer.alloc(4_000)]));
  await page.goto(site.url);
  await started(page);
  await page.locator("#check-first").check();
  await page.locator("#file-input").setInputFiles([path]);
  await dialog(page).getByText(/program\.csv/).nth(1).waitFor();
  await dialog(page).locator(".callout--stop").waitFor();
  await page.keyboard.press("Escape");
  assertNoFaults(page);
  await page.context().close();
});

for (const [name, options] of Object.entries({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
})) {
  test(`the look is clean for axe: ${name}`, async () => {
    const page = await newPage(browser, site, options);
    await lookAt(page, [await file("views.csv", views(400)), await file("other.csv", ["a,b", "1,2"])]);
    await assertAxeClean(page, `the look, ${name}`);
    const overflow = await page.evaluate(() => {
      const dialog = document.querySelector("dialog");
      return [dialog.scrollWidth - dialog.clientWidth, document.documentElement.scrollWidth - innerWidth];
    });
    assert.ok(overflow.every((px) => px <= 0), `wider than the screen: ${overflow}`);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `look-${name.replace(" ", "-")}.png`) });
    if (process.env.SHOTS && name === "a phone") {
      await dialog(page).getByLabel("Cells are parted by").scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(process.env.SHOTS, "look-a-phone-options.png") });
    }
    await dialog(page).getByRole("button", { name: "Load 2 files" }).click();
    await answered(page);
    assertNoFaults(page);
    await page.context().close();
  });
}

test("files of one shape become one table that names the file of each row", async () => {
  const page = await newPage(browser, site);
  const month = (n, first) => Array.from({ length: n }, (_, i) => `u${i % 30},${first + (i % 40)},${i % 2 ? "A" : "B"}`);
  const paths = [
    await file("views_jan.csv", ["user_id,minutes,arm", ...month(300, 10)]),
    await file("views_feb.csv", ["User_ID,minutes,arm", ...month(200, 10).map((line) => line.replace(/,(\d+),/, ",$1.5,"))]),
    await file("views_mar.csv", ["user_id,minutes,arm", ...month(100, 10)]),
  ];
  await chooseFiles(page, site, paths);
  await answered(page);
  const offer = page.getByRole("region", { name: "Offer to put files into one table" });
  await offer.getByText("views_jan.csv, views_feb.csv and views_mar.csv have the same columns. Put their 600 rows into one table?").waitFor();
  await assertAxeClean(page, "the offer");
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "offer.png") });
  await offer.getByRole("button", { name: "Put them into one table" }).click();
  await data(page).getByText(/600 rows, 4 columns/).waitFor();
  await offer.waitFor({ state: "hidden" });
  await answered(page);
  await data(page).getByRole("button", { name: "views", exact: true }).click();
  await page.getByRole("button", { name: /^Columns/ }).click();
  const profile = page.getByRole("main");
  for (const [name, n] of [["views_jan.csv", 300], ["views_feb.csv", 200], ["views_mar.csv", 100]]) {
    await profile.getByText(name, { exact: true }).first().waitFor();
    await profile.getByText(String(n), { exact: true }).first().waitFor();
  }
  await page.keyboard.press("Control+z");
  await data(page).getByText(/600 rows, 4 columns/).waitFor({ state: "hidden" });
  assertNoFaults(page);
  await page.context().close();
});

test("files come from the clipboard and from the system too", async () => {
  const page = await newPage(browser, site);
  await page.addInitScript(() => {
    const setConsumer = (consumer) => {
      const getFile = async () => new File(["a,b\n1,2\n3,4\n5,6\n"], "opened.csv");
      setTimeout(() => consumer({ files: [{ getFile }] }), 0);
    };
    Object.defineProperty(window, "launchQueue", { value: { setConsumer } });
  });
  await page.goto(site.url);
  await data(page).getByRole("button", { name: "opened", exact: true }).waitFor();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["c;d\n1;2\n3;4\n"], "copied.csv"));
    window.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await data(page).getByRole("button", { name: "copied", exact: true }).waitFor();
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector("link[rel=manifest]");
    return (await fetch(link.href)).json();
  });
  const endings = manifest.file_handlers.flatMap(({ accept }) => Object.values(accept).flat());
  for (const ending of [".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx", ".gz"]) assert.ok(endings.includes(ending), ending);
  assertNoFaults(page);
  await page.context().close();
});
