import {
  makeDecider,
  defaultPolicy,
  type Decider,
  type Command,
  type CommandBody,
  type Keyring,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { entered, type CaseLedger } from '../keyring/caseLedger';
import { caseViolations } from '../keyring/caseViolations';
import { commandIdOf, correlationIdOf, storyActor, storyCase, storyWorkspace } from '../keyring/pool';
import type { Violation } from '../keyring/violation';
import { stateViolations, stepViolations } from '../keyring/violations';
import { actionsIn } from './actions';
import type { Bounds } from './bounds';
import { canonical, namesOf, renamings } from './canonical';
import { NOW } from './moment';
import { timeless, timelessLedger } from './timeless';

/** What a search came to. */
export interface SearchResult {
  /** States that differ in more than names. */
  readonly states: number;
  /** Commands that were decided. */
  readonly commands: number;
  /** How many of them changed something. */
  readonly transitions: number;
  /** The longest shortest way to a state. */
  readonly depth: number;
  /** No new state is left to be found. */
  readonly closed: boolean;
  readonly refusals: ReadonlyMap<string, number>;
  /** The first violation, with the commands that lead to it; null when there is none. */
  readonly counterexample: {
    readonly violation: Violation;
    readonly path: ReadonlyArray<CommandBody>;
  } | null;
}

interface SearchOptions {
  readonly decider?: Decider;
  /** Called after each number of commands. */
  readonly onLevel?: (depth: number, states: number) => void;
}

interface Visit {
  readonly keyring: Keyring;
  /** What the events of the way here say of leaks; empty where no cases are worked on. */
  readonly ledger: CaseLedger;
  readonly from: Visit | null;
  readonly by: CommandBody | null;
}

const pathTo = (visit: Visit | null): ReadonlyArray<CommandBody> =>
  visit === null || visit.by === null ? [] : [...pathTo(visit.from), visit.by];

/** What a case brings about by the way is sent under it. What names it, or ends what began under it, needs no more. */
const UNDER_A_CASE: ReadonlySet<CommandBody['type']> = new Set<CommandBody['type']>([
  'AddKey',
  'RecordValidation',
  'SetDefault',
]);

const timeOf = (body: CommandBody): number =>
  body.type === 'RecordKillCheck' ? Math.max(NOW, body.checkedAt) : NOW;

const commandOf = (body: CommandBody, { cases }: Bounds): Command => ({
  workspaceId: storyWorkspace,
  commandId: commandIdOf(0),
  issuedAt: timeOf(body),
  time: timeOf(body),
  ...(cases === true && UNDER_A_CASE.has(body.type) ? { caseId: storyCase } : {}),
  actor: storyActor,
  correlationId: correlationIdOf(0),
  causationId: 'search',
  body,
});

/**
 * Breadth first through every state that commands can bring about within the bounds, checking the invariants in each
 * and on the way to each. States that differ in names alone count once.
 */
export const search = (
  bounds: Bounds,
  { decider = makeDecider(defaultPolicy), onLevel = () => undefined }: SearchOptions = {},
): SearchResult => {
  const names = namesOf(bounds);
  const all = renamings(bounds);
  const beginning = { keyring: decider.initialState, ledger: new Map() };
  const seen = new Set<string>([canonical(beginning, names, all)]);
  const refusals = new Map<string, number>();
  let frontier: ReadonlyArray<Visit> = [{ ...beginning, from: null, by: null }];
  let commands = 0;
  let transitions = 0;
  let depth = 0;
  const result = (closed: boolean, counterexample: SearchResult['counterexample']): SearchResult => ({
    states: seen.size,
    commands,
    transitions,
    depth,
    closed,
    refusals,
    counterexample,
  });
  while (frontier.length > 0 && depth < bounds.depth) {
    const next: Visit[] = [];
    for (const visit of frontier) {
      for (const body of actionsIn(visit.keyring, bounds)) {
        commands += 1;
        const command = commandOf(body, bounds);
        const decided = decider.decide(visit.keyring, command);
        if (E.isLeft(decided)) {
          refusals.set(decided.left.code, (refusals.get(decided.left.code) ?? 0) + 1);
          continue;
        }
        if (decided.right.events.length === 0) continue;
        transitions += 1;
        const { events } = decided.right;
        const after = decider.replay(visit.keyring, events);
        const ledger = bounds.cases === true ? events.reduce(entered, visit.ledger) : visit.ledger;
        const [violation] = [
          ...stepViolations(visit.keyring, events, after),
          ...(bounds.cases === true
            ? caseViolations(visit, { command, events }, { keyring: after, ledger })
            : []),
        ];
        if (violation !== undefined) return result(false, { violation, path: [...pathTo(visit), body] });
        const reached = { keyring: timeless(after), ledger: timelessLedger(ledger) };
        const text = canonical(reached, names, all);
        if (seen.has(text)) continue;
        seen.add(text);
        const [wrong] = stateViolations(after);
        if (wrong !== undefined) return result(false, { violation: wrong, path: [...pathTo(visit), body] });
        next.push({ ...reached, from: visit, by: body });
      }
    }
    if (next.length > 0) depth += 1;
    frontier = next;
    onLevel(depth, seen.size);
  }
  return result(frontier.length === 0, null);
};
