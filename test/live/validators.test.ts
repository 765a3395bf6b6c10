import { connect } from '@qapi-ts/qemu/7.2/qmp';
import { CommandError } from '@qapi-ts/runtime';
import { expect, it } from 'vitest';
import * as generated from '../../generated/qemu-7.2/qmp/validators.js';
import * as newest from '../../generated/qemu-10.2/qmp/validators.js';
import { pascalCase } from '../../generator/ir/names.js';
import { describeLive, type Release } from '../support/qemu.js';
import { embedded, schemaOf } from '../support/sdk.js';
import { validatorsOf } from '../support/validators.js';
import { Values } from '../support/values.js';

/**
 * Commands that change nothing: they ask, or name a thing that this QEMU, which has no machine and
 * no block node, does not have.
 */
const COMMANDS = [
  ...['query-status', 'query-named-block-nodes', 'query-blockstats', 'query-stats'],
  ...['query-stats-schemas', 'qom-list', 'qom-get', 'qom-set', 'qom-list-types'],
  ...['qom-list-properties', 'device-list-properties', 'query-cpu-model-expansion'],
  ...['query-memory-size-summary', 'query-xen-replication-status', 'query-dirty-rate'],
  ...['block_resize', 'block-dirty-bitmap-add', 'block-dirty-bitmap-merge'],
  ...['block-set-write-threshold', 'block_set_io_throttle', 'block-latency-histogram-set'],
  ...['block-stream', 'block-commit', 'block-job-set-speed', 'blockdev-backup', 'blockdev-mirror'],
  ...[
    'blockdev-reopen',
    'blockdev-snapshot',
    'blockdev-snapshot-internal-sync',
    'blockdev-change-medium',
  ],
  ...['x-blockdev-change', 'block-export-del', 'chardev-change', 'chardev-send-break'],
  ...['ringbuf-read', 'ringbuf-write', 'job-cancel', 'job-dismiss', 'job-pause', 'object-del'],
  ...['device_del', 'set_link', 'query-rocker', 'query-rx-filter', 'netdev_del'],
  ...['trace-event-get-state', 'closefd', 'remove-fd', 'query-acpi-ospm-status'],
];
const PER_COMMAND = process.env.QAPI_TS_LONG === '1' ? 2000 : 80;

/** How QEMU says that arguments do not fit their types, as against what they mean. */
const MISFIT =
  /^(?:Parameter '[^']*' (?:is missing|is unexpected|expects (?:u?int\d+(?:_t)?|(?:an? )?(?:integer|uint64))$|does not accept value)|Invalid parameter type for '[^']*', expected: |Invalid parameter '[^']*'$|QMP input member '[^']*' is unexpected)/;

/**
 * QEMU 7.2 aborts when it is to reopen no node at all. An 11.1 that was unpacked, not installed,
 * ends when it lists types, for it loads modules of another build then.
 */
function isDeadly(release: Release, command: string, args: object): boolean {
  if (release === '11.1' && command === 'qom-list-types') return true;
  const options = (args as { readonly options?: unknown }).options;
  return command === 'blockdev-reopen' && Array.isArray(options) && options.length === 0;
}

describeLive(['5.2', '7.2', '11.1'], ['qemu-system-x86_64'], (start, release) => {
  it('takes the arguments that the validators take, and no others', async () => {
    const schema = schemaOf(embedded(release, 'qmp'));
    const validatorNamed = await validatorsOf(schema);
    await using qemu = await start.qemu();
    await using vm = await connect(qemu.path, { commandTimeout: 10_000 });
    const differences: string[] = [];
    const verdicts = { right: 0, wrong: 0 };
    for (const command of COMMANDS.filter((name) => schema.commands.has(name))) {
      const values = new Values(schema, command.length, { unconditional: true });
      const type = schema.commands.get(command)?.arguments ?? null;
      const validator = validatorNamed(`${pascalCase(command)}Arguments`);
      for (let index = 0; index < PER_COMMAND; index++) {
        const right = type === null ? {} : values.right({ kind: 'named', name: type });
        const args = (index % 3 === 0 ? right : values.changed(right)) as object;
        if (typeof args !== 'object' || args === null || isDeadly(release, command, args)) continue;
        const ours = validator.is(args);
        const theirs = await vm.executeUnknown(command, args).then(
          () => null,
          (error: unknown) => {
            if (!(error instanceof CommandError)) throw error;
            return error.desc;
          },
        );
        const accepted = theirs === null || !MISFIT.test(theirs);
        verdicts[accepted ? 'right' : 'wrong'] += 1;
        if (accepted !== ours) {
          const text = JSON.stringify(args, (_, v: unknown) =>
            typeof v === 'bigint' ? `${v}n` : v,
          );
          const problem = validator.check(args).problems[0]?.message ?? 'accepted';
          differences.push(`${command} ${text}: ${theirs ?? 'accepted'} / ours: ${problem}`);
        }
      }
    }
    expect(differences.slice(0, 20)).toEqual([]);
    // Both verdicts were put to the test.
    expect(verdicts.right).toBeGreaterThan(800);
    expect(verdicts.wrong).toBeGreaterThan(800);
  });
});

const QUESTIONS = [
  ...[
    'query-version',
    'query-status',
    'query-commands',
    'query-qmp-schema',
    'query-named-block-nodes',
  ],
  ...[
    'query-block',
    'query-blockstats',
    'query-chardev',
    'query-chardev-backends',
    'query-machines',
  ],
  ...[
    'query-cpu-definitions',
    'query-migrate-parameters',
    'query-migrate-capabilities',
    'query-jobs',
  ],
  ...['query-target', 'query-uuid', 'query-name', 'query-kvm', 'query-events', 'query-tpm-types'],
  ...['query-memory-devices', 'query-command-line-options', 'query-iothreads', 'query-memdev'],
  ...[
    'query-rx-filter',
    'query-stats-schemas',
    'query-block-exports',
    'query-fdsets',
    'query-mice',
  ],
];

describeLive(['7.2', '11.1'], ['qemu-system-x86_64'], (start, release) => {
  const { allValidators } = release === '7.2' ? generated : newest;

  it('answers and tells nothing that the nearest validators refuse', async () => {
    await using qemu = await start.qemu();
    await using vm = await connect(qemu.path, {
      commandTimeout: 20_000,
      validators: allValidators,
    });
    const events = vm.events();
    await vm.blockdevAdd({ driver: 'null-co', 'node-name': 'd0', size: 2 ** 40 });
    await vm.blockdevAdd({ driver: 'raw', 'node-name': 'd1', file: 'd0' });
    const known = new Set((await vm.queryCommands()).map(({ name }) => name));
    for (const question of QUESTIONS) {
      if (known.has(question)) await vm.executeUnknown(question);
    }
    await vm.stop();
    await vm.cont();
    await vm.quit();
    const seen: string[] = [];
    for await (const { event } of events) seen.push(String(event));
    expect(seen).toEqual(expect.arrayContaining(['STOP', 'RESUME', 'SHUTDOWN']));
  });
});
