import { createContext, lazy, Suspense, use, useState } from 'react'
import { withTexts } from '../../messages/topic'
import { useAfterRender } from '../dom/useAfterRender'
import { useMedia } from '../shell/useMedia'
import type { ShownSide } from '../stage/Workbench'
import type { LessonState } from './useLessonStep'

const ServerChair = lazy(async () => ({ default: (await withTexts(import('../chairs/ServerChair'))).ServerChair }))
const ResolverChair = lazy(async () => ({
  default: (await withTexts(import('../chairs/ResolverChair'))).ResolverChair,
}))
const Fork = lazy(async () => ({ default: (await withTexts(import('../chairs/Fork'))).Fork }))

/** The other chair in a lesson: it takes the place of the map and its panels. */
export interface TakenChair {
  /** The task of the step is done in a chair. */
  readonly offered: boolean
  readonly shown: boolean
  readonly side?: ShownSide
  /** The place in the lesson's column for what a person in the chair knows, and is asked. */
  readonly setColumn?: (column: Element | null) => void
  sitDown(): void
  leave(): void
}

const NONE: TakenChair = { offered: false, shown: false, sitDown: () => {}, leave: () => {} }

export const ChairContext = createContext<TakenChair>(NONE)

export const useTakenChair = (): TakenChair => use(ChairContext)

interface Around {
  show(tab: string): void
  /** The place for how the task goes, while the lesson's own tab is hidden. */
  setNear(near: Element | null): void
}

/** The chair of the present step's task. In a wide window it is shown as soon as the step is. */
export function useChairSide({ step, mine, isReached }: LessonState, { show, setNear }: Around): TakenChair {
  const wide = useMedia('(min-width: 1200px)')
  const [wish, setWish] = useState<{ readonly step: string; readonly shown: boolean }>()
  const [column, setColumn] = useState<Element | null>(null)
  const afterRender = useAfterRender()
  const task = step?.task
  const opens = task?.opens
  const host = task?.to ?? task?.at
  if (!step || !task || host === undefined || !isReached || (opens !== 'server' && opens !== 'resolver')) return NONE
  const asked = wish?.step === step.id ? wish : undefined
  // In a narrow window it would cover the lesson.
  const shown = asked?.shown ?? wide
  const leave = (): void => setWish({ step: step.id, shown: false })
  const openLesson = (): void => {
    leave()
    show('lesson')
    afterRender(() => document.querySelector<HTMLElement>('[data-panel=lesson]')?.focus())
  }
  const inLesson = {
    takesFocus: asked?.shown === true,
    ...(wide ? { column } : { tab: { solved: mine.solved.includes(step.id), setNear, onOpen: openLesson } }),
  }
  return {
    offered: true,
    shown,
    ...(shown && {
      side: {
        below: false,
        announces: true,
        track: (
          <Suspense fallback={null}>
            <Fork />
          </Suspense>
        ),
        element: (
          <Suspense fallback={<div className="opening" />}>
            {opens === 'server' ? (
              <ServerChair host={host} port={task.port ?? 25} inLesson={inLesson} />
            ) : (
              <ResolverChair host={host} inLesson={inLesson} />
            )}
          </Suspense>
        ),
      },
    }),
    setColumn,
    sitDown: () => setWish({ step: step.id, shown: true }),
    leave,
  }
}
