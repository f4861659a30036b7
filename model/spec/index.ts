export { FINDING, findingsOfKernel, KNOWN_FINDINGS } from './findings.js';
export { flavourOf, flavourOfKernel } from './flavour.js';
export { Spec } from './spec.js';
export { VARIATION_POINTS, VP } from './variation-points.js';
