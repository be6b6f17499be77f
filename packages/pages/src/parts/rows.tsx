import type { Child } from 'hono/jsx';

interface RowsParts {
  readonly caption: string;
  /** How the caption is styled; as a line above the table when left out. */
  readonly captionClass?: string;
  readonly names: ReadonlyArray<string>;
  readonly rows: ReadonlyArray<ReadonlyArray<Child>>;
}

/**
 * A table, and on a narrow screen a card for each row. The roles are said, since a browser takes what is laid out as
 * cards for no table.
 */
export const Rows = ({ caption, captionClass, names, rows }: RowsParts) => (
  <table class="rows" role="table">
    <caption class={captionClass}>{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {names.map((name) => (
          <th role="columnheader" scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((cells) => (
        <tr role="row">
          {cells.map((cell, place) => (
            <td role="cell" data-name={names[place] ?? ''}>
              <span>{cell}</span>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
