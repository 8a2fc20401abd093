// What each widget of a notebook carries. It draws the widget by the script that all of them share.

/** The modules that were loaded, by their text: on the global, since Jupyter loads this file once for each widget. */
const MODULES = Symbol.for("optimlib.modules");

/** The text of the shared script and style: from the shared widget (front_end.py), or else from Python, where it runs. */
async function partsOf(model) {
  try {
    const shared = await model.widget_manager.get_model(model.get("shared").replace("IPY_MODEL_", ""));
    if (shared.get("code")) return { code: shared.get("code"), style: shared.get("style") };
  } catch {
    // A front end that shows each widget alone.
  }
  return new Promise((resolve) => {
    const hear = (answer) => {
      if (!answer?.code) return;
      model.off("msg:custom", hear);
      resolve(answer);
    };
    model.on("msg:custom", hear);
    model.send({ ask: "shared" });
  });
}

function moduleOf(code) {
  const modules = (globalThis[MODULES] ??= new Map());
  if (!modules.has(code)) {
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    modules.set(
      code,
      import(address).finally(() => URL.revokeObjectURL(address)),
    );
  }
  return modules.get(code);
}

async function render({ model, el, ...given }) {
  const waiting = document.createElement("p");
  waiting.className = "ol-waiting"; // hidden where Python's own line says so (front_end.py)
  waiting.textContent = "Run this cell to bring it to life.";
  el.replaceChildren(waiting);
  const { code, style } = await partsOf(model);
  const { default: widget } = await moduleOf(code);
  const [look, place] = [document.createElement("style"), document.createElement("div")];
  look.textContent = style;
  el.replaceChildren(look, place);
  const end = await widget.render({ model, el: place, ...given });
  return () => {
    end();
    el.replaceChildren(); // JupyterLab keeps the element of a widget that was closed
  };
}

export default { render };
