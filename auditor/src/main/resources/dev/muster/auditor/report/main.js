// Draws everything once; from then on what is looked at decides.
summary();
gaps();
namespaces();
trend();
heading();
filters();
tell();
// For whoever measures.
requestAnimationFrame(() => setTimeout(() => performance.mark("shown")));
