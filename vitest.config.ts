import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The workspaces resolve to their sources, so that tests never see a stale build. */
const alias = [
  { find: /^@qapi-ts\/runtime$/, replacement: here('runtime/index.ts') },
  { find: /^@qapi-ts\/runtime\/([^/]+)$/, replacement: here('runtime/$1/index.ts') },
  {
    find: /^@qapi-ts\/qemu\/([^/]+)\/([^/]+)$/,
    replacement: here('generated/qemu-$1/$2/index.ts'),
  },
  {
    find: /^@qapi-ts\/qemu\/([^/]+)\/([^/]+)\/([^/]+)$/,
    replacement: here('generated/qemu-$1/$2/$3.ts'),
  },
];

const project = (name: string, include: string[], testTimeout = 20_000) => ({
  resolve: { alias },
  test: { name, include, testTimeout, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    projects: [
      {
        ...project('unit', ['test/**/*.test.ts']),
        test: {
          ...project('unit', ['test/**/*.test.ts']).test,
          exclude: ['test/golden/**', 'test/live/**', 'test/types/**'],
        },
      },
      project('golden', ['test/golden/**/*.test.ts'], 120_000),
      project('live', ['test/live/**/*.test.ts'], 60_000),
      {
        resolve: { alias },
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            // By path: the aliased compilers of the compile tests may own .bin/tsc.
            checker: here('node_modules/typescript/bin/tsc'),
            include: ['test/types/**/*.test-d.ts'],
            tsconfig: './test/types/tsconfig.json',
          },
        },
      },
    ],
  },
});
