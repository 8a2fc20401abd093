// Judges an answer to an exercise: as exercises/judge.py does, by the same data, function by function.
// Code is judged by portable/judge_code.py alone.

import JUDGING from "../../exercises/judge.json" with { type: "json" };
import { isBlank, readNumber, readPoint, trimmed } from "./answers.js";
import { worded } from "./worded.js";

/** @typedef {{verdict: "right"|"wrong"|"unclear"|"not started", feedback: string, see: string}} Verdict */

const SAY = JUDGING.sentences;
/** What stands before the feedback. */
export const WORDS = JUDGING.words;
export const LETTERS = JUDGING.letters;

/** The verdict on an answer to an exercise. The answer can be anything. @returns {Verdict} */
export function judge(exercise, answer) {
  if (answer == null) return verdictOf("not started", SAY.no_answer);
  return JUDGES[exercise.kind](exercise, answer);
}

const verdictOf = (verdict, feedback, see = "") => ({ verdict, feedback, see });
const mistaken = (exercise, mistake) => verdictOf("wrong", mistake.feedback, mistake.see ?? exercise.see);

/** The kinds of exercise: how each is judged. */
const JUDGES = {
  number(exercise, answer) {
    const [value, complaint] = readNumber(answer);
    if (complaint) return verdictOf("unclear", complaint);
    if (Math.abs(value - exercise.answer) <= exercise.tolerance) return verdictOf("right", exercise.right ?? "");
    const mistake = exercise.mistakes?.find((known) => Math.abs(value - known.value) <= known.tolerance);
    return mistake ? mistaken(exercise, mistake) : verdictOf("wrong", direction(exercise, value));
  },
  choice(exercise, answer) {
    const letters = LETTERS.slice(0, exercise.choices.length);
    const letter =
      typeof answer === "string"
        ? trimmed(answer)
            .replace(/^[(). ]+|[(). ]+$/g, "")
            .toLowerCase()
        : "";
    if (letter.length !== 1 || !letters.includes(letter)) {
      return verdictOf("unclear", worded(SAY.one_letter, { first: letters[0], last: letters.at(-1) }));
    }
    const choice = exercise.choices[letters.indexOf(letter)];
    return choice.right ? verdictOf("right", choice.feedback) : mistaken(exercise, choice);
  },
  order(exercise, answer) {
    const letters = LETTERS.slice(0, exercise.lines.length);
    const text = Array.isArray(answer) ? answer.filter((letter) => typeof letter === "string").join("") : answer;
    const order = typeof text === "string" ? text.toLowerCase().replace(/[ ,;]/g, "") : "";
    if ([...order].sort().join("") !== letters) {
      return verdictOf("unclear", worded(SAY.each_letter, { first: letters[0], last: letters.at(-1), letters }));
    }
    if (order === letters) return verdictOf("not started", SAY.as_at_first);
    if (exercise.orders.includes(order)) return verdictOf("right", exercise.right ?? "");
    const mistake = exercise.mistakes?.find(({ early, late }) => order.indexOf(early) < order.indexOf(late));
    if (mistake) return mistaken(exercise, mistake);
    const count = Math.max(...exercise.orders.map((known) => [...known].findIndex((letter, i) => letter !== order[i])));
    if (count === 0) return verdictOf("wrong", SAY.another_first);
    return verdictOf("wrong", count === 1 ? SAY.one_line : worded(SAY.some_lines, { count }));
  },
  predict(exercise, answer) {
    if (isBlank(answer)) return verdictOf("not started", SAY.no_answer);
    const { read, distance } = VIEWS[exercise.view];
    const [place, problem] = read(answer);
    if (problem) return verdictOf("unclear", problem);
    const away = distance(place, exercise.answer);
    const far = hundredths(away);
    const said = worded(far === "0.00" ? SAY.hardly_away : SAY.away, { far, unit: JUDGING.units[exercise.view] });
    if (away <= exercise.tolerance) return verdictOf("right", `${exercise.right ?? ""}${far === "0.00" ? "" : ` ${said}`}`.trim());
    const mistake = exercise.mistakes?.find((known) => distance(place, known.value) <= known.tolerance);
    if (mistake) return mistaken(exercise, mistake);
    return verdictOf("wrong", `${halfRight(exercise, place)} ${said}`.trim());
  },
};

/** Which coordinate of a wrong place is right; "" for none, and where there is one number only. */
function halfRight({ answer, tolerance }, place) {
  if (!Array.isArray(answer)) return "";
  const right = [0, 1].filter((i) => Math.abs(place[i] - answer[i]) <= tolerance);
  if (right.length !== 1) return "";
  return right[0] === 0 ? SAY.only_x1 : SAY.only_x2;
}

/** What a prediction is, by what is shown: how it is read, and how far one is from another. */
const VIEWS = {
  valley: {
    distance: (a, b) => Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])),
    read: readPoint,
  },
  loss: {
    distance: (a, b) => Math.abs(powerOfTen(a) - powerOfTen(b)),
    read(answer) {
      const [value, problem] = readNumber(answer);
      return problem === null && value <= 0 ? [null, SAY.above_zero] : [value, problem];
    },
  },
};

/** log10 of a number above 0, by products alone: that of a C library or a browser may differ in the last bit, and turn a verdict. */
function powerOfTen(x) {
  let [power, part] = [0, 1];
  for (; x >= 10; x /= 10) power++;
  for (; x < 1; x *= 10) power--;
  // Bit by bit: where the square reaches 10, half of the last part is in it.
  for (let i = 0; i < 50; i++) {
    x *= x;
    part /= 2;
    if (x < 10) continue;
    x /= 10;
    power += part;
  }
  return power;
}

/** A number of at least 0 with two decimals; what is large is not told apart. */
function hundredths(value) {
  const count = Math.floor(Math.min(value, 1e6) * 100 + 0.5);
  return `${Math.floor(count / 100)}.${String(count % 100).padStart(2, "0")}`;
}

/** What is wrong with a number that is no known mistake: its sign, or the side it lies on, or its size. */
function direction(exercise, value) {
  const { answer } = exercise;
  if ((value < 0 && answer > 0) || (answer < 0 && value > 0)) return SAY.sign;
  const side = value < answer ? "low" : "high";
  const known = exercise[`too_${side}`];
  if (known) return known;
  const far = value > 0 && answer > 0 && (JUDGING.far * value <= answer || value >= JUDGING.far * answer);
  return SAY[far ? `far_${side}` : side];
}
