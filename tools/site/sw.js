// The service worker of the built site: keeps what was read, so that it opens again without a connection.
//
// A page comes from the network while there is one, and else as it was last read. It names each of its scripts and styles
// by what is in it (?sha=): such a file is kept, and what has anything else in it is refused. So a page meets those that
// it was built with, and no others. Nothing is fetched that no page asked for.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE = `optimlib course ${worker.registration.scope}`;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && isOurs(request.url)) event.respondWith(answer(request, event));
});
// A page tells what it is made of: much of that came before this worker did.
worker.addEventListener("message", (event) => {
  event.waitUntil(Promise.allSettled(event.data.filter(isOurs).map((address) => keepOnce(new Request(address), event))));
});

const isOurs = (address) => address.startsWith(worker.registration.scope);
const shaOf = (address) => new URL(address).searchParams.get("sha");
const answer = (request, event) => (shaOf(request.url) ? kept(request) : fresh(request, event));

/** Under which address it is kept: a page of results is one for all that is asked. */
function keyOf(address) {
  const { origin, pathname } = new URL(address);
  const sha = shaOf(address);
  return origin + pathname + (sha ? `?sha=${sha}` : "");
}

async function keepOnce(request, event) {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(keyOf(request.url)))) await answer(request, event);
}

/** What is named by its content. */
async function kept(request) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(keyOf(request.url));
  if (known) return known;
  const response = await fetch(request);
  if (!response.ok) return response;
  if ((await digestOf(response.clone())) !== shaOf(request.url)) return Response.error();
  await keep(cache, request, response);
  return response;
}

/** All else. */
async function fresh(request, event) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(keyOf(request.url));
  try {
    // A page may not come from the browser's own cache, which may be older than what is named in it.
    const response = await (request.mode === "navigate" ? fetch(request, { cache: "no-cache" }) : fetch(request));
    if (response.ok) {
      await keep(cache, request, response);
      if (known && request.mode === "navigate") event.waitUntil(sweep(cache, known, response.clone()));
    }
    return response;
  } catch (error) {
    if (known) return known;
    throw error;
  }
}

/** Where there is no room, the page is read all the same. */
const keep = (cache, request, response) => cache.put(keyOf(request.url), response.clone()).catch((error) => console.info(`Not kept: ${error.message}`));

/** The first 16 digits, in the base64 of addresses, of what tells one content from another. */
async function digestOf(response) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return btoa(String.fromCharCode(...bytes))
    .slice(0, 16)
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/** When a page has changed: forget the files that no page names any more. */
async function sweep(cache, before, after) {
  if ((await before.clone().text()) === (await after.text())) return;
  const addresses = (await cache.keys()).map(({ url }) => url);
  const pages = await Promise.all(addresses.filter((address) => address.endsWith(".html")).map(async (address) => (await cache.match(address)).text()));
  const names = pages.join().replaceAll("+", "-").replaceAll("/", "_");
  for (const address of addresses) {
    if (shaOf(address) && !names.includes(shaOf(address))) await cache.delete(address);
  }
}
