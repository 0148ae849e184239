/**
 * Writes `session-transcript.json` from the slow oracle: `pnpm --filter @scrimp/reference-impl golden`, after a build.
 * Needed only when the wire format changes on purpose; review the difference.
 */

import { writeFileSync } from 'node:fs';
import { recordTranscript } from './transcript.js';

// Compiled to dist/conformance/golden; the record lies beside the source.
const record = new URL('../../../conformance/golden/session-transcript.json', import.meta.url);
writeFileSync(record, `${JSON.stringify([recordTranscript('v1'), recordTranscript('v2')], null, 2)}\n`);
