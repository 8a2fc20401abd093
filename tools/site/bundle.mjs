// Bundles the JavaScript: `node tools/site/bundle.mjs notebook FOLDER` what a notebook's widgets are (optimlib/built), and
// `... site FOLDER CONSTANTS` the three scripts of the site; CONSTANTS is JSON, {name: value} for its modules.

import * as esbuild from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const JS = resolve("optimlib/js");
const SITE = resolve("tools/site");
const COMMON = { bundle: true, minify: true, charset: "utf8", write: false, logLevel: "error", metafile: true };

/** What the site loads at first, and what it loads when it is first used: parts of a lab, and exercises. */
const FIRST = join(SITE, "host.js");
const LATER = { "parts.js": join(SITE, "parts_script.js"), "exercises.js": join(SITE, "exercises_script.js") };

const built = async (options) => {
  const { outputFiles, metafile } = await esbuild.build({ ...COMMON, ...options });
  return { text: outputFiles[0].text, files: Object.keys(metafile.inputs).map((name) => resolve(name)) };
};

/** The files by name, and sources.json, which says of what they are built: {path: the SHA-256 of the file}. */
async function notebook() {
  const entries = { "notebook.js": "notebook.js", "loader.js": "loader.js", "notebook.css": "style.css" };
  const [texts, sources] = [{}, new Set()];
  for (const [name, entry] of Object.entries(entries)) {
    const { text, files } = await built({ entryPoints: [join(JS, entry)], format: "esm" });
    texts[name] = text;
    for (const file of files) sources.add(file);
  }
  const digests = [...sources].sort().map((file) => [relative("optimlib", file), createHash("sha256").update(readFileSync(file)).digest("hex")]);
  return { ...texts, "sources.json": `${JSON.stringify(Object.fromEntries(digests), null, 1)}\n` };
}

/**
 * Each of the site's scripts is a classic one, which also works in a page that is opened as a file. The first one leaves the
 * modules that the later ones need, too, in the global optimlibShared: a module runs once.
 */
async function site(constants) {
  const define = Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
  const options = { format: "iife", define };
  const whole = await Promise.all([FIRST, ...Object.values(LATER)].map((path) => built({ ...options, entryPoints: [path] })));
  const [first, ...later] = whole.map(({ files }) => new Set(files));
  const shared = [...first].filter((file) => /\.js$/.test(file) && later.some((files) => files.has(file))).sort();
  const scripts = { "optimlib.js": await built({ ...options, stdin: { contents: firstEntry(shared), resolveDir: SITE } }) };
  for (const [name, path] of Object.entries(LATER)) scripts[name] = await built({ ...options, entryPoints: [path], plugins: [fromFirst(shared)] });
  return Object.fromEntries(Object.entries(scripts).map(([name, { text }]) => [name, text]));
}

const firstEntry = (shared) => `
import { hostPage } from ${JSON.stringify(FIRST)};
${shared.map((file, i) => `import * as module${i} from ${JSON.stringify(file)};`).join("\n")}
globalThis.optimlibShared = [${shared.map((_, i) => `module${i}`).join(", ")}];
hostPage(document);
`;

/** The modules that the first script has are taken from there. */
function fromFirst(shared) {
  return {
    name: "from the first script",
    setup(build) {
      build.onLoad({ filter: /\.js$/ }, ({ path }) => {
        const i = shared.indexOf(path);
        return i < 0 ? undefined : { contents: `module.exports = optimlibShared[${i}];` };
      });
    },
  };
}

const [what, folder, constants] = process.argv.slice(2);
const texts = what === "notebook" ? await notebook() : await site(JSON.parse(constants));
for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
