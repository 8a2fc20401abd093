// CPython in a worker of a box: Pyodide, without its packages. The first worker starts an interpreter, which takes a second,
// and has the frame keep its memory: later ones begin with that.

import "./classic.js";
import { loadPyodide } from "pyodide/pyodide.mjs";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { info } from "pyodide/pyodide-lock.json";

import { Printed, PROGRAM, serve } from "./worker.js";

// What it dies of is told to the reader, and not to the console as well.
console.error = () => {};

serve(async ({ module, given: { files, library }, kept }) => {
  // It would fetch its own code and library: here it finds them.
  self.fetch = async () => new Response(library);
  WebAssembly.instantiateStreaming = async (_, imports) => ({ module, instance: await WebAssembly.instantiate(module, imports) });
  const printed = new Printed();
  const python = await loadPyodide({
    createPyodideModule,
    indexURL: "box://python/",
    lockFileContents: { info, packages: {} },
    packageBaseUrl: "box://python/",
    jsglobals: Object.freeze({ __proto__: null, Object, setTimeout, clearTimeout }),
    ...(kept ? { _loadSnapshot: kept } : { _makeSnapshot: true }),
  });
  if (!kept) {
    python.FS.mkdirTree("/home/pyodide/optimlib/portable");
    for (const [path, text] of Object.entries(files)) python.FS.writeFile(`/home/pyodide/${path}`, text);
    python.runPython(`${PROGRAM}\nimport random, sys`);
    postMessage({ kept: python.makeMemorySnapshot() });
  }
  python.runPython("random.seed()"); // else all would draw the same numbers
  python.setStdout({
    write(bytes) {
      bytes.forEach((byte) => printed.add(byte));
      return bytes.length;
    },
  });
  python.setStderr({ write: (bytes) => bytes.length });
  const reply = python.globals.get("reply");
  return {
    reply(job, exercises) {
      const text = reply(job, exercises);
      python.runPython("sys.stdout.flush()"); // the last line may have no end
      return text;
    },
    printed,
  };
});
