// MicroPython in a worker of a box: small, and there within a blink.
// tools/bundles.py makes one classic script of it, since a frame without an origin can start no module as a worker in every browser.

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

import { Printed, PROGRAM, serve } from "./worker.js";

const HEAP_BYTES = 16 * 1024 * 1024;
const STACK_WORDS = 32 * 1024; // enough for the depth at which Python itself calls it a recursion error

serve(async ({ module, given }) => {
  // It would fetch its own code and have it compiled: here it finds that done.
  self.fetch = async () => null;
  WebAssembly.instantiateStreaming = async (_, imports) => ({ module, instance: await WebAssembly.instantiate(module, imports) });
  const printed = new Printed();
  const python = await loadMicroPython({
    heapsize: HEAP_BYTES,
    pystack: STACK_WORDS,
    linebuffer: false,
    stdout: ([byte]) => printed.add(byte),
  });
  python.FS.mkdir("/lib");
  python.FS.mkdir("/lib/optimlib");
  python.FS.mkdir("/lib/optimlib/portable");
  for (const [path, text] of Object.entries(given.files)) python.FS.writeFile(`/lib/${path}`, text);
  python.runPython(PROGRAM);
  return { reply: python.globals.get("reply"), printed };
});
