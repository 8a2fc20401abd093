import { descend, divergedAt } from "./descend.js";
import { html, numberText, setText, svg } from "./dom.js";
import { createOwnRule, ownJob, playOwnRule } from "./own_rule.js";
import { RULES } from "./rules.js";
import { quadratic } from "./surface.js";
import { createValley, frameAround, MARKERS } from "./valley_view.js";

/**
 * The marker of each kind of rule; the colour is in lab.css. "replay" is a rule that only Python
 * knows, "own" the one that the reader writes in the lab.
 */
const LOOKS = {
  gradient_descent: "circle",
  momentum: "square",
  adagrad: "triangle",
  rmsprop: "diamond",
  replay: "wedge",
  own: "plus",
};

/** The dashes of a line, by the rule's place in the list: two runs of one rule differ in them too. */
const DASHES = ["none", "7 3", "2 3", "8 3 2 3", "12 3", "4 5"];
const OWN_DASH = "9 3 2 3 2 3";
const dashOf = (kind, place) => (kind === "own" ? OWN_DASH : DASHES[place % DASHES.length]);

/** The settings that get a slider, each with the scale for the value that it opens at. */
const SETTINGS = {
  lr: {
    name: "learning rate",
    scaleFor(value) {
      const power = Math.floor(Math.log10(value));
      return rateScale(Math.min(power, -2), Math.max(power, 0));
    },
  },
  beta: { name: "beta", scaleFor: () => linearScale(0, 0.99, 0.01) },
  rho: { name: "rho", scaleFor: () => linearScale(0, 0.99, 0.01) },
};

/** A slider over the numbers of two digits, from 10**low up to 10**(high + 1): a place for each. */
export function rateScale(low, high) {
  return {
    places: 90 * (high - low + 1),
    at(place) {
      const power = low + Math.floor(place / 90);
      return Number(`${10 + (place % 90)}e${power - 1}`);
    },
    placeOf(value) {
      const power = Math.floor(Math.log10(value));
      return Math.round(90 * (power - low) + (value / 10 ** power) * 10 - 10);
    },
  };
}

/** A slider from low to high in equal steps. */
export function linearScale(low, high, step) {
  const digits = Math.ceil(-Math.log10(step));
  return {
    places: Math.round((high - low) / step),
    at: (place) => Number((low + place * step).toFixed(digits)),
    placeOf: (value) => Math.round((value - low) / step),
  };
}

const isPoint = (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

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

/**
 * The traits of a Lab as plain data. They come from a saved page or from a program, so what is not
 * usable is replaced, and named in notes.
 */
export function readLab(model) {
  const notes = [];
  const usable = (name, isUsable, instead) => {
    const value = model.get(name);
    if (isUsable(value)) return value;
    notes.push(`${name} was not usable: ${JSON.stringify(instead)} stands in for it.`);
    return instead;
  };
  const finite = Number.isFinite;
  const whole = (low, high) => (value) => Number.isInteger(value) && value >= low && value <= high;
  const checks = {
    lr: [(value) => finite(value) && value > 0, 0.1],
    beta: [(value) => finite(value) && value >= 0 && value < 1, 0.9],
    rho: [(value) => finite(value) && value >= 0 && value < 1, 0.9],
    eps: [(value) => finite(value) && value >= 0, 1e-6],
  };

  const steps = usable("steps", whole(1, 10000), 20);
  const start = usable("start", isPoint, [-5, -2]);
  const contours = contoursOf(model.get("contours"));
  const replays = model.get("replays") ?? {};
  const curvatures = contours ? null : usable("curvatures", (value) => isPoint(value) && value.every((k) => k > 0), [0.2, 4]);
  const angle = contours ? 0 : usable("angle", whole(-1e6, 1e6), 0);
  const rules = model.get("rules");
  if (!Array.isArray(rules)) throw new Error("the lab has no list of rules");
  return {
    notes,
    steps,
    step: Math.min(usable("step", whole(0, Infinity), steps), steps),
    playing: model.get("playing") === true,
    start,
    contours,
    curvatures,
    angle,
    rules: rules.map(({ key, kind, label, settings = [] }) => ({
      key: String(key),
      kind: Object.hasOwn(LOOKS, kind) ? kind : "replay",
      label: String(label),
      on: model.get(`${key}_on`) !== false,
      settings: Object.fromEntries(
        settings.map((name) => [name, usable(`${key}_${name}`, ...(Object.hasOwn(checks, name) ? checks[name] : [finite, 0]))]),
      ),
      replay: contours || !Object.hasOwn(RULES, kind) ? replayOf(replays[key]) : null,
    })),
    own: contours ? null : readOwn(model, ownJob(model, { curvatures, angle, start, steps })),
  };
}

/** The rule that the reader writes in the lab, as one of its rules. */
function readOwn(model, job) {
  const reply = model.get("own_rule_reply") ?? {};
  const [on, problem] = [model.get("own_rule_on") !== false, reply.problem ?? reply.stopped ?? ""];
  return { key: "own_rule", kind: "own", label: "your rule", settings: {}, on, job, reply, problem, replay: replayOf(reply) };
}

/** The frame and the lines of equal loss that Python found, for a surface that is no Quadratic. */
function readContours({ x, y, lines }) {
  const isLimits = (limits) => isPoint(limits) && limits[0] < limits[1];
  if (!isLimits(x) || !isLimits(y) || !Array.isArray(lines)) return null;
  return { frame: { x, y, equal: false }, lines: lines.filter((line) => Array.isArray(line) && line.every(isPoint)) };
}

/** A path that Python computed, as a run; null stands there for a number that is not finite. */
function readReplay(replay) {
  const number = (value) => (typeof value === "number" ? value : NaN);
  const [points, losses] = [replay.points, replay.losses].map((list) => (Array.isArray(list) ? list : []));
  const run = { points: points.map((point) => [0, 1].map((i) => number(point?.[i]))), losses: losses.map(number) };
  return { ...run, divergedAt: divergedAt(run.losses) };
}

/** What to say of a run at a step: the position, the loss. */
export function readout(run, step) {
  const at = Math.min(step, run.points.length - 1, run.losses.length - 1);
  if (at < 0) return ["no path yet", "", ""];
  const [x1, x2] = run.points[at].map(numberText);
  return [`x₁ ${x1}`, `x₂ ${x2}`, `loss ${numberText(run.losses[at])}`];
}

/** f, which computes again only when its arguments change. */
function remembered(f) {
  let key, value;
  return (...given) => {
    const now = JSON.stringify(given);
    if (now !== key) [key, value] = [now, f(...given)];
    return value;
  };
}

/**
 * The lab: the valley, the animation, and a card of controls for each rule.
 * kernel: whether Python listens; without it a path that Python computed stays as it was saved.
 * python: the page's own Python, where there is one.
 */
export function renderLab({ model, el, kernel = true, python = null }) {
  const opening = readLab(model);
  const opened = { step: opening.step, start: opening.start };
  for (const rule of opening.rules) {
    opened[`${rule.key}_on`] = rule.on;
    for (const [name, value] of Object.entries(rule.settings)) opened[`${rule.key}_${name}`] = value;
  }

  const set = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  const valley = createValley({ onStart: (start) => set({ start }) });
  const transport = createTransport({
    onPlay: (playing) => set({ playing }),
    onStep: (step) => set({ step: Math.min(Math.max(step, 0), lab.steps), playing: false }),
    onReset: () => set({ playing: false, ...opened }),
  });
  const cards = opening.rules.map((rule, place) => createCard(rule, place, kernel, set));
  const ownRule = opening.own && (kernel || python) ? createOwnRule({ model, set }) : null;
  if (ownRule) cards.push(createCard(opening.own, cards.length, kernel, set));
  const note = html("p", { class: "ol-note" });
  el.replaceChildren(
    html(
      "div",
      { class: "ol ol-lab" },
      valley.element,
      transport.element,
      html("div", { class: "ol-cards" }, ...cards.map((card) => card.element)),
      ownRule?.element ?? "",
      note,
    ),
  );

  const surfaceOf = remembered(quadratic);
  const runsOf = opening.rules.map(() => remembered(runOf));
  const frameOf = remembered((curvatures, angle, start) => frameAround(quadratic(curvatures, angle), start));
  let home = opening.start; // the start that the frame is for
  let lab = opening;
  let part = 0; // how far the animation is on the way to the next step, 0 to 1
  let playedAt = 0; // the time of its last frame, 0 while it stands
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const replays = opening.rules.some((rule) => rule.replay);
  const canMove = kernel || !opening.rules.every((rule) => rule.replay);

  function draw(now) {
    pending = 0;
    lab = readLab(model);
    if (advance(now)) lab = readLab(model);
    const surface = lab.contours ? null : surfaceOf(lab.curvatures, lab.angle);
    if (surface && outside(frameOf(lab.curvatures, lab.angle, home), lab.start)) home = lab.start;
    const rules = ownRule ? [...lab.rules, lab.own] : lab.rules;
    const runs = rules.map(
      ({ kind, settings, replay }, i) => replay ?? runsOf[i](kind, settings, lab.curvatures, lab.angle, lab.start, lab.steps),
    );
    valley.draw({
      surface,
      contours: lab.contours?.lines,
      frame: surface ? frameOf(lab.curvatures, lab.angle, home) : lab.contours.frame,
      start: lab.start,
      canMove,
      step: lab.step,
      part: calm.matches ? 0 : part,
      runs: rules.map(({ key, on, kind }, i) => ({
        key,
        on: on && runs[i].points.length > 0,
        points: runs[i].points,
        look: `ol-${kind}`,
        marker: LOOKS[kind],
        dash: dashOf(kind, i),
      })),
    });
    transport.show(lab);
    cards.forEach((card, i) => card.show(rules[i], runs[i], lab.step));
    if (ownRule) {
      ownRule.show(lab.own, readout(lab.own.replay, lab.steps).join(", "));
      cards.at(-1).element.hidden = lab.own.job.source.trim() === "";
      if (python) playOwnRule(model, python, () => readLab(model).own.job);
    }
    setText(note, [...lab.notes, ...(kernel || !replays ? [] : [REPLAYED])].join(" "));
    if (lab.playing && el.isConnected) changed();
  }

  let pending = 0;
  const changed = () => {
    pending ||= requestAnimationFrame(draw);
  };

  /** While it plays, move on by the time since the last frame; from the last step, begin again. */
  function advance(now) {
    if (!lab.playing) return void (part = playedAt = 0);
    const pace = Math.min(Math.max(5000 / lab.steps, 30), 250); // milliseconds a step
    const begins = playedAt === 0;
    if (!begins) part += Math.max(now - playedAt, 0) / pace;
    playedAt = now;
    const step = begins && lab.step === lab.steps ? 0 : Math.min(lab.step + Math.floor(part), lab.steps);
    part = step === lab.steps ? 0 : part % 1;
    if (step === lab.step) return false;
    set({ step, playing: step < lab.steps });
    return true;
  }

  model.on("change", changed);
  const watcher = new ResizeObserver(([entry]) => {
    valley.resize(Math.floor(entry.contentRect.width));
    changed(); // it may have been out of the page, and playing
  });
  watcher.observe(valley.element);
  if (calm.matches) set({ playing: false }); // then nothing moves by itself
  draw(performance.now());
  return () => {
    watcher.disconnect();
    model.off("change", changed);
  };
}

const REPLAYED = "A path that Python computed is replayed as it was saved. Run the notebook to change it.";

function runOf(kind, settings, curvatures, angle, start, steps) {
  return descend(quadratic(curvatures, angle), RULES[kind], settings, start, steps);
}

function outside(frame, [x1, x2]) {
  return x1 < frame.x[0] || x1 > frame.x[1] || x2 < frame.y[0] || x2 > frame.y[1];
}

const ICONS = {
  play: "M5 3l12 7-12 7z",
  pause: "M5 3h3.5v14H5zM11.5 3H15v14h-3.5z",
  back: "M4 4h2.5v12H4zM16 4v12l-8-6z",
  forward: "M13.5 4H16v12h-2.5zM4 4l8 6-8 6z",
  reset: "M10 3.5a6.5 6.5 0 1 1-6.3 4.9l1.9.5A4.5 4.5 0 1 0 10 5.5v2.6L5.6 4.6 10 1z",
};

function button(name, icon, onclick) {
  const path = svg("path", { d: ICONS[icon] });
  const picture = svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, path);
  const element = html("button", { type: "button", class: "ol-button", "aria-label": name, title: name, onclick }, picture);
  return {
    element,
    show(nameNow, iconNow) {
      if (element.title === nameNow) return;
      element.title = nameNow;
      element.setAttribute("aria-label", nameNow);
      path.setAttribute("d", ICONS[iconNow]);
    },
  };
}

/** Play and pause, one step back and forward, reset, and a slider over the steps. */
function createTransport({ onPlay, onStep, onReset }) {
  let shown = {};
  const playButton = button("play", "play", () => onPlay(!shown.playing));
  const scrub = html("input", { type: "range", class: "ol-range", min: 0, "aria-label": "step", oninput: () => onStep(Number(scrub.value)) });
  const count = html("output", { class: "ol-count" });
  const element = html(
    "div",
    { class: "ol-transport" },
    playButton.element,
    button("step back", "back", () => onStep(shown.step - 1)).element,
    button("step forward", "forward", () => onStep(shown.step + 1)).element,
    button("reset", "reset", onReset).element,
    scrub,
    count,
  );
  return {
    element,
    show({ step, steps, playing }) {
      if (shown.step === step && shown.steps === steps && shown.playing === playing) return;
      shown = { step, steps, playing };
      playButton.show(playing ? "pause" : "play", playing ? "pause" : "play");
      scrub.max = steps;
      scrub.value = step;
      setText(count, `step ${step} of ${steps}`);
    },
  };
}

/** A rule's card: its switch, its sliders, and where it is. */
function createCard(rule, place, kernel, set) {
  const changeable = kernel || !rule.replay;
  const sliders = Object.entries(rule.settings)
    .filter(([name]) => Object.hasOwn(SETTINGS, name))
    .map(([name, value]) => createSlider(rule, name, value, changeable, set));
  const box = html("input", {
    type: "checkbox",
    "aria-label": `show ${rule.label}`,
    onchange: () => set({ [`${rule.key}_on`]: box.checked }),
  });
  const sample = svg(
    "svg",
    { class: "ol-sample", width: 26, height: 12, "aria-hidden": "true" },
    svg("path", { class: "ol-bold", d: "M0,6h26", "stroke-dasharray": dashOf(rule.kind, place) }),
    svg("path", { class: "ol-marks", d: `M13,6${MARKERS[LOOKS[rule.kind]](3.2)}` }),
  );
  const where = [0, 1, 2].map(() => html("span"));
  const warning = html("p", { class: "ol-warning" });
  const element = html(
    "div",
    { class: `ol-card ol-${rule.kind}`, role: "group", "aria-label": rule.label },
    html("label", { class: "ol-switch" }, box, html("span", {}, rule.label), sample),
    ...sliders.map((slider) => slider.element),
    html("p", { class: "ol-where" }, ...where),
    warning,
  );
  return {
    element,
    show(now, run, step) {
      if (box.checked !== now.on) box.checked = now.on;
      element.classList.toggle("ol-off", !now.on);
      for (const slider of sliders) slider.show(now.settings);
      readout(run, step).forEach((text, i) => setText(where[i], text));
      const diverged = run.divergedAt === null ? "" : `⚠ diverged at step ${run.divergedAt} (loss over 1,000 times its start)`;
      setText(warning, now.problem ? "⚠ it does not run: its editor says why" : diverged);
    },
  };
}

function createSlider(rule, name, opening, changeable, set) {
  const title = SETTINGS[name].name;
  const scale = SETTINGS[name].scaleFor(opening);
  const value = html("output", { class: "ol-value" });
  const input = html("input", {
    type: "range",
    class: "ol-range",
    min: 0,
    max: scale.places,
    disabled: !changeable,
    "aria-label": `${title} of ${rule.label}`,
    oninput: () => set({ [`${rule.key}_${name}`]: scale.at(Number(input.value)) }),
  });
  let shown;
  return {
    element: html("label", { class: "ol-slider" }, html("span", {}, title), value, input),
    show(settings) {
      if (settings[name] === shown) return;
      shown = settings[name];
      input.value = scale.placeOf(shown);
      input.setAttribute("aria-valuetext", String(shown));
      setText(value, String(shown));
    },
  };
}
