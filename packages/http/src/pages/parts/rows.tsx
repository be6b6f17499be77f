import { Rows as Table } from '@keyturn/pages';

type RowsParts = Pick<Parameters<typeof Table>[0], 'caption' | 'names' | 'rows'> & {
  /** Where the caption stands for a heading; else it is heard alone. */
  readonly isHeading?: boolean;
};

/** A table, and on a narrow screen a card for each row. */
export const Rows = ({ isHeading = false, ...parts }: RowsParts) => (
  <Table {...parts} captionClass={isHeading ? 'shown' : 'hidden'} />
);
