import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef } from 'react'
import type { Instant } from '../../base/time'
import { panelsText } from '../../messages/panels'
import type { LookupLine } from '../../view/panels/lookups'
import type { Names } from '../../view/run/names'
import { scrollIntoSight } from '../dom/scroll'
import { timeInWords } from '../run/useMoment'
import own from './transcript.module.css'

interface LookupLinesProps {
  readonly lines: readonly LookupLine[]
  readonly chosen: number | undefined
  readonly now: Instant
  readonly names: Names
  /** Each message is explained in plain words. */
  readonly plain: boolean
  onSelect(line: LookupLine): void
  onGo(at: Instant): void
}

/** The messages of a lookup, with the hosts between which each goes. */
export function LookupLines({ lines, chosen, now, names, plain, onSelect, onGo }: LookupLinesProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const at = lines.findIndex(({ fact }) => fact === chosen)
  const last = lines.at(-1)?.fact
  useLayoutEffect(() => {
    if (last !== undefined && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [last])
  useEffect(() => {
    if (chosen !== undefined) scrollIntoSight(list.current?.querySelector('[aria-selected="true"]'), 'nearest')
  }, [chosen])
  const pressed = (event: KeyboardEvent): void => {
    const from = at === -1 ? lines.length : at
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: lines.length - 1, Enter: at }[event.key]
    const line = to === undefined ? undefined : lines[Math.min(Math.max(to, 0), lines.length - 1)]
    if (!line) return
    event.preventDefault()
    if (event.key === 'Enter') onGo(line.at)
    else onSelect(line)
  }
  return (
    <div
      ref={list}
      className={own.lines}
      role="listbox"
      aria-label={panelsText('lines')}
      tabIndex={0}
      aria-activedescendant={at === -1 ? undefined : `${id}-${chosen}`}
      onKeyDown={pressed}
    >
      {lines.map((line) => (
        <div
          key={line.fact}
          id={`${id}-${line.fact}`}
          className={`${own.line} ${own.datagram}`}
          role="option"
          aria-selected={line.fact === chosen}
          tabIndex={-1}
          data-speaker={line.answers ? 'server' : 'client'}
          data-under-way={line.arrives > now || undefined}
          onClick={() => onSelect(line)}
          onDoubleClick={() => onGo(line.at)}
        >
          <span className={own.time}>{timeInWords(line.at)}</span>
          <span className={own.ends}>
            {panelsText('ends', { from: names.short(line.from), to: names.short(line.to) })}
          </span>
          <span className={own.text}>
            <b translate="no">{line.text}</b>{' '}
            {plain && line.gloss !== '' && (
              <span className={own.gloss}>{panelsText('quoted', { gloss: line.gloss })}</span>
            )}
            {line.arrives > now && <span className={own.underWay}> {panelsText('onItsWay')}</span>}
            {!line.arrived && line.arrives <= now && <span className={own.underWay}> {panelsText('lost')}</span>}
          </span>
        </div>
      ))}
    </div>
  )
}
