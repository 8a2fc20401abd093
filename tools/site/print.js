// On paper.

/** Print the page light and with its folds open; afterwards all is as it was. Hints and solutions stay closed: opened, they count as help taken. */
export function preparePrint(page) {
  const root = page.documentElement;
  let restore = null;
  addEventListener("beforeprint", () => {
    if (restore) return;
    const { theme } = root.dataset;
    const closed = [...page.querySelectorAll("article details:not([open])")].filter((fold) => !fold.closest(".ol"));
    root.dataset.theme = "light";
    for (const fold of closed) fold.open = true;
    restore = () => {
      restore = null;
      root.dataset.theme = theme;
      for (const fold of closed) fold.open = false;
    };
  });
  addEventListener("afterprint", () => restore?.());
}
