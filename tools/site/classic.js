// Pyodide takes a worker with importScripts for one that cannot import modules, and refuses it. Ours is in one script.
Object.assign(self, { importScripts: undefined });
