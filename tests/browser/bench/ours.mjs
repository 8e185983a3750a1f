// The engine's worker, asked over its protocol alone: no page around it.

const worker = new Worker(new URL(new URL(location.href).searchParams.get("engine"), location.href));
const waiting = new Map();
let nextId = 1;
const ready = new Promise((resolve) => {
  worker.onmessage = ({ data }) => {
    const message = JSON.parse(data.message);
    if (message.ready) resolve();
    if (message.reply || message.error) waiting.get(message.id)?.(message);
  };
});

async function ask(request, files = []) {
  const id = nextId++;
  const start = performance.now();
  const message = await new Promise((resolve) => {
    waiting.set(id, resolve);
    worker.postMessage({ message: JSON.stringify({ id, request }), files });
  });
  if (message.error) throw new Error(JSON.stringify(message.error));
  return { ms: performance.now() - start, value: message.reply };
}

const mean = (column) => ({ measure: { type: "mean", column } });
const REPORT = {
  kind: "ab_test",
  table: "sessions",
  unit: "user_id",
  variant: "variant",
  control: "A",
  metrics: [
    mean("session_minutes"),
    mean("clicks"),
    { measure: { type: "proportion", column: "watched" } },
    mean("ad_revenue"),
  ],
};

await ready;
window.ours = {
  load: async () => {
    const file = document.getElementById("file").files[0];
    const { ms, value } = await ask({ type: "load", table: "sessions", source: { file: file.name } }, [file]);
    return { ms, value: value.table.n_rows };
  },
  report: async () => {
    const { ms, value } = await ask({ type: "analyze", spec: REPORT });
    return { ms, value: value.result.sentence };
  },
};
document.title = "ready";
