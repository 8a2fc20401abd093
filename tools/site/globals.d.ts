// What the site's scripts find in their global scope. Types only: nothing of this file reaches a page.

/** The exercises of each chapter by name: put in by tools/bundles.py. */
declare const CHAPTER_EXERCISES: Record<string, string[]>;

/** What optimlib.js leaves for the scripts that come later (bundle.mjs). */
declare var optimlibShared: object[];
declare var optimlibParts: object;
declare var optimlibMap: object;
declare var optimlibShare: object;
declare var optimlibOwn: object;
declare var optimlibExercises: object;
declare var optimlibEditor: object;

// Sphinx's own scripts, on the page of search results.
declare const DOCUMENTATION_OPTIONS: { SHOW_SEARCH_SUMMARY: boolean; URL_ROOT: string; [name: string]: any };
declare const Documentation: { TRANSLATIONS: Record<string, string> };
declare const Search: any;
declare const SphinxHighlight: any;
declare const Stemmer: new () => { stemWord(word: string): string };

// What tools/search.py adds to them.
declare const folded: (word: string) => string;
declare const otherwise: Record<string, string>;
declare const greekLetters: Record<string, string>;
