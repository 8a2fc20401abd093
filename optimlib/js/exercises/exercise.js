import { CONTROLS } from "./controls.js";
import { html, inline } from "../ui/dom.js";
import { judge, WORDS } from "./judge.js";
import { updated } from "./progress.js";

const SIGNS = { right: "✓", wrong: "✗", unclear: "?", "not started": "?" };

/** What an exercise asks for, in words. */
const LEVELS = { recall: "recall", compute: "compute", explain: "explain", build: "write it", mend: "find the bug", combine: "put it together" };

/**
 * An exercise: the question, its control, a button that checks, and what is said of the answer.
 * Code is run by python, which only the site has; in Jupyter it is written in a cell.
 */
export function renderExercise({ model, el, kernel = true, python = null }) {
  const exercise = model.get("exercise");
  const isCode = exercise.kind === "code";
  const inCell = isCode && !python;
  const control = inCell ? null : CONTROLS[exercise.kind](exercise);
  const feedback = html("div", { class: "ol-feedback", role: "status" });
  const state = html("span", { class: "ol-state" });
  const button = html("button", { type: "button", class: "ol-check", onclick: () => check() }, isCode ? "Run" : "Check");

  const keep = (change) => {
    model.set("kept", updated(model.get("kept") ?? {}, change));
    model.save_changes();
  };
  const isSolved = () => model.get("kept")?.state === "solved";
  /** Help counts until it is solved. */
  const keepHelp = (change) => isSolved() || keep(change);
  const clear = () => {
    feedback.className = "ol-feedback";
    feedback.replaceChildren();
  };
  const say = (verdict, words, ...more) => {
    feedback.className = `ol-feedback ol-${verdict.replace(" ", "-")}`;
    const sign = html("span", { class: "ol-sign", "aria-hidden": "true" }, SIGNS[verdict]);
    feedback.replaceChildren(html("p", {}, sign, html("strong", {}, WORDS[verdict]), " ", ...inline(words), ...more));
  };
  const show = ({ verdict, feedback: words, see }) => {
    say(verdict, words, ...(see ? [" ", ...pointer(see, kernel)] : []));
    if (verdict === "right") control.reveal?.();
    if (model.get("problem")) feedback.append(html("p", { class: "ol-note" }, model.get("problem")));
  };
  /** Show a verdict on an answer, and keep both. */
  const conclude = (verdict, answer) => {
    const state = { right: "solved", wrong: "tried" }[verdict.verdict];
    shown = answer;
    // What solved it is kept, whatever is tried after.
    if (state === "solved" || (state && !isSolved())) keep({ state, answer, draft: null });
    show(verdict);
  };

  let runs = 0; // the last one counts
  const runCode = async () => {
    const source = control.read();
    const run = ++runs;
    button.setAttribute("aria-busy", "true");
    feedback.className = "ol-feedback";
    feedback.replaceChildren(html("p", {}, "Running …"));
    keepDraft();
    try {
      const reply = await python.run({ task: "judge", exercise: exercise.id, source });
      if (run !== runs) return;
      if (reply.stopped) say("unclear", reply.stopped);
      else conclude(reply, source);
      if (reply.printed) feedback.append(html("p", {}, "Your code printed:"), html("pre", { tabindex: 0 }, reply.printed));
    } catch (error) {
      if (run === runs) say("unclear", error.message);
    } finally {
      if (run === runs) button.removeAttribute("aria-busy");
    }
  };
  const check = () => {
    if (isCode) return void runCode();
    const answer = control.read();
    model.set("answer", answer);
    model.save_changes();
    conclude(judge(exercise, answer), answer);
  };
  // No form is submitted: a sandbox forbids it, and JupyterLab keeps Enter from it.
  const checkOnEnter = (event) => {
    const wanted = event.target.tagName === "INPUT" || (isCode && (event.ctrlKey || event.metaKey));
    if (event.key !== "Enter" || !wanted) return;
    event.preventDefault();
    check();
  };
  /** What the reader writes is kept as it stands, checked or not: after a pause, and when the page is left. */
  const keepDraft = () => {
    clearTimeout(pause);
    const [draft, { answer = null, draft: known = null }] = [control.read(), model.get("kept") ?? {}];
    if (isAlike(draft, known ?? answer ?? untouched)) return;
    shown = draft;
    keep({ draft });
  };
  let pause = 0;
  const onInput = () => {
    runs++; // a verdict on what was there before is no longer wanted
    button.removeAttribute("aria-busy");
    clear();
    clearTimeout(pause);
    pause = setTimeout(keepDraft, 500);
  };
  const untouched = control?.read() ?? null;

  el.replaceChildren(
    html(
      "div",
      {
        class: "ol ol-exercise",
        onkeydown: control && checkOnEnter,
        oninput: control && onInput,
        onfocusout: control && keepDraft,
      },
      html(
        "fieldset",
        {},
        html(
          "legend",
          {},
          html("span", { class: "ol-heading" }, html("strong", {}, exercise.title), html("span", { class: "ol-level" }, LEVELS[exercise.level]), state),
          html("span", {}, ...inline(exercise.question)),
        ),
        ...(inCell ? [html("p", { class: "ol-note" }, ...inline(inWhichCell(exercise)))] : [html("div", { class: "ol-answer" }, isCode ? html("pre", { class: "ol-paper" }, exercise.stub) : "", control.element, button, control.more ?? "")]),
      ),
      feedback,
      html(
        "div",
        { class: "ol-folds" },
        ...exercise.hints.map((hint, i) => folded(`Hint ${i + 1}`, hint, () => keepHelp({ hints: i + 1 }))),
        folded("Solution", exercise.solution, () => {
          control?.reveal?.();
          keepHelp({ solution: true });
        }),
      ),
    ),
  );

  const showState = () => {
    const { state: now } = model.get("kept") ?? {};
    state.textContent = now === "solved" ? "✓ solved" : "";
  };
  /** Show an answer that did not come from the control: kept earlier, imported, set by Python; null after a reset. */
  const showAnswer = (answer, checked) => {
    if (!control || isAlike(answer, control.read())) return;
    control.write(answer);
    shown = control.read();
    if (checked && !isCode && answer !== null) show(judge(exercise, answer));
    else clear();
  };
  let shown = untouched; // what was last kept or shown: where the control says something else, the reader is at work
  let seen = null; // what was kept when we last looked
  const onKept = () => {
    showState();
    const { answer = null, draft = null } = model.get("kept") ?? {};
    const now = draft ?? answer;
    if (!control || isAlike(now, seen)) return;
    seen = now;
    if (now === null || isAlike(control.read(), shown)) showAnswer(now, draft === null);
  };
  const onAnswer = () => showAnswer(model.get("answer"), true);
  model.on("change:kept", onKept);
  model.on("change:answer", onAnswer);
  if (control) window.addEventListener("pagehide", keepDraft);
  onKept();
  if (model.get("answer") != null) onAnswer();
  return () => {
    model.off("change:kept", onKept);
    model.off("change:answer", onAnswer);
    window.removeEventListener("pagehide", keepDraft);
  };
}

const isAlike = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The place to read again, page/heading: a link on the site, words in Jupyter. */
function pointer(see, kernel) {
  const [page, heading] = [see.slice(0, see.indexOf("/")), see.slice(see.indexOf("/") + 1)];
  if (kernel) return [`See "${heading}" in ${page}.`];
  return ["See ", html("a", { href: `${page}.html#${anchor(heading)}` }, heading), "."];
}

const inWhichCell = ({ id, function: name }) => `Write it in a cell that ends in \`check("${id}", ${name})\`, and run that cell. Below is one to begin with.`;

/** The anchor that the book gives a heading. */
export function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function folded(title, text, onOpen) {
  const details = html("details", { ontoggle: () => details.open && onOpen() }, html("summary", {}, title), html("p", {}, ...inline(text)));
  return details;
}
