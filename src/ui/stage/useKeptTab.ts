import { useState } from 'react'

const keyOf = (place: string): string => `tab:${place}`

function keptTab(place: string): string | null {
  try {
    return sessionStorage.getItem(keyOf(place))
  } catch {
    return null
  }
}

/**
 * The panel that is shown at a place, kept through a reload of this browser tab.
 *
 * @param place names the workbench, as `lab`
 */
export function useKeptTab(place: string, first: string): readonly [tab: string, show: (tab: string) => void] {
  const [tab, setTab] = useState(() => keptTab(place) ?? first)
  return [
    tab,
    (next) => {
      setTab(next)
      try {
        sessionStorage.setItem(keyOf(place), next)
      } catch {
        // The choice then holds until the page is left.
      }
    },
  ]
}
