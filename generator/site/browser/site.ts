/** What every page does once it is there: search, theme, and the graph where there is one. */

import { loadScript, root } from './load.js';
import { startSearch } from './search-box.js';
import { startTheme } from './theme-button.js';

startTheme();
startSearch();

const graph = document.getElementById('graph');
if (graph !== null) {
  graph.hidden = false;
  // Only for those who come near it.
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      void loadScript(`${root}graph.js`);
    },
    { rootMargin: '400px' },
  );
  near.observe(graph);
}
