import type { Node } from 'jsonc-parser';
import { InputError } from '../base/errors.js';
import type { RawText } from './json.js';
import { parseStrictly, shown } from './json-strict.js';

/**
 * One value of a JSON text that somebody else wrote, with the place where it stands, so that parts of the text can be
 * copied as they are. Asking for what is not there, or is of another kind, is an error that names the value's path.
 */
export class JsonSource {
  /** As `config.Env[2]`; for messages. */
  readonly path: string;
  private readonly text: string;
  private readonly node: Node;
  private readonly input: string;
  private members: ReadonlyMap<string, { key: RawText; value: JsonSource }> | undefined;

  private constructor(text: string, node: Node, path: string, input: string) {
    this.text = text;
    this.node = node;
    this.path = path;
    this.input = input;
  }

  /**
   * Reads a whole document, strictly: RFC 8259, no key twice in any object, no lone surrogate in any text.
   * @param name what the document is, for messages, as "the base image's config"
   * @param input the input to blame
   * @throws InputError where it is something else, larger than 4 MiB, or nested over 64 levels deep
   */
  static read(text: string, name: string, input: string): JsonSource {
    const node = parseStrictly(text, (why) => new InputError(`${capital(name)} cannot be read: ${why}.`, input));
    return new JsonSource(text, node, name, input);
  }

  /** The value exactly as it stands in the document. */
  get raw(): string {
    return this.text.slice(this.node.offset, this.node.offset + this.node.length);
  }

  /** Whether this is `null`. */
  get isNull(): boolean {
    return this.node.type === 'null';
  }

  /** A member of this object; undefined where it is absent or `null`. */
  member(key: string): JsonSource | undefined {
    const value = this.memberMap().get(key)?.value;
    return value?.isNull ? undefined : value;
  }

  /** A member that must be there. */
  required(key: string): JsonSource {
    return this.member(key) ?? this.fail(`has no ${JSON.stringify(key)}`);
  }

  /** All members of this object, in the order in which they stand. */
  entries(): { key: RawText; value: JsonSource }[] {
    return [...this.memberMap().values()];
  }

  /** The items of this list. */
  items(): JsonSource[] {
    if (this.node.type !== 'array') return this.fail(`is ${this.kind}, not a list`);
    return this.children.map((item, i) => this.below(item, `${this.path}[${i}]`));
  }

  /** This text, as it stands and as what it says. */
  string(): RawText {
    if (this.node.type !== 'string') return this.fail(`is ${this.kind}, not a text`);
    return { raw: this.raw, text: this.node.value };
  }

  /** This number, which must be a whole one from 0 to 2^53 − 1 without fraction or exponent. */
  size(): number {
    if (/^(0|[1-9]\d*)$/.test(this.raw) && Number.isSafeInteger(Number(this.raw))) return Number(this.raw);
    return this.fail(`is ${this.kind === 'a number' ? this.raw.slice(0, 40) : this.kind}, not a whole number`);
  }

  boolean(): boolean {
    return this.node.type === 'boolean' ? this.node.value : this.fail(`is ${this.kind}, not true or false`);
  }

  /** @throws InputError that says what is wrong with this value */
  fail(what: string): never {
    throw new InputError(`${capital(this.path)} ${what}.`, this.input);
  }

  private memberMap(): ReadonlyMap<string, { key: RawText; value: JsonSource }> {
    if (this.node.type !== 'object') return this.fail(`is ${this.kind}, not an object`);
    this.members ??= new Map(
      this.children.map(({ children }) => {
        const [key, value] = children as [Node, Node];
        const raw = { raw: this.text.slice(key.offset, key.offset + key.length), text: key.value as string };
        return [raw.text, { key: raw, value: this.below(value, `${this.path}.${shown(raw.text)}`) }] as const;
      }),
    );
    return this.members;
  }

  /** Of a list or an object, which have them, be they none. */
  private get children(): Node[] {
    return this.node.children as Node[];
  }

  private below(node: Node, path: string): JsonSource {
    return new JsonSource(this.text, node, path, this.input);
  }

  private get kind(): string {
    const kinds = { string: 'a text', number: 'a number', array: 'a list', object: 'an object', null: 'null' };
    return this.node.type === 'boolean' ? String(this.node.value) : kinds[this.node.type as keyof typeof kinds];
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
