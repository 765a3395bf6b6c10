/** Runs before the page is painted, so that a chosen theme does not flash in. */
import { chosenTheme, show } from './choice.js';

show(chosenTheme());
