import { CONTROLS } from "./controls.js";
import { html } from "../ui/dom.js";
import { inline } from "../ui/inline.js";
import { createFeedback } from "./feedback.js";
import { judge } from "./judge.js";
import { createKeptAnswer } from "./kept_answer.js";

/** What an exercise asks for, in words. */
const LEVELS = { recall: "recall", compute: "compute", explain: "explain", build: "write it", mend: "find the bug", combine: "put it together" };

/**
 * An exercise: the question, its control, a button that checks, and what is said of the answer.
 * Code is run by python, which only the site has; in Jupyter it is written in a cell.
 */
export function renderExercise({ model, el, kernel = true, python = null }) {
  const exercise = model.get("exercise");
  const isCode = exercise.kind === "code";
  const control = isCode && !python ? null : CONTROLS[exercise.kind](exercise);
  const feedback = createFeedback(kernel);
  const kept = createKeptAnswer(model, control);
  const state = html("span", { class: "ol-state" });
  const button = html("button", { type: "button", class: "ol-check", onclick: () => check() }, isCode ? "Run" : "Check");

  function show(verdict) {
    feedback.show(verdict);
    if (verdict.verdict === "right") control.reveal?.();
    feedback.addProblem(model.get("problem"));
  }
  /** Show a verdict on an answer, and keep both. */
  function conclude(verdict, answer) {
    kept.keepJudged(verdict, answer);
    show(verdict);
  }
  const code = createCodeRun({ exercise, python, button, feedback, conclude });
  function check() {
    const answer = control.read();
    if (isCode) {
      code.run(answer);
      kept.keepDraft();
      return;
    }
    model.set("answer", answer);
    model.save_changes();
    conclude(judge(exercise, answer), answer);
  }
  function onInput() {
    code.forget(); // a verdict on what was there before is no longer wanted
    feedback.clear();
    kept.keepDraftSoon();
  }
  const handlers = control && { onkeydown: checkOnEnter(isCode, check), oninput: onInput, onfocusout: kept.keepDraft };
  const onSolution = () => {
    control?.reveal?.();
    kept.keepHelp({ solution: true });
  };
  const solution = createSolution(exercise, onSolution);
  const hints = exercise.hints.map((hint, i) => folded(`Hint ${i + 1}`, hint, () => kept.keepHelp({ hints: i + 1 })));
  el.replaceChildren(exerciseElement({ exercise, control, state, button, feedback, handlers, folds: [...hints, solution.element] }));

  function showAnswer(answer, isChecked) {
    if (!kept.write(answer)) return;
    if (isChecked && !isCode && answer !== null) show(judge(exercise, answer));
    else feedback.clear();
  }
  function onKept() {
    state.textContent = kept.isSolved() ? "✓ solved" : "";
    solution.allow(kept.isTried());
    const arrived = kept.takeArrived();
    if (arrived) showAnswer(arrived.answer, arrived.isChecked);
  }
  const onAnswer = () => showAnswer(model.get("answer"), true);
  onKept();
  if (model.get("answer") != null) onAnswer();
  return following(model, { "change:kept": onKept, "change:answer": onAnswer }, control && kept.keepDraft);
}

/** Call listeners of a model, by event, and onLeave when the page is left. @returns {() => void} ends it */
function following(model, listeners, onLeave) {
  for (const [event, listener] of Object.entries(listeners)) model.on(event, listener);
  if (onLeave) window.addEventListener("pagehide", onLeave);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) model.off(event, listener);
    window.removeEventListener("pagehide", onLeave);
  };
}

/** Runs the reader's code and shows the verdict; of several runs the last one counts. */
function createCodeRun({ exercise, python, button, feedback, conclude }) {
  let runs = 0;
  return {
    async run(source) {
      const run = ++runs;
      button.setAttribute("aria-busy", "true");
      feedback.wait();
      try {
        const reply = await python.run({ task: "judge", exercise: exercise.id, source });
        if (run !== runs) return;
        if (reply.stopped) feedback.say("unclear", reply.stopped);
        else conclude(reply, source);
        feedback.addPrinted(reply.printed);
      } catch (error) {
        if (run === runs) feedback.say("unclear", error.message);
      } finally {
        if (run === runs) button.removeAttribute("aria-busy");
      }
    },
    /** Let no run count that is under way. */
    forget() {
      runs++;
      button.removeAttribute("aria-busy");
    },
  };
}

/** Enter checks what is typed on one line, Ctrl+Enter code. No form is submitted: a sandbox forbids it, and JupyterLab keeps Enter from it. */
const checkOnEnter = (isCode, check) => (event) => {
  const wanted = event.target.tagName === "INPUT" || (isCode && (event.ctrlKey || event.metaKey));
  if (event.key !== "Enter" || !wanted) return;
  event.preventDefault();
  check();
};

/** All that is seen of an exercise. handlers: the listeners of its control, or null. */
function exerciseElement({ exercise, control, state, button, feedback, handlers, folds }) {
  const { title, level, question, kind, stub, seed } = exercise;
  const numbers = seed === undefined ? "" : html("span", { class: "ol-level" }, `numbers no. ${seed}`);
  const heading = html("span", { class: "ol-heading" }, html("strong", {}, title), html("span", { class: "ol-level" }, LEVELS[level]), numbers, state);
  const answer = control
    ? html("div", { class: "ol-answer" }, kind === "code" ? html("pre", { class: "ol-paper" }, stub) : "", control.element, button, control.more ?? "")
    : html("p", { class: "ol-note" }, ...inline(inWhichCell(exercise)));
  return html(
    "div",
    { class: "ol ol-exercise", ...handlers },
    html("fieldset", {}, html("legend", {}, heading, html("span", {}, ...inline(question))), answer),
    feedback.element,
    html("div", { class: "ol-folds" }, ...folds),
  );
}

const inWhichCell = ({ id, function: name }) => `Write it in a cell that ends in \`check("${id}", ${name})\`, and run that cell. Below is one to begin with.`;

/** The fold of the way to the answer: there at once, after a try where the exercise says so, or not at all. allow(true) once it was tried. */
function createSolution({ solution, solutions }, onOpen) {
  if (!solution) return { element: "", allow() {} };
  const fold = folded("Solution", solution, onOpen);
  if (solutions !== "after_a_try") return { element: fold, allow() {} };
  const later = html("p", { class: "ol-later" }, "Solution: after a try of your own");
  return {
    element: later,
    allow(isTried) {
      if (!isTried) fold.open = false;
      (isTried ? later : fold).replaceWith(isTried ? fold : later);
    },
  };
}

function folded(title, text, onOpen) {
  const details = html("details", { ontoggle: () => details.open && onOpen() }, html("summary", {}, title), html("p", {}, ...inline(text)));
  return details;
}
