import { lazy, Suspense, useEffect, useState } from 'react'
import { Route, Router, Switch, useLocation } from 'wouter'
import { shellText } from '../messages/shell'
import { withTexts } from '../messages/topic'
import { isForField } from './dom/isForField'
import { Home } from './home/Home'
import { readyLinkedLessons } from './shell/ahead'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { Keeping } from './shell/Keeping'
import { Opening } from './shell/Opening'
import { pages } from './shell/pages'
import { SEARCH_FIELD, wishForSearch } from './shell/searchWish'
import { TopBar } from './shell/TopBar'
import { useArrival } from './shell/useArrival'
import { ShownPathProvider, usePathInSight, useShownPath } from './shell/useShownPath'
import { useTitle } from './shell/useTitle'

const KeysDialog = lazy(async () => ({ default: (await withTexts(import('./shell/KeysDialog'))).KeysDialog }))

export function App() {
  return (
    <ShownPathProvider value={useShownPath()}>
      <Router hook={usePathInSight}>
        <Shell />
      </Router>
    </ShownPathProvider>
  )
}

function Shell() {
  const [location, navigate] = useLocation()
  const [keys, setKeys] = useState(false)
  useEffect(() => {
    const leave = readyLinkedLessons()
    return () => leave()
  }, [])
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.key !== '?' && event.key !== '/') || isForField(event)) return
      event.preventDefault()
      if (event.key === '?') setKeys(true)
      else goToSearch(navigate)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [navigate])
  // A dialog that was opened over a page is closed when the page changes.
  const [shown, setShown] = useState(location)
  if (shown !== location) {
    setShown(location)
    setKeys(false)
  }
  return (
    <div className="app">
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          // The hash is the route, so the focus is moved without it.
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        {shellText('skip')}
      </a>
      <TopBar onKeys={() => setKeys(true)} />
      <Keeping />
      <main id="content" tabIndex={-1}>
        <ErrorBoundary place={location}>
          <Suspense fallback={<Opening />}>
            <Switch>
              <Route path="/" component={Home} />
              {pages.map(({ path, more = '', Component }) => (
                <Route key={path} path={path + more}>
                  <Component />
                </Route>
              ))}
              <Route>
                <Lost />
              </Route>
            </Switch>
            <Arrival place={location} />
          </Suspense>
        </ErrorBoundary>
      </main>
      {keys && (
        <Suspense>
          <KeysDialog onClose={() => setKeys(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** Stands beside the page, so that it knows when the page is there and no longer loads. */
function Arrival({ place }: { readonly place: string }) {
  useArrival(place)
  return null
}

/** The search of the reference gets the focus: at once if that page is open, else when it has loaded. */
function goToSearch(navigate: (path: string) => void): void {
  const field = document.getElementById(SEARCH_FIELD)
  if (field instanceof HTMLInputElement) {
    field.focus()
    field.select()
    return
  }
  wishForSearch(true)
  navigate('/reference')
}

function Lost() {
  useTitle(shellText('lostTitle'))
  return (
    <div className="trouble">
      <h1>{shellText('lost')}</h1>
      <p>{shellText('lostWhy')}</p>
      <a className="button" href="#/">
        {shellText('lostRemedy')}
      </a>
    </div>
  )
}
