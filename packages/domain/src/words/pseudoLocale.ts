import type { Catalogue } from './catalogue';
import { english } from './english';

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const MARKED = 'ÂɃĈĐÊƑĜĤÎĴĶĹṀŇÔƤǪŘŜŦÛṼŴẊŶŽâƀĉđêƒĝĥîĵķĺṁňôƥǫřŝŧûṽŵẋŷž';

const marked = (letter: string): string => MARKED.charAt(PLAIN.indexOf(letter));

/** "Right-to-left isolate" and its end: text inside runs from right to left, text around it as before. */
const RIGHT_TO_LEFT = '\u2067';
const END = '\u2069';

/** Half as long again, as German or Finnish is next to English. */
const longer = (text: string): string => '~'.repeat(Math.ceil(text.length / 2));

const pseudo = (text: string): string =>
  `${RIGHT_TO_LEFT}[${text.replace(/[A-Za-z]/g, marked)}${longer(text)}]${END}`;

/**
 * No language, but a way to try a screen or a table before there is a second one: longer than English, from right to
 * left, and without one letter of A to Z. Plain letters in the output are words that did not come from the catalogue.
 */
export const pseudoLocale: Catalogue = {
  language: 'qps-plocm',
  direction: 'rtl',
  failure: (reason) => pseudo(english.failure(reason)),
  keyStatus: (key) => pseudo(english.keyStatus(key)),
  keyLine: (key) => pseudo(english.keyLine(key)),
  testCall: (vendorName, outcome) => pseudo(english.testCall(vendorName, outcome)),
  pasteFinding: (finding) => pseudo(english.pasteFinding(finding)),
  fault: (input) => {
    const said = english.fault(input);
    return said === null ? null : pseudo(said);
  },
  audit: (type, subject, facts) => pseudo(english.audit(type, subject, facts)),
  unknownEvent: (subject, type) => pseudo(english.unknownEvent(subject, type)),
};
