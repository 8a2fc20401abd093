// Inside the frame of a box (box.js): makes the workers that run a reader's code. A job has one of its own, and it ends with
// the job, so that nothing that the code does outlives it; the next ones are then made ready.
// What a worker gets first, {module, given, kept}: the compiled interpreter, what else it needs, and what an earlier worker
// of this frame, before its job, gave to be kept: an interpreter that stands ready, as the bytes of its memory.

addEventListener("message", ({ data, ports: [page] }) => begin(data, page), { once: true });

/** What the host's Content-Security-Policy refused, by directive. */
const refused = new Set();
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.add(effectiveDirective));

async function begin({ script, wasm, given }, page) {
  let module;
  try {
    module = await WebAssembly.compile(wasm);
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve)); // what was refused is told a little later
    page.postMessage({ unable: error.message, refused: [...refused] });
    return;
  }
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  let kept = null;
  let ready = []; // workers that wait for a job, the next one first
  let working = null; // the worker that has a job
  let job = null; // the number of that job

  /** Make ready what the next jobs need. An interpreter from kept memory takes longer than most jobs: two are made at once. */
  function prepare() {
    while (ready.length < (kept ? 2 : 1)) ready.push(createWorker());
  }

  function createWorker() {
    const worker = new Worker(address);
    let started = false; // from then on it says what a reader's code may have it say
    worker.onmessage = ({ data }) => {
      if (data.kept) {
        if (!started) kept ??= data.kept;
        return;
      }
      started = true;
      if (worker === working) tell(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      // One that dies before it has a job leaves the next job to hear why.
      if (worker === working) tell({ problem: event.message });
      else ready = ready.filter((other) => other !== worker);
    };
    worker.postMessage({ module, given, kept });
    return worker;
  }

  function tell(data) {
    page.postMessage({ ...data, job });
    if (data.started && kept) prepare();
    if (!data.started) end();
  }

  function end() {
    working?.terminate();
    working = job = null;
    prepare();
  }

  page.onmessage = ({ data }) => {
    if (data.stop) {
      end();
      return;
    }
    prepare();
    working = ready.shift();
    job = data.number;
    working.postMessage(data.task);
  };
  prepare();
  page.postMessage({ able: true });
}
