import { nextText } from '../../messages/next'
import type { Lying } from '../../view/stage/headline'
import { Said } from '../shell/Said'
import { useMedia } from '../shell/useMedia'
import { FateMark } from './FateMark'
import { useHeadline } from './useHeadline'
import { WhatNext, type WhatNextProps } from './WhatNext'
import './announced.css'

interface AnnouncedProps extends Pick<WhatNextProps, 'onWrite'> {
  /** A lesson stands beside it. */
  readonly narrow?: boolean
  /** Opens a message where it lies; absent if the page cannot. */
  readonly onRead?: ((lying: Lying) => void) | undefined
}

/**
 * The fate of the letter above the map, with its reading and what to do next. Its height is always the same. It is no live region:
 * the map's own says each event.
 */
export function Announced({ narrow = false, onRead, onWrite }: AnnouncedProps) {
  const headline = useHeadline()
  const wide = useMedia(`(min-width: ${narrow ? 1400 : 1200}px) and (min-height: 600px)`)
  const { lies } = headline
  const small = useMedia('(max-width: 699px)')
  const text = headline.nothingSent && onWrite ? `${headline.text} ${nextText('howToSend')}` : headline.text
  return (
    <section className="announced" aria-label={nextText('headline')}>
      <FateMark fate={headline.fate} />
      <p className="announced-text" title={text}>
        <Said text={(small ? headline.short : undefined) ?? text} />
      </p>
      {lies && onRead && (
        <button type="button" className="announced-read" onClick={() => onRead(lies)}>
          {nextText('readIt')}
        </button>
      )}
      <WhatNext as={wide ? 'row' : 'menu'} onWrite={onWrite} />
    </section>
  )
}
