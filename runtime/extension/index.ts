/**
 * `@qapi-ts/runtime/extension`: what downstreams add to an SDK, on one client.
 *
 * Accepts: descriptions from generated extension modules. Guarantees: several vendors on one client,
 * none in another's way; upstream's messages stay as they are.
 * Leaves to the generated modules: which commands, events and types there are.
 */
export { extendSdk, extObject } from './extend.js';
export { extendSchema } from './schema.js';
export type { Extended, Extension, ExtensionTypes, Joined } from './types.js';
export { type ExtensionValidators, joinValidators } from './validators.js';
