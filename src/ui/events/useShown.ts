import { useEffect, useState } from 'react'
import { type Shown, sifted, type Wanted } from '../../view/events/sift'
import type { Names } from '../../view/run/names'
import type { RunView } from '../../view/run/runView'

/** Milliseconds that are spent on looking for events before the page is drawn again. */
const AT_ONCE = 12

/** The shown events, and whether all events have been looked at. */
export interface Found {
  readonly shown: Shown
  readonly complete: boolean
}

/** Takes steps until all are done or the time is up. */
function taken(steps: Generator<Shown, Shown>): Found {
  const until = performance.now() + AT_ONCE
  for (;;) {
    const step = steps.next()
    if (step.done || performance.now() > until) return { shown: step.value, complete: step.done === true }
  }
}

interface Search extends Found {
  readonly steps: Generator<Shown, Shown>
  readonly view: RunView
  readonly wanted: Wanted
}

function begun(view: RunView, names: Names, wanted: Wanted): Search {
  const steps = sifted(view, names, wanted)
  return { ...taken(steps), steps, view, wanted }
}

/** The events of a run that are wanted. In a long run they are looked for a little at a time, and those found so far are given. */
export function useShown(view: RunView, names: Names, wanted: Wanted): Found {
  const [search, setSearch] = useState(() => begun(view, names, wanted))
  let present = search
  if (search.view !== view || search.wanted !== wanted) {
    present = begun(view, names, wanted)
    setSearch(present)
  }
  const { steps, complete } = present
  useEffect(() => {
    if (complete) return
    const next = setTimeout(() => {
      setSearch((before) => (before.steps === steps ? { ...before, ...taken(steps) } : before))
    }, 0)
    return () => clearTimeout(next)
  })
  return present
}
