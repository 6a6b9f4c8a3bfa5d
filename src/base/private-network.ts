import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Networks that no public server is on (the special-purpose registries of IANA, RFC 6890), and multicast. */
const V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
];
const V6 = ['::/128', '::1/128', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'];

const PRIVATE = new BlockList();
for (const [type, networks] of [['ipv4', V4] as const, ['ipv6', V6] as const]) {
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    PRIVATE.addSubnet(address, Number(bits), type);
  }
}

/** Whether an IP address is private, loopback, link-local or otherwise of no public server. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Whether a URL leads to a private address, by itself or by what its name resolves to here. A name that does not resolve
 * leads nowhere, or is resolved by a proxy.
 */
export async function isInside(url: string): Promise<boolean> {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0) return isPrivateAddress(host);
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.some(({ address }) => isPrivateAddress(address));
}
