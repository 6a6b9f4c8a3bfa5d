import { describe } from 'vitest';
import { promisesHold } from './promises-hold.js';

describe('under load for 60 s', () => promisesHold(60));
