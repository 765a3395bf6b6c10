import type { BlockDeviceInfo, Commands, Events } from '@qapi-ts/qemu/10.2/qmp';
import { createMock, type Mock, Refusal } from '@qapi-ts/runtime/testing';
import type { Schema } from '../ir/types.js';
import { schemaData } from '../ir-json/index.js';

/**
 * A server in this process for the demo's program: a mock of QEMU 10.2, where block nodes are there
 * once they were added.
 */
export function createStandIn(schema: Schema): Mock<Commands, Events> {
  const mock = createMock<Commands, Events>({
    schema: schemaData(schema, { target: 'qmp', version: '10.2', docs: false }),
    package: '(qapi-ts stand-in)',
  });
  const nodes = new Map<string, BlockDeviceInfo>();
  mock.handle('blockdev-add', ({ 'node-name': name, driver }) => {
    if (name === undefined) throw new Refusal("'node-name' must be specified for the root node");
    if (nodes.has(name)) throw new Refusal(`Duplicate nodes with node-name='${name}'`);
    const info = mock.madeUpValue('BlockDeviceInfo') as BlockDeviceInfo;
    nodes.set(name, { ...info, 'node-name': name, drv: driver });
    return {};
  });
  mock.handle('blockdev-del', ({ 'node-name': name }) => {
    if (!nodes.delete(name)) throw new Refusal(`Failed to find node with node-name='${name}'`);
    return {};
  });
  mock.handle('query-named-block-nodes', () => [...nodes.values()]);
  return mock;
}
