// Asks for pages by every filter and every pair of filters, at any depth and in both orders, and tells how much
// processor time each took.
const LIMIT = 50;
/** Rounds that are not told of: code is compiled, files are read. */
const WARM_UP = 3;
const DAY_MS = 86_400_000;

const NAMED = {
  workspace: ({ workspaceId }) => ({ workspaceId }),
  key: ({ keyId }) => ({ keyId }),
  run: ({ runId }) => ({ runId }),
  project: ({ workspaceId, projectId }) => ({ workspaceId, projectId }),
  actor: ({ actorKind, actorId }) => ({ actor: { kind: actorKind, id: actorId } }),
  action: ({ type }) => ({ action: type }),
  case: ({ caseId }) => ({ caseId }),
  correlation: ({ correlationId }) => ({ correlationId }),
  window: ({ recordedAt }) => ({ since: recordedAt - 7 * DAY_MS, until: recordedAt + 7 * DAY_MS }),
};
const names = Object.keys(NAMED);
const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other]));

// As the product writes its cursors: a page at any depth, without the pages before it.
const cursor = (order, sequence) =>
  Buffer.from(`audit1-${order}:${sequence}`, 'latin1').toString('base64url');

/** Always the same numbers, from 0 to below 1. */
const randomOf = (seed) => {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};

/**
 * Milliseconds that it took, or of processor time where that is less: others use this machine, too, and the processor
 * time has what threads of the garbage collector did beside it.
 */
export const timed = async (task) => {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  await right(task);
  const took = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  return Math.min(took, (user + system) / 1e3);
};

/** Entries from all over the log, rare ones too. */
const samplesOf = async (models, entries, random) => {
  const samples = [];
  for (const filter of [
    {},
    {},
    { action: 'KeyHardDeleted' },
    { action: 'KeyAdded' },
    { workspaceId: 'ws-0000' },
  ]) {
    for (let n = 0; n < 12; n += 1) {
      const after = cursor('oldest-first', Math.floor(random() * entries * 0.9));
      const page = await right(models.auditPage(filter, { order: 'oldest-first', limit: 3, after }));
      samples.push(...page.entries);
    }
  }
  return samples;
};

/** Values of one entry, or of two: then they mostly never meet. */
const filterOf = (filters, samples, random) => {
  const pick = () => samples[Math.floor(random() * samples.length)];
  const first = pick();
  const given = filters.map((name, i) => NAMED[name](i === 0 || random() < 0.5 ? first : pick()));
  // Where both name a workspace the first one's counts.
  const filter = Object.assign({}, ...[...given].reverse());
  return Object.values(filter).includes(null) ? null : filter;
};

/** Times of pages in milliseconds, by what was asked for. */
export async function askForPages(models, entries, rounds) {
  const random = randomOf(7);
  const samples = await samplesOf(models, entries, random);
  const asked = [[], ...names.map((name) => [name]), ...pairs];
  if (rounds > WARM_UP) await askForPages(models, entries, WARM_UP);
  const found = new Map();
  for (const filters of asked) {
    const times = [];
    for (let round = 0; round < rounds;) {
      const filter = filterOf(filters, samples, random);
      if (filter === null) continue;
      round += 1;
      for (const order of ['newest-first', 'oldest-first']) {
        const after = round % 3 === 0 ? {} : { after: cursor(order, 1 + Math.floor(random() * entries)) };
        times.push(await timed(models.auditPage(filter, { order, limit: LIMIT, ...after })));
      }
    }
    found.set(
      filters.join(' and ') || 'nothing',
      times.sort((a, b) => a - b),
    );
  }
  return found;
}
