import { judged, updated } from "./progress.js";

/** How long the reader must pause before a draft is kept, in milliseconds. */
const DRAFT_PAUSE = 500;

/** Whether two answers are the same; none is null or undefined. */
const isSameAnswer = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * What is kept of an exercise in its model, and what its control shows of that. control is null where the answer is written elsewhere.
 * @param {?import("./controls.js").Control} control
 */
export function createKeptAnswer(model, control) {
  const untouched = control?.read() ?? null;
  let shown = untouched; // what was last kept or shown: where the control says something else, the reader is at work
  let seen = null; // what was kept when we last looked
  let pause; // the timer of a draft
  const kept = () => model.get("kept") ?? {};
  const { seed = null } = model.get("exercise");
  // An answer or a draft is to the numbers of one seed, and is shown with these alone.
  const isOurs = (name) => (kept()[name] ?? null) === seed;
  const marked = (name) => (isOurs(name) ? {} : { [name]: seed });
  const ours = () => {
    const { answer, draft } = kept();
    return { answer: isOurs("seed") ? (answer ?? null) : null, draft: isOurs("draft_seed") ? (draft ?? null) : null };
  };
  const isSolved = () => kept().state === "solved";
  const isTried = () => isSolved() || kept().state === "tried";
  function keep(change) {
    model.set("kept", updated(kept(), change));
    model.save_changes();
  }
  /** What the reader writes is kept as it stands, checked or not. */
  function keepDraft() {
    clearTimeout(pause);
    const [draft, { answer, draft: known }] = [control.read(), ours()];
    if (isSameAnswer(draft, known ?? answer ?? untouched)) return;
    shown = draft;
    keep({ draft, ...marked("draft_seed") });
  }
  return {
    isSolved,
    isTried,
    keepDraft,
    keepDraftSoon() {
      clearTimeout(pause);
      pause = setTimeout(keepDraft, DRAFT_PAUSE);
    },
    /** Help counts until it is solved. */
    keepHelp: (change) => isSolved() || keep(change),
    /** An answer that was judged. What solved it is kept, whatever is tried after. */
    keepJudged({ verdict }, answer) {
      const state = { right: "solved", wrong: "tried" }[verdict];
      shown = answer;
      if (state === "solved" || (state && !isSolved())) keep({ ...judged(kept(), state), answer, draft: null, ...marked("seed") });
    },
    /** Have the control show an answer that did not come from it: kept earlier, imported, set by Python; null after a reset. @returns {boolean} whether it is another */
    write(answer) {
      if (!control || isSameAnswer(answer, control.read())) return false;
      control.write(answer);
      shown = control.read();
      return true;
    },
    /** What came to be kept and is to be shown, {answer, isChecked}, or null. It is given once, and not while the reader is at work. */
    takeArrived() {
      const { answer, draft } = ours();
      const now = draft ?? answer;
      if (!control || isSameAnswer(now, seen)) return null;
      seen = now;
      return now === null || isSameAnswer(control.read(), shown) ? { answer: now, isChecked: draft === null } : null;
    },
  };
}
