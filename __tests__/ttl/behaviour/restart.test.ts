import { CHANGES } from './change-scenarios.js';
import { crowdIsGoneAtFirstRead, shutdownWhileSweeping } from './crowd-scenarios.js';
import { RESTARTS } from './restart-scenarios.js';
import { describeScenarios } from './scenarios.js';

describeScenarios('1.11.3 over restarts', '1.11.3', {
  ...RESTARTS,
  ...CHANGES,
  'however much has expired while the server was down, nobody sees it': crowdIsGoneAtFirstRead,
  'SIGTERM in the middle of a sweep leaves a whole file': shutdownWhileSweeping(true),
});
