import { describe } from 'vitest';
import { promisesHold } from '../ttl/load/promises-hold.js';

describe('under load for 600 s', () => promisesHold(600));
