import { arrowKey } from "./arrows.js";
import { descend } from "./descend.js";
import { html, numberText, setText } from "./dom.js";
import { createKeys } from "./lab_keys.js";
import { KINDS, LAYERS, MOST_RULES, PANELS, readLab } from "./lab_state.js";
import { playOwnRule } from "./own_job.js";
import { followPresetLinks, presetIn } from "./preset_links.js";
import { createCard, readout } from "./rule_card.js";
import { RULES } from "./rules.js";
import { createSidePlots } from "./side_plots.js";
import { quadratic } from "./surface.js";
import { createTransport } from "./transport.js";
import { createValley, frameAround } from "./valley_view.js";

/** The dashes of a line, one for each rule: two runs of one rule differ in them too. */
const DASHES = ["none", "7 3", "2 3", "8 3 2 3", "12 3", "4 5"];
const OWN_DASH = "9 3 2 3 2 3";

/** The dash of each key: it keeps the one that it got when it came, and a key that is gone gives its own free. */
function keptDashes() {
  let kept = {};
  return (keys) => {
    const stay = Object.fromEntries(keys.filter((key) => kept[key]).map((key) => [key, kept[key]]));
    for (const key of keys) stay[key] ??= DASHES.find((dash) => !Object.values(stay).includes(dash));
    return (kept = stay);
  };
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

const runOf = (kind, settings, curvatures, angle, start, steps) => descend(quadratic(curvatures, angle), RULES[kind], settings, start, steps);

/** For each point of a run what the step that led there divided the gradient by and what it multiplied it by, in each coordinate. */
export function brakingOf({ state }, { lr, eps }) {
  const brakes = state?.brake?.map((pair) => pair.map((s) => Math.sqrt(s + eps)));
  return brakes?.map((brake) => [brake, brake.map((root) => lr * (root === 0 ? 0 : 1 / root))]);
}

function outside(frame, [x1, x2]) {
  return x1 < frame.x[0] || x1 > frame.x[1] || x2 < frame.y[0] || x2 > frame.y[1];
}

/**
 * The lab: the valley, the animation, a card of controls for each rule, and parts that open below.
 * kernel: whether Python listens; without it a path that Python computed stays as it was saved.
 * python: the page's own Python, where there is one. loadParts gives LAB_PARTS, when a part is first opened.
 */
export function renderLab({ model, el, kernel = true, python = null, loadParts }) {
  const opening = readLab(model);
  const number = model.get("number") ?? 0;
  const opened = { steps: opening.steps, step: opening.step, start: opening.start, predict: opening.predict, added: [] };
  if (!opening.contours) Object.assign(opened, { curvatures: opening.curvatures, angle: opening.angle });
  for (const rule of opening.rules.filter(({ place }) => place === null)) {
    opened[`${rule.key}_on`] = rule.on;
    for (const [name, value] of Object.entries(rule.settings)) opened[`${rule.key}_${name}`] = value;
  }

  let lab = opening;
  let home = opening.start; // the start that the frame is for
  let peek = null; // the step that the pointer is over
  let linkNotes = [];
  let part = 0; // how far the animation is on the way to the next step, 0 to 1
  let playedAt = 0; // the time of its last frame, 0 while it stands
  let pending = 0;
  let isSeen = true;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  const set = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  const added = () => readLab(model).rules.filter(({ place }) => place !== null).map(({ kind, on, settings }) => ({ kind, on, ...settings }));
  /** Write "on" or a setting of a rule: a trait of its own, or a place in the list of those that were added. */
  const put = ({ key, place }, values) => {
    if (place === null) set(Object.fromEntries(Object.entries(values).map(([name, value]) => [`${key}_${name}`, value])));
    else set({ added: added().map((rule, i) => (i === place ? { ...rule, ...values } : rule)) });
  };
  const add = (kind, settings = KINDS[kind].settings) => set({ added: [...added(), { kind, on: true, ...settings }] });
  const play = () => set({ playing: !lab.playing });
  const goTo = (step) => set({ step: Math.min(Math.max(step, 0), lab.steps), playing: false });
  const reset = () => {
    made.predict?.forget();
    made.findings?.forget();
    set({ playing: false, ...opened });
    changed();
  };
  const onPeek = (step) => {
    peek = step;
    changed();
  };
  /** Take the values that a finding or a link gives, and the frame for their start. */
  function apply(values) {
    set(values);
    lab = readLab(model);
    home = lab.start;
    changed();
  }

  const canMove = kernel || !opening.rules.every((rule) => rule.replay);
  const valley = createValley({ onStart: (start) => set({ start }), onPeek, onPlace: (point) => made.predict?.place(point) });
  const key = arrowKey();
  const plots = createSidePlots({ onPeek, onStep: goTo });
  const transport = createTransport({ onPlay: play, onStep: goTo, onReset: reset });
  const cardBox = html("div", { class: "ol-cards" });
  const note = html("p", { class: "ol-note" });
  const watch = html("p", { class: "ol-watch", role: "status" });
  const live = html("p", { class: "ol-unseen", role: "status" });
  const root = html("div", { class: "ol ol-lab", tabindex: -1, role: "group", "aria-label": "lab", "data-lm-suppress-shortcuts": "true" });
  const keys = createKeys(root, {
    play,
    reset,
    to: goTo,
    step: (by) => goTo(lab.step + by),
    toggle: (place) => lab.rules[place] && put(lab.rules[place], { on: !lab.rules[place].on }),
  });

  const hasOwn = opening.own && (kernel || python);
  const isOffered = (name) => (name === "own" ? hasOwn : !opening.contours || ["predict", "share"].includes(name));
  const panelNames = Object.keys(PANELS).filter(isOffered);
  const panels = Object.fromEntries(panelNames.map((name) => [name, html("div", { class: `ol-panel ol-${name}-panel` })]));
  const boxes = { measures: html("div"), ...panels }; // where the parts stand that are made when they are opened
  const toggleOf = (name, words) => html("button", { type: "button", class: "ol-chip", onclick: () => togglePart(name) }, words);
  const layerToggles = Object.entries(LAYERS).map(([name, words]) => [name, toggleOf(name, words)]);
  const panelToggles = panelNames.map((name) => [name, toggleOf(name, PANELS[name])]);
  const adder = html(
    "select",
    {
      class: "ol-chip",
      "aria-label": "add a rule",
      onchange() {
        add(adder.value);
        adder.selectedIndex = 0;
      },
    },
    html("option", { value: "" }, "Add a rule"),
    ...Object.keys(RULES).map((kind) => html("option", { value: kind }, KINDS[kind].label)),
  );
  const chips = html("div", { class: "ol-chips" }, ...[...layerToggles, ...panelToggles].map(([, toggle]) => toggle), opening.contours ? "" : adder, ...keys.buttons);
  root.append(
    html("div", { class: "ol-stage" }, valley.element, key.element, transport.element, watch, plots.element, boxes.measures),
    html("div", { class: "ol-side" }, cardBox, chips, ...Object.values(panels), keys.help, note),
    live,
  );
  el.replaceChildren(root);

  // The parts that were opened so far: their code comes when the first one is.
  const made = {};
  let makers = null;
  let loading = null;
  let loadProblem = "";
  function load() {
    loading ??= loadParts().then(
      (loaded) => {
        makers = loaded;
        loadProblem = "";
      },
      (error) => {
        loading = null;
        loadProblem = error.message;
      },
    ).then(changed);
    return loading;
  }
  const lent = {
    model,
    set,
    apply,
    number,
    redraw: () => changed(),
    present: () => lab,
    picture: () => valley.element.querySelector("svg"),
    close: () => togglePart("own"),
    playFromStart() {
      set(calm.matches ? { step: lab.steps } : { step: 0, playing: true });
      changed();
    },
    pick({ kind, ...settings }) {
      const rule = lab.rules.find((one) => one.kind === kind);
      if (rule) put(rule, { on: true, ...settings });
      else if (lab.rules.length < MOST_RULES) add(kind, { ...KINDS[kind].settings, ...settings });
    },
  };
  function partOf(name) {
    if (!makers) return void load();
    if (!made[name]) {
      made[name] = makers[name](lent);
      boxes[name].replaceChildren(made[name].element);
    }
    return made[name];
  }
  async function togglePart(name) {
    const opens = !lab.show.includes(name);
    set({ show: opens ? [...lab.show, name] : lab.show.filter((one) => one !== name) });
    if (!Object.hasOwn(panels, name)) return;
    if (opens) await load();
    if (opens && makers) {
      draw(performance.now());
      partOf(name).focus?.();
    } else panelToggles.find(([one]) => one === name)[1].focus();
  }
  const openFinding = async (id) => {
    await load();
    partOf("findings")?.open(id);
  };

  const surfaceOf = remembered(quadratic);
  const frameOf = remembered((curvatures, angle, start) => frameAround(quadratic(curvatures, angle), start));
  const dashesOf = keptDashes();
  const runs = new Map(); // key of a rule -> its run, remembered
  const known = new WeakMap(); // run -> what was worked out from it
  const cards = new Map(); // key of a rule -> its card

  /** The run of a rule, and what is worked out from it once. */
  function runNow(rule) {
    if (!runs.has(rule.key)) runs.set(rule.key, remembered(runOf));
    return rule.replay ?? runs.get(rule.key)(rule.kind, rule.settings, lab.curvatures, lab.angle, lab.start, lab.steps);
  }
  function factsOf(rule, run, surface) {
    if (!known.has(run)) {
      const steep = lab.contours || lab.curvatures[0] <= lab.curvatures[1] ? 1 : 0;
      const across = run.points.map((point) => (surface ? surface.axes(point)[steep] : point[1]));
      const braking = rule.replay ? undefined : brakingOf(run, rule.settings);
      const flat = [rule.settings.lr, rule.settings.lr];
      const rates = rule.replay ? [] : run.points.map((_, step) => (step === 0 ? null : (braking?.[step][1] ?? flat)));
      known.set(run, { across, braking, rates });
    }
    return known.get(run);
  }

  function draw(now) {
    pending = 0;
    lab = readLab(model);
    if (advance(now)) lab = readLab(model);
    const surface = lab.contours ? null : surfaceOf(lab.curvatures, lab.angle);
    if (surface && outside(frameOf(lab.curvatures, lab.angle, home), lab.start)) home = lab.start;
    const asking = lab.predict !== "" && (partOf("predict")?.isAsking(lab) ?? true);
    const step = asking ? 0 : Math.min(peek ?? lab.step, lab.steps);
    const rules = hasOwn ? [...lab.rules, lab.own] : lab.rules;
    const dashes = dashesOf(lab.rules.map((rule) => rule.key));
    const seen = {};
    const lines = rules.map((rule) => {
      const run = runNow(rule);
      const isRun = run.points.length > 0;
      const hollow = Boolean((seen[rule.kind] = (seen[rule.kind] ?? -1) + 1) % 2);
      return { rule, run, ...factsOf(rule, run, surface), hollow, on: rule.on && isRun, look: `ol-${rule.kind}`, dash: dashes[rule.key] ?? OWN_DASH };
    });
    const shown = lines.filter(({ on }) => on);
    // The plots come first: they ask for colours, which is cheap while nothing on the page has changed.
    plots.element.hidden = asking || !lab.show.includes("plots");
    if (!plots.element.hidden) {
      plots.resize(width);
      plots.draw({ steps: lab.steps, step, runs: lines.map(({ rule, run, on, look, dash, across, rates }) => ({ key: rule.key, on, look, dash, losses: run.losses, across, rates })) });
    }
    valley.draw({
      surface,
      contours: lab.contours?.lines,
      frame: surface ? frameOf(lab.curvatures, lab.angle, home) : lab.contours.frame,
      start: lab.start,
      canMove,
      step,
      part: calm.matches || peek !== null ? 0 : part,
      arrows: lab.show.includes("arrows") && !asking,
      asking: asking && lab.predict === "place",
      guess: made.predict?.guess(lab) ?? null,
      runs: lines.map(({ rule, run, on, look, dash, hollow }) => ({
        key: rule.key,
        on,
        points: asking ? run.points.slice(0, 1) : run.points,
        gradients: run.gradients,
        velocity: run.state?.velocity,
        look,
        marker: KINDS[rule.kind].marker,
        dash,
        hollow,
      })),
    });
    key.element.hidden = !lab.show.includes("arrows") || !surface;
    key.show({ isLast: step === lab.steps, hasVelocity: lab.rules.some(({ kind, on }) => kind === "momentum" && on) });
    transport.show({ step, steps: lab.steps, playing: lab.playing, asking });
    drawParts(step, asking, lines, shown);
    drawCards(step, asking, lines);
    if (hasOwn && python) playOwnRule(model, python, () => readLab(model).own.job);
    setText(watch, made.findings?.watch(lab) ?? "");
    const replays = !kernel && lab.rules.some((rule) => rule.replay);
    setText(note, [...lab.notes, ...linkNotes, loadProblem, ...(replays ? [REPLAYED] : [])].join(" ").trim());
    if (!asking) say(step, shown);
    if (lab.playing && el.isConnected) changed();
  }

  function drawParts(step, asking, lines, shown) {
    for (const [name, toggle] of layerToggles) toggle.setAttribute("aria-pressed", lab.show.includes(name));
    for (const [name, toggle] of panelToggles) {
      const isOpen = lab.show.includes(name) || (name === "predict" && lab.predict !== "");
      toggle.setAttribute("aria-expanded", isOpen);
      panels[name].hidden = !isOpen;
      if (isOpen) partOf(name)?.show?.({ lab, shown, width, ownEnd: hasOwn ? readout(lab.own.replay, lab.steps).join(", ") : "" });
    }
    adder.hidden = lab.rules.length >= MOST_RULES;
    boxes.measures.hidden = asking || !lab.show.includes("measures");
    if (!boxes.measures.hidden) partOf("measures")?.show({ lab, shown, step });
  }

  function drawCards(step, asking, lines) {
    const wanted = lines.filter(({ rule }) => rule.kind !== "own" || rule.job.source.trim() !== "");
    for (const { rule, look, dash } of wanted) {
      if (cards.has(rule.key)) continue;
      const here = () => lab.rules.find(({ key }) => key === rule.key) ?? rule;
      const onRemove = rule.place === null ? null : () => set({ added: added().filter((_, i) => i !== here().place) });
      cards.set(rule.key, createCard(rule, { look, dash, changeable: kernel || !rule.replay || rule.kind === "own", put: (name, value) => put(here(), { [name]: value }), onRemove }));
    }
    for (const key of cards.keys()) if (!wanted.some(({ rule }) => rule.key === key)) cards.delete(key);
    const elements = wanted.map(({ rule }) => cards.get(rule.key).element);
    if (elements.length !== cardBox.children.length || elements.some((element, i) => element !== cardBox.children[i])) cardBox.replaceChildren(...elements);
    for (const { rule, run, braking } of wanted) {
      const diverged = asking || run.divergedAt === null ? "" : `⚠ diverged at step ${run.divergedAt} (loss over 1,000 times its start)`;
      const isBraking = braking && !asking && lab.show.includes("arrows");
      cards.get(rule.key).show(rule, {
        texts: readout(run, step),
        braking: isBraking ? braking[Math.min(step + 1, braking.length - 1)] : null,
        problem: rule.problem ? "⚠ it does not run: its editor says why" : diverged,
      });
    }
  }

  /** While it plays, move on by the time since the last frame; from the last step, begin again. */
  function advance(now) {
    if (!lab.playing) return void (part = playedAt = 0);
    peek = null;
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

  /** Tell those who do not see it where the rules are, once things stand still. */
  let sayLater, toSay;
  function say(step, shown) {
    if (lab.playing || peek !== null) return;
    const places = shown.map(({ rule, run }) => {
      const at = Math.min(step, run.points.length - 1);
      const diverged = run.divergedAt !== null && run.divergedAt <= step ? `, diverged at step ${run.divergedAt}` : "";
      return `${rule.label} is at ${run.points[at].map(numberText).join(", ")}; loss ${numberText(run.losses[at])}${diverged}`;
    });
    const now = `After ${step} steps ${places.join(". ")}.`;
    if (toSay === now) return;
    const isFirst = toSay === undefined;
    toSay = now;
    clearTimeout(sayLater);
    if (!isFirst) sayLater = setTimeout(() => setText(live, toSay), 500);
  }

  function changed() {
    if (isSeen) pending ||= requestAnimationFrame(draw);
  }

  /** What a link in the address asks of this lab. */
  async function followAddress() {
    const address = location.hash;
    const finding = number === 1 && presetIn(address);
    if (!finding && !address.startsWith("#lab=")) return;
    await load();
    const link = makers?.readLink(address, lab, number);
    if (finding) partOf("findings")?.open(finding);
    if (link) {
      linkNotes = link.notes;
      apply(link.values);
    }
    if (finding || link) root.scrollIntoView({ block: "nearest" });
  }

  let width = 0;
  model.on("change", changed);
  addEventListener("hashchange", followAddress);
  const unfollow = followPresetLinks(root, openFinding);
  const sizes = new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    valley.resize(width, root.classList.contains("ol-class") ? innerHeight * 0.6 : 380);
    changed(); // it may have been out of the page, and playing
  });
  sizes.observe(valley.element);
  // A lab that nobody sees costs nothing.
  const sight = new IntersectionObserver(
    ([entry]) => {
      isSeen = entry.isIntersecting;
      playedAt = 0;
      changed();
    },
    { rootMargin: "100px" },
  );
  sight.observe(root);
  if (calm.matches) set({ playing: false }); // then nothing moves by itself
  draw(performance.now());
  followAddress();
  return () => {
    sizes.disconnect();
    sight.disconnect();
    clearTimeout(sayLater);
    unfollow();
    removeEventListener("hashchange", followAddress);
    model.off("change", changed);
  };
}

const REPLAYED = "A path that Python computed is replayed as it was saved. Run the notebook to change it.";
