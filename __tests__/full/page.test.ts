import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updatePage } from '../../src/bucket/page/update.js';
import { assembleImages } from '../../src/image/build-image.js';
import { encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import { MemoryStore } from '../bucket/memory-store.js';
import { outputsOf, runnerIn, startAction } from '../support/as-action.js';
import { faultsOf, inPage, openAllDetails, openBrowser, VIEWS, visit } from '../support/browser.js';
import { startMoto, startStore, type TestStore } from '../support/buckets.js';
import { isolatedStorage } from '../support/container-storage.js';
import { scratch } from '../support/files.js';
import { filesObject, imageObjectsOf, listObject, type PageObject } from '../support/page-objects.js';
import { mustExec, PROJECT } from '../support/program.js';
import { keysIn, mustPublish, publish, versionedImages } from '../support/published.js';
import { randomFrom } from '../support/random.js';
import { startRegistry } from '../support/servers.js';
import { EXAMPLE_SPEC } from '../support/specs.js';
import { tool } from '../support/tools.js';
import { startWebsite } from '../support/website.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const KEY = 'pages/monitoring/app/index.html';

/** Commands as somebody selects and copies them. */
const COPY = `[...document.querySelectorAll('pre')].map((pre) => {
  getSelection().selectAllChildren(pre);
  return getSelection().toString();
})`;

/** A folder of binaries for two platforms. */
function binariesIn(folder: string, text: string): string {
  for (const platform of ['linux/amd64', 'linux/arm/v7']) {
    mkdirSync(join(folder, platform), { recursive: true });
    writeFileSync(join(folder, platform, 'app'), `${text} for ${platform}`);
  }
  return folder;
}

async function put({ client, bucket: Bucket }: TestStore, ...objects: readonly PageObject[]): Promise<void> {
  for (const { key: Key, bytes: Body, contentType: ContentType } of objects) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
  }
}

describe.each(['moto', 'versitygw'] as const)('a page in %s', (kind) => {
  it('shows images and binaries to everybody, and its commands are true', async () => {
    const folder = scratch();
    const store = await startStore(kind, join(folder, 'store'));
    const { url, host } = await startWebsite(store);
    const files = store.destination('', kind === 'moto' ? '' : '&suffix=.json');
    const { index } = await versionedImages(join(folder, '1.10'), 1, '1.10');
    await versionedImages(join(folder, '1.9'), 2, '1.9');
    const push = (what: string, tag: string, from: string, to: string) =>
      mustPublish(store, what, 'push', '-t', `monitoring/app:${tag}`, '--page', url, from, to);
    await push('static', '1.10', binariesIn(join(folder, 'bin'), '1.10'), files);
    const said = await push('container', '1.9', join(folder, '1.9'), store.destination());
    expect(said).toContain(`page -> ${KEY}\n`);
    await push('container', '1.10', join(folder, '1.10'), store.destination());
    expect(await push('container', '1.10', join(folder, '1.10'), store.destination())).toBe('✅ push succeeded\n');

    const address = `${url}/pages/monitoring/app/`;
    const answer = await fetch(address);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const source = await answer.text();
    expect(await (await fetch(`${address}index.html`)).text()).toBe(source);

    const { page, requests, complaints } = await visit(browser, address);
    const headings = "[...document.querySelectorAll('h1, h2')].map((each) => each.textContent)";
    expect(await inPage(page, headings)).toEqual(['monitoring/app', '1.10', '1.9']);
    expect([requests, complaints]).toEqual([[address], []]);
    const text = await inPage<string>(page, 'document.body.innerText');
    for (const part of ['linux/amd64', 'linux/arm64', '0.2 MB', index.digest]) expect(text).toContain(part);

    const commands = await inPage<string[]>(page, COPY);
    const pulls = commands.filter((line) => line.startsWith('docker pull '));
    expect(pulls.slice(0, 2)).toEqual([
      `docker pull ${host}/monitoring/app:1.10`,
      `docker pull ${host}/monitoring/app@${index.digest}`,
    ]);
    const env = isolatedStorage(join(folder, 'containers'));
    const ids: string[] = [];
    for (const line of pulls.slice(0, 2)) {
      const [, ...args] = line.split(' ');
      ids.push(await mustExec(tool('podman'), [...args, '-q', '--tls-verify=false'], { env, cwd: folder }));
    }
    expect(ids[0]).toMatch(/^[0-9a-f]{64}\n$/);
    expect(ids[1]).toBe(ids[0]);
    const curls = commands.filter((line) => line.startsWith('curl '));
    expect(curls.map((line) => line.split('/').slice(-4).join(' '))).toEqual(
      ['1.10 linux amd64 app', 'arm v7 app'].map((end) => expect.stringMatching(`${end}$`)),
    );
    for (const [position, line] of curls.entries()) {
      const to = join(folder, `to-${position}`);
      mkdirSync(to);
      const [, ...args] = line.split(' ');
      await mustExec(tool('curl'), args, { cwd: to });
      expect(readFileSync(join(to, 'app'), 'utf8')).toBe(`1.10 for ${['linux/amd64', 'linux/arm/v7'][position]}`);
    }
    await page.close();

    const without = await visit(browser, address, undefined, false);
    expect(await inPage(without.page, 'document.body.innerText')).toBe(text);
    await without.page.close();
  }, 300_000);

  it('has every tag of pushes that go on at once, loses what rm and gc remove, and goes with the last tag', async () => {
    const folder = scratch();
    const store = await startStore(kind, join(folder, 'store'));
    const { url } = await startWebsite(store);
    const to = store.destination();
    const tags = ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'];
    for (const [position, tag] of tags.entries()) await versionedImages(join(folder, tag), position % 2, tag);
    await Promise.all(
      tags.map((tag) =>
        mustPublish(store, 'container', 'push', '-t', `monitoring/app:${tag}`, join(folder, tag), to, '--page', url),
      ),
    );
    const shown = async () => {
      const answer = await fetch(`${url}/pages/monitoring/app/`);
      return answer.status === 200
        ? [...(await answer.text()).matchAll(/<h2 id="tag-(.*?)">/g)].map(([, tag]) => tag)
        : [];
    };
    expect(await shown()).toEqual(['1.6', '1.5', '1.4', '1.3', '1.2', '1.1']);
    await mustPublish(store, 'container', 'rm', '-t', 'monitoring/app:1.6', to);
    expect(await shown()).toEqual(['1.5', '1.4', '1.3', '1.2', '1.1']);
    const before = await keysIn(store);
    await mustPublish(store, 'container', 'gc', '--keep', '2', to, '--grace', '0', '--dry-run');
    expect(await keysIn(store)).toEqual(before);
    await mustPublish(store, 'container', 'gc', '--keep', '2', to, '--grace', '0');
    expect(await shown()).toEqual(['1.5', '1.4']);
    // A push that asks for no page keeps the one that is there.
    await mustPublish(store, 'container', 'push', '-t', 'monitoring/app:1.6', join(folder, '1.6'), to);
    expect(await shown()).toEqual(['1.6', '1.5', '1.4']);
    for (const tag of ['1.4', '1.5']) await mustPublish(store, 'container', 'rm', '-t', `monitoring/app:${tag}`, to);
    const args = ['container', 'rm', '-t', 'monitoring/app:1.6', to];
    expect(await mustPublish(store, ...args, '--dry-run')).toContain(`would remove ${KEY}\n`);
    expect(await mustPublish(store, ...args)).toContain(`removed ${KEY}\n`);
    expect(await keysIn(store)).not.toContain(KEY);
  }, 300_000);
});

describe('a page', () => {
  it('keeps nobody out, in light and dark, wide and narrow, whatever is on it', async () => {
    const folder = scratch();
    const store = await startMoto(join(folder, 'store'));
    const { url } = await startWebsite(store);
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>${'x'.repeat(300)}\u202e`;
    const platforms = [
      { os: 'linux', architecture: 'amd64' },
      { os: evil, architecture: "' onfocus='alert(3)", variant: evil },
    ];
    const tags = Array.from({ length: 60 }, (_, i) => `1.${i}`);
    for (const tag of tags.slice(-3))
      await put(store, ...imageObjectsOf('app', tag, platforms, encodeSpec(EXAMPLE_SPEC)).objects);
    const long = `9${'.0-long'.repeat(18)}`;
    await put(store, ...imageObjectsOf('app', long, platforms).objects);
    await put(store, listObject('container', 'app', [...tags, long, 'latest', evil]));
    const paths = [evil, 'app', '../x'].map((path) => ({ os: 'linux', architecture: 'amd64', path }));
    await put(store, filesObject('app', '1.59', paths), listObject('static', 'app', ['1.59']));
    const bin = binariesIn(join(folder, 'bin'), 'x');
    await mustPublish(store, 'static', 'push', '-t', 'app:1.60', bin, store.destination(), '--page', url);
    for (const view of VIEWS) {
      const { page, requests, complaints } = await visit(browser, `${url}/pages/app/`, view);
      for (const open of [false, true]) {
        if (open) await openAllDetails(page);
        const { faults, passed, unsure } = await faultsOf(page);
        expect([view, faults, unsure]).toEqual([view, [], []]);
        const rules = [
          'color-contrast',
          'scrollable-region-focusable',
          'landmark-one-main',
          'html-has-lang',
          'heading-order',
        ];
        expect(passed).toEqual(
          expect.arrayContaining(view.width === 320 ? rules : rules.filter((rule) => !rule.startsWith('scroll'))),
        );
        const [wide, inner] = await inPage<number[]>(page, '[document.documentElement.scrollWidth, innerWidth]');
        expect([view, inner]).toEqual([view, view.width]);
        expect(wide).toBeLessThanOrEqual(view.width);
      }
      expect([requests, complaints]).toEqual([[`${url}/pages/app/`], []]);
      const ground = await inPage(page, 'getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(view.scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)');
      expect(await inPage(page, "document.querySelectorAll('script, img').length")).toBe(0);
      await page.close();
    }
  }, 300_000);

  it('runs no script, even where one got into it; and axe finds what is put wrong', async () => {
    const folder = scratch();
    const store = await startMoto(join(folder, 'store'));
    const { url } = await startWebsite(store);
    await put(store, ...imageObjectsOf('app', '1', [{ os: 'linux', architecture: 'amd64' }]).objects);
    await mustPublish(
      store,
      'static',
      'push',
      '-t',
      'app:1',
      binariesIn(join(folder, 'bin'), 'x'),
      store.destination(),
      '--page',
      url,
    );
    const text = await (await fetch(`${url}/pages/app/`)).text();
    const worse = text.replace(
      '</main>',
      '<script>alert(1)</script><img src="x.png" onerror="alert(2)"><p style="color:#777">a</p></main>',
    );
    await put(store, {
      key: 'pages/worse/index.html',
      contentType: 'text/html; charset=utf-8',
      bytes: Buffer.from(worse),
    });
    const { page, complaints } = await visit(browser, `${url}/pages/worse/`);
    // The script, the image, what the image would run, and the style in an attribute.
    expect(complaints).toHaveLength(4);
    for (const complaint of complaints) expect(complaint).toMatch(/Content Security Policy/);
    expect((await faultsOf(page)).faults).toEqual([expect.stringContaining('image-alt: <img')]);
    await page.close();
  }, 300_000);

  it('is refused before anything is uploaded, where it cannot be', async () => {
    const folder = scratch();
    const store = await startMoto(join(folder, 'store'));
    await versionedImages(join(folder, 'image'), 1, '1');
    const registry = `docker://127.0.0.1:${await startRegistry(folder)}/app`;
    const mine = { key: 'pages/mine/index.html', contentType: 'text/html', bytes: Buffer.from('<h1>mine</h1>') };
    await put(store, mine);
    const cases: [string, string, string, RegExp][] = [
      ['app:1', 'https://downloads.example.org/path', store.destination(), /page: .* is not accepted for page/],
      ['app:1', 'https://downloads.example.org', registry, /page: a page is for buckets/],
      [
        'app/index.html:1',
        'https://downloads.example.org',
        store.destination(),
        /page: app\/index.html can have no page/,
      ],
      [
        'mine:1',
        'https://downloads.example.org',
        store.destination(),
        /page: s3:\/\/downloads\/pages\/mine\/index.html is there/,
      ],
    ];
    for (const [name, page, to, said] of cases) {
      const args = ['container', 'push', '-t', name, join(folder, 'image'), to, '--tls-verify=false', '--page', page];
      const { code, stderr } = await publish(store, ...args);
      expect([args, code, stderr]).toEqual([args, 2, expect.stringMatching(said)]);
    }
    expect(await keysIn(store)).toEqual([mine.key]);
    // Nobody asked for a page there, and it stays as it is.
    await mustPublish(store, 'container', 'push', '-t', 'mine:1', join(folder, 'image'), store.destination());
    await mustPublish(store, 'container', 'rm', '-t', 'mine:1', store.destination());
    expect(await keysIn(store)).toContain(mine.key);
  }, 300_000);

  it('is written again where a store knows no conditions, and another run has overwritten it', async () => {
    const store = new MemoryStore();
    store.isConditional = async () => false;
    const put = ({ key, bytes, contentType }: PageObject) => store.put(key, bytes, { contentType, sha256: '' });
    const { objects } = imageObjectsOf('app', '1', [{ os: 'linux', architecture: 'amd64' }]);
    for (const object of [...objects, listObject('container', 'app', ['1'])]) await put(object);
    const options = { site: 'https://downloads.example.org', verifyCommand: () => '' };
    expect(await updatePage(store, 'app', options)).toBe('written');
    const old = store.objects.get('pages/app/index.html');
    await put(filesObject('app', '2', [{ os: 'linux', architecture: 'amd64', path: 'app' }]));
    await put(listObject('static', 'app', ['2']));
    let looks = 0;
    store.before = (what, key) => {
      if (what === 'head' && key === 'pages/app/index.html' && ++looks === 2 && old) store.objects.set(key, old);
    };
    expect(await updatePage(store, 'app', options)).toBe('written');
    expect(looks).toBe(3);
    expect(store.objects.get('pages/app/index.html')?.bytes.toString()).toContain('curl -fO');
  });

  it('is written by the action, below the prefix, and its address is an output', async () => {
    const folder = scratch();
    const store = await startMoto(join(folder, 'store'));
    const { url } = await startWebsite(store, 'a/b/');
    await versionedImages(join(folder, 'image'), 1, '1');
    const runner = runnerIn(join(folder, 'runner'));
    const inputs = {
      tag: 'monitoring/app:1',
      layout: join(folder, 'image'),
      'image-destinations': store.destination('a/b'),
      binaries: binariesIn(join(folder, 'bin'), '1'),
      'static-destinations': store.destination('a/b'),
      page: `${url}/`,
    };
    const { code, stderr } = await startAction(runner, inputs, { ...store.env }, [], 'publish.js').ended;
    expect([code, stderr]).toEqual([0, '']);
    const { page = '' } = outputsOf(runner);
    expect(page).toBe(`${url}/pages/monitoring/app/`);
    expect(await keysIn(store)).toContain(`a/b/${KEY}`);
    const text = await (await fetch(page)).text();
    for (const part of ['docker pull', 'curl -fO']) expect(text).toContain(part);
  }, 300_000);

  // With PAGE_SCREENSHOT=1 it writes the picture of the docs.
  it('looks as in the docs', async () => {
    const folder = scratch();
    const store = await startMoto(join(folder, 'store'));
    const { url } = await startWebsite(store);
    const random = randomFrom(7);
    const noise = Uint8Array.from({ length: 9_300_000 }, () => random() * 256);
    const shown = [
      ['amd64', undefined, 0],
      ['arm64', undefined, 700_000],
      ['arm', 'v7', 400_000],
    ] as const;
    for (const tag of ['1.11.3-ttl.1', '1.11.3-ttl.2']) {
      const platforms = shown.map(([architecture, variant, less]) => {
        const binaryPath = join(folder, 'bin', 'linux', architecture, variant ?? '', 'pushgateway');
        mkdirSync(join(binaryPath, '..'), { recursive: true });
        writeFileSync(binaryPath, noise.subarray(less));
        const spec = encodeSpec({ ...EXAMPLE_SPEC, base: null, files: null, version: tag.replace('-', '+') });
        const platform = { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) };
        return { platform, binaryPath, docs: [], labels: [[SPEC_LABEL, spec] as const] };
      });
      await assembleImages({ platforms, epochSeconds: 1_779_894_590, layoutDir: join(folder, tag) });
      const args = ['push', '-t', `pushgateway:${tag}`, '--page', 'https://downloads.example.org'];
      await mustPublish(store, 'container', ...args, join(folder, tag), store.destination());
      await mustPublish(store, 'static', ...args, join(folder, 'bin'), store.destination());
    }
    const { page } = await visit(browser, `${url}/pages/pushgateway/`);
    const commands = await inPage<string[]>(page, COPY);
    expect(commands.slice(0, 3)).toEqual([
      'docker pull downloads.example.org/pushgateway:1.11.3-ttl.2',
      expect.stringMatching(/^docker pull downloads\.example\.org\/pushgateway@sha256:[0-9a-f]{64}$/),
      expect.stringMatching(/^node \. verify downloads\.example\.org\/pushgateway@sha256:[0-9a-f]{64}$/),
    ]);
    await inPage(page, 'getSelection().removeAllRanges()');
    const picture = join(PROJECT, 'docs', 'page.png');
    const to = process.env.PAGE_SCREENSHOT === undefined ? join(folder, 'page.png') : picture;
    await page.setViewport({ width: 1120, height: 800 });
    // To the end of the newest tag's first download.
    const end = "document.querySelector('h3 ~ h3 ~ pre').getBoundingClientRect().bottom + 24";
    const clip = { x: 0, y: 0, width: 1120, height: await inPage<number>(page, end) };
    await page.screenshot({ path: to as `${string}.png`, clip, captureBeyondViewport: true });
    for (const path of [to, picture]) expect(statSync(path).size).toBeLessThan(120_000);
    await page.close();
  }, 300_000);
});
