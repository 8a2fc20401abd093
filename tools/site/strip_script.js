// The script strip.js: widgets that only some pages have.

import { renderPair } from "../../optimlib/js/strip/pair.js";
import { renderStrip } from "../../optimlib/js/strip/strip.js";

globalThis.optimlibStrip = { renderPair, renderStrip };
