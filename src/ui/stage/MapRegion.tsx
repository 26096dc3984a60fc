import { lazy, type ReactNode, Suspense, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Instant } from '../../base/time'
import { stageText } from '../../messages/stage'
import { storyText } from '../../messages/story'
import { withTexts } from '../../messages/topic'
import { spokenAndNoted } from '../../view/network/captionWords'
import type { Size } from '../../view/network/geometry'
import { NetworkMap } from '../../view/network/networkMap'
import type { Box } from '../../view/network/placement'
import type { Zoom } from '../../view/network/zooming'
import type { Touched } from '../../view/panels/card'
import { namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { fitted } from '../../view/run/wire'
import { chosenHosts } from '../../view/stage/chosen'
import { sceneInFog } from '../../view/stage/inFog'
import { type Caption, sceneAt } from '../../view/stage/scene'
import type { Scenario, Simplification } from '../../world/scenario'
import type { Timeline } from '../../world/timeline'
import { factOf } from '../../world/trace'
import { FogContext } from '../run/fog'
import { useRun, useRunStore } from '../run/RunContext'
import { selectionOf } from '../run/selection'
import { useMedia } from '../shell/useMedia'
import '../styles/map.css'
import { createMapMotion } from '../run/mapMotion'
import { Said } from '../shell/Said'
import type { Rect } from './cardPlace'
import { type Deeds, NO_DEEDS } from './deeds'
import { MapControls } from './MapControls'
import { useCaption, useNews } from './present'

export interface MapRegionProps {
  /** The name of the region, if there are several maps. */
  readonly name?: string
  /** Labels each line with its port and purpose while nothing is said and the letter is not sent yet. */
  readonly notes?: boolean
  /** The run whose routes are drawn before the first fact. */
  readonly preview?: Timeline | undefined
  /** The share of the height that the drawing takes, from the top; by default 1. */
  readonly drawn?: number
  /** Space that children cover, so that no words are put there. */
  readonly taken?: readonly Box[]
  /** The simplifications of the lesson, beside those of its world. */
  readonly simplifies?: readonly Simplification[] | undefined
  /** The actions on hosts, links and lines. */
  readonly deeds?: Deeds
  readonly children?: ReactNode
}

const TouchCard = lazy(() => withTexts(import('./TouchCard')))

/** A thing that was touched, and where. */
interface Touch {
  readonly thing: Touched
  readonly at: Rect
}

/** The map with its caption, in pictures and in words. It is drawn every frame without React. */
export function MapRegion({
  name = stageText('map'),
  notes = false,
  preview,
  drawn = 1,
  taken,
  simplifies,
  deeds = NO_DEEDS,
  children,
}: MapRegionProps) {
  const run = useRunStore()
  const timeline = useRun((state) => state.timeline)
  const svg = useRef<SVGSVGElement>(null)
  const compact = useMedia('(max-width: 699px), (max-height: 599px)')
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const names = useMemo(() => namesOf(run.scenario), [run.scenario])
  // The letter that is ready to send is in the left corner, if the map is large enough.
  const corner = compact ? freeCorner(run.scenario) : notes ? 'right' : 'left'
  const map = useRef<NetworkMap>(undefined)
  const stillness = useRef(still)
  const seen = use(FogContext)
  const fog = useRef(seen)
  const redraw = useRef<() => void>(undefined)
  useEffect(() => {
    stillness.current = still
  }, [still])
  useEffect(() => {
    fog.current = seen
    redraw.current?.()
  }, [seen])
  const [zoom, setZoom] = useState<Zoom>()
  const [factor, setFactor] = useState(1)
  const [touch, setTouch] = useState<Touch>()
  /** The element that has the focus again when the card is closed. */
  const from = useRef<Element>(null)
  const close = useCallback(() => {
    setTouch(undefined)
    const focused = document.activeElement
    const isLost = focused === null || focused === document.body || focused.closest('[popover]') !== null
    if (isLost && from.current instanceof SVGElement) from.current.focus({ preventScroll: true })
  }, [])

  useEffect(() => {
    const element = svg.current
    if (!element) return
    const drawing = new NetworkMap(element, run.scenario, names, {
      host: (host, element) => {
        run.actions.select({ host })
        from.current = element
        setTouch({ thing: { kind: 'host', host }, at: element.getBoundingClientRect() })
      },
      link: (between, { x, y }) => {
        from.current = null
        setTouch({ thing: { kind: 'link', between }, at: { left: x, right: x, top: y, bottom: y } })
      },
      traveller: (fact, at) => {
        run.actions.select(selectionOf(factOf(run.get().timeline.trace, fact)))
        from.current = null
        setTouch({ thing: { kind: 'line', fact }, at })
      },
      zoomReady: setZoom,
      zoomed: setFactor,
    })
    map.current = drawing
    const draw = (t: Instant, stepped: boolean) => {
      const { timeline, stepBy, selection } = run.get()
      drawing.choose(chosenHosts(viewOf(timeline), selection))
      const scene = sceneAt(viewOf(timeline), names, t, { packets: stepBy === 'packet', stepped })
      drawing.draw(sceneInFog(scene, fog.current))
    }
    const motion = createMapMotion(run, draw, () => stillness.current)
    redraw.current = motion.follow
    motion.follow()
    const leave = run.subscribe(motion.follow)
    return () => {
      leave()
      motion.stop()
    }
  }, [run, names])

  useEffect(() => {
    const element = svg.current
    if (!element) return
    let arranged = ''
    const arrange = () => {
      const { width, height } = element.getBoundingClientRect()
      // The observer also tells the size that is known.
      if (arranged === `${width} ${height}`) return
      arranged = `${width} ${height}`
      // Another side of the run is shown instead.
      if (width === 0) return
      const look = {
        size: { width, height },
        compact,
        notes,
        still,
        drawn: height * drawn,
        taken: [...(taken ?? []), controlsBox({ width, height }, compact, corner)],
      }
      map.current?.arrange(look, viewOf(preview ?? timeline))
    }
    arrange()
    const observer = new ResizeObserver(arrange)
    observer.observe(element)
    return () => observer.disconnect()
  }, [compact, notes, corner, still, drawn, taken, timeline, preview])

  return (
    <section className="map-region" data-part="map" aria-label={name}>
      <div className="map-stage">
        <svg ref={svg} className="map" aria-label={stageText('hosts')} role="toolbar" aria-orientation="vertical" />
        {children}
        <MapControls side={corner} simplifies={simplifies} zoomable={!compact} zoom={zoom} factor={factor} />
      </div>
      {touch && (
        <Suspense>
          <TouchCard
            touched={touch.thing}
            at={touch.at}
            deeds={deeds}
            onTouch={(thing) => setTouch({ thing, at: touch.at })}
            onClose={close}
          />
        </Suspense>
      )}
      {compact && <Subtitle ready={notes} />}
    </section>
  )
}

/** The corner of the map's own buttons. */
/** On a small screen, where the control is a host's neighbour, the lower corner in which no host stands. */
function freeCorner({ map }: Scenario): 'left' | 'right' {
  const low = Object.values(map.hosts).filter(({ y }) => y > LOW)
  return low.some(({ x }) => x < 500) && low.every(({ x }) => x < 500) ? 'right' : 'left'
}

/** A host below this height of the layout reaches into the corner. */
const LOW = 300

function controlsBox({ width, height }: Size, compact: boolean, side: 'left' | 'right'): Box {
  const wide = compact ? 52 : 156
  const isRight = side === 'right'
  return { left: isRight ? width - wide : 0, right: isRight ? width : wide, top: height - 44, bottom: height }
}

/** On a small screen the line being said is shown below the map. */
function Subtitle({ ready }: { readonly ready: boolean }) {
  const caption = useCaption()
  const news = useNews()
  return (
    <div className="subtitle" aria-hidden="true" data-outcome={news === undefined ? caption?.outcome : undefined}>
      {news !== undefined ? (
        <p className="subtitle-gloss">
          <Said text={news} />
        </p>
      ) : caption ? (
        <>
          <p className="subtitle-wire" translate="no">
            {fitted(caption.wire, 76)}
          </p>
          <Explained caption={caption} />
        </>
      ) : (
        <p className="subtitle-gloss">
          <Said text={ready ? stageText('ready') : storyText('nothingSaid')} />
        </p>
      )}
    </div>
  )
}

function Explained({ caption }: { readonly caption: Caption }) {
  const text = spokenAndNoted(caption)
  return text === undefined ? null : (
    <p className="subtitle-gloss">
      <Said text={text} />
    </p>
  )
}
