// Before anything is drawn: the theme that the reader chose.
//
// A page of files that asks for its storage before its first frame is at times given one of its own by a busy Chromium,
// and what is kept there is lost with the page. Until that frame such a page finds a storage that is empty and keeps nothing.
(() => {
  const { dataset } = document.documentElement;
  const real = Object.getOwnPropertyDescriptor(window, "localStorage");
  const empty = { getItem: () => null, setItem() {}, removeItem() {} };
  if (location.protocol === "file:" && real?.configurable) {
    Object.defineProperty(window, "localStorage", { configurable: true, get: () => empty });
    requestAnimationFrame(() => {
      Object.defineProperty(window, "localStorage", real);
      dispatchEvent(new StorageEvent("storage", { key: null })); // what was read may have changed
      const mode = localStorage.getItem("mode");
      if (mode && mode !== "auto") dataset.mode = dataset.theme = mode;
    });
  }
  for (const name of ["mode", "theme"]) dataset[name] = localStorage.getItem(name) || "auto";
})();
