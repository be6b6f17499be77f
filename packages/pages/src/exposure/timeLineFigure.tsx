import type { ExposureReport, LeakCaseKeyStanding } from 'keyturn';
import { Rows } from '../parts/rows';
import { readableTime, Time } from '../parts/text';
import { Drawing } from './drawing';
import { timeLineOf } from './timeLine';

interface FigureParts {
  readonly report: ExposureReport;
  readonly ofCase: LeakCaseKeyStanding | null;
}

/** The window as a drawing, its marks as a list, and the same as a table for who does not see the drawing. */
export const TimeLineFigure = ({ report, ofCase }: FigureParts) => {
  const line = timeLineOf(report, ofCase);
  const { since, until } = report.window;
  return (
    <section aria-labelledby="time-line">
      <h2 id="time-line">Time line</h2>
      <figure>
        <div class="scroll" role="region" aria-label="Drawing of the time line" tabindex={0}>
          <Drawing
            line={line}
            title={`Use of the key from ${readableTime(since)} to ${readableTime(until)}: the table below has the same`}
          />
        </div>
        {line.marks.length > 0 && (
          <ol class="marks">
            {line.marks.map(({ at, text, place }) => (
              <li>
                {text}, <Time at={at} />
                {place === null && ', outside of the window'}
              </li>
            ))}
          </ol>
        )}
      </figure>
      <details>
        <summary>The time line as a table</summary>
        {line.columns.length === 0 ? (
          <p>There was nothing in the window.</p>
        ) : (
          <Rows
            caption="Stretches of the window in which something was"
            names={['From', 'To', 'Pins', 'Resumes', 'Test calls', 'Refused']}
            rows={line.columns.map(({ from, to, pinned, resumed, testCalls, refused }) => [
              <Time at={from} />,
              <Time at={to} />,
              ...[pinned, resumed, testCalls, refused].map(String),
            ])}
          />
        )}
      </details>
    </section>
  );
};
