import { INNER, KINDS, LAYERS, LIMITS, PANELS, QUESTIONS, SETTINGS } from "../core/catalogue.js";
import { divergedAt } from "../core/descend.js";
import { numberText } from "../ui/dom.js";
import { ownJob } from "./own_rule_inputs.js";
import { RULES } from "../core/rules.js";
import { CONSTANT, isSchedule } from "../core/schedules.js";
import { GROUNDS } from "../core/surface.js";

/** Whether it is the name of a part of a lab. */
export const isPart = (name) => [LAYERS, INNER, PANELS].some((parts) => Object.hasOwn(parts, name));

const finite = Number.isFinite;
const within = (low, high) => (value) => finite(value) && value >= low && value <= high;
const whole = (low, high) => (value) => Number.isInteger(value) && value >= low && value <= high;
const pair = (isUsable) => (value) => Array.isArray(value) && value.length === 2 && value.every(isUsable);
const isPoint = pair(finite);

/** The ranges of settings, by the names of their checks in Python. */
const RANGES = {
  above_zero: within(Number.MIN_VALUE, Infinity),
  zero_or_more: within(0, Infinity),
  fraction: (value) => value < 1 && within(0, 1)(value),
  switch: (value) => typeof value === "boolean",
};

/** Noise as a trait holds it, [sd, batch, seed]; without noise sd is 0. */
const NO_NOISE = [0, 1, 0];
function isNoise(value) {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [sd, batch, seed] = value;
  return within(0, LIMITS.far)(sd) && whole(1, LIMITS.far)(batch) && whole(0, 4294967295)(seed);
}

/** Another ground as a trait holds it, {"kind", and its settings}; {} is the valley. As long as their code is not there, any may be one. */
function isGround(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return false;
  const { kind, ...settings } = value;
  if (kind === undefined) return Object.keys(settings).length === 0;
  return Object.keys(GROUNDS).length > 0 ? Object.hasOwn(GROUNDS, kind) && GROUNDS[kind].isUsable(value) : typeof kind === "string";
}

/** What each trait may be, as Python has it too: [whether a value is usable, what stands in for one that is not]. */
const CHECKS = {
  steps: [whole(1, LIMITS.steps), 20],
  step: [whole(0, Infinity), Infinity],
  start: [pair(within(-LIMITS.far, LIMITS.far)), [-5, -2]],
  curvatures: [pair(within(1 / LIMITS.far, LIMITS.far)), [0.2, 4]],
  angle: [whole(-LIMITS.far, LIMITS.far), 0],
  noise: [isNoise, NO_NOISE],
  schedule: [isSchedule, CONSTANT],
  ground: [isGround, {}],
  ...Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, [RANGES[setting.range], setting.default]])),
};

/** The name under which a setting is checked. A rule of the reader's own may call one "step" or "beta" and mean something else: there any number will do. */
export const checkOf = (kind, name) => (kind === "replay" ? "" : name);

/** Whether a value will do for a trait or a setting of this name. */
export const isUsable = (name, value) => (CHECKS[name]?.[0] ?? finite)(value);

/** f(object), worked out once for each object. */
function once(f) {
  const known = new WeakMap();
  return (object) => {
    if (object === null || typeof object !== "object") return f({});
    if (!known.has(object)) known.set(object, f(object));
    return known.get(object);
  };
}

const replayOf = once(readReplay);
const contoursOf = once(readContours);
const asList = (value) => (Array.isArray(value) ? value : []);
const textOfAny = (value) => String(value).slice(0, 80);

/** Reads traits that may hold anything: what is not usable is replaced, and named in notes. */
function createChecker(model) {
  const notes = [];
  const checked = (name, value, check = name) => {
    if (isUsable(check, value)) return value;
    const instead = CHECKS[check]?.[1] ?? 0;
    notes.push(`${name} was not usable${instead === Infinity ? "." : `: ${JSON.stringify(instead)} stands in for it.`}`);
    return instead;
  };
  return { notes, checked, usable: (name) => checked(name, model.get(name)) };
}

/**
 * A rule of a lab.
 * @typedef {object} LabRule
 * @property {string} key its own, among the rules of the lab
 * @property {string} kind a key of KINDS
 * @property {string} label
 * @property {boolean} on
 * @property {Object<string, any>} settings
 * @property {import("../core/schedules.js").Schedule} schedule how its learning rate changes
 * @property {?import("../core/descend.js").Run} replay the path that Python computed, where the page computes none
 * @property {?number} place the place among the rules that were added, null for one that the lab was made with
 */

/** The schedule of a rule; in an older notebook there is none. */
const scheduleIn = (value, owner, checked) => checked(`schedule of ${owner}`, value ?? CONSTANT, "schedule");

/** The rules that the lab was made with. @returns {LabRule[]} */
function rulesMade(model, contours, { notes, checked }) {
  const rules = [];
  const replays = model.get("replays") ?? {};
  for (const rule of model.get("rules").slice(0, LIMITS.rules)) {
    if (typeof rule?.key !== "string" || rules.some(({ key }) => key === rule.key)) {
      notes.push("A rule was not usable, and is left out.");
      continue;
    }
    const kind = Object.hasOwn(RULES, rule.kind) ? rule.kind : "replay";
    const names = Object.keys(KINDS[kind].settings ?? {});
    for (const name of asList(rule.settings).map(textOfAny)) if (!names.includes(name)) names.push(name);
    const isReplayed = contours || kind === "replay";
    rules.push({
      key: rule.key,
      kind,
      label: textOfAny(rule.label),
      on: model.get(`${rule.key}_on`) !== false,
      settings: Object.fromEntries(names.map((name) => [name, checked(`${rule.key}_${name}`, model.get(`${rule.key}_${name}`), checkOf(kind, name))])),
      schedule: scheduleIn(kind === "replay" ? CONSTANT : model.get(`${rule.key}_schedule`), rule.key, checked),
      replay: isReplayed ? replayOf(replays[rule.key]) : null,
      place: null,
    });
  }
  return rules;
}

/** The rules that were added to those, and these before them. @returns {LabRule[]} */
function withAdded(made, added, { notes, checked }) {
  const rules = [...made];
  for (const rule of added) {
    if (rules.length >= LIMITS.rules || !Object.hasOwn(RULES, rule?.kind)) {
      notes.push("An added rule was not usable, and is left out.");
      continue;
    }
    const label = freeLabel(rules, typeof rule.label === "string" && rule.label ? textOfAny(rule.label) : KINDS[rule.kind].label);
    const names = Object.keys(KINDS[rule.kind].settings);
    const settings = Object.fromEntries(names.map((name) => [name, checked(`${name} of ${label}`, rule[name], name)]));
    rules.push({
      key: `added ${rule.kind} ${label}`,
      kind: rule.kind,
      label,
      on: rule.on !== false,
      settings,
      schedule: scheduleIn(rule.schedule, label, checked),
      replay: null,
      place: rules.length - made.length,
    });
  }
  return rules;
}

/**
 * The traits of a Lab as plain data.
 * @typedef {object} LabState
 * @property {string[]} notes on what was not usable
 * @property {number} steps
 * @property {number} step
 * @property {boolean} playing
 * @property {number[]} start
 * @property {?{frame: import("../valley/frame.js").Frame, lines: number[][][]}} contours of a surface that only Python knows
 * @property {import("../core/other_ground.js").Ground} ground {} for a Quadratic, and beside contours
 * @property {?number[]} curvatures of a Quadratic, null beside contours
 * @property {number} angle
 * @property {[number, number, number]} noise [sd, batch, seed], sd 0 where there is none
 * @property {LabRule[]} rules
 * @property {string[]} show the layers and panels that are open
 * @property {string} predict "place", "first", or "" where nothing is asked
 * @property {?OwnRule} own the rule that the reader writes; null beside contours
 *
 * @typedef {LabRule & {job: ReturnType<typeof ownJob>, draft: ?string, reply: any, problem: string}} OwnRule
 *
 * The model of a widget, as far as a lab uses it.
 * @typedef {{get: (name: string) => any, set: (name: string, value: any) => void, save_changes: () => void}} LabModel
 */

/**
 * The traits of a Lab as plain data. They come from a saved page or from a program, so what is not
 * usable is replaced, and named in notes.
 * @returns {LabState}
 */
export function readLab(model) {
  const checker = createChecker(model);
  const { notes, usable } = checker;
  const steps = usable("steps");
  const start = usable("start");
  const contours = contoursOf(model.get("contours"));
  const curvatures = contours ? null : usable("curvatures");
  const angle = contours ? 0 : usable("angle");
  const ground = contours || model.get("ground") === undefined ? {} : usable("ground");
  const noise = model.get("noise") === undefined ? NO_NOISE : usable("noise"); // a lab of an older notebook has none
  if (!Array.isArray(model.get("rules"))) throw new Error("This lab has no list of rules.");
  const made = rulesMade(model, contours, checker);
  const rules = withAdded(made, contours ? [] : asList(model.get("added")), checker);
  if (model.get("rules").length > LIMITS.rules) notes.push(`Only the first ${LIMITS.rules} rules are shown.`);
  const predict = model.get("predict");
  return {
    notes,
    steps,
    step: Math.min(usable("step"), steps),
    playing: model.get("playing") === true,
    start,
    contours,
    ground,
    curvatures,
    angle,
    noise,
    rules,
    show: asList(model.get("show")).filter(isPart),
    predict: Object.hasOwn(QUESTIONS, predict) ? predict : "",
    own: contours ? null : readOwn(model, ownJob(model, { ground, curvatures, angle, noise, start, steps })),
  };
}

/** The label, or the label with the first number that is free. */
export function freeLabel(rules, label) {
  const isTaken = (name) => rules.some((rule) => rule.label === name);
  let name = label;
  for (let number = 2; isTaken(name); number++) name = `${label} ${number}`;
  return name;
}

/** One object, so that what is read of it is the same each time. */
const NO_REPLY = {};

/** The rule that the reader writes in the lab, as one of its rules. @returns {OwnRule} */
function readOwn(model, job) {
  const known = model.get("own_rule_reply");
  const reply = known !== null && typeof known === "object" ? known : NO_REPLY;
  return {
    key: "own_rule",
    kind: "own",
    label: KINDS.own.label,
    settings: {},
    schedule: CONSTANT,
    on: model.get("own_rule_on") !== false,
    job,
    draft: model.get("own_rule_draft") ?? null, // what is written and was not run
    reply,
    problem: String(reply.problem ?? reply.stopped ?? ""),
    replay: replayOf(reply),
    place: null,
  };
}

/** The frame and the lines of equal loss that Python found, for a surface that is no Quadratic. */
function readContours({ x, y, lines }) {
  const isLimits = (limits) => isPoint(limits) && limits[0] < limits[1];
  if (!isLimits(x) || !isLimits(y) || !Array.isArray(lines)) return null;
  return { frame: { x, y }, lines: lines.filter((line) => Array.isArray(line) && line.every(isPoint)) };
}

/** A path that Python computed, as a run; null stands there for a number that is not finite. */
function readReplay(replay) {
  const number = (value) => (typeof value === "number" ? value : NaN);
  const points = asList(replay.points).map((point) => [0, 1].map((i) => number(point?.[i])));
  const losses = asList(replay.losses).map(number).slice(0, points.length);
  return { points: points.slice(0, losses.length), losses, divergedAt: divergedAt(losses) };
}

/** What a lab shows beside its rules, in words. */
export function worldWords({ step, steps, contours, ground, curvatures, angle, noise: [sd, batch, seed] }) {
  const valley = contours
    ? ""
    : ground.kind
      ? `; ${GROUNDS[ground.kind].label}`
      : `; condition number ${numberText(Math.max(...curvatures) / Math.min(...curvatures))}, angle ${String(angle).replace("-", "−")}°`;
  const noisy = sd > 0 ? `; noise σ ${numberText(sd)}, minibatch ${batch}, seed ${seed}` : "";
  return `step ${step} of ${steps}${valley}${noisy}`;
}
