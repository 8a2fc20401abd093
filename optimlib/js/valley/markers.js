/** The markers, as SVG path data about the current point, for a size r. */
export const MARKERS = {
  circle: (r) => `m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  square: (r) => `m${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  triangle: (r) => `m0,${-1.3 * r}l${1.3 * r},${2.3 * r}h${-2.6 * r}z`,
  diamond: (r) => `m0,${-1.4 * r}l${1.4 * r},${1.4 * r}l${-1.4 * r},${1.4 * r}l${-1.4 * r},${-1.4 * r}z`,
  arrowhead: (r) => `m${1.3 * r},0l${-2.3 * r},${1.3 * r}v${-2.6 * r}z`,
  wedge: (r) => `m0,${1.3 * r}l${1.3 * r},${-2.3 * r}h${-2.6 * r}z`,
  hexagon: (r) => `m0,${-1.3 * r}l${1.1 * r},${0.6 * r}v${1.4 * r}l${-1.1 * r},${0.6 * r}l${-1.1 * r},${-0.6 * r}v${-1.4 * r}z`,
  plus: (r) => `m${-0.5 * r},${-1.4 * r}h${r}v${0.9 * r}h${0.9 * r}v${r}h${-0.9 * r}v${0.9 * r}h${-r}v${-0.9 * r}h${-0.9 * r}v${-r}h${0.9 * r}z`,
};
