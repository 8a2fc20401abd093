// Runs Python in CPython for the page (Pyodide), as micropython.mjs does in MicroPython.
import { readFileSync } from "node:fs";

import { loadPyodide } from "pyodide";

const { files, code, argument } = JSON.parse(readFileSync(0, "utf8"));
const python = await loadPyodide({ stdout: () => {}, stderr: () => {} });
python.FS.mkdir("/lib/optimlib");
python.FS.mkdir("/lib/optimlib/portable");
for (const [path, text] of Object.entries(files)) python.FS.writeFile(`/lib/${path}`, text);
python.globals.set("ARGUMENT", argument);
python.runPython(`import sys\nsys.path.append("/lib")\n${code}`);
process.stdout.write(python.globals.get("RESULT"));
