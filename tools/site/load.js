// Loads the site's other scripts when they are first needed.

/** The address of optimlib.js, beside which they lie. */
export const HERE = /** @type {?HTMLScriptElement} */ (globalThis.document?.currentScript)?.src;

const loads = new Map(); // file -> promise

/**
 * What a script leaves in a global, loaded once. Its way is a <script>, which also works in a page that is opened as a file.
 * When it fails, the promise is rejected with a sentence, and the next call tries again.
 * @param {string} file
 * @param {string} name of the global
 */
export function loadScript(file, name) {
  if (!loads.has(file)) {
    const load = loadNow(file, name);
    loads.set(file, load);
    load.catch(() => loads.delete(file));
  }
  return loads.get(file);
}

/** What a page says of the content of a script (tools/site/pages.py), or undefined where it says nothing. */
const contentOf = (file) => globalThis.optimlibScripts?.[file];

/** The address of a script, in which its content is named: that tells new files from old ones. */
export function addressOf(file) {
  const content = contentOf(file);
  return new URL(content ? `${file}?sha=${content.slice(7, 23).replaceAll("+", "-").replaceAll("/", "_")}` : file, HERE).href;
}

function loadNow(file, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = addressOf(file);
    // A page that was opened before the site changed takes no new script. Without an origin the browser cannot compare.
    if (origin !== "null") script.integrity = contentOf(file) ?? "";
    const end = () => {
      script.remove();
      if (name in globalThis) resolve(globalThis[name]);
      else reject(new Error(`The page could not load ${file}. Is there a connection? Then try again, or load the page again: it may have changed.`));
    };
    script.onload = script.onerror = end;
    document.head.append(script);
  });
}
