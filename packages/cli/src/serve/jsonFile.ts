import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { isLeft } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { codeOf } from '../errorCode';
import { UsageError } from '../problems';

const OTHERS_WRITE = 0o002;

type JsonPath = ReadonlyArray<string | number>;

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const pathText = (path: JsonPath): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );

/** Where an object has a member twice: readers differ in which of the two counts. */
const twice = (node: Node): Node | null => {
  const names = new Set<unknown>();
  for (const child of node.children ?? []) {
    const [name] = child.type === 'property' ? (child.children ?? []) : [];
    if (name !== undefined && names.has(name.value)) return name;
    names.add(name?.value);
    const inside = twice(child);
    if (inside !== null) return inside;
  }
  return null;
};

const valueOf = (node: Node): unknown => {
  const children = node.children ?? [];
  switch (node.type) {
    case 'array':
      return children.map(valueOf);
    case 'object':
      return Object.fromEntries(
        children.flatMap(({ children: [name, value] = [] }) =>
          name === undefined || value === undefined ? [] : [[String(name.value), valueOf(value)]],
        ),
      );
    default:
      return node.value;
  }
};

const textOf = (option: string, file: string): string => {
  try {
    const opened = openSync(file, 'r');
    try {
      if ((fstatSync(opened).mode & OTHERS_WRITE) !== 0) {
        throw new UsageError(
          `${option}: everybody may write ${file}. Run chmod o-w on it, and read it again.`,
        );
      }
      return readFileSync(opened, 'utf8').replace(/^\uFEFF/, '');
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${option}: ${file} can't be read (${codeOf(error)}).`);
  }
};

/** The path of what failed: each entry of the context but the first is a member or an element. */
const pathOf = (context: t.Context): JsonPath =>
  context.slice(1).map(({ key }) => (/^\d+$/.test(key) ? Number(key) : key));

/**
 * A JSON file that somebody wrote by hand, as its codec has it. Every type within the codec has to be one of a member
 * or an element, so no union and no intersection: that is how a failure's line is found.
 *
 * @param option - what named the file, such as `--people`
 * @throws UsageError that names file, line and member, and never repeats what stands there
 */
export const readJsonFile = <A>(option: string, file: string, codec: t.Type<A, unknown>): A => {
  const text = textOf(option, file);
  const wrong = (at: number, what: string): UsageError =>
    new UsageError(`${option}: ${file}, line ${lineAt(text, at)}: ${what}.`);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [unread] = errors;
  if (unread !== undefined)
    throw wrong(unread.offset, `this is no JSON (${printParseErrorCode(unread.error)})`);
  if (tree === undefined) throw wrong(0, 'nothing is in it');
  const doubled = twice(tree);
  if (doubled !== null) throw wrong(doubled.offset, 'this member is there twice. Leave one');
  const decoded = codec.decode(valueOf(tree));
  if (!isLeft(decoded)) return decoded.right;
  const [first] = decoded.left;
  const path = pathOf(first?.context ?? []);
  const deepest = path.map((_, depth) => findNodeAtLocation(tree, path.slice(0, path.length - depth)));
  const node = deepest.find((found) => found !== undefined) ?? tree;
  const rule = first?.message ?? `has to be ${first?.context.at(-1)?.type.name ?? codec.name}`;
  throw wrong(node.offset, `${path.length === 0 ? 'the file' : pathText(path)} ${rule}`);
};
