/** Something around a recording is not as it must be: a file, a server, a program. For the user. */
export class TrafficError extends Error {
  override readonly name = 'TrafficError';
}
