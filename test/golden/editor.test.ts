import { Project, ts } from 'ts-morph';
import { beforeAll, describe, expect, it } from 'vitest';
import { STRICT } from '../support/compilers.js';
import { repositoryPath } from '../support/sdk.js';

/** What an editor shows, through the compiler's language service. */
let project: Project;
beforeAll(() => {
  project = new Project({
    compilerOptions: {
      ...STRICT,
      ...{ types: [], typeRoots: [] },
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      paths: {
        '@qapi-ts/qemu/10.2/qmp': [repositoryPath('generated/qemu-10.2/qmp/index.ts')],
        '@qapi-ts/runtime': [repositoryPath('runtime/index.ts')],
        '@qapi-ts/runtime/*': [repositoryPath('runtime/*/index.ts')],
      },
    },
  });
});

const HEAD = `import type { Vm } from '@qapi-ts/qemu/10.2/qmp';\ndeclare const vm: Vm;\n`;

function open(program: string) {
  const text = HEAD + program;
  const place = text.indexOf('█');
  const path = repositoryPath('test/golden/edited.ts');
  const file = project.createSourceFile(path, text.replace('█', ''), { overwrite: true });
  return { file, path, place, service: project.getLanguageService().compilerObject };
}

function completions(program: string): readonly string[] {
  const { service, path, place } = open(program);
  return service.getCompletionsAtPosition(path, place, {})?.entries.map(({ name }) => name) ?? [];
}

function hover(program: string): { readonly text: string; readonly doc: string } {
  const { service, path, place } = open(program);
  const info = service.getQuickInfoAtPosition(path, place);
  return {
    text: ts.displayPartsToString(info?.displayParts),
    doc: ts.displayPartsToString(info?.documentation),
  };
}

function errors(program: string): readonly string[] {
  const { file } = open(program);
  return file.getPreEmitDiagnostics().map((found) => {
    const { start = 0, length = 0, messageText } = found.compilerObject;
    const place = file.getFullText().slice(start, start + length);
    return `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

describe('in an editor', { timeout: 120_000 }, () => {
  it('the members of the chosen branch are offered, and no others', () => {
    const offered = completions(`vm.blockdevAdd({ driver: 'qcow2', █ });`);
    expect(offered).toEqual(expect.arrayContaining(['"node-name"', 'file', '"l2-cache-size"']));
    expect(offered).not.toContain('filename');
    expect(completions(`vm.blockdevAdd({ driver: '█' });`)).toEqual(
      expect.arrayContaining(['qcow2', 'null-co', 'nbd']),
    );
    const nested = completions(
      `vm.blockdevAdd({ driver: 'raw', file: { driver: 'nbd', server: { type: 'inet', █ } } });`,
    );
    expect(nested).toEqual(expect.arrayContaining(['host', 'port']));
    expect(nested).not.toContain('path');
  });

  it('commands and events are offered by name', () => {
    expect(completions('vm.█')).toEqual(expect.arrayContaining(['blockdevAdd', 'events']));
    expect(completions(`vm.execute('█');`)).toContain('blockdev-add');
    expect(completions(`vm.on('█', () => {});`)).toContain('BLOCK_IO_ERROR');
  });

  it('hovering tells types by their names, and the facts of a member', () => {
    const method = hover('vm.block█devAdd({ driver: "null-co" });');
    expect(method.text).toContain('blockdevAdd(args: BlockdevOptions, options?: CommandOptions)');
    expect(method.text).toContain('Promise<Empty>');
    expect(method.doc).toContain('blockdev-add');
    expect(hover('const { sta█tus } = await vm.queryStatus(); export {};').text).toContain(
      'RunState | Unknown',
    );
    const member = hover(`vm.migrateSetParameters({ 'multifd-chan█nels': 4 });`);
    expect(member.text).toContain('number');
    expect(member.doc).toContain('uint8');
  });

  it('an error stands at the wrong member and names the branch', () => {
    expect(errors(`vm.blockdevAdd({ driver: 'qcow2', file: 'a', filename: 'b' });`)).toEqual([
      expect.stringMatching(/^filename: .*'BlockdevOptions_qcow2'/),
    ]);
    expect(
      errors(`vm.blockdevAdd({ driver: 'qcow2', file: { driver: 'file', filename: 1 } });`),
    ).toEqual([
      expect.stringMatching(/^filename: Type 'number' is not assignable to type 'string'/),
    ]);
    expect(errors(`vm.blockdevAdd({ driver: 'qcow2' });`).join()).toMatch(
      /Property 'file' is missing .* required in type 'BlockdevOptions_qcow2'/,
    );
  });
});
