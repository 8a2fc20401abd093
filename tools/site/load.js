// Loads the site's other scripts when they are first needed.

/** The address of optimlib.js, beside which they lie; its ?v=... tells new files from old ones. */
const HERE = globalThis.document?.currentScript?.src;

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

function loadNow(file, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(file + new URL(HERE).search, HERE).href;
    const end = () => {
      script.remove();
      if (name in globalThis) resolve(globalThis[name]);
      else reject(new Error(`The page could not load ${file}. Is there a connection? Then try again.`));
    };
    script.onload = script.onerror = end;
    document.head.append(script);
  });
}
