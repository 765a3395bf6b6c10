/**
 * What only some clients need, loaded by those who do. It is one file, since in a bundle each file
 * that is loaded later costs those who never load it.
 */
export { agentLink } from '../agent/index.js';
export { connectExtended } from '../extension/extend.js';
export { runJob } from '../jobs/index.js';
export { follow } from '../reconnect/index.js';
export { tracer } from '../trace/index.js';
export { parseAddress } from '../transport/parse.js';
export { checkedClass } from './checked.js';
export { connectFailure } from './failure.js';
export { first } from './wait.js';
