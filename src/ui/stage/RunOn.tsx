import { FastForward, Square } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { type Duration, minutes, START } from '../../base/time'
import { stageText } from '../../messages/stage'
import { nextTryIn, underWayIn } from '../../view/run/holdings'
import { viewOf } from '../../view/run/runView'
import { clockText } from '../../view/stage/clock'
import { keptFrom } from '../../world/trace'
import { useRun, useRunStore } from '../run/RunContext'
import type { Leap, RunState } from '../run/run'
import { focusOnPlay } from './focusOnPlay'
import { isAtEnd } from './present'

const HOUR = 60
const DAY = 24 * HOUR
interface Span {
  readonly name: 'try' | 'letter' | 'next' | 'hour' | 'day' | 'tenDays' | 'thirtyDays'
  readonly by?: Duration
}
/** The choices of how far to run on: to a goal, to the next event, or over a duration. */
const SPANS: readonly Span[] = [
  { name: 'try' },
  { name: 'letter' },
  { name: 'next' },
  { name: 'hour', by: minutes(HOUR) },
  { name: 'day', by: minutes(DAY) },
  { name: 'tenDays', by: minutes(10 * DAY) },
  { name: 'thirtyDays', by: minutes(30 * DAY) },
]

/** The choices that lead somewhere: a try only while one is due, the end of a letter only while one is under way. */
const spansIn = ({ timeline }: RunState): string => {
  const { holdings } = viewOf(timeline).seen
  return SPANS.filter(({ name }) =>
    name === 'try'
      ? nextTryIn(holdings, timeline.until) !== undefined
      : name !== 'letter' || underWayIn(holdings) !== undefined,
  )
    .map(({ name }) => name)
    .join(' ')
}

/**
 * Shown when the world is quiet but something is still due, such as a next try or a check for mail. During a leap the same button
 * stops it, so that it keeps the focus.
 */
export function RunOn() {
  const run = useRunStore()
  const more = useRun((state) => isAtEnd(state) && run.nextAfterQuiet() !== undefined)
  const leaping = useRun((state) => state.leaping !== undefined)
  const names = useRun(spansIn)
  const [chosen, setChosen] = useState<string>()
  const spans = SPANS.filter((each) => names.split(' ').includes(each.name))
  // While a try is due, it is what one waits for.
  const span = spans.find((each) => each.name === chosen) ?? spans.find(({ name }) => name === 'try' || name === 'next')
  if (!span || !(leaping || more)) return null
  const { name, by } = span
  const what = name === 'try' || name === 'letter' || name === 'next' ? name : 'far'
  const go = () => (name === 'try' || name === 'letter' ? run.actions.runOnTo(name) : run.actions.runOn(by))
  return (
    <RunOnGroup>
      <button
        type="button"
        className="run-on"
        aria-label={stageText(leaping ? 'stopRunningHint' : `run.${what}`)}
        title={stageText(leaping ? 'stopRunningHint' : `runHint.${what}`)}
        onClick={leaping ? run.actions.stopLeap : go}
      >
        {leaping ? <Square aria-hidden="true" /> : <FastForward aria-hidden="true" />}
        <span>{stageText(leaping ? 'stopRunning' : `run.${what}`)}</span>
      </button>
      {!leaping && (
        <select
          aria-label={stageText('runOnHowFar')}
          title={stageText('runOnHowFar')}
          value={name}
          onChange={(event) => setChosen(event.target.value)}
        >
          {spans.map((each) => (
            <option key={each.name} value={each.name}>
              {stageText(`span.${each.name}`)}
            </option>
          ))}
        </select>
      )}
    </RunOnGroup>
  )
}

/** Hands the focus on to Play or Pause when it is not shown any more. */
function RunOnGroup({ children }: { readonly children: ReactNode }) {
  const group = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { current } = group
    // The element is still in the page when this runs.
    return () => {
      if (current?.contains(document.activeElement)) focusOnPlay()
    }
  }, [])
  return (
    <div ref={group} className="run-on-group">
      {children}
    </div>
  )
}

/** One line above the bar if the run has reached a limit, during a leap over a long time, or if playing has paused by itself. */
export function RunNote() {
  const leaping = useRun((run) => run.leaping)
  const note = useRun(({ timeline, t, playing, paused }): string => {
    if (paused && !playing && paused.at === t)
      return stageText('pausedAt', { time: clockText(t), what: paused.names.join('; ') })
    const from = keptFrom(timeline)
    if (from > START && t <= from) return stageText('letGo', { from: clockText(from) })
    if (timeline.busy && isAtEnd({ timeline, t })) return stageText('neverQuiet')
    return ''
  })
  const spoken = useSpokenLeap(leaping)
  return (
    <>
      {leaping && <LeapNote leap={leaping} />}
      <p className={leaping || note === '' ? 'unseen' : 'timeline-note'} role="status">
        {leaping || note === '' ? spoken : note}
      </p>
    </>
  )
}

/** The start of a leap and where it has led, for screen readers: the numbers between would be said one after the other. */
function useSpokenLeap(leap: Leap | undefined): string {
  const run = useRunStore()
  const [before, setBefore] = useState(leap)
  const [arrived, setArrived] = useState('')
  if (leap !== before) {
    setBefore(leap)
    // It may play on already.
    const at = before && !before.again ? before.at : run.get().t
    setArrived(leap ? '' : stageText('arrivedAt', { at: clockText(at) }))
  }
  return leap ? stageText(leap.again ? 'goesBack' : 'runsOn') : arrived
}

/** How far a leap has come. Its end is not always known. */
function LeapNote({ leap }: { readonly leap: Leap }) {
  const { from, to, again } = leap
  // To fall quiet, a run may go on a little beyond the instant to which it leaps.
  const reached = to === undefined ? leap.at : Math.min(leap.at, to)
  const at = clockText(reached)
  return (
    <p
      className="timeline-note"
      role="progressbar"
      aria-label={stageText('progress')}
      aria-valuenow={to === undefined ? undefined : Math.round((100 * (reached - from)) / Math.max(1, to - from))}
    >
      {to === undefined
        ? stageText('runningOn', { at })
        : stageText(again ? 'makingAgain' : 'runningOnTo', { at, to: clockText(to) })}
    </p>
  )
}
