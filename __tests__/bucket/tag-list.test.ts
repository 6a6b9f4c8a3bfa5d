import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/base/errors.js';
import { addTag, getTagList, readTagList, removeTags, writeTagList } from '../../src/bucket/tag-list.js';
import { MemoryStore } from './memory-store.js';

const KEY = 'v2/a/tags/list';

describe('the list of tags', () => {
  it('is sorted by bytes, whatever came first, and holds no tag twice', async () => {
    const store = new MemoryStore();
    for (const tag of ['b', '10', 'a', '9', 'B', '10']) await addTag(store, KEY, 'a', tag);
    const sorted = ['10', '9', 'B', 'a', 'b'];
    expect((await getTagList(store, KEY, 'a')).tags).toEqual(sorted);
    expect(store.objects.get(KEY)?.bytes.toString()).toBe(`{"name":"a","tags":${JSON.stringify(sorted)}}`);
    await removeTags(store, KEY, 'a', ['9', 'none']);
    expect((await getTagList(store, KEY, 'a')).tags).toEqual(['10', 'B', 'a', 'b']);
  });

  it('says whether a tag is new, and is not written again for one that is there', async () => {
    const store = new MemoryStore();
    expect([await addTag(store, KEY, 'a', '1'), await addTag(store, KEY, 'a', '1')]).toEqual([true, false]);
    expect(store.done).toEqual([`put ${KEY}`]);
  });

  it('is read as another program writes it', () => {
    const tags = (text: string) => readTagList(Buffer.from(text), 'a', 'it').tags;
    expect(tags('{"tags":["b","a","b"],"name":"a"}')).toEqual(['a', 'b']);
    expect(tags('{"name":"a","tags":null}')).toEqual([]);
    expect(writeTagList({ name: 'a', tags: ['1'] }).toString()).toBe('{"name":"a","tags":["1"]}');
  });

  it.each(['', '[]', 'null', '{"name":"b","tags":[]}', '{"name":"a","tags":{}}', '{"name":"a","tags":[1]}'])(
    'is not %j',
    (text) => {
      expect(() => readTagList(Buffer.from(text), 'a', 'it')).toThrow(RunError);
    },
  );

  it('has no half of a surrogate pair, which could not be written again', () => {
    expect(() => readTagList(Buffer.from('{"name":"a","tags":["\\ud800"]}'), 'a', 'it')).toThrow(/no list of the tags/);
  });
});
