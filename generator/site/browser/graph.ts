/** Draws what is near a type or command: who refers to it on the left, what it refers to on the right. */

import { pageOf } from '../data.js';
import { Drawing } from './drawing.js';
import { loadScript, root, searchData } from './load.js';

async function start(place: HTMLElement): Promise<void> {
  const main = document.getElementById('main');
  const { target = '', file = '' } = main?.dataset ?? {};
  const [data] = await Promise.all([searchData(), loadScript(`${root}${target}/graph-data.js`)]);
  const graph = window.qapiSite?.graph;
  if (graph === undefined) throw new Error('graph-data.js holds no data');
  const index = data.targets.indexOf(target);
  const entries = data.entries.filter(([at]) => at === index);
  const here = entries.findIndex((entry) => pageOf(entry, data) === `${target}/${file}`);
  if (here >= 0)
    new Drawing(place, entries, graph, here, (entry) => `${root}${pageOf(entry, data)}`).show(1);
}

const place = document.getElementById('graph');
if (place !== null) void start(place);
