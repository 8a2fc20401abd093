// Before anything is drawn: the theme that the reader chose, and a storage in any case.
//
// A page of files that asks for its storage before its first frame is at times given one of its own by a busy Chromium,
// and what is kept there is lost with the page. Until that frame such a page finds a storage that is empty and keeps nothing,
// but the words of a search, which the page that it leads to marks.
// Where a page may have none, as in a sandbox (Jupyter serves files so), asking for it throws, in the theme's scripts too:
// there they find a stand-in, which lasts as long as the page.
(() => {
  const { dataset } = document.documentElement;
  const real = Object.getOwnPropertyDescriptor(window, "localStorage");
  const WORDS = "sphinx_highlight_terms";
  let words = "";
  const empty = { getItem: () => null, setItem: (key, text) => key === WORDS && (words = text), removeItem() {} };
  const replace = (name, value) => Object.defineProperty(window, name, { configurable: true, value });
  const standIn = () => {
    const kept = new Map();
    return { isStandIn: true, getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) };
  };
  const provide = () => {
    for (const name of ["localStorage", "sessionStorage"]) {
      try {
        if (!window[name]) replace(name, standIn());
      } catch {
        replace(name, standIn());
      }
    }
  };
  if (location.protocol === "file:" && real?.configurable) {
    replace("localStorage", empty);
    requestAnimationFrame(() => {
      Object.defineProperty(window, "localStorage", real);
      provide();
      dispatchEvent(new StorageEvent("storage", { key: null })); // what was read may have changed
      const mode = localStorage.getItem("mode");
      if (mode && mode !== "auto") dataset.mode = dataset.theme = mode;
      if (words) localStorage.setItem(WORDS, words);
      else if (typeof SphinxHighlight !== "undefined" && typeof Search === "undefined") SphinxHighlight.highlightSearchWords(); // it found none
    });
  } else provide();
  for (const name of ["mode", "theme"]) dataset[name] = localStorage.getItem(name) || "auto";
})();
