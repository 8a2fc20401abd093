import { INNER, KINDS, LAYERS, PANELS } from "../core/catalogue.js";
import { isOpen } from "./changes.js";
import { createResults } from "./results.js";
import { isAsking, rulesOf } from "./session.js";
import { worldWords } from "./state.js";
import { hasSource } from "./own_rule_inputs.js";
import { readout, REPLAYED, warningOf, whereWords } from "./words.js";

/**
 * Where a lab stands. It does not change while the lab is there.
 * @typedef {object} Host
 * @property {number} number the index of this lab on its page, from 1; used in #lab=N links
 * @property {boolean} kernel whether Python listens: without it a path that Python computed stays as it was saved
 * @property {boolean} hasOwn whether the reader can write a rule here
 * @property {boolean} canMove whether the start can be moved
 * @property {boolean} hasGrounds whether it came with another ground than the valley, or its page offers them
 * @property {string[]} offered the layers and panels that this lab has
 *
 * A rule as it is drawn.
 * @typedef {object} Line
 * @property {import("./state.js").LabRule & Partial<import("./state.js").OwnRule>} rule
 * @property {import("../core/descend.js").Run} run
 * @property {boolean} on whether it is shown: switched on, and with a path
 * @property {string} look its class in CSS, which gives the colour
 * @property {string} dash
 * @property {string} marker
 * @property {boolean} hollow whether its marker is: that of every second run of one kind
 *
 * All that the views of a lab show, as plain data.
 * @typedef {object} Scene
 * @property {import("./state.js").LabState} lab
 * @property {Host} host
 * @property {number} step the step that is shown: none while the reader guesses, else that under the pointer, else the lab's
 * @property {number} steps
 * @property {number} part how far the balls are on the way to the next step, 0 to 1
 * @property {boolean} playing
 * @property {boolean} slow whether it plays at half speed
 * @property {boolean} asking whether the paths are hidden while the reader guesses
 * @property {import("./session.js").Guessing} guessing
 * @property {?number} peek the step that the pointer is over
 * @property {Line[]} lines
 * @property {Line[]} shown those that are on
 * @property {?import("../core/surface.js").Surface} surface
 * @property {import("../valley/frame.js").Frame} frame
 * @property {string[]} open the layers and panels that are on screen
 * @property {boolean} needsParts whether one of them is a part, or a rule of the reader's is to be run: both need code that is not there at first
 * @property {string} finding the id of the finding that is shown, or ""
 * @property {string} caption what a printed page says below the lab
 * @property {string} watch what to watch, or ""
 * @property {string[]} notes on what was not usable, and on the lab itself
 * @property {string} note these, and what is to be said of this step, or ""
 * @property {?string} said where the rules are, for those who do not see it; "" while they move, null where nothing new is to be said
 * @property {number} width of the stage, in pixels
 * @property {"light"|"dark"} theme
 */

/** Parts that tell where the paths go: they are closed while the reader guesses. */
const TELLING = Object.keys({ ...LAYERS, ...INNER });

/** What a lab has that stands here. @returns {Host} */
export function hostOf(lab, { number, kernel, hasPython, offersGrounds = false }) {
  const hasOwn = lab.own !== null && (kernel || hasPython);
  // What is measured, and the world that can be changed, are those of a Quadratic.
  const isOffered = (name) => (name === "own" ? hasOwn : !lab.contours || ["arrows", "plots", "predict", "share"].includes(name));
  const offered = Object.keys({ ...LAYERS, ...INNER, ...PANELS }).filter(isOffered);
  return { number, kernel, hasOwn, offered, hasGrounds: offersGrounds || Boolean(lab.ground.kind), canMove: kernel || !lab.rules.every((rule) => rule.replay) };
}

/**
 * What a scene is made of: the traits, the session, where the lab stands, and what the page gives.
 * @typedef {object} Given
 * @property {import("./state.js").LabState} lab
 * @property {import("./session.js").Session} session
 * @property {Host} host
 * @property {number} [width] of the stage, in pixels
 * @property {"light"|"dark"} [theme]
 * @property {number} [part] how far the clock is on the way to the next step
 * @property {string} [problem] why the code of the parts could not be had, or ""
 */

/**
 * The scene of a lab.
 * @param {Given} given
 * @param {ReturnType<typeof createResults>} results keeps what was worked out for the scene before
 * @returns {Scene}
 */
export function sceneOf({ lab, session, host, width = 0, theme = "light", part = 0, problem = "" }, results = createResults()) {
  const { guessing, finding, peek, slow } = session;
  const asking = isAsking(lab, guessing);
  const lines = linesOf(lab, session.dashes, host, results);
  const isReplayed = !host.kernel && lab.rules.some((rule) => rule.replay);
  const open = host.offered.filter((name) => isOpen(lab, name) && !(asking && TELLING.includes(name)));
  const scene = {
    lab,
    host,
    steps: lab.steps,
    playing: lab.playing,
    slow,
    asking,
    guessing,
    peek,
    lines,
    shown: lines.filter(({ on }) => on),
    surface: results.surface(lab),
    frame: results.frame(lab, session.home),
    open,
    needsParts: open.length > 0 || (host.hasOwn && hasSource(lab.own)),
    finding: finding?.id ?? "",
    watch: finding?.watch ?? "",
    notes: [...lab.notes, ...session.notes, problem, isReplayed ? REPLAYED : ""],
    width,
    theme,
  };
  return sceneAt(scene, lab.step, part);
}

/** The scene with the lab at this step, and so far on the way to the next one: all that time changes in it. */
export function sceneAt(scene, labStep, part) {
  const { host, steps, playing, asking, peek, shown, surface, notes } = scene;
  const lab = { ...scene.lab, step: labStep };
  const step = asking ? 0 : Math.min(peek ?? labStep, steps);
  const rest = lab.noise[0] > 0 ? "" : surface?.rest?.(lab.start, shown, step);
  return {
    ...scene,
    lab,
    step,
    part: playing ? part : 0,
    caption: `Lab ${host.number}: ${worldWords(lab)}.`,
    note: [...notes, rest].filter(Boolean).join(" "),
    said: asking || peek !== null ? null : playing ? "" : whereWords(shown, step),
  };
}

/** @returns {Line[]} */
function linesOf(lab, dashes, { hasOwn }, results) {
  const count = {}; // kind -> how many of it came so far
  return rulesOf(lab, hasOwn).map((rule) => {
    const { key, kind } = rule;
    const run = results.run(rule, lab);
    count[kind] = (count[kind] ?? 0) + 1;
    const looks = { look: `ol-${kind}`, dash: dashes[key] ?? KINDS.own.dash, marker: KINDS[kind].marker, hollow: count[kind] % 2 === 0 };
    return { rule, run, ...looks, on: rule.on && run.points.length > 0 };
  });
}

/** What the picture of the valley shows of a scene. @param {Scene} scene @returns {import("../valley/valley_view.js").ValleyScene} */
export function valleySceneOf({ lab, host, step, part, playing, asking, lines, surface, frame, open }) {
  return {
    surface,
    frame,
    step,
    part,
    contours: lab.contours?.lines,
    start: lab.start,
    canMove: host.canMove,
    arrows: open.includes("arrows"),
    seeds: open.includes("seeds"),
    playing,
    asking: asking && lab.predict === "place",
    runs: lines.map((line) => ({
      ...line,
      key: line.rule.key,
      points: asking ? line.run.points.slice(0, 1) : line.run.points,
      gradients: line.run.gradients,
      velocity: line.run.state?.velocity,
    })),
  };
}

/** What the card of a rule shows: where the rule is, and a warning, or "". @param {Line} line @param {Scene} scene */
export const cardSceneOf = (line, { step }) => ({ hollow: line.hollow, texts: readout(line.run, step), problem: warningOf(line, step) });
