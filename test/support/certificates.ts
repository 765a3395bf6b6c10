import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Makes an authority, and a certificate for either side, in a folder named as QEMU wants them. */
export function certificates(folder: string): void {
  mkdirSync(folder);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const issue = (name: string, ...more: string[]) =>
    openssl(
      ...['req', '-x509', ...key, '-keyout', `${name}-key.pem`, '-out', `${name}-cert.pem`],
      ...['-days', '2', '-subj', `/CN=${name}`, ...more],
    );
  issue(
    'ca',
    '-addext',
    'keyUsage=critical,keyCertSign',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
  );
  for (const name of ['server', 'client']) {
    issue(
      name,
      ...['-CA', 'ca-cert.pem', '-CAkey', 'ca-key.pem', '-addext', 'basicConstraints=CA:FALSE'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-addext', `extendedKeyUsage=${name}Auth`, '-addext', 'keyUsage=digitalSignature'],
    );
  }
}
