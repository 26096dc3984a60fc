import { useState } from 'react'
import { readText, writeText } from '../keeping/database'

const keyOf = (place: string): string => `tab:${place}`

/**
 * The panel that a workbench shows. It survives a reload of this browser tab.
 *
 * @param place the name of the workbench, such as `lab`
 */
export function useKeptTab(place: string, first: string): readonly [tab: string, show: (tab: string) => void] {
  const [tab, setTab] = useState(() => readText('session', keyOf(place)))
  return [
    // Until one is chosen it is the first, and a narrow window has other panels than a wide one.
    tab ?? first,
    (next) => {
      setTab(next)
      keepTab(place, next)
    },
  ]
}

/** Chooses the panel that a workbench shows when it is opened next. */
export const keepTab = (place: string, tab: string): void => writeText('session', keyOf(place), tab)
