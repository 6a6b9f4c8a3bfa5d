import { describe, expect, it } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { html } from '../../src/base/html.js';
import { writePage } from '../../src/bucket/page/html.js';
import { canHavePage, nameOfPage, pageKey } from '../../src/bucket/page/key.js';
import { MOST_DETAILED, readPageModel } from '../../src/bucket/page/model.js';
import { pageNames, updatePage } from '../../src/bucket/page/update.js';
import { parsePage } from '../../src/inputs/publish-page.js';
import { encodeSpec } from '../../src/spec/build-spec.js';
import { filesObject, imageObjectsOf, jsonObject, listObject, type PageObject } from '../support/page-objects.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { MemoryStore } from './memory-store.js';

const SITE = {
  site: 'https://downloads.example.org',
  verifyCommand: (repository: string, digest: string) => `verify ${repository}@${digest}`,
};
const KEY = 'pages/app/index.html';
const AMD64 = { os: 'linux', architecture: 'amd64' };
const ARM = { os: 'linux', architecture: 'arm', variant: 'v7' };

async function put(store: MemoryStore, ...objects: readonly PageObject[]): Promise<void> {
  for (const { key, bytes, contentType } of objects) {
    await store.put(key, bytes, { contentType, sha256: sha256Hex(bytes) });
  }
}

/** A bucket with the image and the binaries of some tags. */
async function bucketWith(images: readonly string[], binaries: readonly string[] = []): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const tag of images)
    await put(store, ...imageObjectsOf('app', tag, [AMD64, ARM], encodeSpec(EXAMPLE_SPEC)).objects);
  for (const tag of binaries) await put(store, filesObject('app', tag, [{ ...AMD64, path: 'app' }]));
  if (images.length > 0) await put(store, listObject('container', 'app', images));
  if (binaries.length > 0) await put(store, listObject('static', 'app', binaries));
  return store;
}

const pageOf = async (store: MemoryStore) => writePage(await readPageModel(store, 'app'), SITE).toString();
const textAt = (store: MemoryStore, key = KEY) => store.objects.get(key)?.bytes.toString() ?? '';
const tagsOf = (page: string) => [...page.matchAll(/<h2 id="tag-(.*?)">/g)].map(([, tag]) => tag);

describe('what a page says', () => {
  it('has images and binaries of all tags, the newest first', async () => {
    const { tags, older } = await readPageModel(await bucketWith(['1.9', '1.10'], ['1.10', '1.11']), 'app');
    expect(older).toEqual([]);
    const said = tags.map(({ tag, image, files }) => ({
      tag,
      platforms: typeof image === 'object' ? image.images.map(({ platform, size }) => [platform, size]) : image,
      version: typeof image === 'object' ? image.spec?.version : image,
      files: typeof files === 'object' ? files.map(({ key }) => key) : files,
    }));
    const size = expect.closeTo(9_400_000, -4);
    const platforms = [
      ['linux/amd64', size],
      ['linux/arm/v7', size],
    ];
    const version = EXAMPLE_SPEC.version;
    expect(said).toEqual([
      { tag: '1.11', platforms: undefined, version: undefined, files: ['df-dist-v1/app/1.11/linux/amd64/app'] },
      { tag: '1.10', platforms, version, files: ['df-dist-v1/app/1.10/linux/amd64/app'] },
      { tag: '1.9', platforms, version, files: [] },
    ]);
  });

  it('finds binaries whose lists have a suffix, and takes no other name for them', async () => {
    const store = await bucketWith([]);
    await put(
      store,
      listObject('static', 'app', ['1'], '.json'),
      filesObject('app', '1', [{ ...AMD64, path: 'app' }], '.json'),
    );
    await put(store, listObject('static', 'app.x', ['2']), jsonObject('df-dist-v1/app.y', 'nonsense'));
    // The tag `app` of the binaries `a` lies where the list of `a/app` would.
    await put(store, filesObject('a', 'app', [{ ...AMD64, path: 'a' }]));
    expect((await readPageModel(store, 'app')).tags).toMatchObject([{ tag: '1', files: [{ path: 'app' }] }]);
    expect((await readPageModel(store, 'a/app')).tags).toEqual([]);
  });

  it('has the commands, and verify where the image carries a spec', async () => {
    const store = new MemoryStore();
    const [whole, without] = [
      imageObjectsOf('app', '2', [AMD64], encodeSpec(EXAMPLE_SPEC)),
      imageObjectsOf('app', '1', [AMD64], 'no spec'),
    ];
    await put(store, ...whole.objects, ...without.objects, listObject('container', 'app', ['1', '2']));
    await put(store, filesObject('app', '2', [{ ...ARM, path: 'a~b' }]), listObject('static', 'app', ['2']));
    const at = 'downloads.example.org/app';
    expect(
      [...(await pageOf(store)).matchAll(/<code>(?!sha256)(.*?)<\/code><\/pre>/gs)].map(([, text]) => text),
    ).toEqual([
      `docker pull ${at}:2`,
      `docker pull ${at}@${whole.index}`,
      `verify ${at}@${whole.index}`,
      'curl -fO https://downloads.example.org/df-dist-v1/app/2/linux/arm/v7/a%7Eb',
      `docker pull ${at}:1`,
      `docker pull ${at}@${without.index}`,
    ]);
  });

  it(`has the names of tags beyond the newest ${MOST_DETAILED}, and says so; it reads no more than those`, async () => {
    const all = Array.from({ length: 1000 }, (_, i) => `1.${i}`);
    const store = await bucketWith(all);
    const read: string[] = [];
    store.before = (what, key) => what === 'get' && read.push(key);
    const page = await pageOf(store);
    expect(tagsOf(page)).toEqual(all.slice(-MOST_DETAILED).reverse());
    expect(page).toContain('Of 1000 tags, this page shows the newest 50');
    expect([...page.matchAll(/^<li>(1\.\d+)<\/li>$/gm)].map(([, tag]) => tag)).toEqual(
      all.slice(0, -MOST_DETAILED).reverse(),
    );
    // A tag's own object, two images and one config, beside the lists.
    expect(read.length).toBeLessThanOrEqual(4 * MOST_DETAILED + 2);
  });

  it('says what is not whole, and does not fail for it', async () => {
    const store = await bucketWith(['1', '2', '3']);
    store.objects.delete('v2/app/manifests/3');
    await put(store, jsonObject('v2/app/manifests/2', 'nonsense'), jsonObject('df-dist-v1/app/1', 'nonsense'));
    await put(store, listObject('static', 'app', ['1', '3']));
    const [first] = imageObjectsOf('app', '1', [AMD64, ARM], encodeSpec(EXAMPLE_SPEC)).children;
    store.objects.delete(`v2/app/manifests/${first}`);
    const page = await pageOf(store);
    expect(page.match(/The image of this tag is not whole/g)).toHaveLength(2);
    expect(page.match(/The binaries of this tag are not whole/g)).toHaveLength(2);
    expect(page.match(/missing/g)).toHaveLength(1);
  });

  it('escapes what a stranger has written, and offers no command of it', async () => {
    const evil = `"><script>alert('x')</script>&amp;\u202e\u0007\n`;
    const store = new MemoryStore();
    const image = imageObjectsOf('app', '1', [{ os: evil, architecture: evil, variant: evil }], evil);
    await put(store, ...image.objects, listObject('container', 'app', [evil, '1']));
    await put(store, listObject('static', 'app', ['1', evil]));
    const paths = [evil, '../../x', 'a/../b', '', '\ud800', "$(x)`x`;x|x>x'x"];
    await put(
      store,
      filesObject(
        'app',
        '1',
        paths.map((path) => ({ ...AMD64, path })).concat({ ...AMD64, variant: evil, path: 'x' } as never),
      ),
    );
    const page = await pageOf(store);
    expect(page).not.toMatch(/<script|alert\('|\u202e/);
    expect(page).not.toContain('\u0007');
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;\\u{202e}\\u{7}\\u{a}');
    expect(page).toContain('no tag that clients accept');
    const commands = [...page.matchAll(/<pre.*?<code>(.*?)<\/code><\/pre>/gs)].map(([, text]) => text ?? '');
    expect(commands.filter((text) => !/^[\w ./:@%-]*$/.test(text))).toEqual([]);
    expect(page.match(/no client can ask for it/g)).toHaveLength(4);
    expect(
      page
        .match(/<(?!\/)(\w+)/g)
        ?.map((tag) => tag.slice(1))
        .filter((tag, i, all) => all.indexOf(tag) === i)
        .sort(),
    ).toEqual(
      'a body caption code details div footer h1 h2 h3 head header html li link main meta nav p pre section style summary table tbody td th thead title tr ul'.split(
        ' ',
      ),
    );
  });

  it('shows some of what a stranger makes endless', async () => {
    const store = new MemoryStore();
    const platforms = Array.from({ length: 300 }, (_, i) => ({ os: 'linux', architecture: `a${i}` }));
    await put(store, ...imageObjectsOf('app', '1', platforms).objects, listObject('container', 'app', ['1']));
    await put(
      store,
      filesObject(
        'app',
        '1',
        platforms.map((each) => ({ ...each, path: 'x' })),
      ),
      listObject('static', 'app', ['1']),
    );
    const page = await pageOf(store);
    expect(page).toContain('without 250 more');
    expect(page).toContain('There are 100 more files');
    expect(page.match(/<tr>/g)).toHaveLength(52);
  });

  it('follows from the bucket alone', async () => {
    const [one, other] = [await bucketWith(['1', '2'], ['2']), await bucketWith(['2', '1'], ['2'])];
    expect(await pageOf(one)).toBe(await pageOf(other));
  });
});

describe('html', () => {
  it('escapes all but what is HTML', () => {
    expect(html`<p a="${'"'}">${"<&>'"}${html`<b>`}${[html`<i>`, html`</i>`]}${1}</p>`.text).toBe(
      '<p a="&quot;">&lt;&amp;&gt;&#39;<b><i></i>1</p>',
    );
  });
});

describe('a page in a bucket', () => {
  it('is written with its type, is left alone where it is right, and is removed with the last tag', async () => {
    const store = await bucketWith(['1'], ['1']);
    store.done.length = 0;
    expect(await updatePage(store, 'app', SITE)).toBe('written');
    expect(store.objects.get(KEY)).toMatchObject({ contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
    expect(textAt(store)).toBe(await pageOf(store));
    expect(await updatePage(store, 'app', { ...SITE, site: undefined })).toBe('same');
    await put(store, listObject('container', 'app', []));
    expect(await updatePage(store, 'app', { ...SITE, site: undefined })).toBe('written');
    expect(textAt(store)).not.toContain('docker pull');
    await put(store, listObject('static', 'app', []));
    expect(await updatePage(store, 'app', { ...SITE, site: undefined })).toBe('removed');
    expect(store.objects.has(KEY)).toBe(false);
    expect(store.done.filter((line) => line.includes('pages/'))).toEqual([`put ${KEY}`, `put ${KEY}`, `remove ${KEY}`]);
  });

  it('is not made where nobody asks, and keeps its address until somebody gives another', async () => {
    const store = await bucketWith(['1']);
    expect(await updatePage(store, 'app', { ...SITE, site: undefined })).toBe('none');
    expect(store.objects.has(KEY)).toBe(false);
    for (const site of ['http://localhost:8080', undefined, 'https://other.example.org']) {
      await updatePage(store, 'app', { ...SITE, site });
      const [, told] = /<link rel="canonical" href="(.*)\/pages\/app\/">/.exec(textAt(store)) ?? [];
      expect(told).toBe(site ?? 'http://localhost:8080');
    }
    expect(await pageNames(store)).toEqual(['app']);
  });

  it('is never written over something else', async () => {
    const store = await bucketWith(['1']);
    const others = ['<!doctype html>\n<title>mine</title>', '', textOfOther(await pageOf(store))];
    for (const other of others) {
      await put(store, { key: KEY, contentType: 'text/html', bytes: Buffer.from(other) });
      await expect(updatePage(store, 'app', SITE)).rejects.toThrow(RunError);
      expect(await updatePage(store, 'app', { ...SITE, site: undefined })).toBe('none');
      expect(textAt(store)).toBe(other);
    }
  });

  /** A page that was moved by hand says another address than its own. */
  const textOfOther = (page: string) => page.replace('/pages/app/', '/pages/other/');

  it('has what all runs have done that go on at once', async () => {
    const store = await bucketWith(['1.0']);
    const tags = Array.from({ length: 8 }, (_, i) => `1.${i + 1}`);
    const listed = ['1.0'];
    await Promise.all(
      tags.map(async (tag) => {
        await put(store, ...imageObjectsOf('app', tag, [AMD64]).objects);
        listed.push(tag);
        await put(store, listObject('container', 'app', listed));
        await updatePage(store, 'app', SITE);
      }),
    );
    expect(tagsOf(textAt(store))).toEqual([...tags].reverse().concat('1.0'));
    expect(textAt(store)).toBe(await pageOf(store));
  });

  it('has a tag that came after the bucket was read and before the page was written', async () => {
    const store = await bucketWith(['1']);
    await updatePage(store, 'app', SITE);
    const newer = await bucketWith(['1', '2', '3']);
    let puts = 0;
    store.before = (what, key) => {
      if (what !== 'put' || key !== KEY || puts++ > 0) return;
      for (const [other, kept] of newer.objects) store.objects.set(other, kept);
    };
    await put(store, ...imageObjectsOf('app', '2', [AMD64]).objects, listObject('container', 'app', ['1', '2']));
    await updatePage(store, 'app', SITE);
    expect(tagsOf(textAt(store))).toEqual(['3', '2', '1']);
  });

  it('lies where no name meets it', () => {
    for (const name of ['v2', 'df-dist-v1', 'a/b', 'a']) {
      expect(pageKey(name)).toMatch(/^pages\//);
      expect(nameOfPage(pageKey(name))).toBe(name);
    }
    expect(['index.html', 'a/index.html', 'a/index.html/b', 'index', 'a.html'].map(canHavePage)).toEqual([
      ...[false, false, false],
      ...[true, true],
    ]);
  });
});

describe('the address of a page', () => {
  it.each([
    ['https://downloads.example.org', 'https://downloads.example.org'],
    ['https://Downloads.Example.org:443/', 'https://downloads.example.org'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080/', 'http://[::1]:8080'],
    ['http://localhost', 'http://localhost'],
  ])('takes %j', (text, site) => {
    expect(parsePage(text)).toBe(site);
  });

  it.each([
    ...[
      'downloads.example.org',
      'ftp://a.example.org',
      'https://',
      'https://a.example.org/b',
      'https://a.example.org?b',
    ],
    ...['https://a.example.org#b', 'https://me:hush@a.example.org', 'https://downloads', 'https://a b.example.org'],
    ...[
      'https://a.example.org:99999',
      'https://é.example.org',
      'https://docker.io',
      'https://a_b.example.org',
      '',
      '"><script>',
    ],
  ])('refuses %j', (text) => {
    const refused = () => parsePage(text);
    expect(refused).toThrow(InputError);
    expect(refused).not.toThrow(/hush/);
    expect(refused).toThrow(/is not accepted for page\. Accepted: the https address/);
  });
});
