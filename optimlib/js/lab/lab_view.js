import { html, setText } from "../ui/dom.js";
import { limited } from "../valley/frame.js";
import { createValley } from "../valley/valley_view.js";
import { createAnnouncer } from "./announcer.js";
import { createCards } from "./cards.js";
import { listenToKeys } from "./keys.js";
import { createPartBox, createToggle } from "./part_boxes.js";
import { valleySceneOf } from "./scene.js";
import { INNER, PANELS } from "../core/catalogue.js";
import { createTransport } from "./transport.js";

/**
 * All that is seen of a lab, drawn from its scene. label: its name; onToggle(part): what the button of a part does; makePart(name):
 * see createPartBox; act(name, ...given) does what the late code can do (part_actions.js).
 * @param {{host: import("./scene.js").Host, label: string, actions: import("./controller.js").Actions, onToggle: (part: string) => void, makePart: (name: string) => ?import("./part_boxes.js").Part, act: (name: string, ...given: any[]) => void}} given
 */
export function createLabView({ host, label, actions, onToggle, makePart, act }) {
  const root = html("div", { class: "ol ol-lab", tabindex: -1, role: "group", "aria-label": label, "data-lm-suppress-shortcuts": "true" });
  const valley = createValley({ onStart: (start) => actions.set({ start }), onPeek: actions.peek, onPlace: actions.guess });
  const transport = createTransport({ onPlay: actions.play, onStep: actions.goTo, onSlow: actions.slow });
  const cards = createCards({ host, ...actions, explain: (...given) => act("explain", ...given) });
  const { restore, fullScreen, help, back } = Object.fromEntries(["restore", "fullScreen", "help", "back"].map((name) => [name, () => act(name)]));
  const { play, slow, goTo: to, goBy: step, toggleRule } = actions;
  listenToKeys(root, { play, slow, to, step, toggle: toggleRule, restore, fullScreen, help, back });
  const buttons = {
    restore: chip("Reset settings", { onclick: restore }),
    fullScreen: chip("Full screen", { "aria-pressed": "false", onclick: () => act("fullScreen", true) }),
    help: chip("?", { "aria-expanded": "false", "aria-label": "keys", title: "keys", onclick: help }),
  };
  const [keysPlace, backPlace] = [html("div"), html("div")];
  const announcer = createAnnouncer();
  const caption = html("p", { class: "ol-paper" });
  const [watch, note] = [textView({ class: "ol-watch", role: "status" }, "watch"), textView({ class: "ol-note" }, "note")];

  const toggles = Object.fromEntries(host.offered.filter((name) => !Object.hasOwn(INNER, name)).map((name) => [name, createToggle(name, onToggle)]));
  const box = (name, look) => createPartBox(name, look, makePart);
  const panels = Object.fromEntries(host.offered.filter((name) => Object.hasOwn(PANELS, name)).map((name) => [name, box(name, `ol-panel ol-${name}-panel`)]));
  const [arrows, seeds] = [box("arrows", "ol-arrows-box"), box("seeds", "ol-seeds-box")];
  const layers = { plots: box("plots", "ol-plots-box"), measures: box("measures", "ol-measures-box"), sums: box("sums", "ol-sums-box") };
  const brakes = createPartBox("brakes", null, makePart, "arrows");
  const elementsOf = (views) => Object.values(views).map(({ element }) => element);
  const chips = html("div", { class: "ol-chips" }, ...elementsOf(toggles), ...Object.values(buttons));
  root.append(
    html(
      "div",
      { class: "ol-body" },
      html(
        "div",
        { class: "ol-stage" },
        html("div", { class: "ol-scene" }, valley.element, transport.element),
        arrows.element,
        seeds.element,
        caption,
        watch.element,
        backPlace,
        ...elementsOf(layers),
      ),
      html("div", { class: "ol-side" }, cards.element, chips, ...elementsOf(panels), keysPlace, note.element),
    ),
    announcer.element,
  );
  const ground = { draw: (scene) => valley.draw(valleySceneOf(scene)) };
  // The plots come first: they ask for colours, which is cheap while nothing on the page has changed.
  const moving = [layers.plots, ground, arrows, transport];
  const rest = [
    { draw: (scene) => (caption.dataset.words = scene.caption) }, // no text: nobody is to hear it, or find it, twice
    ...Object.values(toggles),
    ...Object.values(panels),
    seeds, // after the panel in which they are told
    cards,
    { draw: ({ open }) => root.classList.toggle("ol-braking", open.includes("arrows")) },
    watch,
    note,
    announcer,
  ];
  const numbers = [layers.measures, layers.sums, brakes]; // the brakes are on the cards
  const turns = [moving, rest, moving, numbers]; // what is read is drawn half as often as what moves
  let turn = 0; // which of them comes next
  const told = new Map(); // of each the step that it shows
  function tell(views, scene) {
    for (const view of views) view.draw(scene);
    told.set(views, scene.step);
  }
  return {
    element: root,
    stage: valley.element,
    resize: (width) => valley.resize(width, ...heightsOf(root, valley.element)),
    draw: (scene) => [moving, rest, numbers].forEach((views) => tell(views, scene)),
    /** Draw a scene in which only time has gone on: the valley, and in turns what else tells of the step, so that no frame has all to do. */
    move(scene) {
      const views = turns[turn];
      turn = (turn + 1) % turns.length;
      const isTold = told.get(views) === scene.step;
      if (isTold || views !== moving) ground.draw(scene);
      if (!isTold) tell(views, scene);
    },
    /** @returns {"light"|"dark"} */
    theme: () => (getComputedStyle(root).colorScheme === "dark" ? "dark" : "light"),
    leave: (part) => toggles[part].element.focus(),
    focus: () => root.focus({ preventScroll: true }),
    seen: valley.seen,
    picture: () => valley.element.querySelector("svg"),
    cardOf: cards.cardOf,
    tools: { root, valley: valley.element, buttons, keysPlace, backPlace, layers, panels, toggles },
    end: announcer.end,
  };
}

/**
 * The most and the least height of the picture, in pixels: in class all that it has; else no more than leaves the window room for
 * what stands beside it, or for the controls below it.
 */
function heightsOf(root, element) {
  if (root.classList.contains("ol-class")) return [element.clientHeight, element.clientHeight];
  const isBeside = element.clientWidth < 0.8 * root.clientWidth;
  return [isBeside ? limited(innerHeight - 160, 210, 560) : limited(innerHeight * 0.42, 210, 380)];
}

/** A button among those below the lab. */
const chip = (name, attributes) => html("button", { type: "button", class: "ol-chip", ...attributes }, name);

/** A line of text that a scene has under this name. */
function textView(attributes, name) {
  const element = html("p", attributes);
  return { element, draw: (scene) => setText(element, scene[name]) };
}
