/** Runs the conformance suites of every system on the variant `before`. */

import * as before from '../before/index.js';
import { describeSessionCryptography } from './cryptography-suite.js';
import { describeSessionManager } from './manager-suite.js';
import { describeSession } from './session-suite.js';

describeSessionCryptography('before', before);
describeSession('before', before);
describeSessionManager('before', before);
