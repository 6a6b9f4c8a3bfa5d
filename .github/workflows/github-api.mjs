// GitHub's REST API for one repository, as the workflows' scripts use it. The token goes into a header and nowhere else.
const { API_URL, GITHUB_REPOSITORY, TOKEN } = process.env;

/**
 * One request.
 * @param path below the repository's address, `/releases`, or a whole address
 * @param body an object, sent as JSON, or bytes
 * @returns status, and the answer's JSON (undefined where there is none)
 */
async function request(method, path, body) {
  const isBytes = body instanceof Uint8Array;
  const answer = await fetch(path.startsWith('/') ? `${API_URL}/repos/${GITHUB_REPOSITORY}${path}` : path, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${TOKEN}`,
      'content-type': isBytes ? 'application/octet-stream' : 'application/json',
      'x-github-api-version': '2022-11-28',
    },
    body: isBytes ? body : body && JSON.stringify(body),
  });
  const text = await answer.text();
  const refused = () => new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
  if (!answer.ok) return { status: answer.status, refused };
  return { status: answer.status, value: text === '' ? undefined : JSON.parse(text), refused };
}

/** The answer's JSON; an error that names method, path and status where the request was refused. */
export async function api(method, path, body) {
  const { status, value, refused } = await request(method, path, body);
  if (status >= 300) throw refused();
  return value;
}

/** As `api`, but undefined where there is no such thing (404). */
export async function find(path) {
  const { status, value, refused } = await request('GET', path);
  if (status === 404) return undefined;
  if (status >= 300) throw refused();
  return value;
}

/** Every entry of a list that comes in pages of a hundred. */
export async function* list(path) {
  for (let page = 1; ; page++) {
    const entries = await api('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
    yield* entries;
    if (entries.length < 100) return;
  }
}
