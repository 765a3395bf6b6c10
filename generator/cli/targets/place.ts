/** Where a project's targets file is looked for. */
export const TARGETS_FILES = ['qapi-ts.yaml', 'qapi/targets.yaml'] as const;

/** `qapi-ts.yaml` → `qapi-ts.lock`, beside it. */
export function lockFileOf(targetsFile: string): string {
  return `${targetsFile.replace(/\.ya?ml$/i, '')}.lock`;
}
