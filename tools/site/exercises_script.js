// The script exercises.js: what exercises, progress and standard widgets need.

import { renderExercise } from "../../optimlib/js/exercises/exercise.js";
import { renderProgress } from "../../optimlib/js/exercises/progress_view.js";
import { drawStandard } from "./standard_widgets.js";
import { drawNumbers } from "./seed.js";
import { begin } from "./study.js";

const drawExercise = async (given) => {
  await drawNumbers(given.model);
  renderExercise(given);
};
globalThis.optimlibExercises = { begin, drawStandard, renderExercise: drawExercise, renderProgress };
