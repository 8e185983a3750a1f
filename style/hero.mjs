// Draws the two figures of the start page from the engine's own answers and writes them into index.html.
//
//   node style/hero.mjs [engine command ...]      (default: cargo xtask engine)
//
// Both show world 1 with its default knobs: the effect on session length as sessions come in, and the
// first rows of its report. Run it again when the world or the statistics change.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const page = new URL("../index.html", import.meta.url);
const engine = process.argv.length > 2 ? process.argv.slice(2) : ["cargo", "xtask", "engine"];

// The plot's own scale; start.css places its labels by the same numbers.
const [Y_MIN, Y_MAX] = [-4, 8];
const TICKS = [100, 500, 1000, 2500, 5000];
const N_POINTS = 80;
const FIRST_SESSIONS = 20;

const world = { scenario: "ui_experiment" };
const metric = (measure) => ({ measure });
const spec = {
  kind: "ab_test",
  table: "sessions",
  unit: "user_id",
  variant: "group",
  control: "A",
  time: "session_start",
  metrics: [
    metric({ type: "mean", column: "session_length" }),
    metric({ type: "proportion", column: "watched" }),
    metric({ type: "ratio", numerator: "watch_completion", denominator: "watched" }),
    metric({ type: "mean", column: "clicks_before_watch" }),
  ],
};

const [generated, first] = ask([
  { type: "generate", spec: world },
  { type: "analyze", spec },
]);
const periods = first.result.metrics[0].over_time;
const days = { day: 1, week: 7, month: 31 }[periods[0].period];
const from = Date.parse(periods[0].from);
const to = Date.parse(periods.at(-1).from) + days * 864e5;
const truth = generated.truths.find((t) => t.metric === "session_length" && t.quantity === "difference" && !t.segment).value;

// Closer together at first, where an estimate changes most.
const cuts = Array.from({ length: N_POINTS }, (_, i) => new Date(from + (to - from) * ((i + 1) / N_POINTS) ** 1.7));
const answers = ask([
  { type: "generate", spec: world },
  { type: "analyze", spec },
  ...cuts.slice(0, -1).map((cut) => ({
    type: "analyze",
    spec: {
      ...spec,
      metrics: spec.metrics.slice(0, 1),
      filter: [{ op: "lt", column: "session_start", value: cut.toISOString().slice(0, 19) }],
    },
  })),
], true).slice(1).filter((reply) => reply).map((reply) => reply.result);
const full = answers[0];
const points = [...answers.slice(1), full]
  .map((result) => {
    const { difference, difference_interval: interval } = result.metrics[0].comparisons[0];
    const n = result.variants.reduce((sum, variant) => sum + variant.n_rows, 0);
    return { n, effect: difference, low: interval?.low, high: interval?.high };
  })
  .filter((point) => point.n >= FIRST_SESSIONS && Number.isFinite(point.low) && Number.isFinite(point.high));

let html = readFileSync(page, "utf8");
html = put(html, "hero", hero());
html = put(html, "specimen", specimen());
writeFileSync(page, html);

function hero() {
  const total = points.at(-1).n;
  // A square-root scale: an interval's width shrinks with the root of the sample.
  const x = (n) => (1000 * Math.sqrt(n / total)).toFixed(1);
  const y = (v) => (600 * (Y_MAX - Math.min(Y_MAX, Math.max(Y_MIN, v))) / (Y_MAX - Y_MIN)).toFixed(1);
  const line = (pick, list = points) => list.map((p) => `${x(p.n)} ${y(pick(p))}`).join("L");
  const band = `M${line((p) => p.high)}L${line((p) => p.low, [...points].reverse())}Z`;
  const last = points.at(-1);
  const data = points.map((p) => [p.n, ...[p.effect, p.low, p.high].map((v) => v.toFixed(3))].join(",")).join(";");
  const users = full.exposure.n_units.toLocaleString("en-US");
  return `
          <figure id="hero" class="scrub" data-points="${data}">
            <p class="scrub__kicker"><span>Case study 1: a new interface, B against A</span><span>${users} users, <span id="hero-n">${total.toLocaleString("en-US")}</span> sessions</span></p>
            <p id="hero-answer" class="scrub__answer">B keeps viewers ${last.effect.toFixed(1)} minutes longer.</p>
            <p id="hero-interval" class="scrub__interval">95 % interval ${last.low.toFixed(1)} to ${last.high.toFixed(1)} minutes</p>
            <div id="hero-plot" class="scrub__plot">
              <svg viewBox="0 0 1000 600" preserveAspectRatio="none" role="img" aria-label="Difference in session length, B minus A, with its 95 % interval, as ${total.toLocaleString("en-US")} sessions come in. The interval narrows around the planted effect of ${truth.toFixed(2)} minutes.">
                <path class="scrub__ticks" d="${TICKS.map((n) => `M${x(n)} 600v-12`).join("")}"/>
                <path class="scrub__zero" d="M0 ${y(0)}H1000"/>
                <path class="scrub__truth" d="M0 ${y(truth)}H1000"/>
                <path class="scrub__band" d="${band}"/>
                <path class="scrub__effect" d="M${line((p) => p.effect)}"/>
              </svg>
              <span class="scrub__veil"></span>
              <p class="scrub__label scrub__label--top">minutes longer with B</p>
              <p class="scrub__label scrub__label--truth">planted: ${truth.toFixed(2)}</p>
              <p class="scrub__label scrub__label--zero">no difference</p>
              <span class="scrub__head"></span>
            </div>
            <input id="hero-range" class="scrub__range" type="range" min="0" max="${points.length - 1}" value="${points.length - 1}" aria-label="Sessions so far" hidden>
            <p class="scrub__axis">${TICKS.map((n) => `<span>${n.toLocaleString("en-US")}</span>`).join("")}<span>sessions</span></p>
            <figcaption class="scrub__note">The shaded band is where the effect may lie. Early on it holds “no difference” too; a report that stops there has found nothing yet. <a href="#/world/ui-experiment">Open this case study</a></figcaption>
          </figure>
          `;
}

function specimen() {
  const rows = full.metrics.map((m) => {
    const isShare = m.metric.measure.type !== "mean";
    const value = (v) => (isShare ? `${(100 * v).toFixed(1)} %` : v.toFixed(2));
    const effect = m.comparisons[0];
    const scale = isShare ? 100 : 1;
    const signed = (v) => `${v < 0 ? "\u2212" : "+"}${Math.abs(scale * v).toFixed(isShare ? 1 : 2)}`;
    const lift = effect.lift_interval.interval;
    // Lifts from -30 % to +30 %, on 300 units.
    const place = (v) => (150 + 500 * Math.min(0.29, Math.max(-0.29, v))).toFixed(1);
    const percent = (v) => `${v < 0 ? "\u2212" : "+"}${Math.abs(100 * v).toFixed(1)} %`;
    return `
              <tr>
                <th scope="row">${m.name.replaceAll("_", "_<wbr>")}</th>
                ${m.arms.map((arm) => `<td class="num">${value(arm.estimate)}</td>`).join("")}
                <td class="num">${signed(effect.difference)}${isShare ? " pp" : ""}</td>
                <td class="specimen__drawing"><svg viewBox="0 0 300 24" role="img" aria-label="Lift ${percent(effect.lift)}, 95 % interval ${percent(lift.low)} to ${percent(lift.high)}"><path class="specimen__zero" d="M150 0V24"/><path class="specimen__interval" d="M${place(lift.low)} 12H${place(lift.high)}M${place(lift.low)} 8v8M${place(lift.high)} 8v8"/><circle class="specimen__effect" cx="${place(effect.lift)}" cy="12" r="4"/></svg></td>
                <td class="num">${percent(effect.lift)}</td>
              </tr>`;
  });
  return `
          <div class="specimen">
            <p class="specimen__answer">${full.sentence}</p>
            <p class="muted">${full.limits}</p>
            <div class="specimen__scroll" tabindex="0" role="region" aria-label="Part of a report">
            <table class="specimen__table">
              <caption>Part of the report on case study 1</caption>
              <thead><tr><th scope="col">Metric</th>${full.variants.map((v) => `<th scope="col" class="num">${v.name}</th>`).join("")}<th scope="col" class="num">Difference</th><th scope="col">Lift, 95 % interval</th><th scope="col" class="num">Lift</th></tr></thead>
              <tbody>${rows.join("")}
              </tbody>
            </table>
            </div>
          </div>
          `;
}

function put(text, name, part) {
  const [before, after] = [`<!-- ${name}: made by style/hero.mjs from the engine's answers -->`, `<!-- /${name} -->`];
  const [i, j] = [text.indexOf(before), text.indexOf(after)];
  if (i < 0 || j < i) throw new Error(`index.html has no place for ${name}`);
  return text.slice(0, i + before.length) + part + text.slice(j);
}

/** One run of the engine; its replies in the order of the requests. The first cuts may hold one variant only. */
function ask(requests, mayFail = false) {
  const input = requests.map((request, id) => JSON.stringify({ id, request })).join("\n") + "\n";
  const run = spawnSync(engine[0], engine.slice(1), { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(run.stderr || `${engine.join(" ")} failed`);
  const replies = [];
  for (const line of run.stdout.split("\n").filter(Boolean)) {
    const message = JSON.parse(line);
    if (message.error && !mayFail) throw new Error(`${JSON.stringify(requests[message.id])}: ${message.error.message}`);
    if (message.reply) replies[message.id] = message.reply;
  }
  return requests.map((_, id) => replies[id]);
}
