// Runs Python: each job in an interpreter of its own, so that nothing that a reader's code does outlives it.
// tools/bundles.py makes one classic script of it, since a page that is opened as a file can start no module as a worker.

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const HEAP_BYTES = 16 * 1024 * 1024;
const STACK_WORDS = 32 * 1024; // enough for the depth at which Python itself calls it a recursion error
const MOST_PRINTED = 2000; // characters

const PROGRAM = `
import builtins
from optimlib.page import reply
def input(*words):
    raise OSError("nothing can be typed in while code runs in the page")
builtins.input = input
`;

// An interpreter fetches its own code and has it compiled: here it finds that done.
self.fetch = async () => null;
WebAssembly.instantiateStreaming = async (_, imports) => ({ instance: await WebAssembly.instantiate(python.module, imports) });

// When the browser collects what belonged to one, it would free it in another, which is then broken.
self.FinalizationRegistry = class {
  register() {}
};

let python; // {module, files}, what every interpreter is made of
let next; // the one that is ready for the next job

onmessage = async ({ data }) => {
  if (data.module) {
    python = data;
    next = prepared();
    return;
  }
  try {
    const { runJob } = await next;
    postMessage({ started: true });
    postMessage(runJob(data));
  } catch (error) {
    postMessage({ problem: lastLine(error.message) });
  }
  next = prepared();
};

function prepared() {
  const interpreter = createInterpreter();
  interpreter.catch(() => {}); // told to the job that needs it
  return interpreter;
}

async function createInterpreter() {
  const printed = []; // bytes
  const interpreter = await loadMicroPython({
    heapsize: HEAP_BYTES,
    pystack: STACK_WORDS,
    linebuffer: false,
    stdout: ([byte]) => printed.length <= 4 * MOST_PRINTED && printed.push(byte),
  });
  globalThis.proxy_js_ref[0] = Object.create(null); // what Python's js module shows: else this worker, and the network
  interpreter.FS.mkdir("/lib");
  interpreter.FS.mkdir("/lib/optimlib");
  for (const [path, text] of Object.entries(python.files)) interpreter.FS.writeFile(`/lib/${path}`, text);
  interpreter.runPython(PROGRAM);
  const reply = interpreter.globals.get("reply");
  return {
    runJob({ job, exercises }) {
      const text = reply(job, exercises);
      return { reply: text, printed: beginning(new TextDecoder().decode(new Uint8Array(printed))) };
    },
  };
}

/** Of a traceback: what went wrong. */
const lastLine = (message) => message.trim().split("\n").at(-1).replace(/[:.\s]+$/, "");

function beginning(printed) {
  const characters = [...printed.replaceAll("\r\n", "\n")];
  if (characters.length <= MOST_PRINTED) return characters.join("");
  return `${characters.slice(0, MOST_PRINTED).join("")}\n… The rest is cut off.`;
}
