import { QUESTION_WORDS } from "../core/catalogue_more.js";
import { html, setText, svg } from "../ui/dom.js";
import { stepsToReach } from "../core/measures.js";
import { placeNamed } from "../valley/start.js";
import { shortText } from "./words.js";

// Math.hypot is only as good as the browser's, and this is printed.
const distance = ([a1, a2], [b1, b2]) => Math.sqrt((a1 - b1) * (a1 - b1) + (a2 - b2) * (a2 - b2));

/** How close a guess of the place came, or without one where it is, in words. scale: the distance of the start from the nearest minimum, or 0 where that is not known. */
export function placeVerdict(label, run, guess, steps, scale) {
  const end = run.points[Math.min(steps, run.points.length - 1)];
  if (run.divergedAt !== null) return `After ${steps} steps ${label} has left the valley: it diverged at step ${run.divergedAt}.`;
  const where = `After ${steps} steps ${label} is at ${end.map(shortText).join(", ")}.`;
  if (guess === null) return where;
  const away = distance(guess, end);
  const share = Math.round((100 * away) / scale);
  const praise = share <= 5 ? "Very close. " : share <= 15 ? "Close. " : "";
  const measured = scale > 0 ? `: ${share} % of the start's distance from the lowest point` : "";
  return `${praise}${where} Your guess is ${shortText(away)} away${measured}.`;
}

/** Whether the guessed rule brings its loss to a millionth first, in words. rules: [{label, losses}]; guess: a label, "" for none of them, or null where there was no guess. */
export function firstVerdict(rules, guess, steps) {
  const reached = rules.map(({ label, losses }) => ({ label, step: stepsToReach(losses) })).filter(({ step }) => step !== null);
  const first = Math.min(...reached.map(({ step }) => step));
  const winners = reached.filter(({ step }) => step === first).map(({ label }) => label);
  const said =
    reached.length === 0
      ? `none gets there within ${steps} steps`
      : `${winners.join(" and ")} ${winners.length > 1 ? "get" : "gets"} there first, at step ${first}`;
  if (guess === null) return `${said[0].toUpperCase()}${said.slice(1)}.`;
  const isRight = reached.length === 0 ? guess === "" : winners.includes(guess);
  return `${isRight ? "Right" : "No"}: ${said}.`;
}

/** What is asked, in words. */
function questionWords({ lab: { predict, steps }, shown: [first] }) {
  if (predict === "") return "The paths are hidden while you guess.";
  if (predict === "first") return "Which rule brings its loss to a millionth of its start first?";
  return first ? `Where will ${first.rule.label} be after ${steps} steps? Click in the valley, or type a point.` : "Switch on a rule first.";
}

/** How far a start is from the nearest minimum, or 0 where that is not known. */
const lowestAway = (surface, start) => (surface ? (surface.nearest?.(start).away ?? distance(start, [0, 0])) : 0);

/** How good the guess was, once the paths have been seen to their end; "" before. */
export function guessVerdict({ lab, surface, shown, steps, playing, guessing: { guess, done } }) {
  const [first] = shown;
  if (lab.predict === "" || !done || lab.step !== steps || playing || !first) return "";
  if (lab.predict === "place") return placeVerdict(first.rule.label, first.run, guess, steps, lowestAway(surface, lab.start));
  return firstVerdict(
    shown.map(({ rule, run }) => ({ label: rule.label, losses: run.losses })),
    guess,
    steps,
  );
}

/** Two fields for a point. onGuess(point or null) is called while the reader types. */
function createPlaceFields(onGuess) {
  const inputs = ["x₁", "x₂"].map((name) =>
    html("input", { type: "text", inputmode: "decimal", size: 6, "aria-label": `your guess of ${name}`, oninput: () => onGuess(typed()) }),
  );
  function typed() {
    const values = inputs.map((input) => Number(input.value.replace("−", "-").replace(",", ".")));
    const isPoint = inputs.every((input) => input.value.trim() !== "") && values.every(Number.isFinite);
    return isPoint ? values : null;
  }
  const write = (texts) => inputs.forEach((input, i) => (input.value = texts[i]));
  let known = null; // the round of the guess that they are for
  const element = html("p", { class: "ol-typed" }, html("label", {}, "x₁ ", inputs[0]), html("label", {}, "x₂ ", inputs[1]));
  return {
    element,
    draw({ lab, asking, guessing: { round, guess } }) {
      element.hidden = !asking || lab.predict !== "place";
      if (round !== known) write(["", ""]);
      known = round;
      if (Array.isArray(guess) && String(guess) !== String(typed())) write(guess.map(String)); // a click in the valley
    },
  };
}

/** A choice among the rules. onGuess(label, or "" for none of them) is called when the reader makes it. */
function createRuleChoice(onGuess) {
  const select = html("select", { "aria-label": "which rule gets there first", onchange: () => onGuess(select.value) });
  const element = html("p", {}, select);
  let known = ""; // the round and the question that the options are for
  return {
    element,
    draw({ lab, asking, guessing: { round, question }, steps, shown }) {
      element.hidden = !asking || lab.predict !== "first";
      const wanted = `${round}\n${question}`;
      if (element.hidden || known === wanted) return;
      known = wanted;
      select.replaceChildren(
        html("option", { disabled: true, selected: true }, "choose …"),
        ...shown.map(({ rule: { label } }) => html("option", { value: label }, label)),
        html("option", { value: "" }, `none of them, within ${steps} steps`),
      );
    },
  };
}

/** The guess of a place, as a cross over the valley. seen(): what the valley shows. */
function createCross(seen) {
  const element = svg("g", { class: "ol-guess" }, svg("path", { d: "M-7,-7L7,7M-7,7L7,-7" }), svg("text", {}, "your guess"));
  return {
    draw({ lab, guessing: { guess } }) {
      const { projection, over } = seen();
      const point = lab.predict === "place" && Array.isArray(guess) && projection ? guess : null;
      element.setAttribute("display", point ? "inline" : "none");
      if (!element.parentNode) over.lastChild.before(element); // below the start, which is to be dragged
      if (point) placeNamed(element, point, projection);
    },
  };
}

/** Ask before it shows: where a rule's ball will be, or which rule gets there first. seen(): what the valley shows. */
export function createPredict({ ask, guess, answer, seen }) {
  const cross = createCross(seen);
  const question = html("p", { role: "status" });
  const status = html("p", { role: "status", tabindex: -1 });
  const place = createPlaceFields(guess);
  const choice = createRuleChoice(guess);
  /** Let the paths be seen; the buttons go, and what is said takes their focus. */
  const answerNow = (isPlayed) => {
    answer(isPlayed);
    status.focus({ preventScroll: true });
  };
  const go = html("button", { type: "button", class: "ol-check", onclick: () => answerNow(true) }, "Play and see");
  const close = html("button", { type: "button", class: "ol-quiet", onclick: () => answerNow(false) }, "Show it without a guess");
  const chips = Object.entries(QUESTION_WORDS).map(([kind, name]) => html("button", { type: "button", class: "ol-chip", onclick: () => ask(kind) }, name));
  return {
    element: html(
      "div",
      {},
      html("div", { class: "ol-chips" }, ...chips),
      question,
      place.element,
      choice.element,
      html("div", { class: "ol-chips" }, go, close),
      status,
    ),
    draw(scene) {
      cross.draw(scene);
      place.draw(scene);
      choice.draw(scene);
      go.hidden = close.hidden = !scene.asking;
      go.disabled = scene.guessing.guess === null;
      setText(question, questionWords(scene));
      setText(status, guessVerdict(scene));
    },
  };
}
