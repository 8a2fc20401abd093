// What the exercises of a page need beyond their own modules: the page's Python, its better editor, and progress.

import { linkModels } from "./links.js";
import { setEditorUpgrade } from "../../optimlib/js/ui/code_editor.js";
import { loadScript } from "./load.js";
import { createOffer } from "./offer.js";
import { createPython } from "./python.js";
import { connectProgress } from "./progress_store.js";

/** Begin: progress is told to all models of the page. Gives the page's Python, which is loaded when it is first used. */
export function begin(models) {
  linkModels(models);
  setEditorUpgrade(() => loadScript("editor.js", "optimlibEditor"));
  connectProgress(models, CHAPTER_EXERCISES);
  return createPython({
    load: () => loadScript("python.js", "optimlibPython"),
    loadPiece: (i) => loadScript(`python-${i}.js`, `optimlibPython${i}`),
    ...createOffer(() => localStorage),
  });
}
