import { html, powerOf, readable, setAttributes, setText, tenTo } from "./dom.js";

/** A slider over the numbers of two digits, from 10**low up to 10**(high + 1): a place for each. */
export function rateScale(low, high) {
  return {
    places: 90 * (high - low + 1),
    at(place) {
      const power = low + Math.floor(place / 90);
      return Number(`${10 + (place % 90)}e${power - 1}`);
    },
    placeOf(value) {
      const power = powerOf(value);
      return Math.round(90 * (power - low) + (value / tenTo(power)) * 10 - 10);
    },
  };
}

/** The same from one power of ten to another. @param {number[]} range */
export const rateScaleOf = ([low, high]) => rateScale(powerOf(low), powerOf(high) - 1);

/** A slider from low to high in equal steps. */
export function linearScale(low, high, step) {
  const digits = Math.max(-powerOf(step), 0);
  return {
    places: Math.round((high - low) / step),
    at: (place) => Number((low + place * step).toFixed(digits)),
    placeOf: (value) => Math.round((value - low) / step),
  };
}

/**
 * Of the places that the pointer stands for, which are reach to each side of one, that of the shortest number: a mouse can choose 0.5 also
 * where a pixel is several places.
 */
export function roundest({ at, places }, place, reach) {
  const lengthAt = (one) => at(one).toExponential().length;
  let best = place;
  for (let one = Math.max(place - reach, 0); one <= Math.min(place + reach, places); one++) if (lengthAt(one) < lengthAt(best)) best = one;
  return best;
}

/** A swipe that begins on a control and scrolls the page leaves it alone: restore(value) is called with what value() gave before. */
export function keepOnSwipe(input, value, restore) {
  let before;
  input.addEventListener("pointerdown", () => (before = value()));
  input.addEventListener("pointercancel", () => restore(before));
}

/** A name that says what it is when it is pressed, and the place where it does. */
function explained(name, explain) {
  const words = html("p", { class: "ol-note", hidden: true });
  const button = html("button", { type: "button", class: "ol-about", "aria-expanded": "false", onclick: toggle }, name);
  function toggle() {
    words.hidden = !words.hidden;
    button.setAttribute("aria-expanded", !words.hidden);
    explain(words);
  }
  return [button, words];
}

/** A named box to be ticked, as createSlider has it. */
export function createBox({ name, label, explain = null, disabled = false, onValue }) {
  const box = html("input", { type: "checkbox", disabled, "aria-label": label, onchange: () => onValue(box.checked) });
  const words = explain ? explained(name, explain) : [html("span", {}, name)];
  return { element: html("div", { class: "ol-slider" }, ...words, box), show: (value) => (box.checked = value) };
}

/**
 * A named slider: label is its whole name for those who do not see it; explain(words), where there is one, writes what it is into
 * an element for who presses its name.
 * onValue(value) is called while it is moved.
 * @returns {{element: HTMLElement, show: (value: number, text?: string) => void, rename: (name: string, owner: string) => void}}
 */
export function createSlider({ name, label, explain = null, scale, disabled = false, onValue }) {
  const output = html("output", { class: "ol-value", "aria-live": "off" });
  const input = html("input", {
    type: "range",
    class: "ol-range",
    min: 0,
    max: scale.places,
    disabled,
    "aria-label": label,
    oninput: () => onValue(scale.at(roundest(scale, Number(input.value), input.matches(":active") ? Math.floor(scale.places / input.clientWidth) : 0))),
  });
  let shown, given;
  keepOnSwipe(input, () => given, onValue);
  const element = explain
    ? html("div", { class: "ol-slider" }, ...explained(name, explain), output, input)
    : html("label", { class: "ol-slider" }, html("span", {}, name), output, input);
  return {
    element,
    rename(now, owner) {
      setText(element.firstChild, now);
      setAttributes(input, { "aria-label": `${now} of ${owner}` });
    },
    show(value, text) {
      if (value === given && !text) return;
      given = value;
      const words = text ?? readable(String(Number(value.toPrecision(12))));
      if (shown === words) return;
      shown = words;
      input.value = scale.placeOf(value);
      input.setAttribute("aria-valuetext", words);
      setText(output, words);
    },
  };
}
