// The script own.js: the editor of a lab for a rule of the reader's own.

import { createOwnRule } from "../../optimlib/js/lab/own_rule_panel.js";

globalThis.optimlibOwn = createOwnRule;
