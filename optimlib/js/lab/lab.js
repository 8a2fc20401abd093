import { watchWidth } from "../ui/dom.js";
import { partOfStep, tick } from "./clock.js";
import { createController } from "./controller.js";
import { createFrames, watchHeightInClass, watchPage } from "./frames.js";
import { createLabView } from "./lab_view.js";
import { createLoader } from "./part_loader.js";
import { createPartsPlace } from "./parts_place.js";
import { followPresetLinks } from "./finding_links.js";
import { createResults } from "./results.js";
import { hostOf, sceneAt, sceneOf } from "./scene.js";
import { readLab } from "./state.js";

/**
 * The lab: the valley, the animation, a card of controls for each rule, and parts that open below.
 * kernel: whether Python listens; without it a path that Python computed stays as it was saved.
 * python: the page's own Python, where there is one. loadParts gives LAB_PARTS, when a part is first opened; loadGrounds has other grounds
 * put where surfaceOf finds them: a lab that has one comes here after that. offersGrounds: whether they are also offered to a lab without one.
 *
 * A change of the traits or of the session asks for a frame. In it the clock moves on, the scene is drawn, and what follows from
 * the change is begun. Drawing itself changes nothing. Where only the clock has moved on, not all is drawn again in each frame.
 */
export function renderLab({ model, el, kernel = true, python = null, loadParts, loadGrounds, offersGrounds = false }) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const host = hostOf(readLab(model), { number: model.get("number") ?? 0, kernel, hasPython: python !== null, offersGrounds });
  const frames = createFrames(frame);
  const page = { isSeen: true, width: 0 };
  let drawn = null; // the scene that stands, null once anything but the clock has changed
  const ask = () => page.isSeen && frames.ask(); // a lab that nobody sees costs nothing
  const changed = () => {
    drawn = null;
    ask();
  };
  const controller = createController({ model, hasOwn: host.hasOwn, changed });
  const { read, actions } = controller;
  // Also where nobody sees it: parts that came only then would move what is being read.
  const loader = createLoader(loadParts, () => {
    drawn = null;
    frames.ask();
  });
  const parts = createPartsPlace({ host, model, controller, loader, loadGrounds, view: () => view, refresh });
  const label = `lab ${host.number}: ${controller.opening.rules.map((rule) => rule.label).join(", ")}`;
  const view = createLabView({ host, label, actions, onToggle: parts.toggle, makePart: parts.makePart, act: parts.act });
  const results = createResults();

  const partNow = () => (calm.matches ? 0 : partOfStep(model));
  /** The lab as it is now. */
  function sceneNow() {
    const lab = read();
    controller.settle(lab, view.seen().projection?.size);
    const looks = { width: page.width, theme: view.theme(), part: partNow(), problem: loader.problem() };
    return sceneOf({ lab, session: controller.session(), host, ...looks }, results);
  }
  function refresh() {
    view.draw(sceneNow());
  }
  /** Draw what follows from a change, and begin it. */
  function follow() {
    const scene = sceneNow();
    view.draw(scene);
    drawn = scene;
    if (scene.needsParts && !loader.loaded() && !loader.problem()) loader.load();
    if (host.hasOwn && python) loader.loaded()?.playOwnRule(model, python, () => read().own.job);
  }
  function frame(now) {
    const before = drawn;
    let at = before?.lab ?? read();
    tick(model, { ...at, slow: controller.session().slow }, now, (values) => {
      actions.set(values);
      at = values;
    });
    if (before && at.playing) {
      drawn = sceneAt(before, at.step, partNow());
      view.move(drawn);
    } else follow();
    if (drawn?.playing && el.isConnected) ask();
  }

  el.replaceChildren(view.element);
  if (calm.matches) actions.set({ playing: false }); // then nothing moves by itself
  const ends = watchLab({ model, host, page, view, frames, changed, refresh, parts });
  frame(performance.now());
  return () => ends.forEach((end) => end());
}

/** Follow the model, the page and its links; gives the functions that end it. */
function watchLab({ model, host, page, view, frames, changed, refresh, parts }) {
  model.on("change", changed);
  const ends = [() => model.off("change", changed), frames.end, view.end];
  const onSight = (isSeen) => {
    page.isSeen = isSeen;
    changed();
  };
  // No frame comes before a page is printed, and its colours may be others by then.
  ends.push(watchPage(view.element, { changed, onSight, onPrint: refresh }));
  const onWidth = (width) => {
    page.width = width;
    view.resize(width);
    changed(); // it may have been out of the page, and playing
  };
  ends.push(watchWidth(view.stage, onWidth));
  ends.push(watchHeightInClass(view.element, view.stage, () => view.resize(page.width)));
  if (host.offered.includes("findings")) ends.push(followPresetLinks(view.element, parts.followPreset));
  if (host.kernel) return ends; // JupyterLab keeps the address for itself
  addEventListener("hashchange", parts.followAddress);
  ends.push(() => removeEventListener("hashchange", parts.followAddress));
  parts.followAddress();
  return ends;
}
