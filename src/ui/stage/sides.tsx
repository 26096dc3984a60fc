import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react'
import { stageText } from '../../messages/stage'
import { withTexts } from '../../messages/topic'
import { useMedia } from '../shell/useMedia'
import { SideShower } from './goToSide'
import styles from './sides.module.css'
import type { ShownSide } from './Workbench'

type Title = 'map' | 'ladder' | 'both' | 'events' | 'chart' | 'letter'

/** A side from which a run is looked at, instead of the map and its panels. It is loaded when it is first chosen. */
export interface Side {
  readonly id: string
  readonly title: Title
  readonly Component: LazyExoticComponent<ComponentType>
  /** It stands below the map, where there is room for both. */
  readonly below?: boolean
}

const LadderSide = lazy(async () => ({ default: (await withTexts(import('../ladder/LadderSide'))).LadderSide }))

/** All sides besides the map, in the order in which they are offered. */
export const SIDES: readonly Side[] = [
  {
    id: 'ladder',
    title: 'ladder',
    Component: LadderSide,
  },
  {
    id: 'both',
    title: 'both',
    Component: LadderSide,
    below: true,
  },
  {
    id: 'events',
    title: 'events',
    Component: lazy(async () => ({ default: (await withTexts(import('../events/Events'))).Events })),
  },
  {
    id: 'chart',
    title: 'chart',
    Component: lazy(async () => ({ default: (await withTexts(import('../chart/ChartSide'))).ChartSide })),
  },
  {
    id: 'letter',
    title: 'letter',
    Component: lazy(async () => ({ default: (await withTexts(import('../letter/MessageSide'))).MessageSide })),
  },
]

export const MAP_SIDE = 'map'

/** The choice between the map and the other sides of a run. */
export function SideChoice({ side, onSide }: { readonly side: string; onSide(id: string): void }) {
  const roomy = useRoomForBoth()
  const offered = SIDES.filter(({ below }) => roomy || !below)
  const all: readonly { readonly id: string; readonly title: Title }[] = [{ id: MAP_SIDE, title: 'map' }, ...offered]
  const shown = roomy ? side : instead(side)
  return (
    <div className={styles.choice} role="group" aria-label={stageText('sides')}>
      {all.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className={styles.side}
          aria-pressed={id === shown}
          title={title === 'both' ? stageText('bothHint') : undefined}
          onClick={() => onSide(id)}
        >
          {stageText(title)}
        </button>
      ))}
    </div>
  )
}

/** The side of this name, or undefined for the map. `onSide` lets it lead to another one. */
export function useSide(id: string, onSide: (id: string) => void): ShownSide | undefined {
  const roomy = useRoomForBoth()
  const side = SIDES.find((each) => each.id === (roomy ? id : instead(id)))
  if (!side) return undefined
  return {
    below: side.below === true,
    element: (
      <SideShower value={onSide}>
        <Suspense fallback={<div className="opening" />}>
          <side.Component />
        </Suspense>
      </SideShower>
    ),
  }
}

/** The ladder as one of the panels below the map. */
export function LadderPanel() {
  return (
    <Suspense fallback={<div className="opening" />}>
      <LadderSide />
    </Suspense>
  )
}

/** A ladder below a map needs a window of some height and width. */
const useRoomForBoth = (): boolean => useMedia('(min-width: 700px) and (min-height: 600px)')

/** In a small window the ladder stands alone. */
const instead = (id: string): string => (id === 'both' ? 'ladder' : id)
