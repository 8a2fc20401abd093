import { html, numberText, setText } from "./dom.js";
import { stepsToReach } from "./measures.js";

const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** How close a guess of the place came, in words. */
export function placeVerdict(label, run, guess, steps) {
  const end = run.points[Math.min(steps, run.points.length - 1)];
  if (run.divergedAt !== null) return `After ${steps} steps ${label} has left the valley: it diverged at step ${run.divergedAt}.`;
  const away = distance(guess, end);
  const share = Math.round((100 * away) / distance(run.points[0], [0, 0]));
  const praise = share <= 5 ? "Very close. " : share <= 15 ? "Close. " : "";
  return `${praise}After ${steps} steps ${label} is at ${end.map(numberText).join(", ")}. Your guess is ${numberText(away)} away: ${share} % of the start's distance from the lowest point.`;
}

/** Whether the guessed rule brings its loss to a millionth first, in words. rules: [{label, losses}]; guess: a label, or "" for none. */
export function firstVerdict(rules, guess, steps) {
  const reached = rules.map(({ label, losses }) => ({ label, step: stepsToReach(losses) })).filter(({ step }) => step !== null);
  const first = Math.min(...reached.map(({ step }) => step));
  const winners = reached.filter(({ step }) => step === first).map(({ label }) => label);
  const said = reached.length === 0 ? `none gets there within ${steps} steps` : `${winners.join(" and ")} ${winners.length > 1 ? "get" : "gets"} there first, at step ${first}`;
  const isRight = reached.length === 0 ? guess === "" : winners.includes(guess);
  return `${isRight ? "Right" : "No"}: ${said}.`;
}

/** Ask before it shows: where a rule's ball will be, or which rule gets there first. */
export function createPredict({ set, redraw, playFromStart }) {
  let guess = null; // a point, or a label
  let done = false; // whether the reader has let it play
  let lab = null;
  const question = html("p");
  const inputs = ["x₁", "x₂"].map((name) =>
    html("input", { type: "text", inputmode: "decimal", size: 6, "aria-label": `your guess of ${name}`, oninput: () => typed() }),
  );
  const place = html("p", { class: "ol-typed" }, html("label", {}, "x₁ ", inputs[0]), html("label", {}, "x₂ ", inputs[1]));
  const choice = html("select", { "aria-label": "which rule gets there first", onchange: () => guessed(choice.value) });
  const go = html("button", { type: "button", class: "ol-check", onclick: () => ((done = true), playFromStart()) }, "Play and see");
  const ask = (kind) => () => {
    forget();
    set({ predict: kind, step: 0, playing: false });
  };
  const close = html("button", { type: "button", class: "ol-quiet", onclick: () => set({ predict: "", step: lab.steps, playing: false }) }, "Show it without a guess");
  const kinds = { place: "Where will the ball be?", first: "Which rule gets there first?" };
  const chips = Object.entries(kinds).map(([kind, name]) => html("button", { type: "button", class: "ol-chip", onclick: ask(kind) }, name));
  const status = html("p", { role: "status" });
  const element = html("div", {}, html("div", { class: "ol-chips" }, ...chips), question, place, html("p", {}, choice), html("div", { class: "ol-chips" }, go, close), status);

  function forget() {
    guess = null;
    done = false;
    for (const input of inputs) input.value = "";
  }
  function typed() {
    const values = inputs.map((input) => Number(input.value.replace("−", "-")));
    const isPoint = inputs.every((input) => input.value.trim() !== "") && values.every(Number.isFinite);
    guessed(isPoint ? values : null);
  }
  function guessed(value) {
    guess = value;
    redraw();
  }

  return {
    element,
    isAsking: (now) => now.predict !== "" && !done,
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
      if (now.predict === "" && (done || guess !== null)) forget();
      const asking = now.predict !== "" && !done;
      const [first] = rules;
      place.hidden = !asking || now.predict !== "place";
      choice.parentNode.hidden = !asking || now.predict !== "first";
      go.hidden = close.hidden = !asking;
      go.disabled = guess === null;
      if (asking && now.predict === "first") {
        const labels = rules.map(({ label }) => label);
        const wanted = ["…", ...labels, "none"].join("\n");
        if (choice.dataset.for !== wanted) {
          choice.dataset.for = wanted;
          choice.replaceChildren(
            html("option", { disabled: true, selected: true }, "choose …"),
            ...labels.map((label) => html("option", { value: label }, label)),
            html("option", { value: "" }, `none of them, within ${now.steps} steps`),
          );
        }
      } else delete choice.dataset.for;
      const asked = {
        place: first ? `Where will ${first.label} be after ${now.steps} steps? Click in the valley, or type a point.` : "Switch on a rule first.",
        first: "Which rule brings its loss to a millionth of its start first?",
      };
      setText(question, now.predict === "" ? "The paths are hidden while you guess." : asked[now.predict]);
      const over = now.predict !== "" && done && now.step === now.steps && !now.playing && first;
      const said = !over ? "" : now.predict === "place" ? placeVerdict(first.label, first.run, guess, now.steps) : firstVerdict(rules.map(({ label, run }) => ({ label, losses: run.losses })), guess, now.steps);
      setText(status, said);
    },
  };
}
