import type { Family, FamilyType, Metric, Value } from './families.js';

/** Content type of what `delimited` makes. */
export const PROTOBUF = 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';

// Numbers of io.prometheus.client's metrics.proto.
const TYPES: Record<FamilyType, number> = { counter: 0, gauge: 1, summary: 2, untyped: 3, histogram: 4 };
const FIELD_OF_TYPE: Record<FamilyType, number> = { gauge: 2, counter: 3, summary: 4, untyped: 5, histogram: 7 };

/** Metric families as a stream of protobuf messages, each with its length before it. */
export function delimited(families: readonly Family[]): Buffer {
  return Buffer.concat(
    families.flatMap((family) => {
      const message = familyMessage(family);
      return [varint(message.length), message];
    }),
  );
}

/** The names of the families in such a stream, each with its bytes. */
export function splitDelimited(stream: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 0; at < stream.length; ) {
    const [length, start] = readVarint(stream, at);
    const message = stream.subarray(start, start + length);
    const [nameLength, nameStart] = readVarint(message, 1); // the name is the first field
    found.set(message.toString('utf8', nameStart, nameStart + nameLength), message);
    at = start + length;
  }
  return found;
}

function familyMessage({ name, type, help, metrics }: Family): Buffer {
  return Buffer.concat([
    bytes(1, Buffer.from(name)),
    ...(help === undefined ? [] : [bytes(2, Buffer.from(help))]),
    integer(3, TYPES[type]),
    ...metrics.map((metric) => bytes(4, metricMessage(metric, type))),
  ]);
}

function metricMessage({ labels, value, timestamp }: Metric, type: FamilyType): Buffer {
  const pairs = Object.entries(labels).map(([name, text]) =>
    bytes(1, Buffer.concat([bytes(1, Buffer.from(name)), bytes(2, Buffer.from(text))])),
  );
  return Buffer.concat([
    ...pairs,
    bytes(FIELD_OF_TYPE[type], valueMessage(type, value)),
    ...(timestamp === undefined ? [] : [integer(6, timestamp)]),
  ]);
}

function valueMessage(type: FamilyType, value: Value): Buffer {
  if (value === 'none') return Buffer.alloc(0);
  if (type !== 'summary' && type !== 'histogram') return double(1, value);
  const part =
    type === 'summary'
      ? [bytes(3, Buffer.concat([double(1, 0.5), double(2, value)]))]
      : [1, Number.POSITIVE_INFINITY].map((bound) => bytes(3, Buffer.concat([integer(1, 1), double(2, bound)])));
  return Buffer.concat([integer(1, 1), double(2, value), ...part]);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

function double(field: number, value: number): Buffer {
  const message = Buffer.alloc(9);
  message[0] = (field << 3) | 1;
  message.writeDoubleLE(value, 1);
  return message;
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
}

/** A number from 0 to 2^53 in groups of seven bits, the least first. */
function varint(value: number): Buffer {
  const groups: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...groups, rest]);
    groups.push((rest % 128) + 128);
  }
}

/** A varint and where it ends. */
function readVarint(data: Buffer, start: number): [value: number, end: number] {
  let value = 0;
  for (let at = start, factor = 1; ; at++, factor *= 128) {
    const group = data[at];
    if (group === undefined) throw new Error('the stream ends inside a number');
    value += (group % 128) * factor;
    if (group < 128) return [value, at + 1];
  }
}
