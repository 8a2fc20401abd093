import { createAdder } from "./adder.js";
import { createFindings } from "./findings.js";
import { renderLab } from "./lab.js";
import { readLink } from "./link.js";
import { createMap, MAPPED } from "./map_view.js";
import { createMeasureTable } from "./measure_table.js";
import { createOwnRule } from "./own_rule_panel.js";
import { createPredict } from "./predict.js";
import { createShare } from "./share.js";
import { createSidePlots } from "./side_plots.js";
import { createValleyCard } from "./valley_card.js";

/**
 * What a lab does not need before the reader opens it: a page loads it then. Each is given what a
 * lab lends its parts, and gives its element and, where it changes, show({lab, shown, step, width, theme}), which draws it.
 */
export const LAB_PARTS = {
  plots: createSidePlots,
  measures: createMeasureTable,
  add: createAdder,
  valley: createValleyCard,
  findings: createFindings,
  predict: createPredict,
  share: createShare,
  own: createOwnRule,
  map({ pick }) {
    const map = createMap({ onPick: pick });
    return {
      element: map.element,
      show({ lab, width, theme }) {
        const settingsOf = (kind) => lab.rules.find((rule) => rule.kind === kind)?.settings ?? null;
        map.resize(width - 22); // the panel's edge
        map.show({ curvatures: lab.curvatures, angle: lab.angle, start: lab.start, theme, settings: Object.fromEntries(Object.keys(MAPPED).map((kind) => [kind, settingsOf(kind)])) });
      },
    };
  },
  readLink,
};

/** The lab with all of its parts at hand, as in Jupyter, where they come in one module. */
export const renderWholeLab = (given) => renderLab({ ...given, loadParts: async () => LAB_PARTS });
