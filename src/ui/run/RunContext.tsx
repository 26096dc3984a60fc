import { createContext, type ReactNode, use, useSyncExternalStore } from 'react'
import { factsBy } from '../../view/run/runView'
import type { Run } from './createRun'
import { RunNotices } from './RunNotices'
import type { RunActions, RunState } from './run'

const RunContext = createContext<Run | undefined>(undefined)

export interface RunProviderProps {
  readonly run: Run
  /** Provides the run before it is ready, for parts that stand still and wait for `run.ready()` before they do anything. */
  readonly atRest?: boolean
  readonly children: ReactNode
}

/** Provides a run to its children. They are shown once the engine is loaded and the saved run is restored. */
export function RunProvider({ run, atRest = false, children }: RunProviderProps) {
  if (!atRest) use(run.ready())
  return (
    <RunContext value={run}>
      {children}
      <Notices />
    </RunContext>
  )
}

function Notices() {
  return <RunNotices notice={useRun((state) => state.notice)} actions={useRunActions()} />
}

/** The run itself, for code that draws every frame and must not wait for React. */
export function useRunStore(): Run {
  const run = use(RunContext)
  if (!run) throw new Error('Broken expectation: useRun outside of a RunProvider')
  return run
}

/**
 * A part of the run's state. The component renders again only when the selected value changes, so select as little as possible:
 * `useRun((run) => run.t)` renders sixty times a second, `useFactCount()` only when something happened.
 */
export function useRun<T>(selector: (state: RunState) => T): T {
  const run = useRunStore()
  const snapshot = () => selector(run.get())
  return useSyncExternalStore(run.subscribe, snapshot, snapshot)
}

export const useRunActions = (): RunActions => useRunStore().actions

/** The number of facts of the trace up to the present moment. */
export const useFactCount = (): number => useRun(({ timeline, t }) => factsBy(timeline.trace, t))
