import type { CodeInfo } from '../catalogue.js';

export const targetsCodes = {
  'targets-yaml': { severity: 'error', summary: 'a targets file is not the YAML it should be' },
  'targets-unknown-key': {
    severity: 'error',
    summary: 'a targets file has a key that is not known',
  },
  'targets-missing-key': { severity: 'error', summary: 'a targets file lacks a key' },
  'targets-value': { severity: 'error', summary: 'a key of a targets file has an unusable value' },
  'targets-duplicate': {
    severity: 'error',
    summary: 'two targets have one name, or one folder, or one in the other',
  },
} as const satisfies Record<string, CodeInfo>;
