import { aboutOf } from "../core/catalogue_more.js";
import { setText } from "../ui/dom.js";
import { additionOf, freeSettings, pickChange } from "./additions.js";
import { GROUNDS } from "../core/surface.js";
import { findingOf } from "./findings.js";
import { readLink } from "./link.js";
import { presetIn } from "./finding_links.js";
import { createWayBack } from "../ui/way_back.js";
import { createFullScreen } from "./full_screen.js";
import { createKeysHelp } from "./keys_help.js";
import { keepRule, keptRule } from "./own_rule_kept.js";
import { resetTo } from "./restored.js";
import { newGuessing, newSession, worldOf } from "./session.js";
import { createSight } from "./sight.js";

/** Which change of the address was followed last by a view of a model: a lab that is shown twice on a page follows each once. */
const followed = new WeakMap();

/**
 * What a reader can do in the parts of a lab: the actions of its controller, and these.
 * refresh() draws the lab as it is now; toggle(part) opens a part, or closes it; view is the lab's; isCalm(): whether the reader wants no motion.
 * @param {{host: import("./scene.js").Host, model: import("./state.js").LabModel, controller: import("./controller.js").Controller, loadGrounds: () => Promise<any>, refresh: () => void, toggle: (part: string) => void, view: ReturnType<typeof import("./lab_view.js").createLabView>, sight?: ReturnType<typeof createSight>, isCalm?: () => boolean}} lab
 */
export function createPartActions({
  host,
  model,
  controller: { opening, actions, read, keep, adapt, session },
  loadGrounds,
  refresh,
  toggle,
  view,
  sight = createSight({ refresh, ...view }),
  isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches,
}) {
  const { set } = actions;
  const playFromStart = () => set(isCalm() ? { step: read().steps } : { step: 0, playing: true });
  const opened = resetTo(opening);
  let fullScreen, help, wayBack; // made when they are first wanted
  /** Take values for another start: the frame is for it, and this finding is shown, or none. */
  function take(values, finding) {
    set(values);
    const lab = read();
    adapt({ home: lab.start, finding: finding && { id: finding.id, watch: finding.watch, world: worldOf(lab) } });
  }
  /** Act once the other grounds are there. */
  const withGrounds = (act) => loadGrounds().then(act, (error) => adapt({ notes: [error.message] }));
  /** Act once the ground of these values is there, which most often is the valley: at once. @param {{ground?: any}} values */
  function withGround({ ground }, act) {
    if (!ground?.kind || Object.keys(GROUNDS).length > 0) act();
    else withGrounds(act);
  }
  /** Offer the way back to a link of the text, to the lab as it is now. */
  function comeFrom(link) {
    if (!wayBack) view.tools.backPlace.append((wayBack = createWayBack()).element);
    const [lab, address] = [read(), location.href];
    const { home, finding, notes, guessing } = session();
    wayBack.from(link, () => {
      if (!host.kernel) history.replaceState(null, "", address);
      set({ ...resetTo(lab), show: lab.show });
      adapt({ home, finding, notes, guessing });
      refresh();
    });
  }
  /** Show a finding; link: that of the text which asks for it, if one does. @returns {boolean} whether there is one of this name */
  function openFinding(id, link = null) {
    const finding = findingOf(id, read());
    if (!finding) return false;
    withGround(finding.values, () => {
      if (link) comeFrom(link);
      take(finding.values, finding);
      playFromStart();
      sight.showTop();
    });
    return true;
  }
  /** Do what a link in the address asks of this lab: a finding, or all of its settings. event: that the address has changed, none as the page opens. */
  function followAddress(address, event) {
    if (event ? followed.get(model) === event : followed.has(model)) return; // another view of this lab has done so
    followed.set(model, event);
    const id = presetIn(address);
    if (id && !openFinding(id)) adapt({ notes: ["The link was not used: there is no such finding."] });
    const linkNow = () => readLink(address, read(), host.number);
    const first = linkNow();
    if (!first) return;
    withGround(/** @type {any} */ (first.values), () => {
      const link = linkNow(); // only now is its ground known
      const values = /** @type {any} */ (link.values);
      adapt({ notes: link.notes, guessing: newGuessing(values.predict, session().guessing.round + 1) });
      take(values, findingOf(link.finding, read()));
      sight.showTop();
    });
  }
  return {
    ...actions,
    picture: view.picture,
    seen: view.seen,
    cardOf: view.cardOf,
    fullScreen: (isPressed) => (fullScreen ??= createFullScreen(view))(isPressed),
    help: () => (help ??= createKeysHelp(view.tools))(),
    back: () => wayBack?.back(),
    /** Come into a part that was opened: it is in sight, and has the focus where it wants it. */
    enter(part) {
      view.tools.panels[part]?.focus();
      sight.bring(part);
    },
    /** Give back the settings that the lab came with. */
    restore() {
      const { dashes, peek, slow, guessing } = session();
      adapt({ ...newSession(opening), dashes, peek, slow, guessing: newGuessing(opened.predict, guessing.round + 1) });
      set(opened);
    },
    /** Have the other grounds come, to be chosen from. */
    fetchGrounds: () => withGrounds(refresh),
    openFinding,
    followAddress,
    /** Add a rule of a kind. @returns {{label: string, lr: number}} what was added, as the trait has it */
    addRule(kind) {
      const change = additionOf(read(), kind, freeSettings(read(), kind));
      set(change);
      return change.added.at(-1);
    },
    /** Run a rule at these settings, for so many steps at least. False where there is no room for it. */
    pick(setting, steps) {
      const change = pickChange(read(), setting, steps);
      if (change) set(change);
      return change !== null;
    },
    /** Ask a question: "place" or "first". */
    ask(kind) {
      adapt({ guessing: newGuessing(kind, session().guessing.round + 1) });
      set({ predict: kind, step: 0, playing: false });
      sight.showQuestion(kind);
    },
    /** Let the paths be seen: played from the start, or at once. */
    answer(isPlayed) {
      adapt({ guessing: { ...session().guessing, done: true } });
      if (isPlayed) playFromStart();
      else set({ step: read().steps, playing: false });
    },
    /** Keep what is written of a rule; Python does not hear of it before it is run. */
    draft(text) {
      keep({ own_rule_draft: text });
      if (!host.kernel) keepRule(host.number, text);
    },
    /** What was written before the page was loaded again, or "". */
    keptRule: () => (host.kernel ? "" : keptRule(host.number)),
    runOwnRule: (source) => set({ own_rule: source, own_rule_draft: null, own_rule_on: true, own_rule_run: read().own.job.run + 1 }),
    closeOwnRule: () => toggle("own"),
    /** Write what a setting means into an element. */
    explain: (name, words) => setText(words, aboutOf(name)),
    toggleSeeds: () => toggle("seeds"),
    /** Where the other seeds are told: below their button, or null as long as that is not there, and in a frame of its own, where the sliders need the room. */
    seedsPlace: () => view.tools.root.querySelector(":not(.one-lab *) > .ol-seeds-place"),
  };
}
