import { damaged, hostile, type Place } from '../damaged.js';
import type { ByteCursor } from './byte-cursor.js';
import type { EntryProblem } from './tar-entry.js';
import type { HeaderFields } from './tar-fields.js';
import type { TarLimits } from './tar-limits.js';
import { weakHash } from './tar-numbers.js';
import { ownRecords, parseRecords } from './tar-records.js';

type Records = ReadonlyMap<string, string>;

/** Type flags of headers that say more about the entry after them: PAX, PAX for all that follow, GNU name and target. */
export function isExtended(typeFlag: string): boolean {
  return typeFlag === 'x' || typeFlag === 'g' || typeFlag === 'L' || typeFlag === 'K';
}

/** Honest archives have one, at their beginning. */
const MAX_GLOBALS = 1000;

/** Collects the headers before an entry. */
export class ExtendedHeaders {
  longName: string | undefined;
  longLink: string | undefined;
  /** Name of the last one. */
  name = '';
  problems: EntryProblem[] = [];
  private local: Records | undefined;
  private global: Records = new Map();
  private globalOwn: (readonly [string, string])[] = [];
  private hash: number | undefined;
  private globals = 0;
  private readonly place: Place;
  private readonly limits: TarLimits;

  constructor(place: Place, limits: TarLimits) {
    this.place = place;
    this.limits = limits;
  }

  /** Whether an entry has to follow. */
  get isWaiting(): boolean {
    return this.local !== undefined || this.longName !== undefined || this.longLink !== undefined;
  }

  /** Whether records apply to the next entry. */
  get hasRecords(): boolean {
    return this.local !== undefined || this.global.size > 0;
  }

  /** A record for the next entry; an empty one takes back what a global header said. */
  record(key: string): string | undefined {
    const value = this.local?.get(key) ?? this.global.get(key);
    return value === '' ? undefined : value;
  }

  /** Records that no field tells. `isShared` where it is the same list for many entries. */
  own(): { records: (readonly [string, string])[]; isShared: boolean } {
    if (!this.local) return { records: this.globalOwn, isShared: true };
    return { records: ownRecords(new Map([...this.global, ...this.local])), isShared: false };
  }

  /** Reads what follows the header. */
  async take(header: Buffer, fields: HeaderFields, cursor: ByteCursor): Promise<void> {
    const { typeFlag, size } = fields;
    const isName = typeFlag === 'L' || typeFlag === 'K';
    const most = isName ? this.limits.path + 1 : this.limits.records;
    if (size > most) {
      throw hostile(this.place, `an extended header in it has ${size} bytes, more than the ${most} it may have`, 'tar');
    }
    const padded = Math.ceil(size / 512) * 512;
    const parts: Buffer[] = [];
    const read = await cursor.each(padded, (part) => {
      parts.push(Buffer.from(part));
    });
    if (read < padded) throw damaged(this.place, 'it ends in the middle of an extended header', 'tar');
    const bytes = Buffer.concat(parts);
    this.hash = weakHash(bytes, weakHash(header, this.hash));
    this.name = fields.name;
    if (isName) this.takeName(typeFlag, bytes.toString('latin1', 0, size).replace(/\0+$/, ''));
    else this.takeRecords(typeFlag, bytes.subarray(0, size));
  }

  /** Forgets what was for one entry only; a hash of the headers' bytes, undefined where there were none. */
  next(): number | undefined {
    const { hash } = this;
    this.hash = undefined;
    this.name = '';
    this.problems = [];
    this.local = undefined;
    this.longName = undefined;
    this.longLink = undefined;
    return hash;
  }

  private takeName(typeFlag: string, text: string): void {
    if (typeFlag === 'L') {
      if (this.longName !== undefined) this.ambiguous();
      this.longName = text;
    } else {
      if (this.longLink !== undefined) this.ambiguous();
      this.longLink = text;
    }
  }

  private takeRecords(typeFlag: string, bytes: Buffer): void {
    const records = parseRecords(bytes);
    if (!records) throw damaged(this.place, 'an extended header in it is malformed', 'tar');
    if (typeFlag === 'x') {
      if (this.local) this.ambiguous();
      this.local = records;
    } else {
      // Each is merged with all before it.
      if (++this.globals > MAX_GLOBALS)
        throw hostile(this.place, `it has more than ${MAX_GLOBALS} global headers`, 'tar');
      this.global = new Map([...this.global, ...records].filter(([key]) => records.get(key) !== ''));
      const length = [...this.global].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
      if (length > this.limits.records) throw hostile(this.place, 'its global headers are too long', 'tar');
      this.globalOwn = ownRecords(this.global);
    }
  }

  private ambiguous(): void {
    const text = 'it has two extended headers of one kind, which readers take in different ways';
    this.problems.push({ cause: 'hostile', text });
  }
}
