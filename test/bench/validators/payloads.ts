/** Values as a server sends them and a program sends them, each with a wrong twin. */
export interface Payload {
  readonly name: string;
  readonly right: unknown;
  /** Wrong in one place, late and deep. */
  readonly wrong: unknown;
}

/** A copy with one member changed, by the path of keys that leads there. */
export function changed(value: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last === undefined || at === undefined) throw new Error('no such place');
  at[last] = to;
  return copy;
}

export const JOB_STATUS_CHANGE = {
  event: 'JOB_STATUS_CHANGE',
  timestamp: { seconds: 1700000000, microseconds: 123456 },
  data: { id: 'mirror0', status: 'running' },
};

export const BLOCKDEV_ADD = {
  'node-name': 'disk0',
  driver: 'throttle',
  'throttle-group': 'limits0',
  discard: 'unmap',
  file: {
    driver: 'qcow2',
    'node-name': 'format0',
    'lazy-refcounts': true,
    cache: { direct: true, 'no-flush': false },
    file: {
      driver: 'raw',
      'node-name': 'slice0',
      offset: 1048576,
      size: 10737418240,
      file: {
        driver: 'file',
        'node-name': 'storage0',
        filename: '/var/lib/images/disk0.qcow2',
        aio: 'native',
        locking: 'auto',
        'auto-read-only': true,
      },
    },
  },
};

const stats = { bps: 0, bps_rd: 0, bps_wr: 0, iops: 0, iops_rd: 0, iops_wr: 0 };

function image(name: string, depth: number): object {
  return {
    filename: `/var/lib/images/${name}-${depth}.qcow2`,
    format: 'qcow2',
    'virtual-size': 10737418240,
    'actual-size': 196616,
    'cluster-size': 65536,
    'dirty-flag': false,
    'format-specific': {
      type: 'qcow2',
      data: {
        compat: '1.1',
        'compression-type': 'zlib',
        'lazy-refcounts': false,
        'refcount-bits': 16,
        corrupt: false,
        'extended-l2': false,
      },
    },
    ...(depth > 0 && {
      'backing-filename': `${name}-${depth - 1}.qcow2`,
      'full-backing-filename': `/var/lib/images/${name}-${depth - 1}.qcow2`,
      'backing-filename-format': 'qcow2',
      'backing-image': image(name, depth - 1),
    }),
  };
}

/** What `query-block` says of a machine with six disks, each with two backing files. */
export const QUERY_BLOCK = Array.from({ length: 6 }, (_, index) => ({
  device: '',
  qdev: `/machine/peripheral/virtio-disk${index}/virtio-backend`,
  type: 'unknown',
  removable: false,
  locked: false,
  'io-status': 'ok',
  inserted: {
    file: `/var/lib/images/disk${index}-2.qcow2`,
    'node-name': `format${index}`,
    ro: false,
    drv: 'qcow2',
    backing_file: `disk${index}-1.qcow2`,
    backing_file_depth: 2,
    active: true,
    encrypted: false,
    detect_zeroes: 'off',
    ...stats,
    image: image(`disk${index}`, 2),
    cache: { writeback: true, direct: false, 'no-flush': false },
    write_threshold: 0,
    children: [
      { 'node-name': `storage${index}`, child: 'file' },
      { 'node-name': `backing${index}`, child: 'backing' },
    ],
    'dirty-bitmaps': [
      {
        name: 'backup',
        count: 1048576,
        granularity: 65536,
        recording: true,
        busy: false,
        persistent: true,
      },
    ],
  },
}));
