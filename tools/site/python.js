// Runs Python in the page: each job first in MicroPython, which is small; and in CPython where that cannot judge it.

import { brokenDown, createBox, PythonProblem } from "./box.js";

const NOT_FETCHED = "Not judged: this needs the whole Python, and it was not fetched. Run it again to be asked again.";

/**
 * What tools/bundles.py packs in python.js: the script of the frame, MicroPython, the files that a worker's Python imports, the
 * exercises that judge code, each packed, and in how many pieces CPython comes, and how large it is.
 * @typedef {{frame: string, micropython: {script: string, wasm: string}, files: Object<string, string>, exercises: Object<string, string>, pieces: number, megabytes: number}} Parts
 */

/** The shape of what each task is answered. */
const isText = (value) => typeof value === "string";
const isPoint = (value) => Array.isArray(value) && value.length === 2 && value.every((x) => typeof x === "number");
const SHAPES = {
  judge: ({ verdict, feedback, see }) => [verdict, feedback, see].every(isText),
  path: ({ points, problem }) => isText(problem) || (Array.isArray(points) && points.every(isPoint)),
};

/**
 * @param {object} options
 * @param {() => Promise<Parts>} options.load
 * @param {(piece: number) => Promise<string>} options.loadPiece gives a piece of CPython, from 0
 * @param {(megabytes: number, why: string) => Promise<boolean> | boolean} options.agree asks the reader whether CPython may come, and says what needs it; one who said yes is not asked again
 * @param {(loaded: number, all: number) => void} options.show tells how many pieces are there; all of them also when one failed
 * @returns {{run: (job: object) => Promise<object>}} run gives what optimlib/portable/job.py answers, and what was `printed`;
 *   or {stopped} with a sentence. It is rejected with a sentence when Python cannot be had, or broke down.
 */
export function createPython({ load, loadPiece, agree, show, ...options }) {
  let small = null; // promises of the boxes
  let whole = null;
  const strange = new Map(); // what MicroPython could not judge, and why: it is not asked twice
  let last = Promise.resolve(); // the job that runs, or the last one that did

  const inSmall = async () => {
    const { frame, micropython, files } = await load();
    return createBox({ frame, script: micropython.script, wasm: await inflated(bytesOf(micropython.wasm)), given: { files } }, options);
  };

  const inWhole = async (why) => {
    const { frame, files, pieces, megabytes } = await load();
    if (!(await agree(megabytes, why))) return null;
    let loaded = 0;
    show(loaded, pieces);
    const loads = Array.from({ length: pieces }, (_, i) => loadPiece(i));
    for (const load of loads)
      load.then(
        () => show(++loaded, pieces),
        () => {},
      );
    const texts = await Promise.all(loads).catch((error) => {
      show(pieces, pieces);
      throw error;
    });
    const [script, wasm, library] = await Promise.all(parted(bytesOf(texts.join(""))).map(inflated));
    return createBox({ frame, script: new TextDecoder().decode(script), wasm, given: { files, library } }, options);
  };

  const asked = async (box, job, task) => {
    const { reply, ...more } = await box.run(task);
    if (reply === undefined) return { ...more, printed: "" };
    const answer = unpackedSafely(reply);
    if (!answer?.ask && !SHAPES[job.task]?.(answer ?? {})) throw brokenDown("something else than an answer");
    return { ...answer, ...more };
  };

  async function runNow(job) {
    small ??= retriable(inSmall, () => (small = null));
    const { exercises } = await load();
    const exercise = exercises[job.exercise];
    const task = { job: packed(job), exercises: exercise ? `{"${job.exercise}": ${exercise}}` : "{}" };
    const { source } = job;
    if (!strange.has(source)) {
      const reply = await asked(await small, job, task);
      if (!reply.ask) return reply;
      strange.set(source, String(reply.ask));
    }
    whole ??= retriable(
      () => inWhole(strange.get(source)),
      () => (whole = null),
    );
    const box = await whole;
    if (box) return asked(box, job, task);
    whole = null;
    return { stopped: NOT_FETCHED, printed: "" };
  }

  return {
    run(job) {
      const reply = last.then(() => runNow(job));
      last = reply.catch(() => {});
      return reply;
    },
  };
}

/** What make gives; where it fails, forget is called, so that it is tried again. */
function retriable(make, forget) {
  const made = make();
  made.catch(forget);
  return made;
}

function unpackedSafely(text) {
  try {
    return unpacked(text);
  } catch {
    return null;
  }
}

/** The bytes that a text writes in base64. */
function bytesOf(text) {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** The files that lie one after another, each after four bytes that say how long it is. */
function parted(bytes) {
  const files = [];
  for (let at = 0; at < bytes.length; ) {
    const length = new DataView(bytes.buffer, at, 4).getUint32(0);
    files.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return files;
}

/** The bytes of what is gzipped. */
async function inflated(bytes) {
  try {
    return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  } catch (error) {
    throw new PythonProblem(`This browser cannot run Python in a page. It said: ${error.message}`);
  }
}

// The texts of optimlib/portable/job.py: a number that is not whole goes as the hex digits of its bytes, a text has a ' before it.

/** Plain data as such a text. */
export function packed(data) {
  return JSON.stringify(data, (_, value) => {
    if (typeof value === "string") return `'${value}`;
    return typeof value !== "number" || (Number.isSafeInteger(value) && !Object.is(value, -0)) ? value : digitsOf(value);
  });
}

/** The data of such a text. There a list of numbers is one run of digits, with a [ before it. */
export function unpacked(text) {
  return JSON.parse(text, (_, value) => {
    if (typeof value !== "string") return value;
    if (value.startsWith("'")) return value.slice(1);
    return value.startsWith("[") ? value.match(/[^[]{16}/g).map(numberOf) : numberOf(value);
  });
}

function digitsOf(number) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  return view.getBigUint64(0, true).toString(16).padStart(16, "0");
}

function numberOf(digits) {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${digits}`), true);
  return view.getFloat64(0);
}
