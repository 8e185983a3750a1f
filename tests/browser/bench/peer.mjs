// DuckDB-WASM as its documentation sets it up: the single-threaded `eh` bundle in a worker.

import * as duckdb from "/packages/@duckdb/duckdb-wasm/dist/duckdb-browser.mjs";

const packages = new URL("/packages/@duckdb/duckdb-wasm/dist/", location.href);
const worker = new Worker(new URL("duckdb-browser-eh.worker.js", packages));
const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
await database.instantiate(new URL("duckdb-eh.wasm", packages).href);
const connection = await database.connect();

async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

// The same two levels that the engine computes: a mean a user and variant, then mean and variance over
// users. The engine adds intervals, tests, the split's check, histograms and the effect over time.
const REPORT = `
  SELECT variant, count(*) AS n, avg(minutes), var_samp(minutes), avg(clicks), var_samp(clicks),
         avg(watched), var_samp(watched), avg(revenue), var_samp(revenue)
  FROM (SELECT user_id, variant, avg(session_minutes) AS minutes, avg(clicks) AS clicks,
               avg(watched) AS watched, avg(ad_revenue) AS revenue
        FROM sessions GROUP BY user_id, variant)
  GROUP BY variant ORDER BY variant`;

window.peer = {
  /** The chosen file to a table of inferred types. */
  load: () =>
    timed(async () => {
      const file = document.getElementById("file").files[0];
      await database.registerFileHandle(file.name, file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
      await connection.query(`CREATE OR REPLACE TABLE sessions AS SELECT * FROM read_csv('${file.name}')`);
      const counted = await connection.query("SELECT count(*)::INTEGER AS n FROM sessions");
      return counted.get(0).n;
    }),
  report: () => timed(async () => (await connection.query(REPORT)).toString()),
};
document.title = "ready";
