import { OUTCOME_MARKS } from '../../view/network/symbols'
import type { Fate } from '../../view/stage/headline'

const MARKS = { arrived: 'accepted', returned: 'refused', later: 'later' } as const

/** The sign of a letter's fate, as the map has it. The headline beside it says the same in words. */
export function FateMark({ fate }: { readonly fate: Fate | undefined }) {
  const mark = fate && OUTCOME_MARKS[MARKS[fate]]
  return (
    <svg className="fate" viewBox="-11 -11 22 22" width="22" height="22" aria-hidden="true" data-fate={fate}>
      {mark && (
        <>
          <path d={mark.ring} />
          <path d={mark.sign} />
        </>
      )}
    </svg>
  )
}
