import type { BaseLocationHook } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'

/** The path of the hash without its query: the path selects the page, and the page reads the query itself. */
export const useHashPath: BaseLocationHook = (options) => {
  const [location, navigate] = useHashLocation(options)
  return [location.split('?', 1)[0] ?? location, navigate]
}

/** The address of a path for links, complete, because links are also copied and opened in other windows. */
useHashPath.hrefs = (path) => `#${path}`
