import type { BaseLocationHook } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'

/** The path of the hash without its query: pages are found by path, and read what is asked of them themselves. */
export const useHashPath: BaseLocationHook = (options) => {
  const [location, navigate] = useHashLocation(options)
  return [location.split('?', 1)[0] ?? location, navigate]
}

/** The address of a path, as it stands in links: they are also opened elsewhere, and copied. */
useHashPath.hrefs = (path) => `#${path}`
