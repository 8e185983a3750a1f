// Every chart in every state, as the native tests draw them: a page of pictures, looked at in light, dark
// and on a phone.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";

const folder = process.env.PLAYHEAD_GALLERY;
/** Of a file all addresses have the origin "null". */
const site = { origin: "null" };
/** Letters may reach a little out of the box that the layout keeps free for them, in pixels. */
const SLACK_PX = 1.5;

let browser, pictures;
before(async () => {
  assert.ok(folder, "PLAYHEAD_GALLERY must name the folder of the pictures, as cargo xtask test does");
  browser = await startBrowser();
  pictures = (await readdir(folder)).filter((name) => name.endsWith(".svg"));
});
after(() => browser?.close());

const settings = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone": { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
};

for (const [setting, options] of Object.entries(settings)) {
  test(`every chart is in the gallery, and axe finds nothing (${setting})`, async () => {
    const page = await newPage(browser, site, options);
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    const images = await page.evaluate(async () => {
      const all = [...document.querySelectorAll("main img")];
      await Promise.all(all.map((image) => image.decode().catch(() => {})));
      const file = (address) => address.split("/").pop();
      return all.map((image) => ({
        shown: file(image.currentSrc),
        named: [image, ...image.parentElement.querySelectorAll("source")].map((from) =>
          file(from.src || from.srcset),
        ),
        isDrawn: image.naturalWidth > 0,
      }));
    });
    assert.ok(images.length > 300, `${images.length} pictures`);
    assert.deepEqual(images.filter(({ isDrawn }) => !isDrawn), []);
    assert.deepEqual(images.flatMap(({ named }) => named).sort(), [...pictures].sort());
    if (options.colorScheme === "dark") assert.ok(images.some(({ shown }) => shown.endsWith("_dark.svg")));
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(sideways <= 0, `${sideways} px have to be scrolled sideways`);
    await assertAxeClean(page, `the gallery (${setting})`);
    assertNoFaults(page);
    await page.context().close();
  });
}

test("no text of a picture lies outside of it", async () => {
  const page = await newPage(browser, site);
  await page.goto("about:blank");
  let nTexts = 0;
  // Texts of both themes are the same.
  for (const name of pictures.filter((name) => name.endsWith("_light.svg"))) {
    const svg = await readFile(join(folder, name), "utf8");
    const [n, outside] = await page.evaluate(
      ([svg, slackPx]) => {
        document.body.innerHTML = svg;
        const picture = document.body.firstElementChild;
        const { x, y, width, height } = picture.viewBox.baseVal;
        const slack = slackPx * Number(picture.dataset.unitsPerPx);
        const texts = [...picture.querySelectorAll("text")];
        const isOutside = (text) => {
          const box = text.getBBox();
          const isBeside = box.x < x - slack || box.x + box.width > x + width + slack;
          return isBeside || box.y < y - slack || box.y + box.height > y + height + slack;
        };
        return [texts.length, texts.filter(isOutside).map((text) => text.textContent.trim())];
      },
      [svg, SLACK_PX],
    );
    nTexts += n;
    assert.deepEqual(outside, [], name);
  }
  assert.ok(nTexts > 3_000, `${nTexts} texts`);
  await page.context().close();
});
