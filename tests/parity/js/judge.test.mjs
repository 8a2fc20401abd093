import assert from "node:assert/strict";
import { test } from "node:test";

import { judge } from "../../../optimlib/js/exercises/judge.js";

const number = {
  kind: "number",
  answer: 0.5,
  tolerance: 0.001,
  right: "It is.",
  see: "page/Here",
  mistakes: [
    { value: 10, tolerance: 0.01, feedback: "The other direction." },
    { value: 5, tolerance: 0.01, feedback: "Twice.", see: "page/There" },
  ],
};
const choice = {
  kind: "choice",
  choices: [
    { text: "one", feedback: "Not one." },
    { text: "two", feedback: "Two.", right: true },
  ],
};
const of = (exercise, answer) => {
  const { verdict, feedback, see } = judge(exercise, answer);
  return `${verdict}: ${feedback}${see && ` [${see}]`}`;
};

test("a number is right within its tolerance, however it is written", () => {
  const answers = ["0.5", " .5 ", "1/2", "5e-1", "+0.5000", "50E-2", 0.5, "\u00a00.5005", "0,5", "0,500", "1,5/3", "η = 0.5", "lr=0,5", "≈ 0.5"];
  for (const answer of [...answers, "x₁ : 0.5", "0.5.", "(0.5)", "50 %", "50%", "５０％", "٠٫٥", "０．５"])
    assert.equal(of(number, answer), "right: It is.", answer);
});

test("what can be two numbers is told how to write it", () => {
  for (const answer of ["1,000", "-12,345", "1,000/2"]) assert.match(of(number, answer), /^unclear: 1,000 can be one thousand or one\. Write a point/);
  for (const answer of ["1,000,000", "1.234,5", "1,234.5"])
    assert.match(of(number, answer), /^unclear: Write a point as the decimal mark, and nothing between/);
});

test("a wrong number hears of its mistake, else of its side, sign or size", () => {
  assert.equal(of(number, "10"), "wrong: The other direction. [page/Here]");
  assert.equal(of(number, "5"), "wrong: Twice. [page/There]");
  assert.equal(of(number, "0.7"), "wrong: That is too high.");
  assert.equal(of(number, "0.04"), "wrong: That is too low, by a factor of 10 or more.");
  assert.equal(of(number, "−0.5"), "wrong: The sign is wrong.");
  assert.equal(of({ ...number, too_low: "Less than the curve." }, "0.4"), "wrong: Less than the curve.");
});

test("what is no number gets a sentence", () => {
  assert.match(of(number, ""), /^unclear: There is no number/);
  for (const answer of ["nan", "-inf", "1e999", NaN, Infinity]) assert.match(of(number, answer), /^unclear: NaN and infinity/);
  for (const answer of ["half", "1/2/3", "0x10", "1_000", "2 = 3", "20 steps", "%", "--1", ".", "e5", [0.5], {}, true]) {
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

test("an order is its letters", () => {
  const order = { kind: "order", lines: ["x", "y", "z"], orders: ["cab", "cba"], mistakes: [{ early: "b", late: "c", feedback: "y needs z." }] };
  for (const answer of ["cab", "C, B, A", ["c", "a", "b"]]) assert.match(of(order, answer), /^right/);
  assert.match(of(order, "abc"), /^not started/);
  assert.equal(of(order, "bac"), "wrong: y needs z.");
  assert.equal(of(order, "acb"), "wrong: Another line comes first.");
  assert.equal(of({ ...order, orders: ["cab"] }, "cba"), "wrong: The first line is right, the next is not.");
  for (const answer of ["", "ab", "abcd", "aab", 3, {}, ["abc", 1, "x"]]) assert.match(of(order, answer), /^unclear/);
});

test("a prediction is judged by its distance", () => {
  const valley = { kind: "predict", view: "valley", answer: [1, 2], tolerance: 0.5, mistakes: [{ value: [0, 0], tolerance: 1, feedback: "Too early." }] };
  assert.equal(of(valley, ["1", "2.4"]), "right: You are 0.40 units away.");
  assert.equal(of(valley, [4, 6]), "wrong: You are 5.00 units away.");
  assert.equal(of(valley, "0, 0.5"), "wrong: Too early.");
  for (const answer of ["1, 2", "(1, 2)", "1; 2", "1 2", "1,0; 2,0", "1,0 2,0", "1,0, 2,0", "1,0,2,0", "1, 2,0", "1,0, 2", "x1 = 1, x2 = 2", ["1,0", "2"]]) {
    assert.equal(of(valley, answer), "right: ", answer);
  }
  assert.equal(of(valley, "4, 2"), "wrong: x2 is right, x1 is not. You are 3.00 units away.");
  assert.equal(of(valley, "1, 6"), "wrong: x1 is right, x2 is not. You are 4.00 units away.");
  assert.equal(of({ ...valley, tolerance: 1e-9 }, "1.001, 2.001"), "wrong: You are less than 0.01 units away.");
  assert.match(of(valley, "1,0,2"), /^unclear: These commas can be read in two ways/);
  assert.match(of(valley, "x2 = 2, x1 = 1"), /^unclear: First x1, then x2/);
  for (const answer of ["1", [1], [1, "x"], [1, 2, 3], {}, true]) assert.match(of(valley, answer), /^unclear/);
  for (const answer of ["", ["", ""], [" ", "\u00a0"]]) assert.equal(of(valley, answer), "not started: There is no answer yet.");
  assert.match(of(valley, ["", "2"]), /^unclear: There is no x1 yet/);
  assert.match(of(valley, ["1", ""]), /^unclear: There is no x2 yet/);
  const loss = { kind: "predict", view: "loss", answer: 0.1, tolerance: 1, right: "Yes." };
  assert.equal(of(loss, "1/2"), "right: Yes. You are 0.70 powers of ten away.");
  assert.equal(of(loss, "1e-22"), "wrong: You are 21.00 powers of ten away.");
  for (const answer of ["0", "-1", "x", [], NaN]) assert.match(of(loss, answer), /^unclear/);
  assert.equal(of(loss, ""), "not started: There is no answer yet.");
});
