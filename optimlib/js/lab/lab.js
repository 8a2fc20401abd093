import { arrowKey } from "../valley/arrows.js";
import { DASHES, KINDS, LAYERS, LIMITS, PANELS } from "../core/catalogue.js";
import { descend } from "../core/descend.js";
import { html, numberText, setText, watchWidth } from "../ui/dom.js";
import { createKeys } from "./keys.js";
import { freeLabel, readLab, worldWords } from "./state.js";
import { playOwnRule } from "./own_rule_job.js";
import { followPresetLinks, presetIn } from "./preset_links.js";
import { createCard, readout } from "./rule_card.js";
import { RULES } from "../core/rules.js";
import { quadratic } from "../core/surface.js";
import { createTransport } from "./transport.js";
import { createValley, frameAround, limited } from "../valley/valley_view.js";

/** The dash of each key, in which two runs of one rule differ too: it keeps the one that it got when it came, and a key that is gone gives its own free. */
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

/** The rules that were added, as the trait "added" holds them. */
const addedIn = ({ rules }) => rules.filter(({ place }) => place !== null).map(({ kind, label, on, settings }) => ({ kind, label, on, ...settings }));

/** How far the animation of a model is: {part, at}, the way to the next step, and the time of the last frame, 0 while it stands. */
const clocks = new WeakMap();

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
  const opened = { steps: opening.steps, step: opening.step, start: opening.start, predict: opening.predict, added: addedIn(opening), own_rule_on: model.get("own_rule_on") !== false };
  if (!opening.contours) Object.assign(opened, { curvatures: opening.curvatures, angle: opening.angle });
  for (const rule of opening.rules.filter(({ place }) => place === null)) {
    opened[`${rule.key}_on`] = rule.on;
    for (const [name, value] of Object.entries(rule.settings)) opened[`${rule.key}_${name}`] = value;
  }

  let lab = opening;
  let home = opening.start; // the start that the frame is for
  let peek = null; // the step that the pointer is over
  let linkNotes = [];
  let asking = false; // whether the paths are hidden while the reader guesses
  let pending = 0;
  let isSeen = true;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  const set = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  const added = () => addedIn(readLab(model));
  /** Write "on" or a setting of a rule: a trait of its own, or a place in the list of those that were added. */
  const put = ({ key, place }, values) => {
    if (place === null) set(Object.fromEntries(Object.entries(values).map(([name, value]) => [`${key}_${name}`, value])));
    else set({ added: added().map((rule, i) => (i === place ? { ...rule, ...values } : rule)) });
  };
  const add = (kind, settings = KINDS[kind].settings) => {
    const label = freeLabel(readLab(model).rules, KINDS[kind].label);
    set({ added: [...added(), { kind, label, on: true, ...settings }] });
  };
  const play = () => asking || set({ playing: !lab.playing });
  const goTo = (step) => asking || set({ step: Math.min(Math.max(step, 0), lab.steps), playing: false });
  const reset = () => {
    made.predict?.forget();
    made.findings?.forget();
    home = opening.start;
    linkNotes = [];
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
  const transport = createTransport({ onPlay: play, onStep: goTo, onReset: reset });
  const cardBox = html("div", { class: "ol-cards" });
  const note = html("p", { class: "ol-note" });
  const caption = html("p", { class: "ol-paper" });
  const watch = html("p", { class: "ol-watch", role: "status" });
  const live = html("p", { class: "ol-unseen", role: "status" });
  const root = html("div", { class: "ol ol-lab", tabindex: -1, role: "group", "aria-label": `lab ${number}: ${opening.rules.map(({ label }) => label).join(", ")}`, "data-lm-suppress-shortcuts": "true" });
  const keys = createKeys(root, {
    play,
    reset,
    to: goTo,
    step: (by) => goTo(lab.step + by),
    toggle: (place) => lab.rules[place] && put(lab.rules[place], { on: !lab.rules[place].on }),
  });

  const hasOwn = opening.own && (kernel || python);
  // What is measured, and the world that can be changed, are those of a Quadratic.
  const isOffered = (name) => (name === "own" ? hasOwn : !opening.contours || ["arrows", "plots", "predict", "share"].includes(name));
  const panelNames = Object.keys(PANELS).filter(isOffered);
  const panels = Object.fromEntries(panelNames.map((name) => [name, html("div", { class: `ol-panel ol-${name}-panel` })]));
  const boxes = { plots: html("div", { class: "ol-plots-box" }), measures: html("div"), ...panels }; // where the parts stand that are made when they are opened
  const toggleOf = (name, words) => html("button", { type: "button", class: "ol-chip", onclick: () => togglePart(name) }, words);
  const layerToggles = Object.keys(LAYERS).filter(isOffered).map((name) => [name, toggleOf(name, LAYERS[name])]);
  const panelToggles = panelNames.map((name) => [name, toggleOf(name, PANELS[name])]);
  const chips = html("div", { class: "ol-chips" }, ...[...layerToggles, ...panelToggles].map(([, toggle]) => toggle), ...keys.buttons);
  root.append(
    html("div", { class: "ol-stage" }, valley.element, key.element, transport.element, caption, watch, boxes.plots, boxes.measures),
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
    loadProblem = "";
    loading ??= loadParts().then(
      (loaded) => {
        makers = loaded;
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
    kernel,
    redraw: () => changed(),
    present: () => lab,
    finding: () => made.findings?.shown() ?? "",
    picture: () => valley.element.querySelector("svg"),
    sampleOf: (key) => cards.get(key).element.querySelector(".ol-sample"),
    close: () => togglePart("own"),
    playFromStart() {
      set(calm.matches ? { step: lab.steps } : { step: 0, playing: true });
      changed();
    },
    add,
    onPeek,
    onStep: goTo,
    reveal,
    /** Run a rule at these settings, the lab's own or one that is added, for so many steps at least. False where there is no room. */
    pick({ kind, ...settings }, steps) {
      const rule = lab.rules.find((one) => one.kind === kind);
      const hasRoom = lab.rules.length < LIMITS.rules;
      if (rule) put(rule, { on: true, ...settings });
      else if (hasRoom) add(kind, { ...KINDS[kind].settings, ...settings });
      if (steps > lab.steps) set({ steps, step: steps });
      return Boolean(rule) || hasRoom;
    },
  };
  function partOf(name) {
    if (!makers) {
      if (loadProblem === "") load();
      return;
    }
    if (!made[name]) {
      made[name] = makers[name](lent);
      boxes[name].replaceChildren(made[name].element);
    }
    return made[name];
  }
  const isOpen = (name) => lab.show.includes(name) || (name === "predict" && lab.predict !== "");
  async function togglePart(name) {
    const opens = !isOpen(name);
    if (opens) loadProblem = ""; // what could not be had is tried again
    if (opens) set({ show: [...lab.show, name] });
    else set({ show: lab.show.filter((one) => one !== name), ...(name === "predict" && { predict: "" }) });
    if (!Object.hasOwn(panels, name)) return;
    if (opens) await load();
    if (opens && makers) {
      draw(performance.now());
      panels[name].scrollIntoView({ block: "nearest" });
      partOf(name).focus?.();
    } else panelToggles.find(([one]) => one === name)[1].focus();
  }
  /** Lead to the top of the lab, where a finding is seen and what to watch is said, unless both are in sight. */
  function reveal() {
    draw(performance.now()); // it may get higher
    const isSeenWhole = root.getBoundingClientRect().top >= HEADER && watch.getBoundingClientRect().bottom <= innerHeight;
    if (!isSeenWhole) root.scrollIntoView({ block: "start" });
  }
  /** What a link of the text leads to: a finding, and back again. */
  const openFinding = async (id) => {
    await load();
    if (!kernel) history.pushState(null, "", `#preset=${id}`);
    partOf("findings")?.open(id);
    root.focus({ preventScroll: true });
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
      const rates = rule.replay ? [] : run.points.slice(1).map((_, step) => braking?.[step + 1][1] ?? flat);
      known.set(run, { across, braking, rates });
    }
    return known.get(run);
  }

  function draw(now) {
    cancelAnimationFrame(pending); // where this is not the frame that was asked for
    pending = 0;
    const theme = getComputedStyle(root).colorScheme === "dark" ? "dark" : "light";
    lab = readLab(model);
    const part = advance(now);
    lab = readLab(model);
    const surface = lab.contours ? null : surfaceOf(lab.curvatures, lab.angle);
    if (surface && outside(frameOf(lab.curvatures, lab.angle, home), lab.start)) home = lab.start;
    const predict = lab.predict === "" ? made.predict : partOf("predict");
    asking = predict ? predict.isAsking(lab) : lab.predict !== "";
    const step = asking ? 0 : Math.min(peek ?? lab.step, lab.steps);
    const rules = hasOwn ? [...lab.rules, lab.own] : lab.rules;
    const dashes = dashesOf(lab.rules.map((rule) => rule.key));
    const seen = {};
    const lines = rules.map((rule) => {
      const run = runNow(rule);
      const isRun = run.points.length > 0;
      const hollow = Boolean((seen[rule.kind] = (seen[rule.kind] ?? -1) + 1) % 2);
      return { rule, run, ...factsOf(rule, run, surface), hollow, on: rule.on && isRun, look: `ol-${rule.kind}`, dash: dashes[rule.key] ?? KINDS.own.dash };
    });
    const shown = lines.filter(({ on }) => on);
    // The plots come first: they ask for colours, which is cheap while nothing on the page has changed.
    boxes.plots.hidden = asking || !lab.show.includes("plots");
    if (!boxes.plots.hidden) {
      const plots = partOf("plots");
      plots?.resize(width);
      plots?.draw({ steps: lab.steps, step, runs: lines.map(({ rule, run, on, look, dash, across, rates }) => ({ key: rule.key, label: rule.label, on, look, dash, losses: run.losses, across, rates })) });
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
    key.element.hidden = !lab.show.includes("arrows") || !surface || asking;
    key.show({ isLast: step === lab.steps, hasVelocity: lab.rules.some(({ kind, on }) => on && KINDS[kind].remembers === "velocity") });
    caption.dataset.words = `Lab ${number}: ${worldWords(lab)}.`; // no text: nobody is to hear it, or find it, twice
    transport.show({ step, steps: lab.steps, playing: lab.playing, asking });
    drawParts(step, shown, theme);
    drawCards(step, lines);
    if (hasOwn && python) playOwnRule(model, python, () => readLab(model).own.job);
    setText(watch, made.findings?.watch(lab) ?? "");
    const replays = !kernel && lab.rules.some((rule) => rule.replay);
    setText(note, [...lab.notes, ...linkNotes, loadProblem, ...(replays ? [REPLAYED] : [])].join(" ").trim());
    if (!asking) say(step, shown);
    if (lab.playing && el.isConnected) changed();
  }

  function drawParts(step, shown, theme) {
    for (const [name, toggle] of layerToggles) toggle.setAttribute("aria-pressed", lab.show.includes(name));
    for (const [name, toggle] of panelToggles) {
      toggle.setAttribute("aria-expanded", isOpen(name));
      panels[name].hidden = !isOpen(name);
      if (isOpen(name)) partOf(name)?.show?.({ lab, shown, width, theme, ownEnd: hasOwn ? readout(lab.own.replay, lab.steps).join(", ") : "" });
    }
    boxes.measures.hidden = asking || !lab.show.includes("measures") || !isOffered("measures");
    if (!boxes.measures.hidden) partOf("measures")?.show({ lab, shown, step });
  }

  function drawCards(step, lines) {
    const wanted = lines.filter(({ rule }) => rule.kind !== "own" || rule.job.source.trim() !== "");
    for (const { rule, look, dash } of wanted) {
      if (cards.has(rule.key)) continue;
      const here = () => lab.rules.find(({ key }) => key === rule.key) ?? rule;
      const onRemove = rule.place === null ? null : () => remove(here());
      cards.set(rule.key, createCard(rule, { look, dash, changeable: kernel || !rule.replay || rule.kind === "own", put: (name, value) => put(here(), { [name]: value }), onRemove }));
    }
    for (const [key, card] of cards) {
      if (wanted.some(({ rule }) => rule.key === key)) continue;
      card.element.remove();
      cards.delete(key);
    }
    wanted.forEach(({ rule }, i) => {
      const { element } = cards.get(rule.key);
      if (element !== cardBox.children[i]) cardBox.insertBefore(element, cardBox.children[i] ?? null);
    });
    for (const { rule, run, braking, hollow } of wanted) {
      const diverged = asking || run.divergedAt === null || run.divergedAt > step ? "" : `⚠ diverged at step ${run.divergedAt} (loss over 1,000 times its start)`;
      const isBraking = braking && !asking && lab.show.includes("arrows");
      cards.get(rule.key).show(rule, {
        hollow,
        texts: readout(run, step),
        braking: isBraking ? braking[Math.min(step + 1, braking.length - 1)] : null,
        problem: rule.problem ? "⚠ it does not run: its editor says why" : diverged,
      });
    }
  }

  /** Take an added rule away; the focus, which was on its card, goes to the next one. */
  function remove({ place }) {
    const at = lab.rules.findIndex((rule) => rule.place === place);
    set({ added: added().filter((_, i) => i !== place) });
    (cardBox.children[at + 1] ?? cardBox.firstChild).querySelector("input").focus();
  }

  /**
   * While it plays, move on by the time since the last frame; from the last step, begin again. Gives how far it is on the way
   * to the next step, 0 to 1. A model that is shown twice has one clock.
   */
  function advance(now) {
    const clock = clocks.get(model) ?? clocks.set(model, { part: 0, at: 0 }).get(model);
    if (!lab.playing) return (clock.part = clock.at = 0);
    peek = null;
    const pace = Math.min(Math.max(5000 / lab.steps, 30), 250); // milliseconds a step
    const begins = clock.at === 0;
    // What was out of sight for longer stood still.
    if (!begins) clock.part += limited(now - clock.at, 0, 100) / pace;
    clock.at = now;
    const step = begins && lab.step === lab.steps ? 0 : Math.min(lab.step + Math.floor(clock.part), lab.steps);
    clock.part = step === lab.steps ? 0 : clock.part % 1;
    if (step !== lab.step || step === lab.steps) set({ step, playing: step < lab.steps });
    return clock.part;
  }

  /** Tell those who do not see it where the rules are, once things stand still. */
  let sayLater, toSay;
  function say(step, shown) {
    if (lab.playing) setText(live, (toSay = "")); // where it ends is said in any case
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

  /** No frame comes before a page is printed, and its colours may be others by then. */
  const drawNow = () => draw(performance.now());

  /** What a link in the address asks of this lab. */
  async function followAddress() {
    const address = location.hash;
    const finding = number === 1 && isOffered("findings") && presetIn(address);
    if (!finding && !address.startsWith("#lab=")) return;
    await load();
    const link = makers?.readLink(address, lab, number);
    if (finding && partOf("findings")?.open(finding) === false) linkNotes = ["The link was not used: there is no such finding."];
    if (link) {
      linkNotes = link.notes;
      apply(link.values);
      if (link.finding) partOf("findings")?.name(link.finding);
      reveal();
    }
    changed();
  }

  let width = 0;
  model.on("change", changed);
  if (!kernel) addEventListener("hashchange", followAddress); // JupyterLab keeps the address for itself
  addEventListener("beforeprint", drawNow);
  const unfollow = isOffered("findings") ? followPresetLinks(root, openFinding) : () => {};
  const unwatch = watchWidth(valley.element, (now) => {
    width = now;
    valley.resize(width, root.classList.contains("ol-class") ? innerHeight * 0.6 : 380);
    changed(); // it may have been out of the page, and playing
  });
  // A lab that nobody sees costs nothing.
  const sight = new IntersectionObserver(
    (entries) => {
      isSeen = entries.at(-1).isIntersecting;
      changed();
    },
    { rootMargin: "100px" },
  );
  sight.observe(root);
  // Light or dark is told by the page (the book), its body (JupyterLab), or the system.
  const themes = new MutationObserver(changed);
  for (const node of [document.documentElement, document.body]) themes.observe(node, { attributeFilter: ["data-theme", "data-jp-theme-light"] });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  if (calm.matches) set({ playing: false }); // then nothing moves by itself
  draw(performance.now());
  if (!kernel) followAddress();
  return () => {
    for (const watcher of [sight, themes]) watcher.disconnect();
    unwatch();
    dark.removeEventListener("change", changed);
    cancelAnimationFrame(pending);
    clearTimeout(sayLater);
    unfollow();
    removeEventListener("hashchange", followAddress);
    removeEventListener("beforeprint", drawNow);
    model.off("change", changed);
  };
}

/** The height of the book's header, which lies over the top of the page. */
const HEADER = 60;

const REPLAYED = "A path that Python computed is replayed as it was saved. Run the notebook to change it.";
