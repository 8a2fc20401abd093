// The script share.js: what one leaves a lab with.

import { createShare } from "../../optimlib/js/lab/share.js";

globalThis.optimlibShare = createShare;
