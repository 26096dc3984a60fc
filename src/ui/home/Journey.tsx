import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { homeText } from '../../messages/home'
import { nextText } from '../../messages/next'
import { withTexts } from '../../messages/topic'
import { scrollIntoSight } from '../dom/scroll'
import { readText, writeText } from '../keeping/database'
import { offerReading } from '../run/offer'
import { useRunActions } from '../run/RunContext'
import { Said } from '../shell/Said'
import { useMedia } from '../shell/useMedia'
import type { Deeds } from '../stage/deeds'
import { MapRegion } from '../stage/MapRegion'
import { TimelineBar } from '../stage/TimelineBar'
import { TrackMarks } from '../stage/TrackMarks'
import { useHeadline } from '../stage/useHeadline'
import { WhatNext } from '../stage/WhatNext'

const Inspector = lazy(async () => ({ default: (await withTexts(import('../panels/Inspector'))).Inspector }))
const Transcript = lazy(async () => ({ default: (await withTexts(import('../panels/Transcript'))).Transcript }))
const Mailboxes = lazy(async () => ({ default: (await withTexts(import('../panels/Mailboxes'))).Mailboxes }))

/** Under this name the browser remembers that the octets are shown. */
const INSIDE = 'home:inside'

/** The journey of the letter that was sent. */
export default function Journey({ asked }: { readonly asked: boolean }) {
  const actions = useRunActions()
  const headline = useHeadline()
  const title = useRef<HTMLHeadingElement>(null)
  // Beginners see map, caption and transcript; the octets come when they are asked for.
  const [inside, setInside] = useState(() => readText('local', INSIDE) !== undefined)
  const [reading, setReading] = useState(false)
  const narrow = useMedia('(max-width: 699px)')
  const lookInside = (open: boolean): void => {
    setReading(false)
    setInside(open)
    writeText('local', INSIDE, open ? 'open' : undefined)
  }
  const lies = headline.lies
  const startAgain = (): void => {
    flushSync(actions.restart)
    // The page of the journey is gone, and the letter lies ready again.
    document.querySelector<HTMLElement>('.home-send button')?.focus({ preventScroll: true })
  }
  const below = useRef<HTMLDivElement>(null)
  // On a small screen the mailboxes are below the transcript.
  useEffect(() => {
    if (reading && narrow) scrollIntoSight(below.current, 'nearest')
  }, [reading, narrow])
  const deeds: Deeds = { changes: false, look: () => lookInside(true) }
  // The pressed button is gone, so the focus goes to the part that replaced it. After a reload no button was pressed.
  useEffect(() => {
    if (asked) title.current?.focus({ preventScroll: true })
  }, [asked])
  return (
    <div className="journey">
      <div className="journey-head">
        <h1 ref={title} tabIndex={-1}>
          <Said text={headline.text} />
        </h1>
        <button type="button" className="text-button" onClick={startAgain}>
          {homeText('startAnew')}
        </button>
      </div>
      <MapRegion deeds={deeds} />
      <TimelineBar>
        <TrackMarks />
      </TimelineBar>
      <div className="journey-panels" data-inside={inside || reading}>
        <Suspense fallback={null}>
          <div className="journey-panel">
            <Transcript />
          </div>
          <div ref={below} className="journey-panel journey-inside">
            <div className="journey-ways">
              {reading ? (
                <button type="button" className="text-button" aria-expanded={true} onClick={() => setReading(false)}>
                  {homeText('foldMailboxes')}
                </button>
              ) : (
                <button
                  type="button"
                  className="text-button"
                  aria-expanded={inside}
                  onClick={() => lookInside(!inside)}
                >
                  {homeText(inside ? 'foldInside' : 'lookInside')}
                </button>
              )}
              {lies && !reading && (
                <button
                  type="button"
                  className="text-button"
                  onClick={() => {
                    setReading(true)
                    offerReading(lies)
                  }}
                >
                  {nextText('readIt')}
                </button>
              )}
              <WhatNext as={narrow ? 'menu' : inside || reading ? 'row' : 'list'} />
            </div>
            {/* The transcript stays in sight while the panel beside it loads. */}
            <Suspense fallback={null}>{reading ? <Mailboxes /> : inside && <Inspector />}</Suspense>
          </div>
        </Suspense>
      </div>
    </div>
  )
}
