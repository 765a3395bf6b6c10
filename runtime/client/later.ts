/**
 * What only some clients need, loaded by those who do. It is one file, since in a bundle each file
 * that is loaded later costs those who never load it.
 */
export { runJob } from '../jobs/index.js';
export { follow } from '../reconnect/index.js';
export { parseAddress } from '../transport/parse.js';
export { connectFailure } from './failure.js';
export { connectMore, special } from './more.js';
export { first } from './wait.js';

/** What looks into schemas; larger than all the rest. */
export const looks = () => import('../supports/index.js');
