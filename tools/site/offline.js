// Reading again without a connection.

import { addressOf, HERE } from "./load.js";

/** What a page needs in any case, once it is used. */
const USUAL = ["parts.js", "grounds.js", "exercises.js", "strip.js"];

/** Once all else is done, have what the page is made of kept (sw.js), where there is a browser and an address for it. */
export function keepForOffline(page) {
  if (origin === "null" || !isSecureContext || !navigator.serviceWorker) return;
  addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register(new URL("../sw.js", HERE), { updateViaCache: "none" });
      const { active } = await navigator.serviceWorker.ready;
      const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
      const pictures = [...page.images].map(({ src }) => src);
      const root = new URL("../", HERE).href;
      active.postMessage([...new Set([page.URL, root, ...loaded, ...pictures, ...USUAL.map(addressOf)])]);
    } catch (error) {
      console.info(`This page is not kept for reading without a connection: ${error.message}`);
    }
  });
}
