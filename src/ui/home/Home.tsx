import { lazy, Suspense } from 'react'
import { withTexts } from '../../messages/topic'
import '../styles/home.css'
import { useTitle } from '../shell/useTitle'
import { Course } from './Course'
import { Sentence } from './Sentence'
import { isUnderWay } from './underWay'

const loadStage = () => withTexts(import('./HomeStage'))
const HomeStage = lazy(async () => ({ default: (await loadStage()).HomeStage }))
// The stage is needed as soon as the page opens, so loading does not wait for the first render.
if (/^#?\/?$/.test(location.hash)) {
  void loadStage()
  // A journey under way cannot be shown without the engine either.
  if (isUnderWay()) void import('../run/engine')
}

/**
 * One sentence, one stage, one button: the stage is the real simulation. The parts below it load together with it, so that
 * nothing moves.
 */
export function Home() {
  useTitle()
  return (
    // The course loads with the stage, so that the parts above it have their height by then.
    <Suspense fallback={<Opening />}>
      <HomeStage />
      <Course />
    </Suspense>
  )
}

/** A placeholder of the stage's height, so that nothing moves when the stage has loaded. */
function Opening() {
  if (isUnderWay()) return <div className="journey" />
  return (
    <>
      <Sentence />
      <div className="home-stage home-opening" />
    </>
  )
}
