import type { TypeRef } from '../../ir/types.js';
import type { Entity, SiteTarget } from '../model/index.js';
import { type Html, html, text } from './html.js';
import type { Resolve } from './prose.js';

/** Links between the pages of one target, which are files of one folder. */
export class Links {
  readonly #target: SiteTarget;

  constructor(target: SiteTarget) {
    this.#target = target;
  }

  readonly resolve: Resolve = ({ name, role }) => {
    if (role === 'member') return null;
    const groups = role === 'any' ? (['command', 'event', 'type'] as const) : ([role] as const);
    for (const group of groups) {
      const entity = this.#target.find(group, name);
      if (entity !== undefined) return entity.file;
    }
    return null;
  };

  page(entity: Entity): Html {
    return html`<a href="${text(entity.file)}"><code>${text(titleOf(entity))}</code></a>`;
  }

  type(name: string): Html {
    const entity = this.#target.find('type', name);
    if (entity === undefined) return html`<code>${text(name)}</code>`;
    return html`<a href="${text(entity.file)}">${text(titleOf(entity))}</a>`;
  }

  /** A type as QEMU's manual writes it, its name a link. */
  reference(ref: TypeRef): Html {
    if (ref.kind === 'array') return html`[${this.reference(ref.element)}]`;
    if (ref.kind === 'builtin') return html`<span class="b">${text(ref.name)}</span>`;
    return this.type(ref.name);
  }
}

/** Names that the generator made for types declared in place are no names to show. */
export function titleOf({ name, definition }: Entity): string {
  const made = 'implicit' in definition && definition.implicit === 'inline';
  return made ? definition.tsName : name;
}
