import { useEffect } from 'react'

/** The title of the home page, from the document. */
const HOME = document.title
const SITE = 'EHLO World'

/** Sets the page's title for the browser's tabs and history; without a name, the home page's. */
export function useTitle(name?: string): void {
  useEffect(() => {
    document.title = name === undefined ? HOME : `${name} · ${SITE}`
  }, [name])
}
