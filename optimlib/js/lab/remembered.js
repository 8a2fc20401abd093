/**
 * f, which computes again only when its arguments change: the same object stands for the same result.
 * @template {any[]} Given
 * @template Result
 * @param {(...given: Given) => Result} f a pure function of plain data
 * @returns {(...given: Given) => Result}
 */
export function remembered(f) {
  let key, value;
  return (...given) => {
    const now = JSON.stringify(given);
    if (now !== key) [key, value] = [now, f(...given)];
    return value;
  };
}
