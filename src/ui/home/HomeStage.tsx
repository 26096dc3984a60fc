import { ArrowDown } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { homeText } from '../../messages/home'
import { withTexts } from '../../messages/topic'
import { viewOf } from '../../view/run/runView'
import { clockText } from '../../view/stage/clock'
import { bundledScenario } from '../../world/bundledScenario'
import type { Timeline } from '../../world/timeline'
import { isForField } from '../dom/isForField'
import { scrollIntoSight } from '../dom/scroll'
import { openRun } from '../run/createRun'
import { RunProvider, useRun, useRunStore } from '../run/RunContext'
import { sendingOf } from '../run/readyMessage'
import { joined } from '../shell/rich'
import { useMedia } from '../shell/useMedia'
import { MapRegion } from '../stage/MapRegion'
import { Ticks } from '../stage/Track'
import '../styles/timeline.css'
import { whenIdle } from '../dom/whenIdle'
import { Envelope } from './Envelope'
import { Sentence } from './Sentence'
import { isUnderWay, noteUnderWay } from './underWay'

const scenario = bundledScenario(twoTowns)
const loadJourney = () => withTexts(import('./Journey'))
const Journey = lazy(loadJourney)

/** The stage of the home page. At rest it needs no engine, which is loaded next; a journey under way waits for the engine. */
export function HomeStage() {
  return (
    <RunProvider run={openRun('home', scenario)} atRest={!isUnderWay()}>
      <Stage />
    </RunProvider>
  )
}

function Stage() {
  const timeline = useRun((run) => run.timeline)
  const sent = timeline.interventions.length > 0
  useEffect(() => {
    noteUnderWay(sent)
  }, [sent])
  const [asked, setAsked] = useState(false)
  // The button plays the same journey as before, so after a reset all of its lines are known at once.
  const [watched, setWatched] = useState<Timeline>()
  if (watched !== timeline && isJourney(timeline)) setWatched(timeline)
  return sent ? (
    <Suspense fallback={<div className="journey" />}>
      <Journey asked={asked} />
    </Suspense>
  ) : (
    <Ready watched={watched} onSend={() => setAsked(true)} />
  )
}

/** True for a run in which the ready letter was sent and nothing else was done. */
function isJourney({ interventions }: Timeline): boolean {
  const [only, more] = interventions
  return only?.type === 'submitted' && more === undefined
}

/** The run that pressing the button will make, computed once the stage is drawn. The figures on the page are taken from it. */
function usePreview(watched: Timeline | undefined): Timeline | undefined {
  const run = useRunStore()
  const [preview, setPreview] = useState(watched)
  useEffect(() => {
    if (watched) return undefined
    let wanted = true
    const workOut = async () => {
      const [body] = await Promise.all([sendingOf(scenario.letter), run.ready(), loadJourney()])
      if (wanted) setPreview(run.preview(body))
    }
    // A failure to load is reported when the button is pressed.
    const leave = whenIdle(() => void workOut().catch(() => undefined))
    return () => {
      wanted = false
      leave()
    }
  }, [run, watched])
  return preview
}

interface ReadyProps {
  /** The journey that was watched before, if there was one. */
  readonly watched: Timeline | undefined
  onSend(): void
}

function Ready({ watched, onSend }: ReadyProps) {
  const run = useRunStore()
  const preview = usePreview(watched)
  const narrow = useMedia('(max-width: 899px), (max-height: 599px)')
  const [waiting, setWaiting] = useState(false)
  const [failed, setFailed] = useState<Error>()
  if (failed) throw failed
  const send = async () => {
    setWaiting(preview === undefined)
    try {
      const [body] = await Promise.all([sendingOf(scenario.letter), run.ready(), loadJourney()])
      // Two presses still send one letter.
      if (run.get().timeline.interventions.length > 0) return
      onSend()
      run.actions.goToStart()
      run.actions.intervene(body)
    } catch (error) {
      setFailed(error instanceof Error ? error : new Error(String(error)))
    }
  }
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || isForField(event)) return
      if (event.target instanceof Element && event.target.closest('a, button, [role=button]')) return
      event.preventDefault()
      void send()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  })
  return (
    <>
      <Sentence />
      <div className="home-stage">
        <div className="home-letter">
          <Envelope letter={scenario.letter} />
          <p className="home-send">
            <button type="button" className="button" aria-busy={waiting} onClick={() => void send()}>
              {homeText('send')}
            </button>
            <span className="home-or" role="status">
              {waiting
                ? homeText('leavesSoon')
                : joined(homeText.parts('orPress', { key: (inside) => <kbd className="key">{joined(inside)}</kbd> }))}
            </span>
          </p>
        </div>
        <MapRegion notes preview={preview} drawn={narrow ? 1 : 0.66} />
      </div>
      <Strip timeline={preview} />
    </>
  )
}

/** The lines that will be said, one tick per line. */
function Strip({ timeline }: { readonly timeline: Timeline | undefined }) {
  const view = timeline && viewOf(timeline)
  const flights = view?.history.flights
  const lines = flights ? flights.lines.length - flights.calls : 0
  const minutes = Math.max(1, Math.round((view?.pace.length ?? 0) / 60_000))
  return (
    <div className="home-strip">
      <span className="clock">{clockText(0)}</span>
      <div className="track" aria-hidden="true">
        <div className="track-drawn">
          {view && <Ticks view={view} />}
          <span className="track-line" />
          <span className="track-thumb" />
        </div>
      </div>
      <span className="home-lines" data-known={view !== undefined}>
        {/* Until it is known, its space is kept, so that nothing moves. */}
        {homeText('willBeSaid', view === undefined ? { lines: 10, minutes: 2 } : { lines, minutes })}
      </span>
      <a
        href="#course"
        className="home-course-link"
        onClick={(event) => {
          event.preventDefault()
          scrollIntoSight(document.getElementById('course'), 'start')
        }}
      >
        {homeText('course')} <ArrowDown aria-hidden="true" />
      </a>
    </div>
  )
}
