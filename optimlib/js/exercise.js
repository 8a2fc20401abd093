import { html, inline } from "./dom.js";
import { judge, LETTERS, WORDS } from "./judge.js";

/**
 * The control of each kind of exercise: what the reader answers with.
 * label says what it is for; read() gives the answer, write(answer) shows one.
 */
const CONTROLS = {
  number(exercise, label) {
    const input = html("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: 12, "aria-label": label });
    return { element: input, read: () => input.value, write: (answer) => (input.value = answer) };
  },
  choice(exercise) {
    const name = `ol-choice-${++choices}`;
    const boxes = exercise.choices.map((_, i) => html("input", { type: "radio", name, value: LETTERS[i] }));
    const lines = exercise.choices.map(({ text }, i) =>
      html("label", { class: "ol-choice" }, boxes[i], html("span", {}, `${LETTERS[i]}) `, ...inline(text))),
    );
    return {
      element: html("div", { class: "ol-choices" }, ...lines),
      read: () => boxes.find((box) => box.checked)?.value ?? null,
      write: (answer) => boxes.forEach((box) => (box.checked = box.value === answer)),
    };
  },
};

let choices = 0; // how many groups of radio buttons the page has, to name them apart

const SIGNS = { right: "✓", wrong: "✗", unclear: "?", "not started": "?" };

/** An exercise: the question, its control, a button that checks, and what is said of the answer. */
export function renderExercise({ model, el }) {
  const exercise = model.get("exercise");
  const control = CONTROLS[exercise.kind](exercise, "your answer");
  const feedback = html("p", { class: "ol-feedback", role: "status" });

  const clear = () => {
    feedback.className = "ol-feedback";
    feedback.replaceChildren();
  };
  const show = (answer) => {
    const { verdict, feedback: words } = judge(exercise, answer);
    feedback.className = `ol-feedback ol-${verdict.replace(" ", "-")}`;
    const sign = html("span", { class: "ol-sign", "aria-hidden": "true" }, SIGNS[verdict]);
    feedback.replaceChildren(sign, html("strong", {}, WORDS[verdict]), " ", ...inline(words));
  };
  const check = (event) => {
    event.preventDefault();
    model.set("answer", control.read());
    model.save_changes();
    show(control.read());
  };

  // JupyterLab keeps Enter from submitting a form.
  const checkOnEnter = (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") check(event);
  };

  el.replaceChildren(
    html(
      "form",
      { class: "ol ol-exercise", novalidate: true, onsubmit: check, onkeydown: checkOnEnter, oninput: clear },
      html(
        "fieldset",
        {},
        html("legend", {}, ...inline(exercise.question)),
        html("div", { class: "ol-answer" }, control.element, html("button", { class: "ol-check" }, "Check")),
      ),
      feedback,
      html(
        "div",
        { class: "ol-folds" },
        ...(exercise.hints ?? []).map((hint, i) => folded(`Hint ${i + 1}`, hint)),
        ...(exercise.solution ? [folded("Solution", exercise.solution)] : []),
      ),
    ),
  );

  const shown = () => {
    const answer = model.get("answer");
    if (answer === control.read()) return;
    control.write(answer);
    if (answer === null) clear();
    else show(answer);
  };
  model.on("change:answer", shown);
  if (model.get("answer") != null) shown();
  return () => model.off("change:answer", shown);
}

function folded(title, text) {
  return html("details", {}, html("summary", {}, title), html("p", {}, ...inline(text)));
}
