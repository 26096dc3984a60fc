import { memo, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { stageText } from '../../messages/stage'
import { namesOf } from '../../view/run/names'
import { type RunView, viewOf } from '../../view/run/runView'
import { clockText } from '../../view/stage/clock'
import { sentenceAt } from '../../view/stage/sentence'
import { tickPaths, ticksOf } from '../../view/stage/ticks'
import { useWidth } from '../dom/useWidth'
import { hueStyle } from '../panels/hue'
import { useRun, useRunStore } from '../run/RunContext'
import { useVeiled } from '../run/veil'

/** The drawn track, and under it the native slider that handles input. The thumb moves without React. */
export function Track({ children }: { readonly children?: ReactNode }) {
  const run = useRunStore()
  const timeline = useRun((state) => state.timeline)
  const view = viewOf(timeline)
  const track = useRef<HTMLDivElement>(null)
  const slider = useRef<HTMLInputElement>(null)
  const names = useMemo(() => namesOf(run.scenario), [run.scenario])
  const veiled = useVeiled()

  // In a layout effect, so that the thumb is never painted in a wrong place.
  useLayoutEffect(() => {
    let said = ''
    const move = () => {
      const { t, stepBy, playing } = run.get()
      const { pace } = run.view()
      const at = pace.length === 0 ? 0 : pace.playingAt(t) / pace.length
      track.current?.style.setProperty('--at', String(Math.round(at * 1e5) / 1e5))
      const input = slider.current
      if (!input) return
      input.value = String(Math.round(at * 1000))
      const sentence = sentenceAt(run.view(), names, t, stepBy)
      // While it plays, screen readers get each new sentence, not the time sixty times a second.
      if (playing && sentence === said) return
      said = sentence
      input.setAttribute('aria-valuetext', stageText('moment', { clock: clockText(t), sentence }))
    }
    move()
    return run.subscribe(move)
  }, [run, names, view])

  return (
    <div className="track" ref={track} data-veiled={veiled || undefined}>
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
      {children}
    </div>
  )
}

/** One tick per line, in its protocol's shape. Future ones are grey: the ticks are drawn twice and clipped at the thumb. */
export const Ticks = memo(({ view }: { readonly view: RunView }) => {
  const drawn = useRef<SVGSVGElement>(null)
  const width = useWidth(drawn)
  const ticks = useMemo(() => ticksOf(view), [view])
  const paths = useMemo(() => tickPaths(ticks, width), [ticks, width])
  return (
    <>
      {['to-come', 'passed'].map((which) => (
        <svg
          key={which}
          ref={which === 'passed' ? drawn : undefined}
          className={`ticks ${which}`}
          width="100%"
          height="14"
        >
          {paths.map(({ protocol, d }) => (
            <path key={protocol} d={d} style={hueStyle(protocol)} />
          ))}
        </svg>
      ))}
    </>
  )
})

/** The present time, written without React. */
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
