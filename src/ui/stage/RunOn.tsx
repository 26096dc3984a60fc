import { FastForward, Square } from 'lucide-react'
import { useState } from 'react'
import { type Duration, minutes, START } from '../../base/time'
import { stageText } from '../../messages/stage'
import { keptFrom } from '../../world/trace'
import { useRun, useRunStore } from '../run/RunContext'
import { clockText, isAtEnd } from './present'

const HOUR = 60
const DAY = 24 * HOUR
/** The choices of how far to run on. Without a duration: to the next event. */
const SPANS: readonly { readonly name: 'next' | 'hour' | 'day' | 'tenDays' | 'thirtyDays'; readonly by?: Duration }[] =
  [
    { name: 'next' },
    { name: 'hour', by: minutes(HOUR) },
    { name: 'day', by: minutes(DAY) },
    { name: 'tenDays', by: minutes(10 * DAY) },
    { name: 'thirtyDays', by: minutes(30 * DAY) },
  ]

/** Shown when the world is quiet but something is still due, such as a next try or a check for mail. */
export function RunOn() {
  const run = useRunStore()
  const more = useRun((state) => isAtEnd(state) && run.nextAfterQuiet() !== undefined)
  const leaping = useRun((state) => state.leaping)
  const [name, setName] = useState<string>('next')
  if (leaping) return <Stop />
  if (!more) return null
  const span = SPANS.find((each) => each.name === name)
  const text = stageText(span?.by === undefined ? 'runOn' : 'runFar')
  return (
    <div className="run-on-group">
      <button
        type="button"
        className="run-on"
        aria-label={text}
        title={stageText(span?.by === undefined ? 'runOnHint' : 'runFarHint')}
        onClick={() => run.actions.runOn(span?.by)}
      >
        <FastForward aria-hidden="true" />
        <span>{text}</span>
      </button>
      <select
        aria-label={stageText('runOnHowFar')}
        title={stageText('runOnHowFar')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      >
        {SPANS.map((each) => (
          <option key={each.name} value={each.name}>
            {stageText(`span.${each.name}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

function Stop() {
  const run = useRunStore()
  return (
    <button type="button" className="run-on" aria-label={stageText('stopRunningHint')} onClick={run.actions.stopLeap}>
      <Square aria-hidden="true" />
      <span>{stageText('stopRunning')}</span>
    </button>
  )
}

/** One line above the bar if the run has reached a limit, during a leap over a long time, or if playing has paused by itself. */
export function RunNote() {
  const note = useRun(({ timeline, t, leaping, playing, paused }): string => {
    if (leaping)
      return stageText(leaping.again ? 'makingAgain' : 'runningOn', {
        at: clockText(leaping.at),
        to: clockText(leaping.to),
      })
    if (paused && !playing && paused.at === t)
      return stageText('pausedAt', { time: clockText(t), what: paused.names.join('; ') })
    const from = keptFrom(timeline)
    if (from > START && t <= from) return stageText('letGo', { from: clockText(from) })
    if (timeline.busy && isAtEnd({ timeline, t })) return stageText('neverQuiet')
    return ''
  })
  return (
    <p className={note === '' ? 'unseen' : 'timeline-note'} role="status">
      {note}
    </p>
  )
}
