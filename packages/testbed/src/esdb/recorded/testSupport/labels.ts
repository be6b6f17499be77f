import type { Told } from './telling';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const PLACE = /"@(\d+)"/g;
/** How the questions name streams. */
const STREAM = /asked-(\d+)-/g;

/** Gives the same label to the same text, in the order in which they first come. */
const labelledBy = (prefix: string): ((text: string) => string) => {
  const labels = new Map<string, string>();
  return (text) => {
    const label = labels.get(text) ?? `${prefix}${labels.size + 1}`;
    labels.set(text, label);
    return label;
  };
};

/** Puts labels in the place of what changes from run to run: names of streams, ids, and places in their order. */
export const labelled = (answers: ReadonlyArray<Told>): unknown => {
  const streamLabel = labelledBy('S');
  const idLabel = labelledBy('id');
  const text = JSON.stringify(answers)
    .replace(STREAM, (_, number: string) => `${streamLabel(number)}-`)
    .replace(UUID, idLabel);
  const places = [...new Set([...text.matchAll(PLACE)].map(([, digits = '']) => BigInt(digits)))];
  const order = places.sort((a, b) => (a < b ? -1 : 1)).map(String);
  return JSON.parse(text.replace(PLACE, (_, digits: string) => `"P${order.indexOf(digits) + 1}"`));
};
