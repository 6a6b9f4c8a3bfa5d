import { describeOff } from './describe-off.js';

describeOff('1.11.3');
