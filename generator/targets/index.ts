/**
 * Targets: the file that lists every SDK of a project, and the lock that says what each was made from.
 *
 * Accepts: the text of a targets file, and of a lock. Guarantees: targets with distinct names and
 * folders, or findings with line and column; whether a target's settings, inputs, outputs or the
 * generator changed since the lock was written.
 * Leaves to the caller: making the SDKs and writing the lock. Paths stay as written.
 */
export {
  generatorHash,
  hashOf,
  hashOfFile,
  isUnchanged,
  LockPaths,
  settingsHash,
} from './fingerprint.js';
export { type Lock, type LockEntry, parseLock, printLock } from './lock.js';
export type {
  TargetConditions,
  TargetOptions,
  TargetSource,
  TargetSpec,
} from './model.js';
export { readTargets } from './read.js';
