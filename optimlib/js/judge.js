// Judges an answer to an exercise: the twin of judge.py, with the same verdicts and the same words.
// Code is judged by judge.py alone.

/** @typedef {{verdict: "right"|"wrong"|"unclear"|"not started", feedback: string, see: string}} Verdict */

/** What stands before the feedback. */
export const WORDS = {
  right: "Right.",
  wrong: "Not yet.",
  unclear: "Not clear.",
  "not started": "Not started.",
};

export const LETTERS = "abcdefghij";

const NOT_A_NUMBER = "That is not a number. Write it in digits, as in 1.75, 7/4 or 175e-2.";
const NOT_FINITE = "NaN and infinity are no answer here. Write a finite number.";

/** The verdict on an answer to an exercise. The answer can be anything. @returns {Verdict} */
export function judge(exercise, answer) {
  if (answer == null) return verdictOf("not started", "There is no answer yet.");
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
    const letter = typeof answer === "string" ? trimmed(answer).replace(/^[(). ]+|[(). ]+$/g, "").toLowerCase() : "";
    if (letter.length !== 1 || !letters.includes(letter)) {
      return verdictOf("unclear", `Answer with one letter, from ${letters[0]} to ${letters[letters.length - 1]}.`);
    }
    const choice = exercise.choices[letters.indexOf(letter)];
    return choice.right ? verdictOf("right", choice.feedback) : mistaken(exercise, choice);
  },
  order(exercise, answer) {
    const letters = LETTERS.slice(0, exercise.lines.length);
    const text = Array.isArray(answer) ? answer.filter((letter) => typeof letter === "string").join("") : answer;
    const order = typeof text === "string" ? text.toLowerCase().replace(/[ ,;]/g, "") : "";
    if ([...order].sort().join("") !== letters) {
      return verdictOf("unclear", `Answer with each letter from a to ${letters.at(-1)} once, in your order, as in "${letters}".`);
    }
    if (order === letters) return verdictOf("not started", "The lines stand as they stood at first.");
    if (exercise.orders.includes(order)) return verdictOf("right", exercise.right ?? "");
    const mistake = exercise.mistakes?.find(({ early, late }) => order.indexOf(early) < order.indexOf(late));
    if (mistake) return mistaken(exercise, mistake);
    const count = Math.max(...exercise.orders.map((known) => [...known].findIndex((letter, i) => letter !== order[i])));
    if (count === 0) return verdictOf("wrong", "Another line comes first.");
    return verdictOf("wrong", count === 1 ? "The first line is right, the next is not." : `The first ${count} lines are right, the next is not.`);
  },
  predict(exercise, answer) {
    const { read, distance, unit } = VIEWS[exercise.view];
    const [place, problem] = read(answer);
    if (problem) return verdictOf("unclear", problem);
    const away = distance(place, exercise.answer);
    const said = `You are ${hundredths(away)} ${unit} away.`;
    if (away <= exercise.tolerance) return verdictOf("right", `${exercise.right ?? ""} ${said}`.trim());
    const mistake = exercise.mistakes?.find((known) => distance(place, known.value) <= known.tolerance);
    return mistake ? mistaken(exercise, mistake) : verdictOf("wrong", said);
  },
};

/** What a prediction is, by what is shown: a point in the valley, or a loss. */
const VIEWS = {
  valley: {
    unit: "units",
    distance: (a, b) => Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])),
    read(answer) {
      const parts = typeof answer === "string" ? answer.split(",") : answer;
      if (!Array.isArray(parts) || parts.length !== 2) return [null, "Answer with two numbers, x1 and x2, as in -3, 1.5."];
      const values = parts.map(readNumber);
      const problem = values[0][1] ?? values[1][1];
      return problem ? [null, problem] : [values.map(([value]) => value), null];
    },
  },
  loss: {
    unit: "powers of ten",
    distance: (a, b) => Math.abs(powerOfTen(a) - powerOfTen(b)),
    read(answer) {
      const [value, problem] = readNumber(answer);
      return problem === null && value <= 0 ? [null, "A loss in this picture is above 0."] : [value, problem];
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
function direction({ answer, too_low, too_high }, value) {
  if ((value < 0 && answer > 0) || (answer < 0 && value > 0)) return "The sign is wrong.";
  const low = value < answer;
  const known = low ? too_low : too_high;
  if (known) return known;
  const far = value > 0 && answer > 0 && (10 * value <= answer || value >= 10 * answer);
  return `That is too ${low ? "low" : "high"}${far ? ", by a factor of 10 or more." : "."}`;
}

/** [value, null] for a finite number or text that says one, else [null, complaint]. */
function readNumber(answer) {
  let value = answer;
  if (typeof answer === "string") {
    const text = trimmed(answer).replaceAll("−", "-");
    if (text === "") return [null, "There is no number yet. Write one in digits, as in 1.75, 7/4 or 175e-2."];
    if (/^[+-]*(nan|inf|infinity|∞)[+-]*$/i.test(text)) return [null, NOT_FINITE];
    const parts = text.split("/").map((part) => decimal(trimmed(part)));
    if (parts.length > 2 || parts.includes(null)) {
      const comma = text.split(",").length === 2 && decimal(text.replace(",", ".")) !== null;
      return [null, comma ? "Write a point, not a comma, as the decimal mark." : NOT_A_NUMBER];
    }
    if (parts.length === 2 && parts[1] === 0) return [null, "A division by 0 gives no number."];
    value = parts.length === 2 ? parts[0] / parts[1] : parts[0];
  }
  if (typeof value !== "number") return [null, NOT_A_NUMBER];
  return Number.isFinite(value) ? [value, null] : [null, NOT_FINITE];
}

/** The number that text writes in digits, with a point and an exponent if it likes; null for any other text. */
function decimal(text) {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

function trimmed(text) {
  return text.replaceAll("\u00a0", " ").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}
