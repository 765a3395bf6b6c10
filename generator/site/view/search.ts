import type { Definition, Schema } from '../../ir/types.js';
import { allMembers } from '../../ir/visit.js';
import type { GraphData, SearchData, SearchEntry } from '../data.js';
import type { Entity, SiteModel, SiteTarget } from '../model/index.js';
import type { EntityView } from './entity.js';

/** Of longer summaries, the beginning is shown. */
const SUMMARY = 140;
/** More names of members than these tell nothing apart. */
const PARTS = 80;

export function searchData(model: SiteModel, viewOf: (entity: Entity) => EntityView): SearchData {
  const modules = new Map<string, number>();
  const moduleIndex = (title: string | undefined): number => {
    if (title === undefined) return -1;
    const known = modules.get(title) ?? modules.size;
    modules.set(title, known);
    return known;
  };
  const entries = model.targets.flatMap((site, target) =>
    site.entities.map((entity): SearchEntry => {
      const view = viewOf(entity);
      const { group, file, title } = view;
      const stem = file.replace(/\.html$/, '');
      const schema = site.versions[entity.home]?.schema;
      const parts = schema === undefined ? [] : partNames(entity.definition, schema);
      return [
        target,
        letterOf(entity),
        title,
        stem === `${group}-${title}` ? 0 : stem,
        shortened(view.summaryText),
        [...new Set(parts)].slice(0, PARTS).join(' '),
        moduleIndex(view.module?.title),
        view.lastIn ?? '',
      ];
    }),
  );
  return {
    targets: model.targets.map(({ target }) => target),
    modules: [...modules.keys()],
    entries,
  };
}

const letterOf = ({ group }: Entity) =>
  ({ command: 'c', event: 'e', type: 't' })[group] as 'c' | 'e' | 't';

export function shortened(text: string): string {
  if (text.length <= SUMMARY) return text;
  return `${text.slice(0, SUMMARY).replace(/\s+\S*$/, '')}…`;
}

function partNames(definition: Definition, schema: Schema): readonly string[] {
  const held = (name: string | null): readonly string[] => {
    const type = name === null ? undefined : schema.types.get(name);
    if (type?.kind !== 'struct' && type?.kind !== 'union') return [];
    return allMembers(schema, type).map((member) => member.name);
  };
  switch (definition.kind) {
    case 'command':
      return held(definition.arguments);
    case 'event':
      return held(definition.data);
    case 'enum':
      return definition.values.map(({ name }) => name);
    case 'alternate':
      return definition.alternatives.map(({ name }) => name);
    case 'struct':
      return held(definition.name);
    case 'union':
      return [...held(definition.name), ...definition.branches.map(({ name }) => name)];
  }
}

export function graphData(site: SiteTarget): GraphData {
  const indices = new Map(site.entities.map((entity, index) => [entity, index]));
  return site.entities.map((entity) =>
    [...site.usedBy(entity), ...site.formerlyUsedBy(entity)].map((type) => {
      const index = indices.get(type);
      if (index === undefined) throw new Error(`${type.name} is not among the entities`);
      return index;
    }),
  );
}

/** A script that leaves data where the site's scripts look for it. Nothing in it can end the script. */
export function dataScript(place: string, data: unknown): string {
  const json = JSON.stringify(data).replace(
    /[<>\u2028\u2029]|\p{Cs}/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `(window.qapiSite ??= {}).${place} = ${json};\n`;
}
