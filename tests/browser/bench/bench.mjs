// cargo xtask bench: measures, and prints the README's table. The peer runs on the same computer, in the
// same browser program, in the same run; each load has a fresh browser, and the two take turns.

import { mkdtemp, rm, stat } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { readdirSync } from "node:fs";
import { startBrowser } from "../support/browser.mjs";
import { dist, startSite } from "../support/site.mjs";
import { brush } from "./brush.mjs";
import { dropToReport } from "./drop.mjs";
import { writeSessions } from "./generate.mjs";
import { gzipBytes, loadAndReport, median, paints } from "./measure.mjs";

const N_REPEATS = 3;
const nRows = Number(process.argv[2] ?? 1_000_000);

const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
const seconds = (ms) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`);
const say = (text) => console.error(text);

const folder = await mkdtemp(join(tmpdir(), "playhead-bench-"));
const site = await startSite({
  gzip: true,
  extra: { "/bench/": import.meta.dirname, "/packages/": join(import.meta.dirname, "node_modules") },
});
try {
  const rows = [];
  const row = (what, value, budget = "", peer = "") => rows.push(`| ${what} | ${value} | ${peer} | ${budget} |`);

  const app = gzipBytes(/^(playhead-(?!engine).*\.(js|wasm)|.*\.css|index\.html)$/);
  const engine = gzipBytes(/^playhead-engine.*\.(js|wasm)$/);
  row("page: HTML, CSS, JavaScript, WebAssembly (gzip)", kb(app), "250 KB");
  row("engine: JavaScript, WebAssembly (gzip)", kb(engine), "1,300 KB");

  say("paints over a slow line ...");
  const painted = [];
  for (let run = 0; run < N_REPEATS; run++) painted.push(await paints(site));
  row("first contentful paint, 1.6 Mbps and 150 ms", seconds(median(painted.map(({ fcp }) => fcp))), "1.5 s");
  row("largest contentful paint, the same line", seconds(median(painted.map(({ lcp }) => lcp))), "2.5 s");

  say("from drop to report ...");
  const small = join(folder, "sessions.csv");
  await writeSessions(small, 5_000);
  const drops = [];
  for (let run = 0; run < N_REPEATS; run++) drops.push(await dropToReport(site, small));
  row("from a dropped sessions.csv (5,000 rows) to its report", seconds(median(drops)));

  say(`${nRows} rows ...`);
  const large = join(folder, "large.csv");
  await writeSessions(large, nRows);
  const { size } = await stat(large);
  const loader = readdirSync(dist).find((name) => /^playhead-engine-.*_loader\.js$/.test(name));
  const urls = {
    ours: `${site.origin}/bench/ours.html?engine=/playhead/${loader}`,
    peer: `${site.origin}/bench/peer.html`,
  };
  const runs = { ours: [], peer: [] };
  for (let run = 0; run < N_REPEATS; run++) {
    for (const system of ["ours", "peer"]) {
      const found = await loadAndReport(system, urls[system], large);
      say(`  ${system}: ${JSON.stringify(found)}`);
      if (found.nRows !== nRows) throw new Error(`${system} read ${found.nRows} of ${nRows} rows`);
      runs[system].push(found);
    }
  }
  const of = (system, what) => median(runs[system].map((found) => found[what]));
  const compare = (what, label, budget) => {
    const [mine, theirs] = [of("ours", what), of("peer", what)];
    row(label, `${seconds(mine)} (${(theirs / mine).toFixed(1)}x)`, budget, seconds(theirs));
  };
  const millions = `${nRows / 1e6}M rows x 12 columns`;
  compare("loadMs", `CSV to typed table, ${millions} (${(size / 1e6).toFixed(0)} MB)`, "2x, aiming at 4x");
  compare("reportMs", `A/B report by user on ${nRows / 1e6}M rows, 4 metrics`, "1x");
  const [mine, theirs] = [of("ours", "peakMb"), of("peer", "peakMb")];
  if (Number.isFinite(mine)) {
    row("peak memory of the renderer over both", `${mine.toFixed(0)} MB`, "450 MB", `${theirs.toFixed(0)} MB`);
  }

  say("a range dragged over a dashboard ...");
  const brushed = await brush(site, large);
  say(`  ${JSON.stringify(brushed)}`);
  row(`first dashboard of ${nRows / 1e6}M rows`, seconds(brushed.dashboardMs), "1 s");
  const ms = (x) => `${x.toFixed(1)} ms`;
  row("time between frames while a range is dragged, median and worst 5 %", `${ms(brushed.frameMs)}, ${ms(brushed.worstFrameMs)}`, "20 ms");
  row("other charts drawn anew meanwhile, the slowest of them", `${brushed.drawsPerSecond.toFixed(0)} a second`);
  row("longest task of the page meanwhile", brushed.longTaskMs ? ms(brushed.longTaskMs) : "none above 50 ms", "50 ms");

  const browser = await startBrowser();
  const version = browser.version();
  await browser.close();
  console.log(`| what | Playhead | DuckDB-WASM 1.32 | budget |\n| --- | --- | --- | --- |\n${rows.join("\n")}`);
  const computer = `${cpus().length} x ${cpus()[0].model.trim()}`;
  console.log(`\nMedians of ${N_REPEATS}, made by \`cargo xtask bench\` on ${computer}, Chromium ${version}.`);
} finally {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
}
