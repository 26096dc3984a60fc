import { useHashLocation } from 'wouter/use-hash-location'

/** The path of the hash without its query: pages are found by path, and read what is asked of them themselves. */
export const useHashPath: typeof useHashLocation = (options) => {
  const [location, navigate] = useHashLocation(options)
  return [location.split('?', 1)[0] ?? location, navigate]
}
