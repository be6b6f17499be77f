import type { TimeLine } from './timeLine';
import { COLUMNS } from './timeLine';

const WIDTH = 960;
const LEFT = 116;
const RIGHT = 944;
const TOP = 34;
const BARS = { top: TOP, height: 72 };
const LANE = 24;
const laneAt = (lane: number): number => BARS.top + BARS.height + 14 + lane * LANE;
const BOTTOM = laneAt(4);
const HEIGHT = BOTTOM + 22;
const MARK_APART = 20;

const x = (place: number): number => Math.round((LEFT + place * (RIGHT - LEFT)) * 10) / 10;

const Bars = ({ columns, most }: TimeLine) => (
  <>
    <text x={LEFT - 8} y={BARS.top + 11} class="end">{`${most}`}</text>
    <text x={0} y={BARS.top + BARS.height / 2 + 4}>
      Pins, resumes
    </text>
    <line class="axis" x1={LEFT} x2={RIGHT} y1={BARS.top + BARS.height} y2={BARS.top + BARS.height} />
    {columns.map(({ place, pinned, resumed }) => {
      const height = most === 0 ? 0 : Math.round(((pinned + resumed) / most) * BARS.height * 10) / 10;
      const width = Math.round(((RIGHT - LEFT) / COLUMNS - 1) * 10) / 10;
      return height === 0 ? null : (
        <rect class="bar" x={x(place)} y={BARS.top + BARS.height - height} width={width} height={height} />
      );
    })}
  </>
);

const Lane = ({ lane, name }: { readonly lane: number; readonly name: string }) => (
  <>
    <text x={0} y={laneAt(lane) + 13}>
      {name}
    </text>
    <line class="axis" x1={LEFT} x2={RIGHT} y1={laneAt(lane) + 20} y2={laneAt(lane) + 20} />
  </>
);

const Strokes = ({
  lane,
  at,
  kind,
}: {
  readonly lane: number;
  readonly at: ReadonlyArray<number>;
  readonly kind: string;
}) => (
  <>
    {at.map((place) => (
      <line class={kind} x1={x(place)} x2={x(place)} y1={laneAt(lane) + 3} y2={laneAt(lane) + 17} />
    ))}
  </>
);

/** Upwards where the key became Default, downwards where it no longer is. */
const Triangle = ({ at, toKey }: TimeLine['moves'][number]) => {
  const [tip, base] = toKey ? [laneAt(2) + 3, laneAt(2) + 15] : [laneAt(2) + 17, laneAt(2) + 5];
  return <path class="move" d={`M ${x(at) - 6} ${base} L ${x(at) + 6} ${base} L ${x(at)} ${tip} Z`} />;
};

/** What would lie on its neighbour moves to the right, and back from the end. */
const apart = (places: ReadonlyArray<number>): ReadonlyArray<number> => {
  const moved: number[] = [];
  for (const place of places)
    moved.push(Math.max(place, (moved.at(-1) ?? Number.NEGATIVE_INFINITY) + MARK_APART));
  return moved.map((place, index) => Math.min(place, RIGHT - (moved.length - 1 - index) * MARK_APART));
};

/** Numbered as the list below is. */
const Marks = ({ marks }: TimeLine) => {
  const drawn = marks.flatMap(({ place }, index) => (place === null ? [] : [{ place, number: index + 1 }]));
  const dots = apart(drawn.map(({ place }) => x(place)));
  return (
    <>
      {drawn.map(({ place, number }, index) => {
        const dot = dots[index] ?? x(place);
        return (
          <g>
            <path
              class="mark"
              fill="none"
              d={`M ${dot} 20 L ${x(place)} ${TOP - 4} L ${x(place)} ${BOTTOM}`}
            />
            <circle class="dot" cx={dot} cy={11} r={9} />
            <text class="dot-number" x={dot} y={15}>{`${number}`}</text>
          </g>
        );
      })}
    </>
  );
};

/** The drawing. What it shows is said beside it, as a list and a table. */
export const Drawing = ({ line, title }: { readonly line: TimeLine; readonly title: string }) => (
  <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="drawn">
    <title id="drawn">{title}</title>
    <Bars {...line} />
    <Lane lane={0} name="Held by runs" />
    {line.holds.map(({ from, to }) => (
      <rect
        class="hold"
        x={x(from)}
        y={laneAt(0) + 5}
        width={Math.max(1.5, Math.round((x(to) - x(from)) * 10) / 10)}
        height={10}
      />
    ))}
    <Lane lane={1} name="Test calls" />
    <Strokes lane={1} at={line.testCalls} kind="call" />
    <Lane lane={2} name="Default" />
    {line.moves.map((move) => (
      <Triangle {...move} />
    ))}
    <Lane lane={3} name="Refused" />
    <Strokes lane={3} at={line.refused} kind="refused" />
    {line.ticks.map(({ at, text }) => (
      <>
        <line class="axis" x1={x(at)} x2={x(at)} y1={BOTTOM - 4} y2={BOTTOM + 2} />
        <text class="middle" x={x(at)} y={BOTTOM + 16}>
          {text}
        </text>
      </>
    ))}
    <Marks {...line} />
  </svg>
);
