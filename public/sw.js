// Lets the page open again without a network. `cargo xtask build` fills in the two constants.
//
// The page itself is asked for on the network first, so that a new version is seen at the next visit;
// every other file has a name that changes with its contents, and is taken from the cache. Only the
// shell is fetched ahead; the engine is kept once it was used. A new version waits until no page of the
// old one is open, so that an open page still finds its own engine.

const VERSION = "";
const SHELL = [];

// All pages of a GitHub user share one origin: the names say whose cache it is.
const PREFIX = `playhead ${new URL(self.registration.scope).pathname} `;
const CACHE = PREFIX + VERSION;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(PREFIX) && name !== CACHE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(request.mode === "navigate" ? newest(request) : kept(request));
});

async function newest(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const page = await caches.match("./", { cacheName: CACHE });
    if (page) return page;
    throw error;
  }
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
