// Judges an answer to an exercise: the twin of judge.py, with the same verdicts and the same words.

/** @typedef {{verdict: "right"|"wrong"|"unclear"|"not started", feedback: string}} Verdict */

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

const verdictOf = (verdict, feedback) => ({ verdict, feedback });

/** The kinds of exercise: how each is judged. */
const JUDGES = {
  number(exercise, answer) {
    const [value, complaint] = readNumber(answer);
    if (complaint) return verdictOf("unclear", complaint);
    if (Math.abs(value - exercise.answer) <= exercise.tolerance) return verdictOf("right", exercise.right ?? "");
    const mistake = exercise.mistakes?.find((known) => Math.abs(value - known.value) <= known.tolerance);
    return verdictOf("wrong", mistake ? mistake.feedback : direction(exercise, value));
  },
  choice(exercise, answer) {
    const letters = LETTERS.slice(0, exercise.choices.length);
    const letter = typeof answer === "string" ? trimmed(answer).replace(/^[(). ]+|[(). ]+$/g, "").toLowerCase() : "";
    if (letter.length !== 1 || !letters.includes(letter)) {
      return verdictOf("unclear", `Answer with one letter, from ${letters[0]} to ${letters[letters.length - 1]}.`);
    }
    const choice = exercise.choices[letters.indexOf(letter)];
    return verdictOf(choice.right ? "right" : "wrong", choice.feedback);
  },
};

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
