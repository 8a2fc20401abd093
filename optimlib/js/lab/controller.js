import { additionOf, partChange, pickChange, removalOf, resetTo, ruleChange, stepChange } from "./changes.js";
import { isAsking, newGuessing, newSession, settled, worldOf } from "./session.js";
import { readLab } from "./state.js";

/**
 * What a reader can do in a lab: each writes traits, or changes the session. The views call these, and change nothing themselves.
 * isCalm(): whether the reader wants no motion. changed() is called when the session has changed; of traits the model tells itself.
 * @param {{model: object, hasOwn: boolean, isCalm: () => boolean, changed: () => void}} given
 */
export function createController({ model, hasOwn, isCalm, changed }) {
  const opening = readLab(model);
  const opened = resetTo(opening);
  let session = newSession(opening);

  const read = () => readLab(model);
  function write(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  }
  function adapt(changes) {
    session = { ...session, ...changes };
    changed();
  }
  const adaptGuessing = (changes) => adapt({ guessing: { ...session.guessing, ...changes } });
  /** Take values that are for another start: the frame is for it, and the session has these changes too. */
  function take(values, changes) {
    write(values);
    adapt({ home: read().start, ...changes });
  }
  /** Does nothing while the reader guesses: the paths are hidden then. */
  const unlessAsking = (act) => (...given) => {
    const lab = read();
    if (!isAsking(lab, session.guessing)) act(lab, ...given);
  };

  const actions = {
    set: write,
    play: unlessAsking(({ playing }) => write({ playing: !playing })),
    goTo: unlessAsking((lab, step) => write(stepChange(lab, step))),
    goBy: unlessAsking((lab, by) => write(stepChange(lab, lab.step + by))),
    playFromStart: () => write(isCalm() ? { step: read().steps } : { step: 0, playing: true }),
    peek: (step) => adapt({ peek: step }),
    reset() {
      const { dashes, peek, guessing: { round } } = session;
      adapt({ ...newSession(opening), dashes, peek, guessing: newGuessing(opened.predict, round + 1) });
      write(opened);
    },
    /** "on" or settings of a rule, as the lab has it now. */
    put: (rule, values) => write(ruleChange(read(), rule, values)),
    toggleRule(place) {
      const rule = read().rules[place];
      if (rule) actions.put(rule, { on: !rule.on });
    },
    addRule: (kind) => write(additionOf(read(), kind)),
    removeRule: ({ place }) => write(removalOf(read(), place)),
    /** Run a rule at these settings. False where there is no room for it. */
    pick(setting, steps) {
      const change = pickChange(read(), setting, steps);
      if (change) write(change);
      return change !== null;
    },
    toggle: (part) => write(partChange(read(), part)),
    /** Ask a question: "place" or "first". */
    ask(kind) {
      adapt({ guessing: newGuessing(kind, session.guessing.round + 1) });
      write({ predict: kind, step: 0, playing: false });
    },
    guess: (value) => adaptGuessing({ guess: value }),
    /** Let the paths be seen: played from the start, or at once. */
    answer(isPlayed) {
      adaptGuessing({ done: true });
      if (isPlayed) actions.playFromStart();
      else write({ step: read().steps, playing: false });
    },
    /** Show a finding: {id, watch, values}. */
    showFinding({ id, watch, values }) {
      take(values);
      adapt({ finding: { id, watch, world: worldOf(read()) } });
      actions.playFromStart();
    },
    /** Take what a link gives, and the finding that it was made of, or null. */
    followLink({ values, notes }, finding) {
      take(values, { notes });
      adapt({ finding: finding && { id: finding.id, watch: finding.watch, world: worldOf(read()) } });
    },
    note: (text) => adapt({ notes: [text] }),
    /** Keep what is written of a rule; Python does not hear of it before it is run. */
    draft: (text) => model.set("own_rule_draft", text),
    runOwnRule: (source) => write({ own_rule: source, own_rule_draft: null, own_rule_on: true, own_rule_run: read().own.job.run + 1 }),
  };
  return {
    opening,
    actions,
    read,
    session: () => session,
    /** Let the session follow the traits. */
    settle(lab) {
      session = settled(session, lab, hasOwn);
    },
  };
}
