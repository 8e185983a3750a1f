// The service worker: a second visit needs no network, and what it keeps is the shell.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser, started } from "../support/browser.mjs";
import { answered, openWorld } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test("after a visit the page works without a network", async () => {
  const page = await newPage(browser, site, { serviceWorkers: "allow" });
  await page.goto(site.url);
  const kept = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const [name] = await caches.keys();
    const requests = await (await caches.open(name)).keys();
    return { scope: registration.scope, name, urls: requests.map(({ url }) => url) };
  });
  assert.equal(kept.scope, site.url);
  assert.ok(kept.name.includes("/playhead/"), `the cache ${kept.name} may be another page's`);
  assert.ok(kept.urls.some((url) => /playhead-[0-9a-f]+_bg\.wasm$/.test(url)), "the page's program is not kept");
  assert.ok(!kept.urls.some((url) => url.includes("playhead-engine")), "the engine was fetched ahead");

  // A page that the service worker serves, so that it sees the engine pass.
  await page.reload();
  await started(page);
  await openWorld(page, site);
  await site.stop();
  await page.reload();
  await answered(page);
  assertNoFaults(page);
  await page.context().close();
});
