import type { DestructionCertificate, ExposureAnswer, LeakCaseKeyStanding } from 'keyturn';
import { pageOf } from '../parts/document';
import { plural, Text, Time } from '../parts/text';
import { Certificate } from './certificate';
import { Findings } from './findings';
import { KeyFacts } from './keyFacts';
import { CaseOfKey } from './leakCase';
import { Limits } from './limits';
import { TimeLineFigure } from './timeLineFigure';
import { Used } from './used';
import { VendorUsage } from './vendorUsage';

/** What a page of an exposure report is made of. */
export interface ExposurePageInput {
  readonly report: ExposureAnswer;
  /** The case and how it stands for the key; null or left out where the report belongs to none. */
  readonly leakCase?: { readonly caseId: string; readonly key: LeakCaseKeyStanding } | null;
  /** That the key's secret is destroyed; null or left out where it is not. */
  readonly certificate?: DestructionCertificate | null;
  /** When the report was made, milliseconds since 1970. */
  readonly madeAt: number;
}

const toldOf = ({ rules }: ExposureAnswer): string => {
  const of = (state: (typeof rules)[number]['state']): number =>
    rules.filter((rule) => rule.state === state).length;
  return [
    `${plural(of('found'), 'rule')} found something.`,
    `${of('clear')} found nothing.`,
    `${of('not-judged')} can’t tell.`,
  ].join(' ');
};

/**
 * One HTML page of an exposure report: a file of its own that loads nothing and runs nothing. It has all that the
 * report has. Times are in UTC.
 */
export const exposurePage = ({
  report,
  leakCase = null,
  certificate = null,
  madeAt,
}: ExposurePageInput): string => {
  const { key } = report;
  return pageOf(
    `Exposure report: …${key.last4} (${key.vendor})`,
    <>
      <header>
        <h1>
          Exposure report: <Text>{`…${key.last4}`}</Text>
        </h1>
        <p class="what">
          <Text>{key.vendor}</Text>
          {key.label !== null && (
            <>
              , “<Text>{key.label}</Text>”
            </>
          )}
          , workspace <Text>{key.workspaceId}</Text>
        </p>
        <p class="told">{toldOf(report)}</p>
      </header>
      <main>
        <Findings rules={report.rules} />
        <KeyFacts report={report} />
        {leakCase !== null && <CaseOfKey caseId={leakCase.caseId} of={leakCase.key} />}
        <TimeLineFigure report={report} ofCase={leakCase?.key ?? null} />
        <VendorUsage report={report} />
        <Used report={report} />
        {certificate !== null && <Certificate certificate={certificate} />}
        <Limits />
      </main>
      <footer>
        <p>
          Made by Keyturn at <Time at={madeAt} />. All times are UTC. “#” is the entry’s number in the audit
          log.
        </p>
      </footer>
    </>,
  );
};
