/**
 * The ways to a peer.
 *
 * Accepts: addresses. Guarantees: a `Link`, which takes and gives bytes and says once that it has
 * ended. Leaves to the next phase: what the bytes mean.
 */
export type { Link, Opener } from './link.js';
