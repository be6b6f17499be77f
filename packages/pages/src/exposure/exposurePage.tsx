import { pageOf } from '../parts/document';
import { Time } from '../parts/text';
import { ReportHead, ReportSections, reportTitle, type ReportParts } from './reportSections';

/** What a page of an exposure report is made of. */
export interface ExposurePageInput extends ReportParts {
  /** When the report was made, milliseconds since 1970. */
  readonly madeAt: number;
}

/**
 * One HTML page of an exposure report: a file of its own that loads nothing and runs nothing. It has all that the
 * report has. Times are in UTC.
 */
export const exposurePage = ({ madeAt, ...parts }: ExposurePageInput): string =>
  pageOf(
    reportTitle(parts.report),
    <>
      <header>
        <ReportHead report={parts.report} />
      </header>
      <main>
        <ReportSections {...parts} />
      </main>
      <footer>
        <p>
          Made by Keyturn at <Time at={madeAt} />. All times are UTC. “#” is the entry’s number in the audit
          log.
        </p>
      </footer>
    </>,
  );
