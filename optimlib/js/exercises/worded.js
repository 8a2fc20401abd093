/** A sentence of the data with values in place of its {names}. */
export const worded = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
