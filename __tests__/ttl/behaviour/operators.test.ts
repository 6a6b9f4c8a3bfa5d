import { describeCounterAndLog, describeFlag } from './describe-operators.js';

describeFlag('1.11.3');
describeCounterAndLog('1.11.3', true);
