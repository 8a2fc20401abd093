import assert from "node:assert/strict";
import { test } from "node:test";

import { judge } from "../../optimlib/js/judge.js";

const number = {
  kind: "number",
  answer: 0.5,
  tolerance: 0.001,
  right: "It is.",
  mistakes: [{ value: 10, tolerance: 0.01, feedback: "The other direction." }],
};
const choice = {
  kind: "choice",
  choices: [
    { text: "one", feedback: "Not one." },
    { text: "two", feedback: "Two.", right: true },
  ],
};
const of = (exercise, answer) => Object.values(judge(exercise, answer)).join(": ");

test("a number is right within its tolerance, however it is written", () => {
  for (const answer of ["0.5", " .5 ", "1/2", "5e-1", "+0.5000", "50E-2", 0.5, "\u00a00.5005"]) assert.equal(of(number, answer), "right: It is.");
});

test("a wrong number hears of its mistake, else of its side, sign or size", () => {
  assert.equal(of(number, "10"), "wrong: The other direction.");
  assert.equal(of(number, "0.7"), "wrong: That is too high.");
  assert.equal(of(number, "0.04"), "wrong: That is too low, by a factor of 10 or more.");
  assert.equal(of(number, "−0.5"), "wrong: The sign is wrong.");
  assert.equal(of({ ...number, too_low: "Less than the curve." }, "0.4"), "wrong: Less than the curve.");
});

test("what is no number gets a sentence", () => {
  assert.match(of(number, "0,5"), /^unclear: Write a point/);
  assert.match(of(number, ""), /^unclear: There is no number/);
  for (const answer of ["nan", "-inf", "1e999", NaN, Infinity]) assert.match(of(number, answer), /^unclear: NaN and infinity/);
  for (const answer of ["half", "1/2/3", "0x10", "1_000", "٣", "5 %", "--1", ".", "e5", [0.5], {}, true]) {
    assert.match(of(number, answer), /^unclear: That is not a number/);
  }
  assert.match(of(number, "1/0"), /^unclear: A division by 0/);
  for (const answer of [null, undefined]) assert.match(of(number, answer), /^not started/);
});

test("a choice is its letter", () => {
  for (const answer of ["b", "B", " b) ", "(b)"]) assert.equal(of(choice, answer), "right: Two.");
  assert.equal(of(choice, "a"), "wrong: Not one.");
  for (const answer of ["c", "ab", "", "two", 1, [], {}]) assert.equal(of(choice, answer), "unclear: Answer with one letter, from a to b.");
});
