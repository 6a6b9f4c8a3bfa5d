// A small stand-in for a Pushgateway that does one thing wrong: node odd-gateway.mjs FAULT FLAGS…
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [fault, ...flags] = process.argv.slice(2);
const flag = (name) => flags.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
/** Whether this is the first start, as a file says that the first one makes. */
function isFirst(path) {
  if (existsSync(path)) return false;
  writeFileSync(path, '');
  return true;
}

if (flags.includes('--version')) {
  if (fault === 'version-code') process.exit(3);
  if (fault === 'version-hangs') setInterval(() => {}, 1000);
  else console.log(`pushgateway, version ${fault === 'version' ? '1.11.3' : '1.11.3+ttl.1'} (branch: , revision: )`);
} else {
  console.error(`starting with the environment ${Object.keys(process.env).sort()}`);
  if (fault === 'exits') process.exit(7);
  if (fault === 'no-flag' && flag('metric.timetolive')) {
    console.error("odd: error: unknown long flag '--metric.timetolive', try --help");
    process.exit(1);
  }
  if (fault?.startsWith('port-taken:') && isFirst(fault.slice('port-taken:'.length))) {
    console.error('listen tcp 127.0.0.1: bind: address already in use');
    process.exit(0);
  }
  serve();
}

function serve() {
  const lifetime = fault === 'expires-early' ? 0 : Number.parseFloat(flag('metric.timetolive') ?? '0') * 1000 + 300;
  const lasts = !flag('metric.timetolive') || fault === 'never-expires';
  let pushed;
  let pushes = 0;
  const server = createServer((request, response) => {
    const answer = (status, text = '') => response.writeHead(status).end(text);
    if (request.url === '/-/ready') return answer(fault === 'never-ready' ? 503 : fault === 'no-ready' ? 404 : 200);
    if (request.url === '/-/healthy') return answer(fault === 'never-ready' ? 503 : 200);
    if (request.url === '/api/v1/status') return status(answer);
    if (request.url === '/') return answer(fault === 'no-page' ? 500 : 200);
    if (request.url === '/metrics') {
      const age = pushed ? performance.now() - pushed.at : 0;
      if (fault === 'hangs') return;
      if (fault === 'dies' && pushed) process.exit(9);
      if (!pushed || (!lasts && age > lifetime)) return answer(200, '# nothing\n');
      return answer(
        200,
        `# TYPE ${pushed.name} gauge\n${pushed.name}{instance="",job="${pushed.job}"} ${pushed.value}\n`,
      );
    }
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      pushes += 1;
      if (fault === 'refuses' || (fault === 'one-push' && pushes > 1)) return answer(400, 'no, thank you');
      const [, name, value] = /^(\w+) (\S+)$/m.exec(body);
      if (fault !== 'loses') {
        const shown = fault === 'wrong-value' ? Number(value) + 1 : value;
        pushed = { at: performance.now(), job: request.url.split('/').at(-1), name, value: shown };
      }
      answer(200);
    });
  });
  const [host, port] = flag('web.listen-address').split(':');
  server.listen(Number(port), host);
  if (fault === 'children')
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...flags], { stdio: 'ignore' });
  process.on('SIGTERM', () => {
    if (fault === 'ignores-sigterm') return;
    process.exit(fault === 'sigterm-code' ? 4 : 0);
  });
}

function status(answer) {
  if (fault === 'no-api' || fault === 'no-page') return answer(404);
  if (fault === 'no-json') return answer(200, '<html>');
  const isOther = fault?.startsWith('other-server:') && isFirst(fault.slice('other-server:'.length));
  const address = isOther ? 'http://other' : flag('web.external-url');
  return answer(200, JSON.stringify({ status: 'success', data: { flags: { 'web.external-url': address } } }));
}
