import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { replay, TRANSCRIPTS, UPDATE } from './testSupport/replay';
import { beginVendorTranscripts, VENDORS } from './testSupport/vendorTranscript';

const written = (): ReadonlyArray<string> =>
  readdirSync(join(TRANSCRIPTS, VENDORS)).map((file) => file.replace(/[.]md$/, ''));

/** The answers themselves are the vendors' own tests. All are written, or none. */
const toReplay = UPDATE ? written() : sampled(written(), 4);

const replayed = new Map<string, Awaited<ReturnType<typeof replay>>>();
beforeAll(async () => {
  if (UPDATE) await beginVendorTranscripts();
  // All at once: most of the time they wait before a test call is tried again.
  await Promise.all(
    toReplay.map(async (vendor) => {
      replayed.set(vendor, await replay(join(VENDORS, `${vendor}.md`)));
    }),
  );
}, 240_000);

test('each vendor has a transcript of its answers', async () => {
  const sandbox = await startVendorSandbox();
  expect([...written()].sort()).toEqual(Object.keys(sandbox.urls).sort());
  await sandbox.close();
});

test.each(toReplay)('the transcript of %s replays as it is written', (vendor) => {
  const { now, expected } = replayed.get(vendor) ?? {};
  expect(now).toBeDefined();
  expect(now).toBe(expected);
});
