import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { folderWith } from '../support/files.js';
import { mustRunIn, ROOT } from '../support/packages.js';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const FOLDER = join(ROOT, '.github/actions/qapi-ts');
const action = parse(readFileSync(join(FOLDER, 'action.yml'), 'utf8')) as Action;

beforeAll(ensureBuilt, 120_000);

const OLD = "{ 'command': 'stop' }\n{ 'command': 'cont' }\n{ 'event': 'STOP' }\n";
const PROGRAM = `import { connect } from './sdk/index.js';
const vm = await connect('/run/vm.sock');
await vm.cont();
await vm.close();
`;

/** A project in a repository with a remote, its SDK generated and committed; and a stand-in for gh. */
function project() {
  const top = folderWith({
    'work/qapi-ts.yaml':
      'targets:\n  - { name: vm, source: { schema: qemu/main.json }, output: src/sdk }\n',
    'work/qemu/main.json': "{ 'include': 'all.json' }\n",
    'work/qemu/all.json': OLD,
    'work/src/program.ts': PROGRAM,
    'work/tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2022', strict: true },
      include: ['src'],
    }),
    'work/package.json': '{ "type": "module" }',
    'work/.gitignore': 'node_modules\n',
    'bin/gh': '#!/bin/sh\necho "$@" >>"$GH_LOG"\n[ "$2" = create ]\n',
    output: '',
    summary: '',
  });
  chmodSync(join(top, 'bin/gh'), 0o755);
  mkdirSync(join(top, 'temp'));
  const work = join(top, 'work');
  mkdirSync(join(work, 'node_modules/@qapi-ts'), { recursive: true });
  symlinkSync(join(ROOT, 'runtime'), join(work, 'node_modules/@qapi-ts/runtime'));
  const git = (...args: string[]) => mustRunIn(work, 'git', ...args);
  mustRunIn(top, 'git', 'init', '--quiet', '--bare', 'origin');
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'a test');
  git('config', 'user.email', 'test@example.org');
  git('remote', 'add', 'origin', '../origin');
  mustRunIn(work, process.execPath, LAUNCHER, 'generate');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'start');
  const base = git('rev-parse', 'HEAD').trim();
  return { top, work, git, base };
}

type Project = ReturnType<typeof project>;

/** Runs the steps of the action as a runner would, up to the first that fails. */
function runAction({ top, work }: Project, given: Readonly<Record<string, string>>) {
  for (const name of Object.keys(given)) expect(Object.keys(action.inputs)).toContain(name);
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default]);
  const command = `"${process.execPath}" "${LAUNCHER}"`;
  const inputs: Record<string, string> = { ...Object.fromEntries(defaults), ...given };
  writeFileSync(join(top, 'bin/qapi-ts'), `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(join(top, 'bin/qapi-ts'), 0o755);
  inputs.command = 'qapi-ts';
  const outputs = new Map<string, string>();
  const expanded = (text: string) =>
    text.replace(/\$\{\{ (\S+) \}\}/g, (_, path: string) => {
      const [kind, name = '', , output] = path.split('.');
      return (kind === 'inputs' ? inputs[name] : outputs.get(`${name}.${output}`)) ?? '';
    });
  let said = '';
  for (const step of action.runs.steps) {
    writeFileSync(join(top, 'output'), '');
    const env = Object.entries(step.env).map(([name, value]) => [name, expanded(value)]);
    const { status, stdout, stderr } = spawnSync('bash', ['-c', step.run], {
      cwd: work,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...Object.fromEntries(env),
        PATH: `${join(top, 'bin')}:${process.env.PATH}`,
        RUNNER_TEMP: join(top, 'temp'),
        GITHUB_OUTPUT: join(top, 'output'),
        GITHUB_STEP_SUMMARY: join(top, 'summary'),
        GITHUB_REF_NAME: 'main',
        GH_LOG: join(top, 'gh.log'),
      },
    });
    said += stdout + stderr;
    for (const line of readFileSync(join(top, 'output'), 'utf8').split('\n')) {
      const at = line.indexOf('=');
      if (at > 0) outputs.set(`${step.id}.${line.slice(0, at)}`, line.slice(at + 1));
    }
    if (status !== 0) return { failed: step.name, said, outputs };
  }
  return { failed: null, said, outputs };
}

const INPUTS = {
  new: 'qemu/main.json',
  'against-program': 'src/program.ts',
  'pull-request': 'qapi-ts/vm',
};

describe('the action', () => {
  test('does nothing more where nothing changed', () => {
    const at = project();
    const { failed, outputs, said } = runAction(at, { ...INPUTS, base: at.base });
    expect(failed, said).toBeNull();
    expect(outputs.get('generate.changed')).toBe('false');
    expect(existsSync(join(at.top, 'gh.log'))).toBe(false);
  }, 60_000);

  test('proposes what a change gives, beginning with what changed', () => {
    const at = project();
    writeFileSync(join(at.work, 'qemu/all.json'), `${OLD}{ 'command': 'quit' }\n`);
    at.git('commit', '--quiet', '--all', '--message', 'quit');
    const { failed, outputs, said } = runAction(at, { ...INPUTS, base: at.base });
    expect(failed, said).toBeNull();
    expect(outputs.get('generate.changed')).toBe('true');
    const report = outputs.get('compare.report') ?? '';
    expect(readFileSync(report, 'utf8')).toContain('quit');
    expect(readFileSync(join(at.top, 'summary'), 'utf8')).toContain('quit');
    const log = readFileSync(join(at.top, 'gh.log'), 'utf8');
    expect(log).toContain(`pr create --head qapi-ts/vm --base main`);
    expect(log).toContain(`--body-file ${report}`);
    const proposed = mustRunIn(join(at.top, 'origin'), 'git', 'show', '--stat', 'qapi-ts/vm');
    expect(proposed).toContain('src/sdk/client.ts');
    expect(proposed).toContain('qapi-ts.lock');
  }, 60_000);

  test('fails on a breaking change that touches the program, and on no other', () => {
    const at = project();
    writeFileSync(join(at.work, 'qemu/all.json'), OLD.replace("{ 'command': 'stop' }\n", ''));
    const other = runAction(at, { ...INPUTS, base: at.base });
    expect(other.failed, other.said).toBeNull();

    const broken = project();
    writeFileSync(join(broken.work, 'qemu/all.json'), OLD.replace("{ 'command': 'cont' }\n", ''));
    const result = runAction(broken, { ...INPUTS, base: broken.base });
    expect(result.failed, result.said).toBe('Fail on what breaks the program');
    expect(result.said).toMatch(/::error .*src\/program\.ts/);
    // It is proposed all the same: the pull request is where the program is mended.
    expect(existsSync(join(broken.top, 'gh.log'))).toBe(true);
  }, 90_000);

  test('fails when the schema has errors', () => {
    const at = project();
    writeFileSync(join(at.work, 'qemu/all.json'), "{ 'command': ");
    expect(runAction(at, { ...INPUTS, base: at.base }).failed).toBe('Compare');
    expect(runAction(at, {}).failed).toBe('Generate');
  }, 60_000);

  test('compares with a commit that a shallow checkout lacks', () => {
    const at = project();
    writeFileSync(join(at.work, 'qemu/all.json'), `${OLD}{ 'command': 'quit' }\n`);
    at.git('commit', '--quiet', '--all', '--message', 'quit');
    at.git('push', '--quiet', 'origin', 'main');
    const shallow = join(at.top, 'shallow');
    mustRunIn(
      at.top,
      'git',
      'clone',
      '--quiet',
      '--branch=main',
      '--depth=1',
      `file://${at.top}/origin`,
      'shallow',
    );
    symlinkSync(join(at.work, 'node_modules'), join(shallow, 'node_modules'));
    const { failed, outputs, said } = runAction(
      { ...at, work: shallow },
      { new: 'qemu/main.json', base: at.base },
    );
    expect(failed, said).toBeNull();
    expect(readFileSync(outputs.get('compare.report') ?? '', 'utf8')).toContain('quit');
  }, 60_000);

  test.each([
    ['a new branch', { base: '0'.repeat(40) }],
    ['a schema that is new', { new: 'qemu/more.json' }],
  ])(
    'compares nothing with %s, and generates',
    (_, given) => {
      const at = project();
      writeFileSync(join(at.work, 'qemu/more.json'), OLD);
      writeFileSync(join(at.work, 'qemu/all.json'), `${OLD}{ 'command': 'quit' }\n`);
      const { failed, outputs, said } = runAction(at, { ...INPUTS, base: at.base, ...given });
      expect(failed, said).toBeNull();
      expect(outputs.get('compare.report')).toBe('');
      expect(outputs.get('generate.changed')).toBe('true');
      expect(readFileSync(join(at.top, 'summary'), 'utf8')).toMatch(/nothing to compare/);
    },
    60_000,
  );

  test('has no expression outside of env, where it could become code', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });
});

describe('the documented workflow', () => {
  test('gives the action only what it takes', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    const text = /```yaml\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const { jobs } = parse(text) as {
      jobs: { sdk: { steps: { uses?: string; with?: Record<string, string> }[] } };
    };
    const step = jobs.sdk.steps.find(({ uses }) => uses?.includes('/actions/qapi-ts@'));
    expect(Object.keys(action.inputs)).toEqual(
      expect.arrayContaining(Object.keys(step?.with ?? { none: '' })),
    );
  });
});

describe('a release', () => {
  const check = (tag: string) =>
    spawnSync(process.execPath, [join(ROOT, '.ci/check-release.js'), tag], { encoding: 'utf8' });

  test('is refused when its tag says something else than the packages', () => {
    expect(check('v99.0.0').stderr).toContain('package.json has version');
    expect(check('latest').status).toBe(1);
  });

  test('has a workflow with provenance', () => {
    const workflow = parse(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')) as {
      permissions: Record<string, string>;
      jobs: { publish: { steps: { run?: string }[] } };
    };
    expect(workflow.permissions['id-token']).toBe('write');
    const runs = workflow.jobs.publish.steps.map(({ run }) => run ?? '');
    expect(runs.filter((run) => run.includes('npm publish --provenance'))).toHaveLength(3);
  });
});
