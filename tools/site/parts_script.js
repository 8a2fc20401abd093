// The script parts.js: what a lab does not need before a part of it is opened.

import { LAB_PARTS } from "../../optimlib/js/lab/parts.js";

globalThis.optimlibParts = LAB_PARTS;
