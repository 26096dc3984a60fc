import { use, useState } from 'react'
import { nextText } from '../../messages/next'
import { underWayIn } from '../../view/run/holdings'
import { viewOf } from '../../view/run/runView'
import { NOTHING_TOLD, type Standing, tell } from '../../view/stage/spoken'
import { FogContext } from '../run/fog'
import { useRun, useRunStore } from '../run/RunContext'
import { Said } from '../shell/Said'
import { isAtEnd, useCaption, useSentence } from './present'
import { useHeadline } from './useHeadline'

/**
 * A run for screen readers, whichever side is shown: the events of this moment, and in a voice of its own each change of the
 * headline and how the run ended. While time is counted over a leap, both are silent.
 */
export function Spoken() {
  const leaping = useRun((run) => run.leaping !== undefined)
  const sentence = useSentence()
  const line = useCaption()?.fact
  return (
    <>
      <p className="unseen" aria-live="polite">
        {/* A new element for each line: one with the same words as the one before is heard too. */}
        <span key={line}>
          <Said text={leaping ? '' : sentence} />
        </span>
      </p>
      <SpokenHeadline silent={leaping} sentence={sentence} />
    </>
  )
}

interface SpokenHeadlineProps {
  readonly silent: boolean
  readonly sentence: string
}

function SpokenHeadline({ silent, sentence }: SpokenHeadlineProps) {
  const playing = useRun((run) => run.playing)
  const { text, nothingSent } = useHeadline()
  const inFog = use(FogContext) !== undefined
  const headline = nothingSent || inFog ? undefined : text
  const standing = useStanding()
  const [told, setTold] = useState(NOTHING_TOLD)
  const next = silent ? told : tell(told, { headline, sentence, playing, standing }, endingInWords)
  if (next !== told) setTold(next)
  return (
    <p className="unseen" role="status">
      <Said text={silent ? '' : next.text} />
    </p>
  )
}

/** How the run stands at this moment. A run that goes on elsewhere has no end. */
function useStanding(): Standing {
  const run = useRunStore()
  return useRun((state) => {
    if (run.readOnly || state.playing || state.leaping || state.timeline.interventions.length === 0) return 'goesOn'
    if (!isAtEnd(state)) return 'goesOn'
    return underWayIn(viewOf(state.timeline).seen.holdings) === undefined ? 'over' : 'rests'
  })
}

const endingInWords = (standing: 'over' | 'rests', headline: string | undefined): string =>
  headline === undefined ? nextText(standing) : nextText(`with.${standing}`, { headline })
