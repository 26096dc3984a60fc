import { Suspense } from 'react'
import { useProgress } from '../lesson/progressStore'
import { Curve } from './Curve'
import { Today } from './Today'

/** The learner's own curve within a lesson, and what comes back. */
export function OwnCurve() {
  const { progress } = useProgress()
  return (
    <>
      <Curve progress={progress} />
      <Suspense fallback={null}>
        <Today progress={progress} heading="h2" />
      </Suspense>
    </>
  )
}
