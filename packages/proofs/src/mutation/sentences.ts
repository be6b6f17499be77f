/** As much of a syntax tree's node as is looked at. */
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The words of a text, or null where the node is no text. */
const wordsOf = (node: Node): string | null => {
  if (node['type'] === 'StringLiteral') return String(node['value']);
  if (node['type'] !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return null;
  return node['quasis']
    .filter(isNode)
    .map(({ value }) =>
      typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : '',
    )
    .join('…');
};

const SQL = /^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|BEGIN|COMMIT|PRAGMA|VACUUM|WITH|ATTACH)\b/i;
const CHOOSES = /^(Conditional|Logical|Binary|Function|ArrowFunction|Array|Object)/;

/** Whether a text that is put together decides something as well, which is behaviour and stays mutated. */
const chooses = (node: Node): boolean => {
  const inside = Array.isArray(node['expressions']) ? node['expressions'].filter(isNode) : [];
  return inside.some(
    (expression) =>
      CHOOSES.test(String(expression['type'])) ||
      (Array.isArray(expression['arguments']) &&
        expression['arguments'].some(
          (argument) => isNode(argument) && CHOOSES.test(String(argument['type'])),
        )),
  );
};

/**
 * Stryker's question whether to leave a node unmutated. Sentences for people are left: an emptied message is no other
 * behaviour. Sentences are texts of four words or more that are no SQL. Everything shorter is data and is mutated: codes,
 * purposes and contexts of sealed boxes, names of columns and files.
 */
export const sentences = (path: unknown): string | undefined => {
  const node = typeof path === 'object' && path !== null && 'node' in path ? path.node : null;
  if (!isNode(node)) return undefined;
  const words = wordsOf(node);
  return words !== null && /\S+(\s+\S+){3}/.test(words) && !SQL.test(words) && !chooses(node)
    ? 'a sentence for people'
    : undefined;
};
