/** Order of severities, worst first. Repeated here because this package imports only types of the engine. */
import type { Severity } from '@scrimp/analysis/detect';

export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
