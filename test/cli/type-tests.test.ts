import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// Inside the checkout, so that packages resolve.
const folder = mkdtempSync(join(ROOT, 'node_modules/.type-tests-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs our project of type tests on one file of this text. */
function typeTests(text: string) {
  const files = {
    'vitest.config.ts': `import base from ${JSON.stringify(join(ROOT, 'vitest.config.ts'))};
const { test } = base.test.projects.find((project) => project.test.name === 'types');
const typecheck = { ...test.typecheck, include: ['*.test-d.ts'], tsconfig: './tsconfig.json' };
export default { test: { ...test, typecheck } };
`,
    'tsconfig.json': JSON.stringify({
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: { noEmit: true },
      include: ['*.test-d.ts'],
      exclude: [],
    }),
    'one.test-d.ts': `import { expectTypeOf, test } from 'vitest';\n${text}\n`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { failed: status !== 0, said: stdout + stderr };
}

test.each([
  ['a right one', "test('t', () => { expectTypeOf<1>().toEqualTypeOf<1>(); });", null],
  ['a wrong type', "test('t', () => { expectTypeOf<1>().toEqualTypeOf<2>(); });", 'TypeCheckError'],
  [
    'an error that was expected and does not come',
    "test('t', () => {\n  // @ts-expect-error\n  expectTypeOf<1>().toEqualTypeOf<1>();\n});",
    "Unused '@ts-expect-error' directive",
  ],
])('type tests tell %s', (_, text, complaint) => {
  const { failed, said } = typeTests(text);
  expect(failed, said).toBe(complaint !== null);
  if (complaint !== null) expect(said).toContain(complaint);
});
