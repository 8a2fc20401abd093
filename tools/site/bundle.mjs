// Bundles the JavaScript: `node tools/site/bundle.mjs notebook FOLDER` what a notebook's widgets are (optimlib/built), and
// `... site FOLDER CONSTANTS` the scripts of the site; CONSTANTS is JSON, {name: value} for its modules.

import * as esbuild from "esbuild";
import { minify } from "terser";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const JS = resolve("optimlib/js");
const SITE = resolve("tools/site");
const CATALOGUE = resolve("optimlib/catalogue.json");
const COMMON = { bundle: true, minify: true, charset: "utf8", write: false, logLevel: "error", metafile: true };

/**
 * What the site loads at first, and what it loads when it is first used: parts of a lab, other grounds, exercises, widgets of some pages, and what keeps
 * a page; lecture.html has its own at once.
 */
const FIRST = join(SITE, "host.js");
const LATER = {
  "parts.js": join(SITE, "parts_script.js"),
  "grounds.js": join(SITE, "grounds_script.js"),
  "map.js": join(SITE, "map_script.js"),
  "share.js": join(SITE, "share_script.js"),
  "own.js": join(SITE, "own_script.js"),
  "exercises.js": join(SITE, "exercises_script.js"),
  "strip.js": join(SITE, "strip_script.js"),
  "offline.js": join(SITE, "offline.js"),
  "lecture.js": join(SITE, "lecture.js"),
};

const built = async (options) => {
  const { outputFiles, metafile } = await esbuild.build({ ...COMMON, ...options });
  return { text: outputFiles[0].text, files: Object.keys(metafile.inputs).map((name) => resolve(name)) };
};

/**
 * The styles that give each kind of rule its colour, by --ol-colour. --ol-on-light and --ol-on-dark, of js/ui/common.css, each
 * let their colour pass on a page of their theme.
 */
function rulesStyle() {
  const { rules, others } = JSON.parse(readFileSync(CATALOGUE, "utf8"));
  const kinds = Object.entries({ ...rules, ...others });
  const colourOf = ({ colour }) => (colour ? `var(--ol-on-light, ${colour[0]}) var(--ol-on-dark, ${colour[1]})` : "var(--ol-ink)");
  const palette = kinds.map(([kind, look]) => `--ol-rule-${kind}: ${colourOf(look)};`);
  return [`.ol { ${palette.join(" ")} }`, ...kinds.map(([kind]) => `.ol-${kind} { --ol-colour: var(--ol-rule-${kind}); }`)].join("\n");
}

/** The files by name, and sources.json, which says of what they are built: {path: the SHA-256 of the file}. */
async function notebook() {
  const script = (name) => ({ entryPoints: [join(JS, name)], format: "esm" });
  const style = { stdin: { contents: `@import "./style.css";\n${rulesStyle()}`, loader: "css", resolveDir: JS } };
  const [texts, sources] = [{}, new Set([CATALOGUE])];
  for (const [name, options] of Object.entries({ "notebook.js": script("notebook.js"), "loader.js": script("loader.js"), "notebook.css": style })) {
    const { text, files } = await built(options);
    texts[name] = text;
    for (const file of files.filter(existsSync)) sources.add(file);
  }
  const digests = [...sources].sort().map((file) => [relative("optimlib", file), createHash("sha256").update(readFileSync(file)).digest("hex")]);
  return { ...texts, "sources.json": `${JSON.stringify(Object.fromEntries(digests), null, 1)}\n` };
}

/**
 * Each of the site's scripts is a classic one, which also works in a page that is opened as a file. The first one leaves what
 * the later ones take from its modules in the list optimlibShared: a module runs once.
 */
async function site(constants) {
  const define = Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
  const plugins = [shortCatalogue];
  const { files } = await built({ define, entryPoints: [FIRST], plugins });
  const [scripts, taken] = [{}, []]; // taken: what stands in optimlibShared, each as {name, file}
  for (const [name, path] of Object.entries(LATER)) {
    const catalogue = name === "grounds.js" ? groundsOfCatalogue : restOfCatalogue;
    const { text } = await built({ define, format: "esm", entryPoints: [path], plugins: [fromFirst(files), catalogue] });
    scripts[name] = classic(text, taken);
  }
  scripts["lab_page.js"] = (await built({ define, format: "iife", entryPoints: [join(SITE, "lab_page.js")], plugins })).text; // it runs before the first one
  const lines = [
    `import { hostPage } from ${JSON.stringify(FIRST)};`,
    ...taken.map(({ name, file }, i) => `import { ${name} as shared${i} } from ${JSON.stringify(file)};`),
    `globalThis.optimlibShared = [${taken.map((_, i) => `shared${i}`)}];`,
    "hostPage(document);",
  ];
  const { text } = await built({ define, format: "iife", stdin: { contents: lines.join("\n"), resolveDir: SITE }, plugins });
  const all = { "optimlib.js": text, ...scripts };
  return Object.fromEntries(await Promise.all(Object.entries(all).map(async ([name, script]) => [name, await smaller(script)])));
}

/** The same script with fewer letters. unsafe_arrows would be wrong only for functions that are called with new: here that is done with classes alone. */
async function smaller(script) {
  const compress = { passes: 3, unsafe_arrows: true };
  const { code } = await minify(script, { ecma: 2020, toplevel: true, compress, format: { ascii_only: false } });
  return `${code}\n`;
}

/** The entries of a part of the catalogue with some of what stands in each, or without it. */
const pick = (entries, isTaken) =>
  Object.fromEntries(Object.entries(entries).map(([key, one]) => [key, Object.fromEntries(Object.entries(one).filter(([name]) => isTaken(name)))]));
const without = (entries, ...names) => pick(entries, (name) => !names.includes(name));
const only = (entries, ...names) => pick(entries, (name) => names.includes(name));
const namesOf = (entries) => Object.fromEntries(Object.keys(entries).map((name) => [name, 0]));

/** A plugin that gives modules a part of the catalogue. */
const catalogueOf = (part) => ({
  name: "a part of the catalogue",
  setup(build) {
    build.onLoad({ filter: /catalogue\.json$/ }, ({ path }) => ({ contents: JSON.stringify(part(JSON.parse(readFileSync(path, "utf8")))), loader: "json" }));
  },
});

/** What the first script needs of it: all but what only later scripts read, by js/core/catalogue_more.js, and the styles. */
const shortCatalogue = catalogueOf(({ rules, others, settings, inner, questions, schedules: _, grounds: __, ...rest }) => ({
  rules: without(rules, "class", "colour", "map"),
  others: without(others, "colour"),
  settings: without(settings, "about"),
  inner: namesOf(inner),
  questions: namesOf(questions),
  ...rest,
}));

/** And what catalogue_more.js takes: the rest. */
const restOfCatalogue = catalogueOf(({ rules, settings, inner, questions, schedules }) => ({
  rules: only(rules, "class", "label", "map"),
  settings: only(settings, "about"),
  inner,
  questions,
  schedules,
}));

/** And ground_facts.js. */
const groundsOfCatalogue = catalogueOf(({ grounds }) => ({ grounds }));

/** Leaves out the modules that the first script has. */
function fromFirst(files) {
  return {
    name: "from the first script",
    setup(build) {
      build.onResolve({ filter: /\.js$/ }, ({ path, resolveDir, kind }) => {
        const file = resolve(resolveDir, path);
        return kind !== "entry-point" && files.includes(file) ? { path: file, external: true } : undefined;
      });
    },
  };
}

/** A module as a classic script: what it imports, all of it from modules of the first script, is taken from optimlibShared, and noted in taken. */
function classic(text, taken) {
  const placeOf = (name, file) => {
    const place = taken.findIndex((one) => one.name === name && one.file === file);
    return place < 0 ? taken.push({ name, file }) - 1 : place;
  };
  const body = text.replace(/import\{([^}]*)\}from"([^"]+)";/g, (_, list, file) => {
    const names = list.split(",").map((one) => one.split(" as "));
    return `const{${names.map(([name, here = name]) => `${placeOf(name, file)}:${here}`)}}=optimlibShared;`;
  });
  return `(()=>{${body}})();\n`;
}

const [what, folder, constants] = process.argv.slice(2);
const texts = what === "notebook" ? await notebook() : await site(JSON.parse(constants));
for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
