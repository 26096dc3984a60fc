import * as Tabs from '@radix-ui/react-tabs'
import { Activity, type CSSProperties, type ReactNode, use, useEffect, useRef, useState } from 'react'
import { stageText } from '../../messages/stage'
import type { Lying } from '../../view/stage/headline'
import type { Simplification } from '../../world/scenario'
import { scrollIntoSight } from '../dom/scroll'
import { FogContext } from '../run/fog'
import { offerReading, offerSeat } from '../run/offer'
import { useRunStore } from '../run/RunContext'
import { createShownPart, ShownPartContext } from '../run/shownPart'
import { useMedia } from '../shell/useMedia'
import '../styles/workbench.css'
import { Announced } from './Announced'
import { Bracket } from './Bracket'
import { Divider } from './Divider'
import type { Deeds } from './deeds'
import { MapRegion } from './MapRegion'
import { TimelineBar } from './TimelineBar'
import { TrackMarks } from './TrackMarks'
import { useKeptTab } from './useKeptTab'
import { usePartKeys } from './usePartKeys'
import { type Split, useSplit } from './useSplit'

export interface WorkbenchPanel {
  readonly id: string
  readonly title: string
  readonly element: ReactNode
}

export interface ShownSide {
  readonly element: ReactNode
  /** It stands below the map, instead of the panels only. */
  readonly below: boolean
  /** It has a headline of its own. */
  readonly announces?: boolean
  /** Stands on the track of time. */
  readonly track?: ReactNode
}

export interface WorkbenchProps {
  /** Prose at the left; on small screens the first tab. */
  readonly lesson?: ReactNode
  /** The title of the page while the lesson, which has one, is not the tab that is shown. */
  readonly heading?: string
  readonly lessonTitle?: string
  /** The dialogue editor: left of the panels; on small screens a tab. */
  readonly dialogue?: ReactNode
  readonly dialogueTitle?: string
  readonly panels: readonly WorkbenchPanel[]
  /** The simplifications of the lesson, beside those of its world. */
  readonly simplifies?: readonly Simplification[]
  /** Hosts that are lit on the map: the others are dimmed. */
  readonly lit?: readonly string[] | undefined
  /** Opens the form for a letter, to a reader if one is named. */
  readonly onWrite?: (to?: string) => void
  /** Another side of the run than the map. The parts that it hides keep their state meanwhile. */
  readonly side?: ShownSide | undefined
  /** Goes back to the map and the panels, to show something there. */
  readonly onMap?: () => void
  /** The tab that is shown. Pass both properties to control it from outside. */
  readonly tab?: string
  readonly onTab?: (id: string) => void
  /** The name under which the chosen tab is stored, if it is not controlled from outside. */
  readonly place?: string
}

/** Map, panels and timeline around a run. Panels have their own named region; this component only places them. */
export function Workbench({
  lesson,
  heading,
  lessonTitle = stageText('lesson'),
  dialogue,
  dialogueTitle = stageText('dialogue'),
  panels,
  simplifies,
  lit,
  onWrite,
  side,
  onMap,
  tab,
  onTab,
  place = 'stage',
}: WorkbenchProps) {
  const wide = useMedia('(min-width: 1200px)')
  const tall = useMedia('(min-height: 600px)')
  const splits = wide && tall
  // All lessons share their space alike.
  const [kind] = place.split(':', 1)
  const withPanels = useSplit(`${kind}:map`)
  const withSide = useSplit(`${kind}:both`)
  const rows = side?.below ? withSide : withPanels
  const columns = useSplit(`${kind}:dialogue`)
  const asTabs: readonly Tab[] = wide
    ? panels.map(resting)
    : [
        ...(lesson === undefined ? [] : [{ id: 'lesson', title: lessonTitle, element: lesson }]),
        ...(dialogue === undefined ? [] : [{ id: 'dialogue', title: dialogueTitle, element: dialogue }]),
        ...panels.map(resting),
      ]
  const first = asTabs[0]?.id ?? ''
  const [own, setOwn] = useKeptTab(place, first)
  const wanted = tab ?? own
  const shown = asTabs.some(({ id }) => id === wanted) ? wanted : first
  const show = (id: string): void => {
    setOwn(id)
    onTab?.(id)
    onMap?.()
  }
  const panelsBox = useRef<HTMLDivElement>(null)
  const read = (lying: Lying): void => {
    show('mailboxes')
    offerReading(lying)
    // On a phone the page may have been scrolled past the beginning of the panel.
    scrollIntoSight(panelsBox.current, 'start')
  }
  const deeds = useDeeds({ panels, types: dialogue !== undefined, show })
  // An announcement may be about a machine that is not seen yet.
  const inFog = use(FogContext) !== undefined
  const announced = inFog ? null : (
    <Announced
      narrow={lesson !== undefined}
      onWrite={onWrite}
      onRead={panels.some(({ id }) => id === 'mailboxes') ? read : undefined}
    />
  )
  const [shownPart] = useState(createShownPart)
  usePartKeys()
  const instead = side !== undefined && !side.below
  // The other chair has a title of its own.
  const isLessonHidden = !wide && lesson !== undefined && (side ? !side.announces : shown !== 'lesson')
  const after = stageText(side !== undefined ? 'ladder' : dialogue === undefined ? 'panels' : 'lower')
  return (
    <ShownPartContext value={shownPart}>
      <div
        className="workbench"
        data-below-head=""
        data-lesson={lesson !== undefined && wide ? '' : undefined}
        data-has-lesson={lesson !== undefined ? '' : undefined}
      >
        {isLessonHidden && heading !== undefined && <h1 className="unseen">{heading}</h1>}
        {wide && lesson !== undefined && (
          <div className="workbench-lesson" data-part="lesson">
            {lesson}
          </div>
        )}
        {instead && (
          <div className="workbench-instead" data-part="instead">
            {!side.announces && announced}
            <div className="workbench-side">{side.element}</div>
          </div>
        )}
        <div
          className="workbench-stage"
          hidden={instead}
          style={splits ? { ...shareOf('--map', rows), ...shareOf('--dialogue', columns) } : undefined}
          data-map={splits ? stateOf(rows) : undefined}
          data-dialogue={splits && dialogue !== undefined ? stateOf(columns) : undefined}
          data-both={side?.below || undefined}
        >
          {!instead && announced}
          {lit && <Dimmed lit={lit} />}
          <Fog />
          <MapRegion simplifies={simplifies} deeds={deeds} />
          {splits && <Divider parts="column" before={stageText('map')} after={after} split={rows} />}
          {side?.below && (
            <div className="workbench-side" data-part="instead">
              {side.element}
            </div>
          )}
          <div ref={panelsBox} className="workbench-panels" hidden={side !== undefined}>
            {wide && dialogue !== undefined && (
              <div className="workbench-dialogue" data-part="dialogue">
                {dialogue}
              </div>
            )}
            {splits && dialogue !== undefined && (
              <Divider parts="row" before={dialogueTitle} after={stageText('panels')} split={columns} />
            )}
            <PanelTabs panels={asTabs} shown={shown} onTab={show} />
          </div>
        </div>
        <TimelineBar>
          <TrackMarks />
          <Bracket />
          {side?.track}
        </TimelineBar>
      </div>
    </ShownPartContext>
  )
}

/** Only these hosts of the map are lit. The map is drawn by itself, so the rule stands in a style. */
function Dimmed({ lit }: { readonly lit: readonly string[] }) {
  const others = lit.map((host) => `:not([data-host="${CSS.escape(host)}"])`).join('')
  return <style>{`.workbench-stage .map .host${others}{opacity:.32}`}</style>
}

/** Hosts that are not seen yet are not there, for the eye, the finger and the ear alike; nor are lines on which nothing was said. */
function Fog() {
  const seen = use(FogContext)
  if (!seen) return null
  const others = [...seen].map((host) => `:not([data-host="${CSS.escape(host)}"])`).join('')
  return (
    <style>{`.workbench-stage .map .host${others},.workbench-stage .map :is(.path.idle,.path.route,.tree,.touch){visibility:hidden}`}</style>
  )
}

interface Tab extends WorkbenchPanel {
  /** It is not updated while it is hidden, so that playing stays smooth. */
  readonly rests?: boolean
}

const resting = (panel: WorkbenchPanel): Tab => ({ ...panel, rests: true })

const shareOf = (name: string, { share }: Split): CSSProperties =>
  share === undefined ? {} : { [name]: `${share * 100}%` }

/** `before`: the first part is folded. `after`: the other is. */
function stateOf({ share }: Split): string | undefined {
  if (share === undefined) return undefined
  return share === 0 ? 'before' : share === 1 ? 'after' : 'shared'
}

interface DeedsNeeds {
  readonly panels: readonly WorkbenchPanel[]
  /** A person can type into a dialogue. */
  readonly types: boolean
  show(panel: string): void
}

/** The actions on the things of the map: they depend on the panels that are there. */
function useDeeds({ panels, types, show }: DeedsNeeds): Deeds {
  const { actions, readOnly } = useRunStore()
  const has = (id: string): boolean => panels.some((panel) => panel.id === id)
  const hasRooms = has('machine')
  return {
    changes: hasRooms && !readOnly,
    ...(hasRooms && {
      room: (host) => {
        actions.enter(host)
        show('machine')
      },
    }),
    ...(types &&
      !readOnly && {
        sit: (host) => {
          show('dialogue')
          offerSeat(host)
        },
      }),
    ...(has('inspector') && { look: () => show('inspector') }),
  }
}

interface PanelTabsProps {
  readonly panels: readonly Tab[]
  readonly shown: string
  onTab(id: string): void
}

/** Opened panels keep their state: they are hidden, not unmounted. */
function PanelTabs({ panels, shown, onTab }: PanelTabsProps) {
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set([shown]))
  if (!visited.has(shown)) setVisited(new Set([...visited, shown]))
  // If the row of tabs is wider than the screen, the chosen one is scrolled so that its neighbours show that there are more.
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chosen = bar.current?.querySelector<HTMLElement>(`[data-panel='${shown}']`)
    if (!bar.current || !chosen) return
    const from = chosen.offsetLeft - bar.current.offsetLeft
    bar.current.scrollLeft = from - (bar.current.clientWidth - chosen.offsetWidth) / 2
  }, [shown])
  return (
    <Tabs.Root className="panel-tabs" data-part="panels" value={shown} onValueChange={onTab}>
      <Tabs.List ref={bar} className="panel-bar" aria-label={stageText('panels')}>
        {panels.map((panel) => (
          <Tabs.Trigger key={panel.id} data-panel={panel.id} className="panel-tab" value={panel.id}>
            {panel.title}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {panels.map((panel) => (
        <Tabs.Content
          key={panel.id}
          className="panel-content"
          value={panel.id}
          forceMount
          hidden={panel.id !== shown}
          tabIndex={-1}
        >
          {visited.has(panel.id) &&
            (panel.rests ? (
              <Activity mode={panel.id === shown ? 'visible' : 'hidden'}>{panel.element}</Activity>
            ) : (
              panel.element
            ))}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
