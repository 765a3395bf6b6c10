import { Graph, layout } from '@dagrejs/dagre';
import type { GraphData, SearchEntry } from '../data.js';
import { type Neighbourhood, neighbourhoodOf } from './neighbourhood.js';

const SVG = 'http://www.w3.org/2000/svg';
const STEPS = [1, 2, 3] as const;
const HEIGHT = 26;
/** Of a letter of the monospaced font, in pixels. */
const LETTER = 7.3;
const LONGEST = 34;

export class Drawing {
  readonly #place: HTMLElement;
  readonly #entries: readonly SearchEntry[];
  readonly #graph: GraphData;
  readonly #here: number;
  readonly #hrefOf: (entry: SearchEntry) => string;

  constructor(
    place: HTMLElement,
    entries: readonly SearchEntry[],
    graph: GraphData,
    here: number,
    hrefOf: (entry: SearchEntry) => string,
  ) {
    this.#place = place;
    this.#entries = entries;
    this.#graph = graph;
    this.#here = here;
    this.#hrefOf = hrefOf;
  }

  show(steps: number): void {
    const near = neighbourhoodOf(this.#graph, this.#here, steps);
    const canvas = document.createElement('div');
    canvas.className = 'canvas';
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'group');
    canvas.setAttribute('aria-label', 'Graph of references; the lists below say the same in words');
    canvas.append(this.#draw(near));
    this.#place.replaceChildren(this.#tools(steps, near.hidden), canvas);
    const middle = canvas.querySelector('.here')?.getBoundingClientRect();
    const frame = canvas.getBoundingClientRect();
    if (middle === undefined) return;
    canvas.scrollLeft = middle.left + middle.width / 2 - frame.left - frame.width / 2;
    canvas.scrollTop = middle.top + middle.height / 2 - frame.top - frame.height / 2;
  }

  #tools(steps: number, hidden: number): HTMLElement {
    const tools = document.createElement('div');
    tools.className = 'tools';
    tools.append('Steps');
    for (const count of STEPS) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = String(count);
      button.setAttribute('aria-pressed', String(count === steps));
      button.setAttribute('aria-label', count === 1 ? '1 step' : `${count} steps`);
      button.addEventListener('click', () => {
        this.show(count);
        this.#place.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
      });
      tools.append(button);
    }
    if (hidden > 0) tools.append(`and more that is not drawn`);
    return tools;
  }

  #draw({ nodes, edges }: Neighbourhood): SVGSVGElement {
    const graph = new Graph();
    graph.setGraph({ rankdir: 'LR', nodesep: 8, ranksep: 46, marginx: 16, marginy: 16 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const node of nodes) {
      const label = this.#label(node);
      graph.setNode(String(node), { width: label.length * LETTER + 18, height: HEIGHT });
    }
    for (const [from, to] of edges) graph.setEdge(String(from), String(to));
    layout(graph);
    const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
    const svg = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
    svg.append(arrow());
    for (const edge of graph.edges()) {
      const { points } = graph.edge(edge) as { points: readonly { x: number; y: number }[] };
      svg.append(element('path', { d: curve(points), 'marker-end': 'url(#tip)' }));
    }
    for (const node of nodes) {
      const {
        x,
        y,
        width: wide,
      } = graph.node(String(node)) as { x: number; y: number; width: number };
      svg.append(this.#node(node, x, y, wide));
    }
    return svg;
  }

  #node(node: number, x: number, y: number, width: number): SVGElement {
    const entry = this.#entries[node];
    const link = element('a', {
      class: [entry?.[1] ?? 't', node === this.#here ? 'here' : '', entry?.[7] ? 'past' : ''].join(
        ' ',
      ),
    });
    if (entry !== undefined && node !== this.#here) link.setAttribute('href', this.#hrefOf(entry));
    const text = element('text', { x, y: y + 4, 'text-anchor': 'middle' });
    text.textContent = this.#label(node);
    const box = { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT, rx: 6 };
    link.append(element('rect', box), text);
    if (entry !== undefined && entry[2].length > LONGEST) {
      const title = element('title', {});
      title.textContent = entry[2];
      link.append(title);
    }
    return link;
  }

  #label(node: number): string {
    const name = this.#entries[node]?.[2] ?? '';
    return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
  }
}

function arrow(): SVGElement {
  const defs = element('defs', {});
  const marker = element('marker', {
    ...{ id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4 },
    ...{ markerWidth: 7, markerHeight: 7, orient: 'auto' },
  });
  marker.append(element('path', { d: 'M0 0 8 4 0 8z' }));
  defs.append(marker);
  return defs;
}

/** Through the middles between the points, which is smooth. */
function curve(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((point, at) => {
    const next = rest[at + 1];
    if (next === undefined) path += `L${point.x} ${point.y}`;
    else path += `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return path;
}

type Tags = { svg: SVGSVGElement; a: SVGAElement };

function element<T extends string>(
  tag: T,
  attributes: Readonly<Record<string, string | number>>,
): T extends keyof Tags ? Tags[T] : SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made as T extends keyof Tags ? Tags[T] : SVGElement;
}
