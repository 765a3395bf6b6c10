/** A small schema with one definition of each kind, in two files. */
export const SMALL = {
  'schema.json': `{ 'include': 'types.json' }

{ 'command': 'query-light', 'returns': 'Light' }
{ 'command': 'set-light', 'data': { 'color': 'Color', '*level': 'uint8' } }
{ 'event': 'LIGHT_CHANGED', 'data': { 'light': 'Light' } }
`,
  'types.json': `{ 'enum': 'Color', 'data': [ 'red', { 'name': 'green', 'if': 'CONFIG_GREEN' } ] }
{ 'struct': 'Light', 'data': { 'color': 'Color', 'level': 'LevelOrNull' } }
{ 'alternate': 'LevelOrNull', 'data': { 'level': 'int', 'none': 'null' } }
{ 'struct': 'Sensor', 'data': { 'lux': 'number' }, 'if': 'CONFIG_SENSOR' }
{ 'union': 'Device', 'base': { 'kind': 'Color' }, 'discriminator': 'kind',
  'data': { 'red': 'Light' } }
{ 'command': 'query-sensor', 'returns': 'Sensor', 'if': 'CONFIG_SENSOR' }
`,
} as const;
