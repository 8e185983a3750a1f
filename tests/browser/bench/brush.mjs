// A dashboard of a large table while a range is dragged over one of its charts: do the others keep up?

import { newPage, startBrowser, started } from "../support/browser.mjs";
import { answered } from "../support/report.mjs";
import { median } from "./measure.mjs";

const DRAG_MS = 4_000;

const settled = (page) =>
  page.waitForFunction(() => {
    const tiles = [...document.querySelectorAll("[data-tile]")];
    return tiles.length > 0 && tiles.every((tile) => tile.getAttribute("aria-busy") === "false");
  });

/**
 * Milliseconds to the first dashboard, milliseconds between frames while a range is dragged (median and worst 5 %), how often a
 * second the other charts are drawn anew (the slowest of them), and the longest task of the page in ms (0: none above 50).
 */
export async function brush(site, file) {
  const browser = await startBrowser();
  try {
    const page = await newPage(browser, site, { viewport: { width: 1440, height: 1300 } });
    page.setDefaultTimeout(120_000);
    await page.goto(site.url);
    await started(page);
    await page.locator("#file-input").setInputFiles(file);
    await answered(page);
    await page.getByRole("navigation", { name: "Data and analyses" }).getByRole("button", { name: "Dashboard" }).click();
    const start = performance.now();
    await page.getByRole("button", { name: "Make me a dashboard" }).click();
    await settled(page);
    const dashboardMs = performance.now() - start;

    const line = page.getByRole("group", { name: /^Mean of \w+ by \w+_start$/ }).getByRole("application");
    await line.scrollIntoViewIfNeeded();
    await page.evaluate(watch);
    const { x, y, width, height } = await line.boundingBox();
    const [left, right] = [x + 90, x + width - 30];
    const move = (share) => page.mouse.move(left + (right - left) * share, y + height / 2);
    await move(0);
    await page.mouse.down();
    // The index is there once at least three charts follow a move.
    for (let i = 1; (await page.evaluate(() => window.drawn.size)) < 4; i++) await move(0.3 + 0.2 * Math.sin(i / 5));
    await page.evaluate(() => window.restart());
    const from = performance.now();
    for (let i = 0; performance.now() - from < DRAG_MS; i++) await move(0.5 - 0.45 * Math.cos(i / 40));
    const seen = await page.evaluate(() => ({ frames: window.frames, draws: [...window.drawn.values()], long: window.long }));
    await page.mouse.up();
    await settled(page);
    const gaps = seen.frames.slice(1).map((time, i) => time - seen.frames[i]);
    gaps.sort((a, b) => a - b);
    return {
      dashboardMs,
      frameMs: median(gaps),
      worstFrameMs: gaps[Math.floor(gaps.length * 0.95)],
      drawsPerSecond: Math.min(...seen.draws) / (DRAG_MS / 1_000),
      longTaskMs: Math.max(0, ...seen.long),
    };
  } finally {
    await browser.close();
  }
}

/** In the page: times of frames, drawings by canvas, and long tasks. */
function watch() {
  window.restart = () => {
    window.frames = [];
    window.drawn = new Map();
    window.long = [];
  };
  window.restart();
  const frame = (time) => {
    window.frames.push(time);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    window.drawn.set(this, (window.drawn.get(this) ?? 0) + 1);
    return clear.apply(this, area);
  };
  new PerformanceObserver((list) => list.getEntries().forEach((task) => window.long.push(task.duration))).observe({ type: "longtask" });
}
