import { createEditor } from "../ui/code_editor.js";
import { descend } from "../core/descend.js";
import { html, powerOf, setText, svg, tenTo, watchWidth } from "../ui/dom.js";
import { inline } from "../ui/inline.js";
import { readNumber, readPoint } from "./answers.js";
import { LETTERS } from "./judge.js";
import { createLossView } from "./loss_view.js";
import { RULES } from "../core/rules.js";
import { quadratic } from "../core/surface.js";
import { frameAround } from "../valley/frame.js";
import { createValley } from "../valley/valley_view.js";

/**
 * The control of each kind of exercise: what the reader answers with.
 * read() gives the answer, or null where there is none yet; boxes that are empty are an answer without words, which is kept as
 * any other: a reader may have emptied them. write(answer) shows one, null the untouched control.
 * more stands behind the button that checks; reveal() shows what was asked for.
 * @typedef {{element: Element, read: () => any, write: (answer: any) => void, more?: Element, reveal?: () => void}} Control
 */

let groups = 0; // of radio buttons on the page, to name them apart

/** Tell the exercise that the reader changed the answer, as an input does by itself. */
const touched = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));

/** What was kept, as text for an input; it may be anything. */
const textOf = (answer) => (typeof answer === "string" || typeof answer === "number" ? String(answer) : "");

const numberInput = (label, attributes = {}) =>
  html("input", { type: "text", autocomplete: "off", autocapitalize: "off", size: 12, "aria-label": label, ...attributes });

/** Each is given its exercise. @type {Object<string, (exercise: any) => Control>} */
export const CONTROLS = {
  number() {
    const input = numberInput("your answer");
    return { element: input, read: () => input.value, write: (answer) => (input.value = textOf(answer)) };
  },

  choice(exercise) {
    const name = `ol-choice-${++groups}`;
    const boxes = exercise.choices.map((_, i) => html("input", { type: "radio", name, value: LETTERS[i] }));
    const lines = exercise.choices.map(({ text }, i) => html("label", { class: "ol-choice" }, boxes[i], html("span", {}, `${LETTERS[i]}) `, ...inline(text))));
    return {
      element: html("div", { class: "ol-choices" }, ...lines),
      read: () => boxes.find((box) => box.checked)?.value ?? null,
      write: (answer) => boxes.forEach((box) => (box.checked = box.value === answer)),
    };
  },

  order(exercise) {
    const said = html("p", { class: "ol-unseen", role: "status" });
    const list = html("ol", { class: "ol-order" });
    const letters = LETTERS.slice(0, exercise.lines.length);
    const items = new Map([...letters].map((letter, i) => [letter, orderLine(letter, exercise.lines[i])]));
    const read = () => [...list.children].map((item) => item.dataset.letter).join("");
    const write = (answer) => {
      const known = typeof answer === "string" && [...answer].sort().join("") === letters;
      list.replaceChildren(...[...(known ? answer : letters)].map((letter) => items.get(letter)));
      mark();
    };
    /** The first line cannot go up, nor the last one down. */
    const mark = () => {
      [...list.children].forEach((item, i, { length }) => {
        item.querySelector(".ol-up").setAttribute("aria-disabled", i === 0);
        item.querySelector(".ol-down").setAttribute("aria-disabled", i === length - 1);
      });
    };
    list.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      const item = target.closest("li");
      if (!button || button.getAttribute("aria-disabled") === "true") return;
      if (button.classList.contains("ol-up")) item.previousElementSibling.before(item);
      else item.nextElementSibling.after(item);
      mark();
      button.focus();
      setText(said, `line ${item.dataset.letter} is now number ${[...list.children].indexOf(item) + 1}`);
      touched(list);
    });
    write(null);
    return { element: html("div", { class: "ol-choices" }, list, said), read, write };
  },

  predict: (exercise) => (exercise.view === "valley" ? predictPoint : predictLoss)(exercise, runOfExercise(exercise)),

  code(exercise) {
    const editor = createEditor({ text: exercise.stub, label: `your code for ${exercise.function}`, onInput: () => changed() });
    const again = html("button", { type: "button", class: "ol-quiet", onclick: startAgain }, START_AGAIN);
    let before = null; // the code that "start again" took away
    function changed() {
      before = null;
      setText(again, START_AGAIN);
      touched(editor.element);
    }
    function startAgain() {
      const taken = before === null ? editor.read() : null;
      editor.write(before ?? exercise.stub);
      changed();
      before = taken;
      setText(again, before === null ? START_AGAIN : "Bring my code back");
    }
    return {
      element: html("div", { class: "ol-code" }, editor.element),
      more: again,
      read: () => editor.read(),
      write: (answer) => editor.write(typeof answer === "string" ? answer : exercise.stub),
    };
  },
};

const START_AGAIN = "Start again";

function orderLine(letter, line) {
  const arrow = (name, d) =>
    html(
      "button",
      { type: "button", class: `ol-button ol-${name}`, "aria-label": `move line ${letter} ${name}`, title: `move ${name}` },
      svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, svg("path", { d })),
    );
  return html(
    "li",
    { "data-letter": letter },
    html("span", { class: "ol-letter" }, `${letter})`),
    html("code", {}, line),
    arrow("up", "M10 4l6 8H4z"),
    arrow("down", "M10 16l6-8H4z"),
  );
}

/** The run that an exercise asks about. */
function runOfExercise({ run }) {
  const surface = quadratic(run.curvatures, run.angle);
  return { surface, ...descend(surface, RULES[run.rule], run.settings, run.start, run.steps) };
}

/** Show whether the mark in a picture is a guess. Before there is one it waits, to be moved, where the drawn run ends. */
function markGuess(picture, isGuess) {
  const mark = picture.querySelector(".ol-start");
  const name = mark.querySelector("text");
  mark.classList.toggle("ol-no-guess", !isGuess);
  if (name) setText(name, isGuess ? "your guess" : NO_GUESS);
  if (!isGuess) mark.setAttribute("aria-valuetext", NO_GUESS);
}

const NO_GUESS = "no guess yet";

/** A point in the valley: clicked, dragged, moved by keys, or typed. */
function predictPoint({ run }, { surface, points }) {
  const inputs = ["x₁", "x₂"].map((name) => numberInput(`your guess of ${name}`, { size: 6, oninput: () => draw() }));
  const valley = createValley({
    name: "your guess",
    pick: true,
    onStart: (point) => {
      point.forEach((value, i) => (inputs[i].value = String(value)));
      draw();
      touched(valley.element);
    },
  });
  const frame = frameAround(surface, run.start);
  let revealed = false;
  const read = () => inputs.map((input) => input.value);
  function draw() {
    const seen = revealed ? points : points.slice(0, run.shown + 1);
    const drawn = { key: "run", on: true, points: seen, look: `ol-${run.rule}`, marker: "circle", dash: "none" };
    const [guess] = readPoint(read());
    valley.draw({ surface, frame, start: guess ?? points[run.shown], canMove: true, step: seen.length - 1, part: 0, runs: [drawn] });
    markGuess(valley.element, guess !== null);
  }
  watchWidth(valley.element, (width) => {
    valley.resize(width);
    draw();
  });
  return {
    element: html(
      "div",
      { class: "ol-choices" },
      valley.element,
      html("p", { class: "ol-typed" }, ...inputs.flatMap((input, i) => [html("label", {}, ["x₁ ", "x₂ "][i], input)])),
    ),
    read,
    write(answer) {
      inputs.forEach((input, i) => (input.value = Array.isArray(answer) ? textOf(answer[i]) : ""));
      revealed &&= answer !== null;
      draw();
    },
    reveal() {
      revealed = true;
      draw();
    },
  };
}

/** A loss after the last step. */
function predictLoss({ run }, { losses }) {
  const input = numberInput("your guess of the loss", { oninput: () => draw() });
  const view = createLossView({
    onPick(loss) {
      input.value = String(loss);
      draw();
      touched(view.element);
    },
  });
  const seen = losses.slice(0, run.shown + 1);
  const powers = [powerOf(Math.min(...seen)) - 10, powerOf(losses[0]) + 4];
  let revealed = false;
  function draw() {
    const [typed] = readNumber(input.value);
    const isGuess = typed > 0;
    const guess = isGuess ? Math.min(Math.max(typed, tenTo(powers[0])), tenTo(powers[1])) : seen.at(-1);
    view.draw({ losses: revealed ? losses : seen, steps: run.steps, powers, guess, look: `ol-${run.rule}` });
    markGuess(view.element, isGuess);
  }
  watchWidth(view.element, (width) => {
    view.resize(width);
    draw();
  });
  return {
    element: html("div", { class: "ol-choices" }, view.element, html("p", { class: "ol-typed" }, html("label", {}, "loss ", input))),
    read: () => input.value,
    write(answer) {
      input.value = textOf(answer);
      revealed &&= answer !== null;
      draw();
    },
    reveal() {
      revealed = true;
      draw();
    },
  };
}
