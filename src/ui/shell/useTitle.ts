import { useEffect } from 'react'

/** The title of the home page, as the document brings it. */
const HOME = document.title
const SITE = 'EHLO World'

/** Names the page in the browser's tabs and history; without a name it is the home page. */
export function useTitle(name?: string): void {
  useEffect(() => {
    document.title = name === undefined ? HOME : `${name} · ${SITE}`
  }, [name])
}
