import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Pause, Play, Undo2 } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { stageText } from '../../messages/stage'
import { keptFrom } from '../../world/trace'
import { keepFocus } from '../dom/keptFocus'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import type { StepSize } from '../run/run'
import '../styles/timeline.css'
import { isAtEnd } from './present'
import { RunNote, RunOn } from './RunOn'
import { Spoken } from './Spoken'
import { Clock, Track } from './Track'
import { useStageKeys } from './useStageKeys'

const SIZES = [
  { size: 'hop', hint: 'byHop' },
  { size: 'line', hint: 'byLine' },
  { size: 'packet', hint: 'byPacket' },
] as const satisfies readonly { size: StepSize; hint: string }[]
const SPEEDS = [0.25, 0.5, 1, 2, 4] as const

/** Play, step, scrub: every way to move in time is a change of `t`. The children stand on the track. */
export function TimelineBar({ children }: { readonly children?: ReactNode }) {
  useStageKeys()
  useEffect(() => {
    const leave = keepFocus()
    return () => leave()
  }, [])
  const { readOnly } = useRunStore()
  const bar = useRef<HTMLElement>(null)
  useTold(bar)
  return (
    <section ref={bar} className="timeline" data-part="time" aria-label={stageText('time')}>
      <Spoken />
      <RunNote />
      <div className="timeline-steps">
        <Steps />
        <StepBy />
      </div>
      <Track>{children}</Track>
      <div className="timeline-end">
        {!readOnly && <RunOn />}
        {!readOnly && <Undo />}
        <Speed />
        <Clock />
      </div>
    </section>
  )
}

/** Tells the parts beside it how high it is: in a narrow window they stand above it, and it has a row more while a letter waits. */
function useTold(bar: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = bar.current
    if (!element) return undefined
    const tell = (): void => element.parentElement?.style.setProperty('--h-timeline', `${element.offsetHeight}px`)
    tell()
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    return () => observer.disconnect()
  }, [bar])
}

function Steps() {
  const actions = useRunActions()
  const playing = useRun((run) => run.playing)
  const atStart = useRun(({ timeline, t }) => t <= keptFrom(timeline))
  const atEnd = useRun(isAtEnd)
  return (
    <div className="steps" role="group" aria-label={stageText('steps')}>
      <button
        type="button"
        className="icon-button"
        aria-label={stageText('toStart')}
        title={stageText('toStartKey')}
        aria-disabled={atStart}
        onClick={actions.goToStart}
      >
        <ChevronFirst aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={stageText('back')}
        title={stageText('backKey')}
        aria-disabled={atStart}
        onClick={actions.stepBack}
      >
        <ChevronLeft aria-hidden="true" />
      </button>
      <button
        type="button"
        className="play"
        data-play=""
        aria-label={stageText(playing ? 'pause' : 'play')}
        title={stageText(playing ? 'pauseKey' : 'playKey')}
        aria-disabled={atEnd && !playing}
        onClick={playing ? actions.pause : actions.play}
      >
        {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={stageText('forward')}
        title={stageText('forwardKey')}
        aria-disabled={atEnd}
        onClick={actions.stepForward}
      >
        <ChevronRight aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={stageText('toEnd')}
        title={stageText('toEndKey')}
        aria-disabled={atEnd}
        onClick={actions.goToEnd}
      >
        <ChevronLast aria-hidden="true" />
      </button>
    </div>
  )
}

function StepBy() {
  const actions = useRunActions()
  const stepBy = useRun((run) => run.stepBy)
  const name = useId()
  return (
    <div className="step-by" role="radiogroup" aria-label={stageText('stepBy')}>
      {SIZES.map(({ size, hint }) => (
        <label key={size} title={stageText(hint)}>
          <input
            type="radio"
            name={name}
            className="unseen"
            checked={stepBy === size}
            onChange={() => actions.setStepBy(size)}
          />
          <span>{stageText(size)}</span>
        </label>
      ))}
    </div>
  )
}

function Speed() {
  const actions = useRunActions()
  const speed = useRun((run) => run.speed)
  return (
    <select
      className="speed"
      aria-label={stageText('speed')}
      title={stageText('speed')}
      value={speed}
      onChange={(event) => actions.setSpeed(Number(event.target.value))}
    >
      {SPEEDS.map((value) => (
        <option key={value} value={value}>
          {value}×
        </option>
      ))}
    </select>
  )
}

function Undo() {
  const actions = useRunActions()
  const canUndo = useRun((run) => run.canUndo)
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={stageText('undo')}
      title={stageText('undoHint')}
      aria-disabled={!canUndo}
      onClick={actions.undo}
    >
      <Undo2 aria-hidden="true" />
    </button>
  )
}
