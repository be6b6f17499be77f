import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type TableNode,
  TableNode as TableNodes,
  type UnknownRow,
} from 'kysely';

/** The name that a projector's table has in one generation of it, such as `key_list_g3`. */
export const tableOfGeneration = (table: string, generation: number): string => `${table}_g${generation}`;

class Renamer extends OperationNodeTransformer {
  constructor(
    private readonly tables: ReadonlySet<string>,
    private readonly generation: number,
  ) {
    super();
  }

  protected override transformTable(node: TableNode): TableNode {
    const name = node.table.identifier.name;
    return this.tables.has(name) ? TableNodes.create(tableOfGeneration(name, this.generation)) : node;
  }
}

/**
 * Makes queries on a projector's tables work on those of one generation. A rebuild fills tables of a new generation
 * beside the live ones; the queries that fill them are written once, with the plain names.
 */
export class GenerationNames implements KyselyPlugin {
  private readonly renamer: Renamer;

  constructor(tables: ReadonlyArray<string>, generation: number) {
    this.renamer = new Renamer(new Set(tables), generation);
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    return this.renamer.transformNode(node);
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}
