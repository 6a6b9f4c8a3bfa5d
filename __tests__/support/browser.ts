import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { tool } from './tools.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a reader may have: a narrow window or a wide one, light or dark. */
export const VIEWS = ([1280, 320] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);
export type View = (typeof VIEWS)[number];

/** Starts Debian's Chromium without a window. Its sandbox does not take root. */
export function openBrowser(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return puppeteer.launch({
    executablePath: tool('chromium-headless-shell'),
    args: [...asRoot, '--disable-dev-shm-usage', '--hide-scrollbars', '--disable-lcd-text', '--lang=en'],
  });
}

export interface Visit {
  readonly page: Page;
  /** Addresses that were asked for. */
  readonly requests: readonly string[];
  /** What the browser complained of: errors, dialogs, and what the page's policy has blocked. */
  readonly complaints: readonly string[];
}

/** Opens an address in a tab of its own. */
export async function visit(
  browser: Browser,
  url: string,
  { width, scheme }: View = { width: 1280, scheme: 'light' },
  withScripts = true,
): Promise<Visit> {
  const page = await browser.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.setJavaScriptEnabled(withScripts);
  await page.setViewport({ width, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  const answer = await page.goto(url, { waitUntil: 'load' });
  if (answer?.status() !== 200) throw new Error(`${url} is ${answer?.status()}`);
  return { page, requests, complaints };
}

/** Evaluates an expression in a page; types of the browser are none of this project. */
export function inPage<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(expression) as Promise<T>;
}

/** Has axe look for what keeps people out, and names each fault with its element. */
export async function faultsOf(page: Page): Promise<{ faults: string[]; passed: string[]; unsure: string[] }> {
  await page.evaluate(AXE);
  const { violations, passes, incomplete } = await inPage<AxeResults>(page, 'axe.run(document)');
  return {
    faults: violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`)),
    passed: passes.map(({ id }) => id),
    unsure: incomplete.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`)),
  };
}

export const openAllDetails = (page: Page) =>
  inPage<void>(page, 'document.querySelectorAll("details").forEach((each) => { each.open = true })');
