// The page of search results: Sphinx's own search, and below each page that it finds the place where the words stand.

(() => {
  // A page of files, and one in a sandbox, may not fetch the others to quote from them: it gets their texts from a script (search.py).
  if (origin === "null") {
    const texts = new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = "_static/search_texts.js";
      script.onload = () => resolve(globalThis.optimlibTexts);
      script.onerror = () => resolve({});
      document.head.append(script);
    });
    globalThis.fetch = async (address) => new Response((await texts)[String(address).replace(/^\.\//, "")] ?? "");
  }

  Documentation.TRANSLATIONS[
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories."
  ] = "Nothing was found. Is it spelled right? Fewer words find more.";

  const BEFORE = 90; // characters of the quotation before the first word that was found
  const AFTER = 150;
  const NEAR = 8; // words; those of a query that stand so near are found together

  const stemmer = new Stemmer();

  /** What a word of a page is found by: tools/site/search.py names it so in the index. */
  function namesOf(word) {
    const lower = folded(word).toLowerCase();
    const name = otherwise[lower] ?? (lower in greekLetters ? lower : lower.replace(/s$/, ""));
    const named = Object.entries(greekLetters).filter(([other, letter]) => lower.includes(letter) || other === name);
    return [stemmer.stemWord(lower), ...named.flat()];
  }

  /** Where most of the stems stand near each other for the first time. */
  function placeOf(text, stems) {
    // A part of a word will do, but "eta" is no part of "beta": the name of a letter stands alone.
    const isFound = (names, stem) => names.some((name) => name === stem || (stem.length > 2 && !(stem in greekLetters) && name.includes(stem)));
    const words = [...text.matchAll(/[\p{Letter}\p{Number}\p{Mark}_]+/gu)].map(({ 0: word, index }) => {
      const names = namesOf(word);
      return { index, found: stems.filter((stem) => isFound(names, stem)) };
    });
    let [place, most] = [0, 0];
    words.forEach(({ index, found }, i) => {
      if (!found.length) return;
      const near = new Set(words.slice(i, i + NEAR).flatMap((word) => word.found)).size;
      if (near > most) [place, most] = [index, near];
    });
    return place;
  }

  /** A quotation from a page, and a link to its section. */
  Search.makeSearchSummary = (page, stems) => {
    const article = new DOMParser().parseFromString(page, "text/html").querySelector("article");
    if (!article) return "";
    // Of a formula its signs once, and neither what it is made of nor how it is set.
    for (const one of article.querySelectorAll(".headerlink, script, style, noscript, annotation, .katex-html, details.hide > summary")) one.remove();
    for (const one of article.querySelectorAll("h1, h2, h3, p, li, th, td, div, pre, summary")) one.append(" "); // else the words of two would be one
    const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const [starts, nodes] = [[], []];
    let text = "";
    while (texts.nextNode()) {
      starts.push(text.length);
      nodes.push(texts.currentNode);
      text += texts.currentNode.nodeValue;
    }
    const place = placeOf(text, [...stems]);
    const section =
      nodes[
        Math.max(
          starts.findLastIndex((start) => start <= place),
          0,
        )
      ]?.parentElement.closest("section[id]");
    const from = place <= BEFORE ? 0 : text.indexOf(" ", place - BEFORE) + 1;
    const quotation = text
      .slice(from, place + AFTER)
      .replace(/\s+/g, " ")
      .trim();
    const summary = document.createElement("p");
    summary.className = "context";
    const pagename = /DOCUMENTATION_OPTIONS\.pagename = '([^']*)'/.exec(page)?.[1];
    const heading = section?.querySelector(":is(h1, h2, h3, h4)")?.textContent.trim();
    if (pagename && heading) {
      const link = document.createElement("a");
      link.href = `${pagename}${DOCUMENTATION_OPTIONS.LINK_SUFFIX}#${section.id}`;
      link.textContent = heading;
      summary.append(link, ": ");
    }
    summary.append(`${from ? "… " : ""}${quotation} …`);
    return summary;
  };
})();
