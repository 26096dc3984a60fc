import type { ReadyLetter } from '../../world/scenario'
import { addressOf } from '../run/letter'

/** The letter as it lies ready: from, to, and what is inside. */
export function Envelope({ letter }: { readonly letter: ReadyLetter }) {
  return (
    <div className="envelope" role="group" aria-label="The letter">
      <p className="envelope-from">
        <span>from</span> <code>{addressOf(letter.from)}</code>
      </p>
      <svg className="envelope-stamp" viewBox="0 0 32 38" aria-hidden="true">
        <path d="M1 1h30v36H1z" />
        <path d="M8 28C8 17 14 10 25 9C25 18 20 25 10 25.5M8 28L18 17" />
      </svg>
      <p className="envelope-to">
        <span>to</span> <code>{addressOf(letter.to)}</code>
      </p>
      <p className="envelope-inside">inside: “{letter.subject}”</p>
    </div>
  )
}
