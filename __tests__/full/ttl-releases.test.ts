import { describe, it } from 'vitest';
import { checkTree } from '../support/ttl-tree.js';

describe('the patch set ttl on other releases: vet, and all tests with -race', () => {
  it.each(['1.11.1', '1.9.0', '1.4.0'])('%s', (version) => checkTree(version), 600_000);
});
