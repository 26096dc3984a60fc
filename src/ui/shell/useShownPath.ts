import { createContext, use, useDeferredValue, useEffect, useState } from 'react'
import type { BaseLocationHook } from 'wouter'
import { useHashPath } from './useHashPath'

/** How long the page before stays in sight while the next one loads, in milliseconds. */
const PATIENCE = 300

const ShownPath = createContext('/')
export const ShownPathProvider = ShownPath.Provider

/**
 * The path whose page is in sight. A new page takes the place of the one before as soon as it is ready, so a page that is loaded
 * already appears at once; one that loads long gives way to the sign of loading.
 */
export function useShownPath(): string {
  const [wanted] = useHashPath()
  const ready = useDeferredValue(wanted)
  const [late, setLate] = useState<string>()
  useEffect(() => {
    if (wanted === ready) return undefined
    const timer = setTimeout(() => setLate(wanted), PATIENCE)
    return () => clearTimeout(timer)
  }, [wanted, ready])
  return late === wanted ? wanted : ready
}

/** The path of the page in sight, for routes and links. */
export const usePathInSight: BaseLocationHook = Object.assign(
  (): ReturnType<BaseLocationHook> => {
    const [, navigate] = useHashPath()
    return [use(ShownPath), navigate]
  },
  { hrefs: (path: string) => `#${path}` },
)
