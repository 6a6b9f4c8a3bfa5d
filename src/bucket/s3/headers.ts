/** Of a command of the SDK; the stack's own types differ with each, and what is added here looks at none of them. */
interface WithStack {
  readonly middlewareStack: { add(middleware: unknown, options: { step: 'build' }): void };
}

type Next = (args: { request: { headers: Record<string, string> } }) => unknown;

function withHeader<C>(command: C, name: string, value: string): C {
  (command as WithStack).middlewareStack.add(
    (next: Next) => (args: Parameters<Next>[0]) => {
      args.request.headers[name] = value;
      return next(args);
    },
    { step: 'build' },
  );
  return command;
}

/**
 * Puts the body's hash into the signature, so that the store refuses any other body. The SDK does so itself, but hashes the
 * body once more for it.
 * @param hex SHA-256
 */
export function signBody<C>(command: C, hex: string): C {
  return withHeader(command, 'x-amz-content-sha256', hex);
}

/**
 * Asks for the checksum that a store keeps with an object. By the SDK's own parameter for it the body would come through a
 * stream that a dropped connection leaves without an end.
 */
export function askChecksum<C>(command: C): C {
  return withHeader(command, 'x-amz-checksum-mode', 'ENABLED');
}
