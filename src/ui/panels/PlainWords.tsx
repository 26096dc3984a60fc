import { useState } from 'react'
import { panelsText } from '../../messages/panels'
import { readText, writeText } from '../keeping/database'
import own from './transcript.module.css'

const KEY = 'transcript:plain'

/** Whether the lines of a transcript are explained. They are until a person turns that off in this browser. */
export function usePlainWords(): readonly [on: boolean, turn: (on: boolean) => void] {
  const [on, setOn] = useState(() => readText('local', KEY) !== 'off')
  return [
    on,
    (next) => {
      setOn(next)
      writeText('local', KEY, next ? undefined : 'off')
    },
  ]
}

/** The switch for plain words beside the lines of a dialogue. */
export function PlainWords({ on, onChange }: { readonly on: boolean; onChange(on: boolean): void }) {
  return (
    <label className={own.switch}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span className={own.long}>{panelsText('plainWords')}</span>
      <span className={own.sign} aria-hidden="true">
        {panelsText('quoted', { gloss: '…' })}
      </span>
    </label>
  )
}
