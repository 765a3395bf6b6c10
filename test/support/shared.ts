import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'vitest';

/** Material that is not part of the repository: QEMU's own schemas, cases and transcripts. */
export const SHARED = resolve(process.env.QAPI_TS_SHARED ?? '../shared');

const required = process.env.QAPI_TS_REQUIRE_LIVE === '1';

/** As `describe`; where the shared material is absent it says so, and fails if it is required. */
export function describeWithShared(title: string, body: () => void): void {
  if (existsSync(join(SHARED, 'qemu'))) {
    describe(title, body);
    return;
  }
  const missing = `${SHARED} is absent (QAPI_TS_SHARED names the folder)`;
  describe(title, () => {
    it(missing, (context) => {
      if (required) throw new Error(missing);
      context.skip(missing);
    });
  });
}

export type SharedTarget = 'qmp' | 'qga' | 'qsd';

export interface SharedSchema {
  /** Such as "7.2", or the folder of a downstream. */
  readonly release: string;
  readonly target: SharedTarget;
  readonly file: string;
  /** QEMU's own introspection of it; null before 2.5. */
  readonly oracle: string | null;
}

const PLACES: { readonly [T in SharedTarget]: readonly string[] } = {
  qmp: ['qapi/qapi-schema.json', 'qapi-schema.json'],
  qga: ['qga/qapi-schema.json', 'qapi-schema-guest.json'],
  qsd: ['storage-daemon/qapi/qapi-schema.json'],
};

/** Every schema of the shared material, releases in numeric order, downstreams last. */
export function sharedSchemas(): readonly SharedSchema[] {
  const byNumber = new Intl.Collator('en', { numeric: true }).compare;
  const releases = [
    ...readdirSync(join(SHARED, 'qemu'))
      .sort(byNumber)
      .map((name) => ({ release: name, folder: join(SHARED, 'qemu', name) })),
    ...readdirSync(join(SHARED, 'downstream'))
      .sort(byNumber)
      .map((name) => ({ release: name, folder: join(SHARED, 'downstream', name) })),
  ];
  return releases.flatMap(({ release, folder }) =>
    (['qmp', 'qga', 'qsd'] as const).flatMap((target) => {
      const file = PLACES[target]
        .map((place) => join(folder, place))
        .find((path) => existsSync(path));
      if (file === undefined) return [];
      const oracle = join(folder, 'introspection', `${target}.json`);
      return [{ release, target, file, oracle: existsSync(oracle) ? oracle : null }];
    }),
  );
}
