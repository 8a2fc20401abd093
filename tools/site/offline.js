// The script offline.js: reading again without a connection.

import { addressOf, HERE } from "./load.js";

/** What a page needs in any case, once it is used. */
const USUAL = ["parts.js", "grounds.js", "map.js", "share.js", "own.js", "exercises.js", "strip.js", "offline.js"];

/** Have what the page is made of kept (sw.js). */
async function keepForOffline(page) {
  await navigator.serviceWorker.register(new URL("../sw.js", HERE), { updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const pictures = [...page.images].map(({ src }) => src);
  const root = new URL("../", HERE).href;
  active.postMessage([...new Set([page.URL, root, ...loaded, ...pictures, ...USUAL.map(addressOf)])]);
}

globalThis.optimlibOffline = keepForOffline;
