import { memo, useEffect, useId, useRef, useState } from 'react'
import type { Octets } from '../../base/octets'
import { panelsText } from '../../messages/panels'
import type { WireField } from '../../view/panels/packetOctets'
import own from './inspector.module.css'
import { showIn } from './showIn'

/** Octets in a row, as in the pictures. */
const ROW = 8

interface OctetGridProps {
  readonly octets: Octets
  readonly fields: readonly WireField[]
  readonly lit: WireField | undefined
  /** Octets to which the highlighted field refers. */
  readonly pointer: { readonly to: number; readonly end: number } | undefined
  onChoose(index: number): void
  onPoint(index: number | undefined): void
}

/** All octets, eight a row, with their text. An octet under the pointer or chosen by arrow keys highlights its field. */
export function OctetGrid({ octets, fields, lit, pointer, onChoose, onPoint }: OctetGridProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const over = useRef(false)
  const [cursor, setCursor] = useState(0)
  const fieldAt = (offset: number): number => fields.findIndex((field) => field.start <= offset && offset < field.end)
  const rows = Math.ceil(octets.length / ROW)
  const offsetOf = (target: EventTarget): number | undefined => {
    const offset = (target as HTMLElement).dataset.offset
    return offset === undefined ? undefined : Number(offset)
  }

  // The octets of the highlighted field are scrolled into sight, but not while the pointer is over the grid.
  const from = lit?.start
  const to = lit?.end
  useEffect(() => {
    const grid = box.current
    if (!grid || over.current || from === undefined || to === undefined) return
    const first = document.getElementById(`${id}-${from}`)
    const last = document.getElementById(`${id}-${Math.max(to - 1, from)}`)
    if (first && last) showIn(grid, first, last, grid.firstElementChild?.clientHeight)
  }, [id, from, to])

  return (
    <div
      ref={box}
      className={own.grid}
      role="grid"
      aria-label={panelsText('octets')}
      aria-rowcount={rows}
      tabIndex={0}
      aria-activedescendant={octets.length > 0 ? `${id}-${cursor}` : undefined}
      onPointerOver={({ target }) => {
        const offset = offsetOf(target)
        if (offset !== undefined) onPoint(fieldAt(offset))
      }}
      onPointerEnter={() => {
        over.current = true
      }}
      onPointerLeave={() => {
        over.current = false
        onPoint(undefined)
      }}
      onClick={({ target }) => {
        const offset = offsetOf(target)
        if (offset === undefined) return
        setCursor(offset)
        onChoose(fieldAt(offset))
      }}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ROW, ArrowUp: -ROW }[event.key]
        if (by === undefined) return
        event.preventDefault()
        const next = Math.min(Math.max(cursor + by, 0), octets.length - 1)
        setCursor(next)
        onChoose(fieldAt(next))
        const octet = document.getElementById(`${id}-${next}`)
        if (octet) showIn(event.currentTarget, octet, octet, event.currentTarget.firstElementChild?.clientHeight)
      }}
    >
      <div className={`${own.row} ${own.columns}`} role="row">
        <span className={own.offset} role="columnheader">
          {panelsText('octet')}
        </span>
        {Array.from({ length: ROW }, (_, n) => (
          <span key={n} className={own.column} role="columnheader">
            +{n}
          </span>
        ))}
        <span className={own.columnText} role="columnheader">
          {panelsText('text')}
        </span>
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <Row
          key={row}
          id={id}
          start={row * ROW}
          octets={octets.slice(row * ROW, row * ROW + ROW)}
          litFrom={clip(lit?.start, row)}
          litTo={clip(lit?.end, row)}
          pointedFrom={clip(pointer?.to, row)}
          pointedTo={clip(pointer?.end, row)}
        />
      ))}
    </div>
  )
}

/** A bound limited to one row, so that rows outside of the range do not render again. */
const clip = (offset: number | undefined, row: number): number =>
  offset === undefined ? -1 : Math.min(Math.max(offset - row * ROW, 0), ROW)

interface RowProps {
  readonly id: string
  readonly start: number
  readonly octets: string
  readonly litFrom: number
  readonly litTo: number
  readonly pointedFrom: number
  readonly pointedTo: number
}

const Row = memo(function Row({ id, start, octets, litFrom, litTo, pointedFrom, pointedTo }: RowProps) {
  const inside = (n: number, from: number, to: number) => (n >= from && n < to ? '' : undefined)
  return (
    <div className={own.row} role="row">
      <span className={own.offset} role="rowheader">
        {start}
      </span>
      {Array.from(octets, (octet, n) => (
        <span
          key={start + n}
          id={`${id}-${start + n}`}
          className={own.octet}
          translate="no"
          role="gridcell"
          data-offset={start + n}
          data-lit={inside(n, litFrom, litTo)}
          data-first={n === litFrom ? inside(n, litFrom, litTo) : undefined}
          data-last={n === litTo - 1 ? inside(n, litFrom, litTo) : undefined}
          data-pointed={inside(n, pointedFrom, pointedTo)}
        >
          {octet.charCodeAt(0).toString(16).padStart(2, '0')}
        </span>
      ))}
      <span className={own.text} role="gridcell" translate="no">
        {Array.from(octets, (octet, n) => (
          <span key={start + n} data-lit={inside(n, litFrom, litTo)}>
            {/[\x20-\x7e]/.test(octet) ? octet : '·'}
          </span>
        ))}
      </span>
    </div>
  )
})
