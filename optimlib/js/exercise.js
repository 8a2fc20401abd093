import { CONTROLS } from "./controls.js";
import { html, inline } from "./dom.js";
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
  const button = html("button", { class: "ol-check" }, isCode ? "Run" : "Check");

  const keep = (change) => {
    model.set("kept", updated(model.get("kept") ?? {}, change));
    model.save_changes();
  };
  /** Help counts until it is solved. */
  const keepHelp = (change) => model.get("kept")?.state !== "solved" && keep(change);
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
    if (state) keep({ state, answer });
    show(verdict);
  };

  let runs = 0; // the last one counts
  const runCode = async () => {
    const source = control.read();
    const run = ++runs;
    button.setAttribute("aria-busy", "true");
    feedback.className = "ol-feedback";
    feedback.replaceChildren(html("p", {}, "Running …"));
    keep({ answer: source });
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
  const check = (event) => {
    event.preventDefault();
    if (isCode) return void runCode();
    const answer = control.read();
    model.set("answer", answer);
    model.save_changes();
    conclude(judge(exercise, answer), answer);
  };
  // JupyterLab keeps Enter from submitting a form.
  const checkOnEnter = (event) => {
    const wanted = event.target.tagName === "INPUT" || (isCode && (event.ctrlKey || event.metaKey));
    if (event.key === "Enter" && wanted) check(event);
  };
  /** Code is kept as it stands when the reader leaves it. */
  const keepCode = () => {
    const source = control.read();
    if (source !== (model.get("kept")?.answer ?? exercise.stub)) keep({ answer: source });
  };

  el.replaceChildren(
    html(
      "form",
      {
        class: "ol ol-exercise",
        novalidate: true,
        onsubmit: check,
        onkeydown: control && checkOnEnter,
        oninput: isCode ? null : clear,
        onfocusout: isCode && control && keepCode,
      },
      html(
        "fieldset",
        {},
        html(
          "legend",
          {},
          html("span", { class: "ol-title" }, html("strong", {}, exercise.title), html("span", { class: "ol-level" }, LEVELS[exercise.level]), state),
          html("span", {}, ...inline(exercise.question)),
        ),
        ...(inCell ? [html("p", { class: "ol-note" }, ...inline(inWhichCell(exercise)))] : [html("div", { class: "ol-answer" }, control.element, button, control.more ?? "")]),
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
  const showAnswer = (answer) => {
    if (!control || JSON.stringify(answer) === JSON.stringify(control.read())) return;
    control.write(answer);
    if (answer === null || isCode) clear();
    else show(judge(exercise, answer));
  };
  let keptAnswer = model.get("kept")?.answer ?? null;
  /** Only another answer is shown: opening a hint must leave alone what the reader is writing. */
  const onKept = () => {
    showState();
    const answer = model.get("kept")?.answer ?? null;
    if (JSON.stringify(answer) === JSON.stringify(keptAnswer)) return;
    keptAnswer = answer;
    showAnswer(answer);
  };
  const onAnswer = () => showAnswer(model.get("answer"));
  model.on("change:kept", onKept);
  model.on("change:answer", onAnswer);
  showState();
  showAnswer(model.get("answer") ?? model.get("kept")?.answer ?? (isCode ? exercise.stub : null));
  return () => {
    model.off("change:kept", onKept);
    model.off("change:answer", onAnswer);
  };
}

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
