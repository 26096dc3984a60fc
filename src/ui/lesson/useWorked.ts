import { useState } from 'react'
import type { Deed } from '../../learning/deed'
import { interventionsOf } from '../../learning/play'
import type { Intervention } from '../../world/intervention'
import { useRun, useRunStore } from '../run/RunContext'

/** An example of a solved task. */
export interface WorkedExample {
  /** The run on the stage is the example, and not the learner's own work. */
  readonly isShown: boolean
  /** Loads the deeds, and plays them from the first one. */
  show(): void
}

export function useWorked(load: () => Promise<readonly Deed[]>, begins: readonly Intervention[]): WorkedExample {
  const run = useRunStore()
  const interventions = useRun(({ timeline }) => timeline.interventions)
  const [example, setExample] = useState<readonly Intervention[]>()
  const isShown = example !== undefined && JSON.stringify(interventions) === JSON.stringify(example)
  return {
    isShown,
    show: () => {
      void load().then((worked) => {
        const deeds = interventionsOf({ deeds: worked }, { ...run.scenario, before: [] })
        const [first] = deeds
        if (!first) return
        const whole = [...begins, ...deeds].sort((a, b) => a.at - b.at)
        setExample(whole)
        run.actions.replace(whole, first.at)
        if (matchMedia('(prefers-reduced-motion: reduce)').matches) run.actions.goToEnd()
        else run.actions.play()
      })
    },
  }
}
