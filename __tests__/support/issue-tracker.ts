import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Issue {
  number: number;
  title: string;
  body: string;
  state: string;
  comments: string[];
}

/** The part of GitHub's REST API that keeps issues, on loopback, until the test ends. */
export interface IssueTracker {
  readonly url: string;
  readonly issues: Issue[];
  /** Values of the header `authorization` that were seen. */
  readonly logins: Set<string>;
}

export async function startIssueTracker(repository: string): Promise<IssueTracker> {
  const issues: Issue[] = [];
  const logins = new Set<string>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    logins.add(request.headers.authorization ?? '');
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const path = pathname.replace(`/repos/${repository}`, '');
    const given = JSON.parse((await text(request)) || '{}') as Partial<Issue>;
    const number = Number(/^\/issues\/(\d+)/.exec(path)?.[1]);
    const issue = issues.find((known) => known.number === number);
    if (path === '/issues' && request.method === 'GET') {
      const page = Number(searchParams.get('page') ?? 1);
      const open = issues.filter(({ state }) => state === searchParams.get('state'));
      return answer(200, open.slice((page - 1) * 100, page * 100));
    }
    if (path === '/issues' && request.method === 'POST') {
      const made = { number: issues.length + 1, title: '', body: '', state: 'open', comments: [], ...given };
      issues.push(made);
      return answer(201, made);
    }
    if (issue && path.endsWith('/comments') && request.method === 'POST') {
      issue.comments.push(given.body ?? '');
      return answer(201, given);
    }
    if (issue && request.method === 'PATCH') return answer(200, Object.assign(issue, given));
    return answer(404, { message: 'Not Found' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, issues, logins };
}
