// Every screen in light, dark and on a phone: axe finds nothing, and nothing has to be scrolled sideways.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { answered, chooseFiles, openWorld, unfold } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser, folder, file;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), "playhead-screens-"));
  file = join(folder, "sessions.csv");
  const lines = Array.from({ length: 200 }, (_, row) =>
    [row + 1, row % 90, row % 2 ? "B" : "A", row % 50 ? `${(row * 7) % 23}.5` : "n/a?", row % 3 ? 1 : 0].join(","),
  );
  await writeFile(file, ["session_id,user_id,group,minutes,watched", ...lines, ""].join("\n"));
});
after(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The zone of data and analyses, unfolded where a narrow window folds it away. */
async function inNav(page, name) {
  const zone = page.getByRole("navigation", { name: "Data and analyses" });
  const toggle = zone.getByRole("button", { name: "Data and analyses", expanded: false });
  if (await toggle.isVisible()) await toggle.click();
  await zone.getByRole("button", typeof name === "string" ? { name, exact: true } : { name }).click();
}

/** Each goes on from the one before. */
const screens = {
  report: (page) => openWorld(page, site).then(() => unfold(page)),
  "report with options": async (page) => {
    await page.getByRole("button", { name: "Options" }).first().click();
    await page.getByRole("complementary", { name: "Options" }).waitFor();
  },
  "knobs of the world": async (page) => {
    await inNav(page, /Knobs/);
    await page.getByRole("complementary", { name: "Options" }).getByLabel(/seed/i).first().waitFor();
  },
  "description and correlation": async (page) => {
    await inNav(page, "Describe");
    await answered(page, 2);
    await inNav(page, "Correlation");
    await answered(page, 3);
  },
  settings: async (page) => {
    await page.getByRole("button", { name: /^Settings/ }).click();
    await page.getByRole("dialog").waitFor();
  },
  grid: async (page) => {
    await page.keyboard.press("Escape");
    await inNav(page, "sessions");
    await page.getByRole("table", { name: "Rows of sessions" }).getByRole("row").nth(5).waitFor();
  },
  profile: async (page) => {
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    await page.getByRole("main").getByRole("heading", { name: /session_length/ }).waitFor();
  },
  "parse report": async (page) => {
    await chooseFiles(page, site, file);
    await answered(page);
    await inNav(page, /rows changed/);
    await page.getByRole("table", { name: /problem/ }).waitFor();
  },
};

const settings = {
  "light": { colorScheme: "light" },
  "dark": { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
};

for (const [setting, options] of Object.entries(settings)) {
  test(`every screen: axe and width (${setting})`, async (context) => {
    const page = await newPage(browser, site, options);
    for (const [name, open] of Object.entries(screens)) {
      await context.test(name, async () => {
        await open(page);
        await assertAxeClean(page, `${name}, ${setting}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${name} is ${overflow} px wider than the window`);
        assertNoFaults(page);
      });
    }
    await page.context().close();
  });
}

test("on a phone the zone of data folds for what was chosen there, not for the report that comes by itself", async () => {
  const page = await newPage(browser, site, settings["a phone"]);
  await page.goto(`${site.url}#/lab`);
  const zone = page.getByRole("navigation", { name: "Data and analyses" });
  await zone.getByRole("button", { name: "Data and analyses", expanded: false }).click();
  await zone.getByLabel("Add files").setInputFiles(file);
  await answered(page);
  await zone.getByRole("button", { name: "Data and analyses", expanded: true }).waitFor();
  await zone.getByRole("button", { name: "Describe", exact: true }).click();
  await zone.getByRole("button", { name: "Data and analyses", expanded: false }).waitFor();
  assertNoFaults(page);
  await page.context().close();
});
