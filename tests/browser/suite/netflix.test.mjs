// The published study's two files through the file picker, against scipy and statsmodels. The files are
// not in the repository: PLAYHEAD_SHARED names the folder that has them. Elsewhere the same figures are
// checked on the generated world (world.test.mjs, files.test.mjs) and natively.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertNoFaults, newPage, startBrowser } from "../support/browser.mjs";
import { assertClose } from "../support/numbers.mjs";
import { answered, asked, chooseFiles, figuresOf, unfold } from "../support/report.mjs";
import { startSite } from "../support/site.mjs";

const shared = process.env.PLAYHEAD_SHARED ?? "";
const files = ["sessions.csv", "users.csv"].map((name) => join(shared, "data/netflix-ab", name));
const reference = join(shared, "reference/netflix_ab_expected.json");

if ([...files, reference].every((path) => shared && existsSync(path))) {
  const expected = JSON.parse(readFileSync(reference, "utf8"));
  let site, browser, page;
  before(async () => {
    site = await startSite();
    browser = await startBrowser();
    page = await newPage(browser, site);
    await chooseFiles(page, site, files);
    await answered(page);
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  const main = () => page.getByRole("main");
  const options = () => page.getByRole("complementary", { name: "Options" });

  test("users in both variants are counted, warned of, and offered three ways", async () => {
    await main().getByText(`${expected.users_in_both_groups} of the ${expected.users_with_sessions}`).first().waitFor();
    await main().locator("[data-warning=rows_not_independent], [data-warning=multiple_exposure]").first().waitFor();
    const ways = main().getByRole("table", { name: /each way to treat rows/ });
    for (const way of [/clustered/i, /by user/i, /first variant/i]) await ways.getByText(way).first().waitFor();
    await page.getByText(/every row finds exactly one match/).waitFor();
    assert.equal(expected.orphan_sessions, 0);
    assertNoFaults(page);
  });

  test("means, shares, ratios, tests and intervals by row", async () => {
    await page.getByRole("button", { name: "Options" }).first().click();
    await options().getByLabel("Rows of one unit").selectOption({ label: "independent of each other" });
    await options().getByRole("checkbox", { name: /device_type/ }).check();
    await asked(page, '"analysis_unit":"rows"', '"segments":["device_type"]');
    await answered(page);
    await unfold(page);
    const figures = await figuresOf(page);
    const values = (table, name) => {
      const found = figures.filter((figure) => figure.table === table && figure.name === name);
      assert.equal(found.length, 1, `${name} in ${table}`);
      return found[0].values;
    };
    const close = (found, wanted, what) => {
      const [left, right] = [[found].flat(), [wanted].flat()];
      assert.equal(left.length, right.length, what);
      left.forEach((value, index) => assertClose(value, right[index], what, 9));
    };

    for (const [metric, welch] of [
      ["session_length", expected.session_length_welch_rows],
      ["clicks_before_watch", expected.clicks_welch_rows],
    ]) {
      ["A", "B"].forEach((arm, index) => {
        const of = (fact) => values(`${metric} by variant`, `${metric}|${arm}|${fact}`);
        close(of("observations"), welch.n[index], `${metric} n`);
        close(of("mean"), welch.mean[index], `${metric} mean`);
        close(of("standard deviation"), welch.sd[index], `${metric} sd`);
      });
      const of = (fact) => values(`${metric}: comparison`, `${metric}|B|${fact}`);
      close(of("difference"), welch.diff, `${metric} difference`);
      close(of("95 % interval"), welch.ci, `${metric} interval`);
      close(of("statistic"), welch.t, `${metric} t`);
      close(of("degrees of freedom"), welch.df, `${metric} df`);
      close(of("p"), welch.p, `${metric} p`);
      close(of("lift"), welch.lift, `${metric} lift`);
      close(of("95 % interval of the lift"), welch.lift_fieller, `${metric} Fieller`);
      close(of("Hedges' g"), welch.hedges_g, `${metric} g`);
    }
    const rank = (fact) => values("session_length: comparison", `session_length|B|${fact}`);
    close(rank("Mann-Whitney U"), expected.mannwhitney_session_length.U_B, "U");
    close(rank("its p"), expected.mannwhitney_session_length.p, "p of U");

    for (const [metric, shares] of [
      ["watched", expected.watched_two_proportions_rows],
      ["watch_completion", expected.completion_rows],
    ]) {
      ["A", "B"].forEach((arm, index) => {
        const of = (fact) => values(`${metric} by variant`, `${metric}|${arm}|${fact}`);
        close(of("successes"), shares.count[index], `${metric} successes`);
        close(of("observations"), shares.n[index], `${metric} n`);
        close(of("share"), shares.count[index] / shares.n[index], `${metric} share`);
      });
      const of = (fact) => values(`${metric}: comparison`, `${metric}|B|${fact}`);
      close(of("statistic"), shares.z, `${metric} z`);
      close(of("p"), shares.p, `${metric} p`);
      close(of("95 % interval"), shares.newcombe, `${metric} Newcombe`);
    }
    const ratio = "watch_completion / watched";
    ["A", "B"].forEach((arm, index) =>
      close(values(`${ratio} by variant`, `${ratio}|${arm}|ratio`), expected.completion_per_watched[index], ratio),
    );
    for (const [place, mean] of Object.entries(expected.device_by_group_mean_session_length)) {
      const [device, arm] = place.split("/");
      const what = arm === "A" ? "control" : "estimate";
      const name = `session_length|B|device_type = ${device}|${what}`;
      close(values("session_length in each segment", name), mean, name);
    }
    const split = await main().getByText(/chi-square p/).first().innerText();
    assert.ok(split.includes(expected.srm_chi2_p_rows.toFixed(3)), split);
    assertNoFaults(page);
  });

  test("correlations, Pearson and Spearman", async () => {
    await page.getByRole("button", { name: /correlation/i }).first().click();
    await answered(page, 2);
    for (const [label, wanted] of [["Pearson", expected.pearson], ["Spearman", expected.spearman]]) {
      await options().getByLabel("Method").selectOption(label.toLowerCase());
      await asked(page, `"method":"${label.toLowerCase()}"`);
      await answered(page, 2);
      const figures = await figuresOf(page);
      const columns = Object.keys(wanted);
      for (const [index, x] of columns.entries()) {
        for (const y of columns.slice(index + 1)) {
          const found = figures.find(({ name }) => name === `${x}|${y}|r` || name === `${y}|${x}|r`);
          assert.ok(found, `${x} with ${y}`);
          assertClose(found.values[0], wanted[x][y], `${label} ${x} ${y}`, 9);
        }
      }
    }
    assertNoFaults(page);
  });

  test("missing values are counted in the table's profile", async () => {
    const missing = expected.missing_bounce_reason.toLocaleString("en-US");
    await page.getByRole("button", { name: "sessions", exact: true }).click();
    await page.getByRole("columnheader", { name: /bounce_reason/ }).getByText(`${missing} missing`).waitFor();
    assertNoFaults(page);
  });
} else {
  test("the study's files are not here", () => {
    assert.ok(!shared, `PLAYHEAD_SHARED names ${shared}, which lacks the study's files`);
  });
}
