// Inside the frame of a box (box.js): makes the workers that run a reader's code. A job has one of its own, and it ends with
// the job, so that nothing that the code does outlives it; the next one is then made ready.
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
  let worker = null; // the one that stands ready, or works
  let job = null; // the number of the job that it has

  function next() {
    worker?.terminate();
    job = null;
    const made = new Worker(address);
    worker = made;
    let started = false; // from then on it says what a reader's code may have it say
    made.onmessage = ({ data }) => {
      if (made !== worker) return;
      if (data.kept) {
        if (!started) kept ??= data.kept;
        return;
      }
      started = true;
      tell(data);
    };
    made.onerror = (event) => {
      event.preventDefault();
      if (made !== worker) return;
      // One that dies before it has a job leaves the next job to hear why.
      if (job === null) worker = null;
      else tell({ problem: event.message });
    };
    made.postMessage({ module, given, kept });
  }

  function tell(data) {
    if (job === null) return;
    page.postMessage({ ...data, job });
    if (!data.started) next();
  }

  page.onmessage = ({ data }) => {
    if (data.stop) next();
    else {
      if (!worker) next();
      job = data.number;
      worker.postMessage(data.task);
    }
  };
  next();
  page.postMessage({ able: true });
}
