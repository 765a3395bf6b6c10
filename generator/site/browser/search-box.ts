import { pageOf, type SearchData, type SearchEntry } from '../data.js';
import { Finder } from './finder.js';
import { root, searchData } from './load.js';

const TARGETS: Readonly<Record<string, string>> = {
  qmp: 'QMP',
  qga: 'guest agent',
  qsd: 'storage daemon',
};
const WORDS = { c: 'command', e: 'event', t: 'type' } as const;

/** The box in the bar: a combobox whose list holds links. `/` goes to it from anywhere. */
export function startSearch(): void {
  const input = document.querySelector<HTMLInputElement>('#search');
  const list = document.getElementById('results');
  const status = document.getElementById('found');
  const box = input?.closest<HTMLElement>('.search');
  if (input === null || list === null || status === null || !box) return;
  box.hidden = false;
  new SearchBox(input, list, status, box).start();
}

class SearchBox {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #status: HTMLElement;
  readonly #box: HTMLElement;
  #ready: Promise<{ finder: Finder; data: SearchData }> | undefined;
  #chosen = -1;

  constructor(input: HTMLInputElement, list: HTMLElement, status: HTMLElement, box: HTMLElement) {
    this.#input = input;
    this.#list = list;
    this.#status = status;
    this.#box = box;
  }

  start(): void {
    const input = this.#input;
    input.addEventListener('focus', () => void this.#load());
    input.addEventListener('input', () => void this.#search());
    input.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('keydown', (event) => {
      const inText =
        event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.key !== '/' || inText || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
    document.addEventListener('pointerdown', (event) => {
      if (event.target instanceof Node && !this.#box.contains(event.target)) this.#close();
    });
    this.#box.addEventListener('focusout', (event) => {
      if (!(event.relatedTarget instanceof Node && this.#box.contains(event.relatedTarget)))
        this.#close();
    });
  }

  #load(): Promise<{ finder: Finder; data: SearchData }> {
    this.#ready ??= searchData().then(async (data) => ({ data, finder: await Finder.over(data) }));
    return this.#ready;
  }

  async #search(): Promise<void> {
    const query = this.#input.value;
    if (query.trim() === '') return this.#close();
    const { finder, data } = await this.#load();
    // Meanwhile more may have been typed: that has its own turn.
    if (this.#input.value !== query) return;
    this.#show(finder.find(query), data);
  }

  #show(entries: readonly SearchEntry[], data: SearchData): void {
    const options = entries.map((entry, at) => option(entry, at, data));
    this.#status.textContent = entries.length === 0 ? 'Nothing found' : `${entries.length} found`;
    const nothing = document.createElement('p');
    nothing.textContent = 'Nothing found.';
    this.#list.replaceChildren(...(options.length === 0 ? [nothing] : options));
    // An empty list of options is none for those who hear the page.
    if (options.length === 0) this.#list.removeAttribute('role');
    else this.#list.setAttribute('role', 'listbox');
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    this.#choose(options.length === 0 ? -1 : 0);
  }

  #close(): void {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#choose(-1);
  }

  #choose(at: number): void {
    const options = this.#list.querySelectorAll('a');
    this.#chosen = at;
    options.forEach((each, index) => {
      each.setAttribute('aria-selected', String(index === at));
    });
    const chosen = options[at];
    if (chosen === undefined) this.#input.removeAttribute('aria-activedescendant');
    else {
      this.#input.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    }
  }

  #key(event: KeyboardEvent): void {
    const options = this.#list.querySelectorAll('a');
    if (event.key === 'Escape') {
      if (this.#list.hidden) this.#input.blur();
      this.#close();
    } else if (this.#list.hidden || options.length === 0) return;
    else if (event.key === 'ArrowDown') this.#choose((this.#chosen + 1) % options.length);
    else if (event.key === 'ArrowUp')
      this.#choose((this.#chosen + options.length - 1) % options.length);
    else if (event.key === 'Enter') options[this.#chosen]?.click();
    else return;
    event.preventDefault();
  }
}

function option(entry: SearchEntry, at: number, data: SearchData): HTMLAnchorElement {
  const [target, group, name, , summary, , module, lastIn] = entry;
  const link = document.createElement('a');
  link.id = `result-${at}`;
  link.setAttribute('role', 'option');
  link.tabIndex = -1;
  link.href = `${root}${pageOf(entry, data)}`;
  const word = data.targets[target] ?? '';
  const where = [
    TARGETS[word] ?? word,
    data.modules[module],
    lastIn === '' ? '' : `until ${lastIn}`,
  ];
  const letter = piece('span', `letter ${group}`, group.toUpperCase());
  letter.setAttribute('aria-label', WORDS[group]);
  letter.setAttribute('role', 'img');
  link.append(
    letter,
    piece('code', '', name),
    piece('span', 'where', where.filter((part) => part !== undefined && part !== '').join(' · ')),
  );
  if (summary !== '') link.append(piece('span', 'what', summary));
  return link;
}

function piece(tag: 'span' | 'code', className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}
