/** What tells the programs of one architecture from those of the others, and how to find out whether they run. */
export interface Machine {
  /** The `ARCH` of `qemu-ARCH`, which is also in the names of its entries in binfmt_misc. */
  readonly qemu: string;
  /** EI_CLASS: 32 or 64 bits. */
  readonly bits: 32 | 64;
  /** EI_DATA. */
  readonly bigEndian: boolean;
  /** e_machine, as the ELF specification numbers them. */
  readonly machine: number;
  /** e_flags of a program for Linux: the ABI, where there are several. */
  readonly flags: number;
  /** Instructions that call exit(42), each as the processor reads it from memory. */
  readonly exit42: string;
}

/** GOARCH → its machine. */
export const MACHINES: Readonly<Record<string, Machine>> = {
  amd64: little64('x86_64', 62, 0, 'b83c000000 bf2a000000 0f05'),
  '386': little32('i386', 3, 0, 'b801000000 bb2a000000 cd80'),
  arm: little32('arm', 40, 0x05000000, '2a00a0e3 0170a0e3 000000ef'),
  arm64: little64('aarch64', 183, 0, '400580d2 a80b80d2 010000d4'),
  loong64: little64('loongarch64', 258, 0x43, '04a88002 0b748102 00002b00'),
  mips: big(little32('mips', 8, 0x50001001, '24020fa1 2404002a 0000000c')),
  mipsle: little32('mipsel', 8, 0x50001001, 'a10f0224 2a000424 0c000000'),
  mips64: big(little64('mips64', 8, 0x60000001, '240213c2 2404002a 0000000c')),
  mips64le: little64('mips64el', 8, 0x60000001, 'c2130224 2a000424 0c000000'),
  ppc64: big(little64('ppc64', 21, 2, '38000001 3860002a 44000002')),
  ppc64le: little64('ppc64le', 21, 2, '01000038 2a006038 02000044'),
  riscv64: little64('riscv64', 243, 0, '1305a002 9308d005 73000000'),
  s390x: big(little64('s390x', 22, 0, 'a729002a 0a01')),
};

function little64(qemu: string, machine: number, flags: number, code: string): Machine {
  return { qemu, bits: 64, bigEndian: false, machine, flags, exit42: code.replaceAll(' ', '') };
}

function little32(qemu: string, machine: number, flags: number, code: string): Machine {
  return { ...little64(qemu, machine, flags, code), bits: 32 };
}

function big(machine: Machine): Machine {
  return { ...machine, bigEndian: true };
}

/** Bytes of a file that `differenceFrom` wants to see. */
export const HEADER_SIZE = 20;

/**
 * What is wrong with a program, so that it is none of the architecture; undefined where nothing is.
 * @param header the file's first bytes, `HEADER_SIZE` of them where it has so many
 */
export function differenceFrom(machine: Machine, header: Buffer): string | undefined {
  if (header.length < HEADER_SIZE || header.readUInt32BE(0) !== 0x7f454c46) {
    return `it is no ELF program, but begins with ${JSON.stringify(header.toString('latin1'))}`;
  }
  const [bits, bigEndian] = [header[4] === 2 ? 64 : 32, header[5] === 2];
  const number = bigEndian ? header.readUInt16BE(18) : header.readUInt16LE(18);
  if (bits === machine.bits && bigEndian === machine.bigEndian && number === machine.machine) return undefined;
  const found = Object.entries(MACHINES).find(
    ([, other]) => other.bits === bits && other.bigEndian === bigEndian && other.machine === number,
  );
  return `it is a program for ${found?.[0] ?? `another machine (number ${number}, ${bits} bits)`}`;
}

/** A whole program that does nothing but end with code 42: header, one segment, a few instructions. */
export function exit42Program({ bits, bigEndian, machine, flags, exit42 }: Machine): Buffer {
  const code = Buffer.from(exit42, 'hex');
  const is64 = bits === 64;
  const [headerSize, segmentSize] = is64 ? [64, 56] : [52, 32];
  const start = headerSize + segmentSize;
  const address = 0x400000;
  const writer = new Writer(start, bigEndian);
  writer.bytes(Buffer.from([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, bigEndian ? 2 : 1, 1]), 16);
  writer.half(2).half(machine).word(1); // ET_EXEC, EV_CURRENT
  writer
    .address(address + start, is64)
    .address(headerSize, is64)
    .address(0, is64);
  writer.word(flags).half(headerSize).half(segmentSize).half(1).half(0).half(0).half(0);
  const size = start + code.length;
  writer.word(1); // PT_LOAD; read and execute
  if (is64) writer.word(5).address(0, true).address(address, true).address(address, true);
  else writer.word(0).word(address).word(address);
  writer.address(size, is64).address(size, is64);
  if (!is64) writer.word(5);
  writer.address(0x10000, is64);
  return Buffer.concat([writer.buffer, code]);
}

/** Writes the fields of a header one after the other. */
class Writer {
  readonly buffer: Buffer;
  private at = 0;
  private readonly bigEndian: boolean;

  constructor(size: number, bigEndian: boolean) {
    this.buffer = Buffer.alloc(size);
    this.bigEndian = bigEndian;
  }

  bytes(bytes: Buffer, width: number): this {
    bytes.copy(this.buffer, this.at);
    this.at += width;
    return this;
  }

  half(value: number): this {
    return this.number(value, 2);
  }

  word(value: number): this {
    return this.number(value, 4);
  }

  address(value: number, is64: boolean): this {
    if (!is64) return this.word(value);
    return this.bigEndian ? this.word(0).word(value) : this.word(value).word(0);
  }

  private number(value: number, width: 2 | 4): this {
    if (this.bigEndian) this.buffer.writeUIntBE(value, this.at, width);
    else this.buffer.writeUIntLE(value, this.at, width);
    this.at += width;
    return this;
  }
}
