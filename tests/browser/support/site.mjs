// A plain static server: the site under /playhead/, as GitHub Pages has it, and nothing else.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { gzipSync } from "node:zlib";

export const PREFIX = "/playhead/";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
};

/** The folder that `cargo xtask build` made. */
export const dist = resolve(process.env.PLAYHEAD_DIST ?? join(import.meta.dirname, "../../../dist"));

/**
 * Starts the server on a free port.
 * `gzip`: compress as Pages does. `extra`: more folders, by prefix.
 */
export async function startSite({ gzip = false, extra = {} } = {}) {
  const folders = { [PREFIX]: dist, ...extra };
  const compressed = new Map();
  const held = new Set();

  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const prefix = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    for (const hold of held) if (hold.pattern.test(path)) await hold.released;
    try {
      if (!prefix) throw new Error("outside");
      const below = normalize(path.slice(prefix.length) || "index.html");
      if (below.startsWith("..")) throw new Error("outside");
      const file = join(folders[prefix], below);
      let body = await readFile(file);
      const headers = { "content-type": TYPES[extname(file)] ?? "application/octet-stream" };
      if (gzip && request.headers["accept-encoding"]?.includes("gzip")) {
        if (!compressed.has(file)) compressed.set(file, gzipSync(body, { level: 9 }));
        body = compressed.get(file);
        headers["content-encoding"] = "gzip";
      }
      headers["content-length"] = body.length;
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file here.");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;

  return {
    origin,
    url: origin + PREFIX,
    /** Answers matching requests only once the returned function is called. */
    hold(pattern) {
      const hold = { pattern };
      hold.released = new Promise((release) => (hold.release = release));
      held.add(hold);
      return () => {
        held.delete(hold);
        hold.release();
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
