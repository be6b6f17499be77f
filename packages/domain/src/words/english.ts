import type { Catalogue } from './catalogue';
import { audit, unknownEvent } from './englishAudit';
import { fault } from './englishFault';
import { pasteFinding } from './englishFindings';
import { failure, keyLine, keyStatus } from './englishLabels';
import { testCall } from './englishTestCall';

/** The words of Keyturn in English. */
export const english: Catalogue = {
  language: 'en',
  direction: 'ltr',
  failure,
  keyStatus,
  keyLine,
  testCall,
  pasteFinding,
  fault,
  audit,
  unknownEvent,
};
