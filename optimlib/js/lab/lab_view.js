import { html, setText } from "../ui/dom.js";
import { createValley } from "../valley/valley_view.js";
import { createAnnouncer } from "./announcer.js";
import { createCards } from "./cards.js";
import { createKeys } from "./keys.js";
import { createPartBox, createToggle } from "./part_boxes.js";
import { valleySceneOf } from "./scene.js";
import { PANELS } from "../core/catalogue.js";
import { createTransport } from "./transport.js";

/** The height of the book's header, which lies over the top of the page. */
const HEADER = 60;

/**
 * All that is seen of a lab, drawn from its scene. label: its name; onToggle(part): what the button of a part does; makePart(name):
 * see createPartBox.
 * @param {{host: import("./scene.js").Host, label: string, actions: import("./controller.js").Actions, onToggle: (part: string) => void, makePart: (name: string) => ?import("./part_boxes.js").Part}} given
 */
export function createLabView({ host, label, actions, onToggle, makePart }) {
  const root = html("div", { class: "ol ol-lab", tabindex: -1, role: "group", "aria-label": label, "data-lm-suppress-shortcuts": "true" });
  const valley = createValley({ onStart: (start) => actions.set({ start }), onPeek: actions.peek, onPlace: actions.guess });
  const transport = createTransport({ onPlay: actions.play, onStep: actions.goTo, onReset: actions.reset });
  const cards = createCards({ host, ...actions });
  const keys = createKeys(root, { play: actions.play, reset: actions.reset, to: actions.goTo, step: actions.goBy, toggle: actions.toggleRule });
  const announcer = createAnnouncer();
  const caption = html("p", { class: "ol-paper" });
  const [watch, note] = [textView({ class: "ol-watch", role: "status" }, "watch"), textView({ class: "ol-note" }, "note")];

  const toggles = Object.fromEntries(host.offered.map((name) => [name, createToggle(name, onToggle)]));
  const panels = Object.fromEntries(
    host.offered.filter((name) => Object.hasOwn(PANELS, name)).map((name) => [name, createPartBox(name, `ol-panel ol-${name}-panel`, makePart)]),
  );
  const [arrows, plots, measures] = [
    createPartBox("arrows", "ol-arrows-box", makePart),
    createPartBox("plots", "ol-plots-box", makePart),
    createPartBox("measures", null, makePart),
  ];
  const elementsOf = (views) => Object.values(views).map(({ element }) => element);
  root.append(
    html("div", { class: "ol-stage" }, valley.element, arrows.element, transport.element, caption, watch.element, plots.element, measures.element),
    html(
      "div",
      { class: "ol-side" },
      cards.element,
      html("div", { class: "ol-chips" }, ...elementsOf(toggles), ...keys.buttons),
      ...elementsOf(panels),
      keys.help,
      note.element,
    ),
    announcer.element,
  );
  // The plots come first: they ask for colours, which is cheap while nothing on the page has changed.
  const views = [
    plots,
    { draw: (scene) => valley.draw(valleySceneOf(scene)) },
    arrows,
    { draw: (scene) => (caption.dataset.words = scene.caption) }, // no text: nobody is to hear it, or find it, twice
    transport,
    ...Object.values(toggles),
    ...Object.values(panels),
    measures,
    cards,
    watch,
    note,
    announcer,
  ];
  return {
    element: root,
    stage: valley.element,
    resize: (width) => valley.resize(width, root.classList.contains("ol-class") ? innerHeight * 0.6 : 380),
    draw: (scene) => views.forEach((view) => view.draw(scene)),
    /** @returns {"light"|"dark"} */
    theme: () => (getComputedStyle(root).colorScheme === "dark" ? "dark" : "light"),
    /** Lead to the top of the lab, where a finding is seen and what to watch is said, unless both are in sight. */
    reveal() {
      const isSeenWhole = root.getBoundingClientRect().top >= HEADER && watch.element.getBoundingClientRect().bottom <= innerHeight;
      if (!isSeenWhole) root.scrollIntoView({ block: "start" });
    },
    enter: (part) => panels[part].enter(),
    leave: (part) => toggles[part].element.focus(),
    focus: () => root.focus({ preventScroll: true }),
    seen: valley.seen,
    picture: () => valley.element.querySelector("svg"),
    sampleOf: cards.sampleOf,
    end: announcer.end,
  };
}

/** A line of text that a scene has under this name. */
function textView(attributes, name) {
  const element = html("p", attributes);
  return { element, draw: (scene) => setText(element, scene[name]) };
}
