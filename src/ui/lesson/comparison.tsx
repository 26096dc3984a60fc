import { createContext, lazy, Suspense, use, useState } from 'react'
import { withTexts } from '../../messages/topic'
import { useMedia } from '../shell/useMedia'
import type { ShownSide } from '../stage/Workbench'
import { useBegun } from './lessonRuns'
import type { LessonState } from './useLessonStep'

const Compare = lazy(async () => ({ default: (await withTexts(import('./Compare'))).Compare }))

/** Two runs of a lesson beside each other on the stage, in place of the map and its panels. */
export interface Comparison {
  /** The step has runs to compare. */
  readonly offered: boolean
  readonly shown: boolean
  readonly side?: ShownSide
  set(shown: boolean): void
}

export const ComparisonContext = createContext<Comparison>({ offered: false, shown: false, set: () => {} })

export const useComparing = (): Comparison => use(ComparisonContext)

/** The comparison of the present step. It is shown as soon as the step is. */
export function useComparison({ step, runs, isReached }: LessonState): Comparison {
  const wide = useMedia('(min-width: 1200px)')
  const [wish, setWish] = useState<{ readonly step: string; readonly shown: boolean }>()
  const block = step?.blocks.find((each) => each.kind === 'compare')
  if (!step || block?.kind !== 'compare' || !isReached) return { offered: false, shown: false, set: () => {} }
  const { left, right, names = [left, right] } = block
  // In a narrow window it would cover the lesson.
  const shown = wish?.step === step.id ? wish.shown : wide
  const set = (shown: boolean): void => setWish({ step: step.id, shown })
  return {
    offered: true,
    shown,
    ...(shown && {
      side: {
        below: false,
        element: (
          <Suspense fallback={<div className="opening" />}>
            <Begun runs={runs} left={left} right={right} names={names} onClose={() => set(false)} />
          </Suspense>
        ),
      },
    }),
    set,
  }
}

interface BegunProps {
  readonly runs: LessonState['runs']
  readonly left: string
  readonly right: string
  readonly names: readonly [string, string]
  onClose(): void
}

/** Waits until both runs have begun. */
function Begun({ runs, left, right, names, onClose }: BegunProps) {
  const [one, other] = [useBegun(runs, left), useBegun(runs, right)]
  return <Compare left={one.run} right={other.run} names={names} onClose={onClose} />
}
