import { QUESTIONS } from "../core/catalogue.js";
import { html, numberText, setText } from "../ui/dom.js";
import { stepsToReach } from "../core/measures.js";

// Math.hypot is only as good as the browser's, and this is printed.
const distance = ([a1, a2], [b1, b2]) => Math.sqrt((a1 - b1) * (a1 - b1) + (a2 - b2) * (a2 - b2));

/** How close a guess of the place came, or without one where it is, in words. scale: the distance of the start from the lowest point, or 0 where that is not known. */
export function placeVerdict(label, run, guess, steps, scale) {
  const end = run.points[Math.min(steps, run.points.length - 1)];
  if (run.divergedAt !== null) return `After ${steps} steps ${label} has left the valley: it diverged at step ${run.divergedAt}.`;
  const where = `After ${steps} steps ${label} is at ${end.map(numberText).join(", ")}.`;
  if (guess === null) return where;
  const away = distance(guess, end);
  const share = Math.round((100 * away) / scale);
  const praise = share <= 5 ? "Very close. " : share <= 15 ? "Close. " : "";
  const measured = scale > 0 ? `: ${share} % of the start's distance from the lowest point` : "";
  return `${praise}${where} Your guess is ${numberText(away)} away${measured}.`;
}

/** Whether the guessed rule brings its loss to a millionth first, in words. rules: [{label, losses}]; guess: a label, "" for none of them, or null where there was no guess. */
export function firstVerdict(rules, guess, steps) {
  const reached = rules.map(({ label, losses }) => ({ label, step: stepsToReach(losses) })).filter(({ step }) => step !== null);
  const first = Math.min(...reached.map(({ step }) => step));
  const winners = reached.filter(({ step }) => step === first).map(({ label }) => label);
  const said = reached.length === 0 ? `none gets there within ${steps} steps` : `${winners.join(" and ")} ${winners.length > 1 ? "get" : "gets"} there first, at step ${first}`;
  if (guess === null) return `${said[0].toUpperCase()}${said.slice(1)}.`;
  const isRight = reached.length === 0 ? guess === "" : winners.includes(guess);
  return `${isRight ? "Right" : "No"}: ${said}.`;
}

/** Ask before it shows: where a rule's ball will be, or which rule gets there first. */
export function createPredict({ set, redraw, reveal, playFromStart }) {
  let guess = null; // a point, or a label
  let done = false; // whether the reader has let it play
  let asked = ""; // the question that this is about
  let lab = null;
  const question = html("p", { role: "status" });
  const inputs = ["x₁", "x₂"].map((name) =>
    html("input", { type: "text", inputmode: "decimal", size: 6, "aria-label": `your guess of ${name}`, oninput: () => typed() }),
  );
  const place = html("p", { class: "ol-typed" }, html("label", {}, "x₁ ", inputs[0]), html("label", {}, "x₂ ", inputs[1]));
  const choice = html("select", { "aria-label": "which rule gets there first", onchange: () => guessed(choice.value) });
  const go = html("button", { type: "button", class: "ol-check", onclick: () => show(playFromStart) }, "Play and see");
  const ask = (kind) => () => {
    forget();
    set({ predict: kind, step: 0, playing: false });
    if (kind === "place") reveal();
  };
  const close = html("button", { type: "button", class: "ol-quiet", onclick: () => show(() => set({ step: lab.steps, playing: false })) }, "Show it without a guess");
  const chips = Object.entries(QUESTIONS).map(([kind, name]) => html("button", { type: "button", class: "ol-chip", onclick: ask(kind) }, name));
  const status = html("p", { role: "status", tabindex: -1 });
  /** Let the paths be seen; the buttons go, and what is said takes their focus. */
  function show(reach) {
    done = true;
    reach();
    status.focus({ preventScroll: true });
  }
  const element = html("div", {}, html("div", { class: "ol-chips" }, ...chips), question, place, html("p", {}, choice), html("div", { class: "ol-chips" }, go, close), status);

  function forget() {
    guess = null;
    done = false;
    for (const input of inputs) input.value = "";
  }
  function typed() {
    const values = inputs.map((input) => Number(input.value.replace("−", "-").replace(",", ".")));
    const isPoint = inputs.every((input) => input.value.trim() !== "") && values.every(Number.isFinite);
    guessed(isPoint ? values : null);
  }
  function guessed(value) {
    guess = value;
    redraw();
  }

  return {
    element,
    isAsking(now) {
      if (now.predict !== asked) forget();
      asked = now.predict;
      return asked !== "" && !done;
    },
    guess: (now) => (now.predict === "place" && Array.isArray(guess) ? guess : null),
    /** A click in the valley. */
    place(point) {
      point.forEach((value, i) => (inputs[i].value = String(value)));
      guessed(point);
    },
    forget,
    show({ lab: now, shown }) {
      lab = now;
      const rules = shown.map(({ rule, run }) => ({ label: rule.label, run }));
      const asking = now.predict !== "" && !done;
      const [first] = rules;
      place.hidden = !asking || now.predict !== "place";
      choice.parentNode.hidden = !asking || now.predict !== "first";
      go.hidden = close.hidden = !asking;
      if (asking && now.predict === "first") {
        const labels = rules.map(({ label }) => label);
        const wanted = [now.steps, ...labels].join("\n");
        if (choice.dataset.for !== wanted) {
          choice.dataset.for = wanted;
          guess = null; // it may be for a rule that is gone
          choice.replaceChildren(
            html("option", { disabled: true, selected: true }, "choose …"),
            ...labels.map((label) => html("option", { value: label }, label)),
            html("option", { value: "" }, `none of them, within ${now.steps} steps`),
          );
        }
      } else delete choice.dataset.for;
      go.disabled = guess === null;
      const questions = {
        place: first ? `Where will ${first.label} be after ${now.steps} steps? Click in the valley, or type a point.` : "Switch on a rule first.",
        first: "Which rule brings its loss to a millionth of its start first?",
      };
      setText(question, now.predict === "" ? "The paths are hidden while you guess." : questions[now.predict]);
      const over = now.predict !== "" && done && now.step === now.steps && !now.playing && first;
      const said = !over ? "" : now.predict === "place" ? placeVerdict(first.label, first.run, guess, now.steps, now.contours ? 0 : distance(now.start, [0, 0])) : firstVerdict(rules.map(({ label, run }) => ({ label, losses: run.losses })), guess, now.steps);
      setText(status, said);
    },
  };
}
