import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { loadSchema } from '../../generator/schema/index.js';
import { describeWithShared, SHARED, sharedSchemas } from '../support/shared.js';

const FOLDER = join(SHARED, 'qapi-cases');

interface Verdict {
  readonly accepted: boolean;
  /** "file.json:LINE" of the first error; null when there is none. */
  readonly place: string | null;
}

/** QEMU prints the place, after lines that say how the file was included and in which definition. */
function qemuVerdict(err: string): Verdict {
  const place = /^(?!In file included)(\S+\.json:\d+):/m.exec(err);
  return { accepted: err === '', place: place?.[1] ?? null };
}

function ourVerdict(file: string): Verdict {
  const diagnostics = new Diagnostics({ strict: true });
  const { schema } = loadSchema(file, { diagnostics });
  const first = diagnostics.list.find((diagnostic) => diagnostic.severity === 'error');
  const at = first?.anchor ?? first?.at ?? null;
  const place = at === null ? null : `${basename(at.file.path)}:${at.file.position(at.start).line}`;
  expect(schema === null).toBe(diagnostics.errors > 0);
  return { accepted: diagnostics.errors === 0, place };
}

/** Files without an .err are parts of others. */
const casesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.err'))
        .map((name) => name.slice(0, -'.err'.length))
    : [];

describeWithShared("strict mode and QEMU 10.2's own cases", () => {
  const names = casesIn(FOLDER);
  const count = { accepted: 0, refused: 0 };

  it.each(names)('%s', (name) => {
    const theirs = qemuVerdict(readFileSync(join(FOLDER, `${name}.err`), 'utf8'));
    expect(ourVerdict(join(FOLDER, `${name}.json`))).toEqual(theirs);
    count[theirs.accepted ? 'accepted' : 'refused'] += 1;
  });

  it('agrees on all of them', () => {
    console.log(`qapi-cases: ${count.accepted} accepted, ${count.refused} refused, as by QEMU`);
    expect(count.accepted + count.refused).toBe(names.length);
    expect(names.length).toBeGreaterThan(100);
    expect(count.accepted).toBeGreaterThan(0);
  });
});

describeWithShared('strict mode and released schemas', () => {
  it.each(sharedSchemas().filter(({ release }) => release === '10.2'))(
    'accepts 10.2 $target',
    ({ file }) => {
      const diagnostics = new Diagnostics({ strict: true });
      expect(loadSchema(file, { diagnostics }).schema).not.toBeNull();
      expect(diagnostics.list).toEqual([]);
    },
  );
});
