import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react'
import { stageText } from '../../messages/stage'
import { withTexts } from '../../messages/topic'
import styles from './sides.module.css'

type Title = 'map' | 'ladder' | 'events' | 'chart' | 'letter'

/** A side from which a run is looked at, instead of the map and its panels. It is loaded when it is first chosen. */
export interface Side {
  readonly id: string
  readonly title: Title
  readonly Component: LazyExoticComponent<ComponentType>
}

/** All sides besides the map, in the order in which they are offered. */
export const SIDES: readonly Side[] = [
  {
    id: 'ladder',
    title: 'ladder',
    Component: lazy(async () => ({ default: (await withTexts(import('../ladder/LadderSide'))).LadderSide })),
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
  if (SIDES.length === 0) return null
  const all: readonly { readonly id: string; readonly title: Title }[] = [{ id: MAP_SIDE, title: 'map' }, ...SIDES]
  return (
    <div className={styles.choice} role="group" aria-label={stageText('sides')}>
      {all.map(({ id, title }) => (
        <button key={id} type="button" className={styles.side} aria-pressed={id === side} onClick={() => onSide(id)}>
          {stageText(title)}
        </button>
      ))}
    </div>
  )
}

/** The side of this name, or undefined for the map. */
export function sideElement(id: string) {
  const side = SIDES.find((each) => each.id === id)
  if (!side) return undefined
  return (
    <Suspense fallback={<div className="opening" />}>
      <side.Component />
    </Suspense>
  )
}
