// A cheap QMP server for the benchmark: `node qmp-server.js PATH`. It does as little as it can per
// command, so that what is measured is the client. Commands: `big` answers with 200 KB; `emit`
// sends `count` events, of which one in `every` is called WANTED, and then answers; `query-status`
// answers as QEMU does, everything else `{}`.
import { createServer } from 'node:net';

const [path] = process.argv.slice(2);
const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 10}, "package": ""}, "capabilities": []}}\r\n';

const item = (n) =>
  `{"name": "query-${n}", "ret-type": "${n}", "meta-type": "command", "arg-type": "0", "n": ${n}}`;
const BIG = `[${Array.from({ length: 2500 }, (_, n) => item(n)).join(', ')}]`.slice(0, 400_000);

const event = (name, n) =>
  `{"timestamp": {"seconds": 1795187998, "microseconds": ${291898 + (n % 1000)}}, "event": "${name}", "data": {"device": "drive-virtio-disk0", "operation": "read", "action": "report", "n": ${n}}}\r\n`;

/** Events in pieces of 500, made once for each kind of request. */
const made = new Map();
function pieces(count, every) {
  const key = `${count}/${every}`;
  if (!made.has(key)) {
    const all = [];
    for (let n = 0; n < count; n += 500) {
      let piece = '';
      for (let k = n; k < Math.min(n + 500, count); k++) {
        piece += event(every && k % every === 0 ? 'WANTED' : 'BLOCK_IO_ERROR', k);
      }
      all.push(Buffer.from(piece));
    }
    made.set(key, all);
  }
  return made.get(key);
}

createServer((socket) => {
  socket.on('error', () => {});
  socket.write(GREETING);
  let rest = '';
  // Some clients, Python's among them, end no line; theirs are short and come whole.
  let bare;
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    bare ??= !chunk.includes('\n');
    const lines = (bare ? `${chunk.replaceAll('}{', '}\n{')}\n` : rest + chunk).split('\n');
    rest = lines.pop();
    let out = '';
    for (const line of lines) {
      const at = line.lastIndexOf('"id":');
      // Numbers and strings alike.
      const id = at < 0 ? undefined : line.slice(at + 5, line.lastIndexOf('}'));
      const tail = id === undefined ? '}\r\n' : `, "id": ${id}}\r\n`;
      if (line.includes('"execute":"big"')) out += `{"return": ${BIG}${tail}`;
      else if (line.includes('"execute":"emit"')) {
        const { count, every } = JSON.parse(line).arguments;
        for (const piece of pieces(count, every)) socket.write(piece);
        out += `{"return": {}${tail}`;
      } else if (line.includes('"execute":"query-status"')) {
        out += `{"return": {"status": "running", "running": true}${tail}`;
      } else out += `{"return": {}${tail}`;
    }
    socket.write(out, 'latin1');
  });
}).listen(path, () => process.stdout.write('ready\n'));
