// Reading the lab: what is asked, what is answered, and every figure with its exact value.

import assert from "node:assert/strict";
import { basename } from "node:path";
import { started } from "./browser.mjs";
import { assertClose } from "./numbers.mjs";

/** Opens the case study of world 1 and waits for its report. */
export async function openWorld(page, site) {
  await page.goto(site.url);
  await page.getByRole("link", { name: /new interface/i }).click();
  await answered(page);
}

/** Chooses files on the start page. What comes of them is for the caller to wait for. */
export async function chooseFiles(page, site, files) {
  await page.goto(site.url);
  await started(page);
  await page.locator("#file-input").setInputFiles(files);
}

/** Waits until a report of at least `n` results is there and nothing is being computed. */
export async function answered(page, n = 1) {
  await page.waitForFunction((n) => {
    const results = [...document.querySelectorAll("main article")];
    const isThere = (result) => result.getAttribute("aria-busy") === "false" && result.querySelector("table");
    // Parts further down come a moment later.
    return results.length >= n && results.every(isThere) && !document.querySelector("[data-later]");
  }, n);
}

/** The document that the address carries: what the page asks of the engine. */
export function documentOf(page) {
  const payload = new URL(page.url()).hash.split("/lab/")[1];
  assert.ok(payload, `the address carries no document: ${page.url()}`);
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}

/** Waits until the address carries a document with all these pieces of JSON. */
export async function asked(page, ...pieces) {
  await page.waitForFunction((pieces) => {
    const payload = location.hash.split("/lab/")[1] ?? "";
    const document = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    return payload !== "" && pieces.every((piece) => document.includes(piece));
  }, pieces);
}

/** Unfolds every part of the report. */
export async function unfold(page) {
  const folded = page.locator("main").getByRole("button", { expanded: false });
  const titles = folded.and(page.locator("h3 button"));
  while ((await titles.count()) > 0) await titles.first().click();
  // Parts further down come a moment later.
  await page.waitForFunction(() => !document.querySelector("[data-later]"));
}

/** Every figure on view: the caption of its table, its name, and its exact numbers. */
export async function figuresOf(page) {
  return page.locator("main data[data-figure]").evaluateAll((elements) =>
    elements.map((element) => ({
      table: element.closest("table")?.caption?.textContent ?? "",
      name: element.dataset.figure,
      values: element.value.split(" ").map(Number),
      text: element.textContent,
    })),
  );
}

/**
 * Holds every figure of an A/B report against the engine's own answer, and that none is missing.
 * Gives the number of figures compared.
 */
export function assertFigures(figures, result) {
  let n = 0;
  const check = (table, name, expected) => {
    const values = [expected].flat();
    if (values.some((value) => value === null || value === undefined)) return;
    const found = figures.filter((figure) => table.test(figure.table) && figure.name === name);
    assert.equal(found.length, 1, `${name} stands ${found.length} times in tables like ${table}`);
    assert.equal(found[0].values.length, values.length, name);
    values.forEach((value, index) => assertClose(found[0].values[index], value, name, 15));
    n += values.length;
  };
  const ends = (interval) => (interval ? [interval.low, interval.high] : null);

  for (const metric of result.metrics) {
    const byVariant = literally(`${metric.name} by variant`);
    const estimate = { mean: "mean", proportion: "share", ratio: "ratio" }[metric.metric.measure.type];
    for (const arm of metric.arms) {
      const of = (fact, value) => check(byVariant, `${metric.name}|${arm.variant}|${fact}`, value);
      of("observations", arm.n);
      of("rows with a value", arm.n_rows);
      of("rows without", arm.n_missing);
      of(estimate, arm.estimate);
      of("95 % interval", ends(arm.interval));
      of("standard deviation", arm.sd);
      of("standard error", arm.standard_error);
      of("successes", arm.successes);
      of("sum above", arm.numerator_sum);
      of("sum below", arm.denominator_sum);
      ["minimum", "first quartile", "median", "third quartile", "maximum"].forEach((fact, index) =>
        of(fact, arm.quartiles?.[index]),
      );
      of("skewness", arm.skewness);
    }
    for (const comparison of metric.comparisons) {
      const tests = literally(`${metric.name}: comparison`);
      const of = (fact, value) => check(tests, `${metric.name}|${comparison.variant}|${fact}`, value);
      of("difference", comparison.difference);
      of("95 % interval", ends(comparison.difference_interval));
      of("standard error", comparison.standard_error);
      of("lift", comparison.lift);
      of("95 % interval of the lift", ends(comparison.lift_interval.interval));
      of("statistic", comparison.statistic);
      of("degrees of freedom", comparison.df);
      of("p", comparison.p_value);
      of("Fisher's exact p", comparison.fisher_p_value);
      of("p, Holm", comparison.p_adjusted);
      of(comparison.effect_size?.name, comparison.effect_size?.value);
      of("Mann-Whitney U", comparison.rank_test?.u);
      of("its p", comparison.rank_test?.p_value);
      of("chance to exceed", comparison.rank_test?.probability_of_superiority);
    }
  }
  result.segments.forEach((segment) => {
    for (const metric of segment.metrics) {
      for (const comparison of metric.comparisons) {
        const place = `${metric.name}|${comparison.variant}|${segment.column} = ${segment.level}`;
        const table = literally(`${metric.name} in each segment`);
        check(table, `${place}|rows`, segment.n_rows);
        check(table, `${place}|difference`, comparison.difference);
        check(table, `${place}|difference_interval`, ends(comparison.difference_interval));
        check(table, `${place}|p`, comparison.fisher_p_value ?? comparison.p_value);
      }
    }
  });
  for (const option of result.unit_options) {
    const names = { rows: "Rows", unit: "Unit", clustered: "Clustered", first_variant: "FirstVariant", auto: "Auto" };
    const of = (what, value) => check(/each way to treat rows/, `unit_option|${names[option.analysis_unit]}|${what}`, value);
    of("difference", option.difference);
    of("interval", ends(option.interval));
    of("p", option.p_value);
  }
  return n;
}

/** Requests that give the native engine the page's tables, and then ask the page's questions. */
export function requestsOf(document, paths) {
  const sources = document.sources.map(({ kind }) => {
    const { from, ...rest } = kind;
    if (from === "file") {
      const path = paths.find((path) => basename(path) === rest.name);
      return { type: "load", table: rest.table, source: { path }, options: rest.options ?? {} };
    }
    if (from === "recipe") return { type: "recipe", ...rest };
    return from === "world" ? { type: "generate", spec: rest.spec } : { type: "join", ...rest };
  });
  return [...sources, ...document.analyses.map(({ spec }) => ({ type: "analyze", spec }))];
}

function literally(text) {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
