import { lazy, Suspense } from 'react'
import { withTexts } from '../../messages/topic'
import '../styles/home.css'
import { useTitle } from '../shell/useTitle'
import { Course } from './Course'
import { Sentence } from './Sentence'
import { isUnderWay } from './underWay'

const loadStage = () => withTexts(import('./HomeStage'))
const HomeStage = lazy(async () => ({ default: (await loadStage()).HomeStage }))
// The stage is wanted as soon as the page is: it does not wait for the first render.
if (/^#?\/?$/.test(location.hash)) {
  void loadStage()
  // A journey under way cannot be shown without the engine either.
  if (isUnderWay()) void import('../run/engine')
}

/** One sentence, one stage, one button: the stage is the real simulation. What stands below it comes with it, so nothing moves. */
export function Home() {
  useTitle()
  return (
    // The course comes with the stage: what stands above it has its height by then.
    <Suspense fallback={<Opening />}>
      <HomeStage />
      <Course />
    </Suspense>
  )
}

/** What stands there until the stage has come: as high as it, so that nothing moves. */
function Opening() {
  if (isUnderWay()) return <div className="journey" />
  return (
    <>
      <Sentence />
      <div className="home-stage home-opening" />
    </>
  )
}
