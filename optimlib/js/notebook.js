// The script of a notebook's widgets: which function draws which widget.

import "./core/other_ground.js";
import { renderExercise } from "./exercises/exercise.js";
import { renderProgress } from "./exercises/progress_view.js";
import { renderWholeLab } from "./lab/parts.js";
import { renderPair } from "./strip/pair.js";
import { renderStrip } from "./strip/strip.js";

/** By the `drawn_as` of the Python class. */
const RENDERS = {
  "optimlib.lab.Lab": renderWholeLab,
  "optimlib.lab.Pair": renderPair,
  "optimlib.lab.Strip": renderStrip,
  "optimlib.exercise.Exercise": renderExercise,
  "optimlib.progress_widget.Progress": renderProgress,
};

/** Draws the widget; one that was saved damaged, or by another version, says so. */
function render(given) {
  try {
    return RENDERS[given.model.get("_anywidget_id")](given);
  } catch (error) {
    console.warn(error);
    given.el.textContent = "This cannot be drawn as it was saved. Run its cell again.";
    return () => {};
  }
}

export default { render };
