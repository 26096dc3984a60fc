import * as Tabs from '@radix-ui/react-tabs'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { stageText } from '../../messages/stage'
import type { Simplification } from '../../world/scenario'
import { useMedia } from '../shell/useMedia'
import '../styles/workbench.css'
import { MapRegion } from './MapRegion'
import { TimelineBar } from './TimelineBar'
import { useKeptTab } from './useKeptTab'

export interface WorkbenchPanel {
  readonly id: string
  readonly title: string
  readonly element: ReactNode
}

export interface WorkbenchProps {
  /** Prose at the left; on small screens the first tab. */
  readonly lesson?: ReactNode
  /** The dialogue editor: left of the panels; on small screens a tab. */
  readonly dialogue?: ReactNode
  readonly dialogueTitle?: string
  readonly panels: readonly WorkbenchPanel[]
  /** The simplifications of the lesson, beside those of its world. */
  readonly simplifies?: readonly Simplification[]
  /** Fills the stage instead of the map and the panels. They keep their state meanwhile. */
  readonly side?: ReactNode
  /** The tab that is shown. Pass both properties to control it from outside. */
  readonly tab?: string
  readonly onTab?: (id: string) => void
  /** The name under which the chosen tab is stored, if it is not controlled from outside. */
  readonly place?: string
}

/** Map, panels and timeline around a run. Panels have their own named region; this component only places them. */
export function Workbench({
  lesson,
  dialogue,
  dialogueTitle = stageText('dialogue'),
  panels,
  simplifies,
  side,
  tab,
  onTab,
  place,
}: WorkbenchProps) {
  const wide = useMedia('(min-width: 1200px)')
  const asTabs: readonly WorkbenchPanel[] = wide
    ? panels
    : [
        ...(lesson === undefined ? [] : [{ id: 'lesson', title: stageText('lesson'), element: lesson }]),
        ...(dialogue === undefined ? [] : [{ id: 'dialogue', title: dialogueTitle, element: dialogue }]),
        ...panels,
      ]
  return (
    <div className="workbench" data-lesson={lesson !== undefined && wide ? '' : undefined}>
      {wide && lesson !== undefined && <div className="workbench-lesson">{lesson}</div>}
      {side !== undefined && <div className="workbench-side">{side}</div>}
      <div className="workbench-stage" hidden={side !== undefined}>
        <MapRegion simplifies={simplifies} />
        <div className="workbench-panels">
          {wide && dialogue !== undefined && <div className="workbench-dialogue">{dialogue}</div>}
          <PanelTabs panels={asTabs} tab={tab} onTab={onTab} place={place} />
        </div>
      </div>
      <TimelineBar />
    </div>
  )
}

interface PanelTabsProps {
  readonly panels: readonly WorkbenchPanel[]
  readonly tab: string | undefined
  readonly onTab: ((id: string) => void) | undefined
  readonly place: string | undefined
}

/** Opened panels keep their state: they are hidden, not unmounted. */
function PanelTabs({ panels, tab, onTab, place = 'stage' }: PanelTabsProps) {
  const first = panels[0]?.id ?? ''
  const [own, setOwn] = useKeptTab(place, first)
  const wanted = tab ?? own
  const shown = panels.some((panel) => panel.id === wanted) ? wanted : first
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
    <Tabs.Root
      className="panel-tabs"
      value={shown}
      onValueChange={(id) => {
        setOwn(id)
        onTab?.(id)
      }}
    >
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
          {visited.has(panel.id) && panel.element}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
