import { ArrowDown } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { viewOf } from '../../view/runView'
import type { InterventionBody } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import { intervene, type Timeline } from '../../world/timeline'
import { openRun } from '../run/createRun'
import { sendingOf } from '../run/letter'
import { RunProvider, useRun, useRunActions, useRunStore } from '../run/RunContext'
import { isForField } from '../shell/KeysDialog'
import { useMedia } from '../shell/useMedia'
import { MapRegion } from '../stage/MapRegion'
import { clockText, useLastEvent } from '../stage/present'
import { TimelineBar } from '../stage/TimelineBar'
import { Ticks } from '../stage/Track'
import { Envelope } from './Envelope'
import { Sentence } from './Sentence'
import { noteUnderWay } from './underWay'

const scenario = twoTowns as unknown as Scenario
const Inspector = lazy(async () => ({ default: (await import('../panels/Inspector')).Inspector }))
const Transcript = lazy(async () => ({ default: (await import('../panels/Transcript')).Transcript }))

/** The live stage of the home page. It comes with the engine, in a part of its own. */
export function HomeStage() {
  return (
    <RunProvider run={openRun('home', scenario)}>
      <Stage />
    </RunProvider>
  )
}

function Stage() {
  const sent = useRun((run) => run.timeline.interventions.length > 0)
  useEffect(() => noteUnderWay(sent), [sent])
  const [asked, setAsked] = useState(false)
  return sent ? <Journey asked={asked} /> : <Ready onSend={() => setAsked(true)} />
}

/** The run that pressing the button will make, worked out beforehand: the figures on the page are its own. */
function usePreview(): { readonly timeline: Timeline; readonly body: InterventionBody } | undefined {
  const run = useRunStore()
  const [preview, setPreview] = useState<{ timeline: Timeline; body: InterventionBody }>()
  useEffect(() => {
    let wanted = true
    void sendingOf(scenario.letter).then((body) => {
      if (wanted) setPreview({ body, timeline: intervene(run.get().timeline, catalogue, { ...body, at: START }) })
    })
    return () => {
      wanted = false
    }
  }, [run])
  return preview
}

function Ready({ onSend }: { onSend(): void }) {
  const actions = useRunActions()
  const preview = usePreview()
  const narrow = useMedia('(max-width: 899px)')
  const run = useRunStore()
  const send = () => {
    const go = (body: InterventionBody) => {
      // Pressed twice, it is still one letter.
      if (run.get().timeline.interventions.length > 0) return
      onSend()
      actions.goToStart()
      actions.intervene(body)
    }
    if (preview) go(preview.body)
    else void sendingOf(scenario.letter).then(go)
  }
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || isForField(event)) return
      if (event.target instanceof Element && event.target.closest('a, button, [role=button]')) return
      event.preventDefault()
      send()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  })
  return (
    <>
      <Sentence />
      <div className="home-stage">
        <MapRegion notes preview={preview?.timeline} drawn={narrow ? 1 : 0.66} />
        <div className="home-letter">
          <Envelope letter={scenario.letter} />
          <p className="home-send">
            <button type="button" className="button" onClick={send}>
              Send the letter
            </button>
            <span className="home-or">
              or press <kbd className="key">Enter</kbd>
            </span>
          </p>
        </div>
      </div>
      <Strip timeline={preview?.timeline} />
    </>
  )
}

/** How long it takes to play, for people: `about 2 minutes`. */
function aboutMinutes(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`
}

/** What will be said, before it is: one tick a line. */
function Strip({ timeline }: { readonly timeline: Timeline | undefined }) {
  const view = timeline && viewOf(timeline)
  const lines = view?.index.lines.length
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
        {/* Until it is known its room is kept, so that nothing moves. */}
        {view === undefined
          ? '00 lines will be said, about 0 minutes'
          : `${lines} lines will be said, ${aboutMinutes(view.pace.length)}`}
      </span>
      <a
        href="#course"
        className="home-course-link"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('course')?.scrollIntoView()
        }}
      >
        The course <ArrowDown aria-hidden="true" />
      </a>
    </div>
  )
}

function Journey({ asked }: { readonly asked: boolean }) {
  const actions = useRunActions()
  const event = useLastEvent()
  const title = useRef<HTMLHeadingElement>(null)
  // The button that was pressed is gone: the focus goes to what it brought. After a reload nobody pressed it.
  useEffect(() => {
    if (asked) title.current?.focus({ preventScroll: true })
  }, [asked])
  return (
    <div className="journey">
      <div className="journey-head">
        <h1 ref={title} tabIndex={-1}>
          {event ?? 'The letter is on its way.'}
        </h1>
        <button type="button" className="text-button" onClick={actions.restart}>
          Start anew
        </button>
      </div>
      <MapRegion />
      <TimelineBar />
      <div className="journey-panels">
        <Suspense fallback={null}>
          <div className="journey-panel">
            <Transcript />
          </div>
          <div className="journey-panel">
            <Inspector />
          </div>
        </Suspense>
      </div>
    </div>
  )
}
