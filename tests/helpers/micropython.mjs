// Runs Python in MicroPython, the Python of the built page: node micropython.mjs < {files, code, argument}.
// files: {path: text}, to be imported; code sees the argument, a text, as ARGUMENT, and what it leaves in RESULT, a text, is written out.
import { readFileSync } from "node:fs";

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const { files, code, argument } = JSON.parse(readFileSync(0, "utf8"));
const python = await loadMicroPython({ heapsize: 32 * 1024 * 1024, stdout: () => {} });
python.FS.mkdir("/lib");
python.FS.mkdir("/lib/optimlib");
python.FS.mkdir("/lib/optimlib/portable");
for (const [path, text] of Object.entries(files)) python.FS.writeFile(`/lib/${path}`, text);
python.globals.set("ARGUMENT", argument);
python.runPython(code);
process.stdout.write(python.globals.get("RESULT"));
