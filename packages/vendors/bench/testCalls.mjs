// A test call beside a bare request of the same bytes on loopback, in processor time of the whole process, the sandbox
// included; and a thousand test calls at once, whose memory is to stay bounded. Exits 1 beyond a bound.
// Usage: node packages/vendors/bench/testCalls.mjs [--quick]
import { makeProber } from '@keyturn/vendors';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { request } from 'node:http';
import { atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 5 : 15;
const CALLS = quick ? 100 : 300;
const AT_ONCE = 1_000;
/** A third of it is the look whether the id that the vendor gave shares bytes with the key. */
const MOST_OVERHEAD = 4;
/** For each of the thousand that wait: its request, its promise, its place in the queue. */
const MOST_KIB_EACH = 64;
const target = { vendor: 'anthropic', endpoint: null, region: null };

const bare = (url, key, body) =>
  new Promise((resolve, reject) => {
    const sent = request(new URL('/v1/messages', url), { method: 'POST', agent: false });
    const headers = {
      'x-api-key': key,
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
    };
    for (const [name, value] of Object.entries(headers)) sent.setHeader(name, value);
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => resolve(text));
    });
    sent.end(body);
  });

const processorMs = async (calls, call) => {
  const before = process.cpuUsage();
  for (let n = 0; n < calls; n += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / calls;
};

const sandbox = await startVendorSandbox();
try {
  const prober = makeProber({ endpointOverrides: sandbox.urls });
  const key = sandbox.issueKey('anthropic');
  const secret = Buffer.from(key, 'latin1');
  const body = JSON.stringify({
    model: 'claude-haiku-5-5',
    max_tokens: 1,
    messages: [{ role: 'user', content: '.' }],
  });
  const testCall = async () => {
    const { verdict } = await prober.probe(target, secret)();
    if (verdict.kind !== 'accepted') throw new Error(`The sandbox gave ${verdict.kind}.`);
  };
  const plain = () => bare(sandbox.urls.anthropic, key, body);
  await processorMs(CALLS, testCall);
  await processorMs(CALLS, plain);
  const ours = [];
  const bares = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await processorMs(CALLS, testCall));
    bares.push(await processorMs(CALLS, plain));
  }
  console.log(
    `test call ${median(ours).toFixed(3)} ms, bare request ${median(bares).toFixed(3)} ms of processor time`,
  );
  console.log(atMost(MOST_OVERHEAD, ratioOf(ours, bares)), 'of a bare request');

  const before = process.memoryUsage();
  let highest = 0;
  const watch = setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    highest = Math.max(highest, heapUsed + external - before.heapUsed - before.external);
  }, 5);
  await Promise.all(Array.from({ length: AT_ONCE }, testCall));
  clearInterval(watch);
  console.log(
    atMost(MOST_KIB_EACH, highest / 1024 / AT_ONCE),
    `KiB each, of ${AT_ONCE.toLocaleString('en')} test calls at once`,
  );
} finally {
  await sandbox.close();
}
