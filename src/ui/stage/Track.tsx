import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { stageText } from '../../messages/stage'
import type { ProtocolName } from '../../view/run/flights'
import { namesOf } from '../../view/run/names'
import { type RunView, viewOf } from '../../view/run/runView'
import { sentenceAt } from '../../view/stage/sentence'
import { useRun, useRunStore } from '../run/RunContext'
import { clockText } from './present'

/** The drawn track, and under it the native slider that does the work. The thumb moves past React. */
export function Track() {
  const run = useRunStore()
  const timeline = useRun((state) => state.timeline)
  const view = viewOf(timeline)
  const track = useRef<HTMLDivElement>(null)
  const slider = useRef<HTMLInputElement>(null)
  const names = useMemo(() => namesOf(run.scenario), [run.scenario])

  // Before it is painted: the thumb is never seen where it is not.
  useLayoutEffect(() => {
    let said = ''
    const move = () => {
      const { t, stepBy, playing } = run.get()
      const { pace, index } = run.view()
      const at = pace.length === 0 ? 0 : pace.playingAt(t) / pace.length
      track.current?.style.setProperty('--at', String(Math.round(at * 1e5) / 1e5))
      const input = slider.current
      if (!input) return
      input.value = String(Math.round(at * 1000))
      const sentence = sentenceAt(index, names, t, stepBy)
      // While it plays, the time is not spelt out sixty times a second: only each new sentence is.
      if (playing && sentence === said) return
      said = sentence
      input.setAttribute('aria-valuetext', stageText('moment', { clock: clockText(t), sentence }))
    }
    move()
    return run.subscribe(move)
  }, [run, names, view])

  return (
    <div className="track" ref={track}>
      <div className="track-drawn" aria-hidden="true">
        <Ticks view={view} />
        <span className="track-line" />
        <span className="track-done" />
        <span className="track-thumb" />
      </div>
      <input
        ref={slider}
        className="track-slider"
        type="range"
        aria-label={stageText('timeline')}
        title={stageText('timeline')}
        min={0}
        max={1000}
        step={1}
        defaultValue={0}
        onChange={(event) => {
          const { pace } = run.view()
          run.actions.seek(pace.virtualAt((Number(event.target.value) / 1000) * pace.length))
        }}
      />
    </div>
  )
}

/** One tick a line, in its protocol's shape. Those to come are grey; drawn twice, and cut where the thumb stands. */
export const Ticks = memo(({ view }: { readonly view: RunView }) => {
  const { index, pace } = view
  const ticks = index.focuses.map(({ at, flight }) => ({
    x: `${((pace.playingAt(at) / Math.max(pace.length, 1)) * 100).toFixed(2)}%`,
    protocol: flight.protocol,
    fact: flight.fact,
  }))
  return (
    <>
      {['to-come', 'passed'].map((which) => (
        <svg key={which} className={`ticks ${which}`} width="100%" height="14">
          {ticks.map(({ x, protocol, fact }) => (
            <svg key={fact} x={x} overflow="visible" className={protocol.toLowerCase()}>
              <path d={TICKS[protocol]} />
            </svg>
          ))}
        </svg>
      ))}
    </>
  )
})

const TICKS: Readonly<Record<ProtocolName, string>> = {
  SMTP: 'M-0.8 3h1.6v8h-1.6z',
  DNS: 'M0 3l4 4l-4 4l-4 -4z',
  IMAP: 'M-2.2 3h1.4v8h-1.4zM0.8 3h1.4v8h-1.4z',
  POP3: 'M-0.8 3h1.6v3h-1.6zM-0.8 8h1.6v3h-1.6z',
  TCP: 'M-1 6h2v2h-2z',
}

/** The time now, written past React. */
export function Clock() {
  const run = useRunStore()
  const element = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const write = () => {
      if (element.current) element.current.textContent = clockText(run.get().t)
    }
    write()
    return run.subscribe(write)
  }, [run])
  return <span ref={element} className="clock" role="timer" aria-label={stageText('virtualTime')} />
}
