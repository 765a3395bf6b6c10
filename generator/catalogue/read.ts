import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { Block, Doc, Inline } from '../ir/doc.js';
import { type SourceFile, spanOf } from '../source/source-file.js';
import { type RawBody, type RawExample, type RawProse, readBody } from './body.js';
import { checkExample } from './example-check.js';
import { type ExampleValue, readExample } from './example-json.js';
import { type ExampleObject, membersByName } from './example-values.js';
import { type Findings, findingsIn } from './findings.js';
import { splitLines } from './lines.js';
import { readMemberText } from './member-text.js';
import type { CatalogueEvent, CatalogueResult, ObjectLike } from './model.js';
import { nestItems } from './nesting.js';
import { resolveMembers } from './resolve.js';
import { cutSections, type Section, shorten } from './sections.js';

/** Reads the text whole; what it cannot make sense of is reported, never thrown. */
export function readCatalogue(file: SourceFile, diagnostics: Diagnostics): CatalogueResult {
  const events = new Map<string, CatalogueEvent>();
  for (const section of cutSections(splitLines(file), diagnostics)) {
    for (const event of readSection(section, diagnostics)) {
      const first = events.get(event.name);
      if (first === undefined) events.set(event.name, event);
      else {
        diagnostics.report(
          'catalogue-duplicate-event',
          `'${event.name}' is described twice`,
          event.span,
          { related: [{ message: 'the first description', at: first.span }] },
        );
      }
    }
  }
  if (events.size === 0) {
    diagnostics.report(
      'catalogue-without-events',
      'no event is described here: an event begins with its name, underlined',
      spanOf(file, 0),
    );
  }
  return { file, module: moduleName(file.path), events: [...events.values()] };
}

function moduleName(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  return name === '' || name === '.' || name === '..' ? 'events' : name;
}

interface ReadExample {
  readonly raw: RawExample;
  readonly value: ExampleValue | null;
}

function readSection(section: Section, diagnostics: Diagnostics): readonly CatalogueEvent[] {
  const names = section.names.map(({ name }) => name);
  const findings = findingsIn(`event ${shorten(names.join(', '))}`, diagnostics);
  const body = readBody(section, findings);
  const examples = body.examples.map((raw): ReadExample => {
    const { value, problems } = readExample(raw.file, raw.start, raw.end);
    for (const { message, span } of problems) {
      findings.report('catalogue-example-syntax', message, span);
    }
    return { raw, value };
  });
  const data = dataOf(section, body, examples, findings);
  for (const { value } of examples) {
    if (value !== null) checkExample(value, names, data, findings);
  }
  return section.names.map(({ name, span }) => ({
    name,
    span,
    since: sinceOf(body.prose),
    doc: docOf(body.prose, examplesOf(name, names, examples)),
    data,
  }));
}

function dataOf(
  section: Section,
  body: RawBody,
  examples: readonly ReadExample[],
  findings: Findings,
): ObjectLike | null {
  const shown = examples.flatMap(({ value }) => shownData(value));
  const [first] = body.items;
  if (first !== undefined) {
    if (body.withoutData !== null) {
      findings.report(
        'catalogue-data-contradiction',
        'the members below say that the event does carry data',
        body.withoutData,
      );
    }
    const { foreign } = readMemberText(first.text);
    if (body.items.length === 1 && !first.quoted && first.name === 'data' && foreign !== null) {
      return { kind: 'foreign', name: foreign, otherwise: { kind: 'object', members: [] } };
    }
    const nodes = nestItems(body.items, shown, findings);
    return { kind: 'object', members: resolveMembers(nodes, shown, findings) };
  }
  if (body.withoutData !== null) return null;
  const heading = section.names[0]?.span ?? null;
  const guess = shown.length > 0 ? 'an object, as the example shows' : 'none';
  findings.report(
    'catalogue-data-unstated',
    `the text does not say what data the event carries; taken for ${guess}`,
    heading,
  );
  return shown.length > 0 ? { kind: 'object', members: [] } : null;
}

function shownData(value: ExampleValue | null): readonly ExampleObject[] {
  if (value?.kind !== 'object') return [];
  const data = membersByName(value).get('data')?.value;
  return data?.kind === 'object' ? [data] : [];
}

/** The examples that show the event; those that show none of the section's go with each. */
function examplesOf(
  name: string,
  names: readonly string[],
  examples: readonly ReadExample[],
): ReadonlySet<RawExample> {
  const kept = examples.filter(({ value }) => {
    const shown = value?.kind === 'object' ? membersByName(value).get('event')?.value : undefined;
    if (shown?.kind !== 'string' || !names.includes(shown.value)) return true;
    return shown.value === name;
  });
  return new Set(kept.map(({ raw }) => raw));
}

function sinceOf(prose: readonly RawProse[]): string | null {
  for (const part of prose) {
    if (part.kind === 'example') continue;
    const { since } = readMemberText(part.lines);
    if (since !== null) return since;
  }
  return null;
}

function docOf(prose: readonly RawProse[], examples: ReadonlySet<RawExample>): Doc {
  const first = prose.find(({ kind }) => kind === 'paragraph');
  const body = prose.filter((part) => {
    return part !== first && (part.kind !== 'example' || examples.has(part.example));
  });
  return {
    summary: first?.kind === 'paragraph' ? inlinesOf(first.lines) : [],
    body: body.map(blockOf),
    returns: [],
    errors: [],
  };
}

function blockOf(part: RawProse): Block {
  if (part.kind === 'example') {
    const { file, start, end, title } = part.example;
    const text = file.text.slice(start, end).replace(/\r/g, '');
    return { kind: 'example', title, blocks: [{ kind: 'code', language: 'json', text }] };
  }
  const paragraph: Block = { kind: 'paragraph', inlines: inlinesOf(part.lines) };
  if (part.kind === 'paragraph') return paragraph;
  return { kind: 'admonition', name: 'note', blocks: [paragraph] };
}

function inlinesOf(lines: readonly string[]): readonly Inline[] {
  return [{ kind: 'text', text: lines.join(' ') }];
}
