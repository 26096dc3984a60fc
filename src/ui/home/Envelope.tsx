import type { ReactNode } from 'react'
import { homeText } from '../../messages/home'
import type { ReadyMessage } from '../../world/scenario'
import { addressOf } from '../run/readyMessage'
import { code, joined } from '../shell/rich'

const label = (inside: readonly ReactNode[]) => <span>{joined(inside)}</span>

/** The letter that is ready to send: its sender, its reader and its subject. */
export function Envelope({ letter: message }: { readonly letter: ReadyMessage }) {
  return (
    <div className="envelope" role="group" aria-label={homeText('letter')}>
      <p className="envelope-from">
        {joined(homeText.parts('from', { address: addressOf(message.from), label, code }))}
      </p>
      <svg className="envelope-stamp" viewBox="0 0 32 38" aria-hidden="true">
        <path d="M1 1h30v36H1z" />
        <path d="M8 28C8 17 14 10 25 9C25 18 20 25 10 25.5M8 28L18 17" />
      </svg>
      <p className="envelope-to">{joined(homeText.parts('to', { address: addressOf(message.to), label, code }))}</p>
      <p className="envelope-inside">{homeText('inside', { subject: message.subject })}</p>
    </div>
  )
}
