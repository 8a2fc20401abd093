/**
 * Keeps an element where it stands in the window: take() notes where, and comeBack(isWanted, frames) leads there again, for so many frames
 * in which what is on the page may still get another size, as long as isWanted().
 */
export function createPlace(element) {
  let top = 0;
  function comeBack(isWanted, frames) {
    if (!isWanted()) return;
    scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
    if (frames > 1) requestAnimationFrame(() => comeBack(isWanted, frames - 1));
  }
  return { take: () => ({ top } = element.getBoundingClientRect()), comeBack };
}
