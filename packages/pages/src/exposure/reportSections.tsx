import type { DestructionCertificate, ExposureAnswer, LeakCaseKeyStanding } from 'keyturn';
import { plural, Text } from '../parts/text';
import { Certificate } from './certificate';
import { Findings } from './findings';
import { KeyFacts } from './keyFacts';
import { CaseOfKey } from './leakCase';
import { Limits } from './limits';
import { TimeLineFigure } from './timeLineFigure';
import { Used } from './used';
import { VendorUsage } from './vendorUsage';

/** What an exposure report is shown with. */
export interface ReportParts {
  readonly report: ExposureAnswer;
  /** The case and how it stands for the key; null or left out where the report belongs to none. */
  readonly leakCase?: { readonly caseId: string; readonly key: LeakCaseKeyStanding } | null;
  /** That the key's secret is destroyed; null or left out where it is not. */
  readonly certificate?: DestructionCertificate | null;
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

/** The title of a report's page, as text. */
export const reportTitle = ({ key }: ExposureAnswer): string =>
  `Exposure report: …${key.last4} (${key.vendor})`;

/** Which key a report is about, and how many rules found something. */
export const ReportHead = ({ report }: Pick<ReportParts, 'report'>) => {
  const { key } = report;
  return (
    <>
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
    </>
  );
};

/** All that a report has: findings first. Each section has a heading of the second level. Times are in UTC. */
export const ReportSections = ({ report, leakCase = null, certificate = null }: ReportParts) => (
  <>
    <Findings rules={report.rules} />
    <KeyFacts report={report} />
    {leakCase !== null && <CaseOfKey caseId={leakCase.caseId} of={leakCase.key} />}
    <TimeLineFigure report={report} ofCase={leakCase?.key ?? null} />
    <VendorUsage report={report} />
    <Used report={report} />
    {certificate !== null && <Certificate certificate={certificate} />}
    <Limits />
  </>
);
