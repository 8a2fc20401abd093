// The article of a page as it prints, without what only scripts make work: pdf.py evaluates this in each page.

/**
 * @param {{own: string, chapters: Object<string, string>}} names own is the name of this page's chapter; chapters gives that of each page, by the page's address
 * @returns {string} the article, its ids and the links to them beginning with the chapter's name
 */
({ own, chapters }) => {
  const article = document.querySelector("article");
  const named = (id, chapter = own) => (id ? `${chapter}--${id}` : chapter);

  /** Words that lead nowhere on paper: "(see it)" goes, others stay as words. */
  const withoutLink = (link) => {
    const [before, after] = [link.previousSibling, link.nextSibling];
    const isAside = before?.nodeType === 3 && after?.nodeType === 3 && /\($/.test(before.data) && /^\.?\)/.test(after.data);
    if (!isAside) return link.replaceWith(...link.childNodes);
    before.data = before.data.replace(/\s*\($/, "");
    after.data = after.data.replace(/^\.?\)/, "");
    link.remove();
  };

  // Before it is copied: a copy of a canvas is empty.
  for (const canvas of article.querySelectorAll("canvas")) {
    canvas.style.background = `url(${canvas.toDataURL()}) 0 0 / 100% 100%`;
  }
  const copy = /** @type {HTMLElement} */ (article.cloneNode(true));
  for (const one of copy.querySelectorAll("script, noscript, button, .headerlink, .toctree-wrapper, input[type=range], select, textarea")) one.remove();
  for (const image of copy.querySelectorAll("img")) {
    image.setAttribute("src", image.src);
    image.loading = "eager";
  }
  for (const link of copy.querySelectorAll("a[href]")) {
    const { href, protocol } = /** @type {HTMLAnchorElement} */ (link);
    const [address, id] = href.split("#");
    const chapter = chapters[address];
    if (chapter && !id?.includes("=")) link.setAttribute("href", `#${named(id, chapter)}`);
    else if (protocol === "file:") withoutLink(link); // it opens a finding, or saves a file
  }
  const reference = /url\(["']?#([^"')]+)["']?\)/g;
  for (const one of [copy, ...copy.querySelectorAll("*")]) {
    for (const { name, value } of [...one.attributes]) {
      if (name === "id") one.id = named(value);
      else if (name === "for" || /^aria-(labelledby|describedby|controls|owns)$/.test(name)) one.setAttribute(name, value.split(/\s+/).map((id) => named(id)).join(" "));
      else if (one.tagName === "use" && name.endsWith("href")) one.setAttribute(name, value.replace(/^#(.+)/, (_, id) => `#${named(id)}`));
      else if (value.includes("url(")) one.setAttribute(name, value.replace(reference, (_, id) => `url(#${named(id)})`));
    }
  }
  copy.id = own;
  return copy.outerHTML;
};
