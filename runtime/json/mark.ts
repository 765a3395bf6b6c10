/**
 * What a string begins with that stands for an integer while JSON passes through the platform's
 * own functions. Nobody can know it, so that no string of a peer's or a caller's is taken for one.
 */
export const MARK = `${Math.random()}:`;
