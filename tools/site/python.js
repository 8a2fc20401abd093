// Runs Python in the page: in a worker, one job at a time, each with a limit of time.

/**
 * @param {{load: () => Promise<{worker: string, wasm: string, files: object, exercises: object}>, limit?: number, patience?: number}} options
 *   load gives what tools/bundles.py packs; limit is how many milliseconds a job may take once its interpreter is ready,
 *   patience how many that may take.
 * @returns {{run: (job: object) => Promise<object>}} run gives what optimlib/page.py answers, and what was `printed`;
 *   or {stopped} with a sentence. It is rejected with a sentence when Python cannot be had, or broke down.
 */
export function createPython({ load, limit = 2000, patience = 30_000 }) {
  let maker = null; // a promise of {start, exercises}
  let worker = null;
  let last = Promise.resolve(); // the job that runs, or the last one that did

  /** Begin with a new worker, which stands ready; one that cannot is left, for the next job to hear why. */
  function startWith(start) {
    worker?.terminate();
    worker = start();
    worker.onerror = () => (worker = null);
  }

  async function runNow(job) {
    maker ??= createMaker(load);
    const { start, exercises } = await maker.catch((error) => {
      maker = null; // to be tried again
      throw error;
    });
    if (!worker) startWith(start);
    return new Promise((resolve, reject) => {
      let clock;
      const end = (settle, value) => {
        clearTimeout(clock);
        settle(value);
      };
      const stop = () => {
        startWith(start);
        end(resolve, { stopped: `Stopped after ${limit / 1000} seconds: is there a loop that never ends?`, printed: "" });
      };
      const breakDown = (why) => {
        startWith(start);
        end(reject, brokenDown(why));
      };
      clock = setTimeout(breakDown, patience, `nothing for ${patience / 1000} seconds`);
      worker.onerror = (event) => {
        event.preventDefault();
        breakDown(event.message);
      };
      worker.onmessage = ({ data }) => {
        if (data.started) {
          clearTimeout(clock);
          clock = setTimeout(stop, limit);
        } else if (data.problem) end(reject, brokenDown(data.problem));
        else end(resolve, { ...unpacked(data.reply), printed: data.printed });
      };
      const exercise = exercises[job.exercise];
      worker.postMessage({ job: packed(job), exercises: exercise ? `{"${job.exercise}": ${exercise}}` : "{}" });
    });
  }

  return {
    run(job) {
      const reply = last.then(() => runNow(job));
      last = reply.catch(() => {});
      return reply;
    },
  };
}

const brokenDown = (why) => new Error(`Python broke down over this code, and was started again. It said: ${why || "nothing"}.`);

/** What starts workers: made once, with the interpreter compiled. */
async function createMaker(load) {
  const { worker, wasm, files, exercises } = await load();
  let module;
  try {
    module = await WebAssembly.compile(await inflated(wasm));
  } catch (error) {
    throw new Error(`This browser cannot run Python in a page. It said: ${error.message}`);
  }
  const address = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  const start = () => {
    const started = new Worker(address);
    started.postMessage({ module, files });
    return started;
  };
  return { start, exercises };
}

/** The bytes of what is gzipped and written in base64. */
async function inflated(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

// The texts of optimlib/page.py: a number that is not whole goes as the hex digits of its bytes, a text has a ' before it.

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
