// A box: where a reader's code runs, and from where nothing can be reached.

import CODE_LIMITS from "../../optimlib/portable/code_limits.json" with { type: "json" };
import CODE_WORDS from "../../optimlib/portable/code_words.json" with { type: "json" };

/**
 * What code in a box may do: run workers and WebAssembly that the frame was given. There is no connection, and the origin is
 * opaque: no storage, no other page. A worker has the policy of the frame that made it.
 */
const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:";

/** How long the frame and the interpreter may take, in milliseconds, before a job is given up. */
const PATIENCE = 1000 * CODE_LIMITS.patience;
/** How long a job may take, once its interpreter is ready. */
const LIMIT = 1000 * CODE_LIMITS.seconds;

const STOPPED = CODE_WORDS.stopped.replace("{seconds}", String(CODE_LIMITS.seconds));

/** What is wrong when Python cannot be had, or broke down: a sentence for the reader. */
export class PythonProblem extends Error {}

/**
 * A box with an interpreter. Its jobs come one at a time: run must not be called before the last one is done.
 * @param {{frame: string, script: string, wasm: ArrayBuffer, given: object}} parts the script of the frame (box_frame.js) and
 *   of its workers, the interpreter, and what a worker needs beside it
 * @returns {{run: (task: object) => Promise<{reply: string, printed: string} | {stopped: string}>}}
 *   run is rejected with a PythonProblem
 */
export function createBox({ frame, ...parts }, { patience = PATIENCE } = {}) {
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.hidden = true;
  element.title = "where Python runs";
  element.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>${frame}</script>`;
  const { port1: port, port2: theirs } = new MessageChannel();
  element.addEventListener("load", () => element.contentWindow.postMessage(parts, "*", [theirs]), { once: true });
  /** @type {Promise<void>} */
  const able = new Promise((resolve, reject) => {
    const clock = setTimeout(() => reject(brokenDown(seconds(patience))), patience);
    port.onmessage = ({ data }) => {
      clearTimeout(clock);
      if (data.able) resolve();
      else reject(unable(data));
    };
  });
  able.catch(() => {}); // told to the job that needs it
  document.body.append(element);
  let number = 0;

  async function run(task) {
    await able;
    const job = ++number;
    return new Promise((resolve, reject) => {
      const end = (settle, value) => {
        clearTimeout(clock);
        port.onmessage = null;
        settle(value);
      };
      const giveUp = (settle, value) => {
        port.postMessage({ stop: true });
        end(settle, value);
      };
      let clock = setTimeout(() => giveUp(reject, brokenDown(seconds(patience))), patience);
      port.onmessage = ({ data }) => {
        if (data.job !== job) return;
        if (data.started) {
          clearTimeout(clock);
          clock = setTimeout(() => giveUp(resolve, { stopped: STOPPED }), LIMIT);
        } else if ("reply" in data) end(resolve, { reply: String(data.reply), printed: String(data.printed) });
        else end(reject, brokenDown(data.problem));
      };
      port.postMessage({ number: job, task });
    });
  }

  return { run };
}

const seconds = (patience) => `nothing for ${patience / 1000} seconds`;

export const brokenDown = (why) =>
  new PythonProblem(`Python broke down over this code, and was started again. It said: ${String(why || "nothing").slice(0, 300)}.`);

/** What a page needs of its host, by the directive of a Content-Security-Policy that refuses it. */
function unable({ unable, refused }) {
  if (!refused.length) return new PythonProblem(`This browser cannot run Python in a page. It said: ${unable}`);
  return new PythonProblem(
    `The host of this page forbids it to run Python, by its Content-Security-Policy (${refused.join(", ")}). It must allow: script-src blob: 'wasm-unsafe-eval'; worker-src blob:. Until then, run the chapter in Jupyter.`,
  );
}
