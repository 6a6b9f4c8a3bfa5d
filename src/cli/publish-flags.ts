import type { Command } from 'commander';
import type { Flags } from './flags.js';

/** One of the commands, its words and flags. */
export interface PublishCall {
  readonly kind: 'container' | 'static';
  readonly what: 'push' | 'ls' | 'rm' | 'gc';
  readonly words: readonly string[];
  readonly flags: Flags;
}

const BUCKET = 'DEST: s3://BUCKET?endpoint=HOST&region=R&s3ForcePathStyle=true';

/**
 * Adds `container` and `static` with their commands.
 * @param choose told which was called, with its words and flags
 */
export function addPublishCommands(root: Command, choose: (call: PublishCall) => void): void {
  for (const kind of ['container', 'static'] as const) {
    const things = kind === 'container' ? 'images' : 'binaries';
    const group = quiet(root.command(kind))
      .helpCommand(false)
      .description(`Publish ${things} to buckets${kind === 'container' ? ' and registries' : ''}.`);
    const add = (what: PublishCall['what'], usage: string, text: string): Command =>
      quiet(group.command(what))
        .argument('[words...]')
        .usage(`[options] ${usage}`)
        .summary(text)
        .description(`${text} ${kind === 'static' ? `${BUCKET}.` : `${BUCKET}, or docker://HOST/NAME.`}`)
        .helpOption('-h, --help', 'Print this help.')
        .option('--registry-username <name>', 'User name for the docker:// destination.', collect)
        .option('--registry-password-stdin', 'Read the password for --registry-username from standard input.')
        .option('--tls-verify [boolean]', 'Whether registries must show a certificate that is trusted.', collect)
        .option('--retries <number>', 'How often a request is tried again, from 0 to 20.', collect)
        .option('--json', 'Print the result as one JSON object on standard output.')
        .action((words: string[], flags: Flags) => choose({ kind, what, words, flags }));
    const tag = ['-t, --tag <NAME:TAG>', 'Name and tag, as in pushgateway:1.11.3.', collect] as const;
    const dry = ['--dry-run', 'Say what would go; remove nothing.'] as const;
    const grace = ['--grace <hours>', 'How long objects stay that no tag needs, as 24, 24h or 7d.', collect] as const;
    const [what, from] = kind === 'container' ? ['an image', 'LAYOUT'] : ['files', 'DIR'];
    add('push', `-t NAME:TAG ${from} DEST…`, `Push ${what}.`)
      .option(...tag)
      .option('--page <url>', 'Write a page for the name, too: the address at which the bucket is served.', collect);
    add('ls', '[NAME[:TAG]] DEST…', `List names of ${things}, the tags of one, or what one tag has.`);
    add('rm', '-t NAME:TAG DEST…', 'Remove one tag, and what no other tag needs.')
      .option(...tag)
      .option(...dry);
    add('gc', '--keep N [NAME…] DEST…', 'Keep the newest tags of each name, and what they need.')
      .option('--keep <number>', 'How many tags stay of each name.', collect)
      .option(...dry)
      .option(...grace);
  }
}

function quiet(command: Command): Command {
  return command.exitOverride().configureOutput({ outputError: () => {} });
}

/** Values are collected, so that a flag that comes twice is seen. */
function collect(item: string, before: string[] | undefined): string[] {
  return [...(before ?? []), item];
}
