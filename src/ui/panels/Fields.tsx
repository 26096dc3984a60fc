import { useEffect, useId, useRef } from 'react'
import { panelsText } from '../../messages/panels'
import type { WireField } from '../../view/panels/packetOctets'
import own from './inspector.module.css'
import { showIn } from './showIn'

interface FieldsProps {
  readonly fields: readonly WireField[]
  readonly chosen: number
  readonly pointed: number | undefined
  onChoose(index: number): void
  onPoint(index: number | undefined): void
}

/** The fields in groups, each with the offset of its first octet. Arrow keys move through them. */
export function Fields({ fields, chosen, pointed, onChoose, onPoint }: FieldsProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const lit = pointed ?? chosen
  useEffect(() => {
    const box = list.current
    const option = box?.querySelector(`[data-index="${lit}"]`)
    if (box && option) showIn(box, option)
  }, [lit])

  return (
    <div
      ref={list}
      className={own.fields}
      role="listbox"
      aria-label={panelsText('fields')}
      tabIndex={0}
      aria-activedescendant={fields[chosen] ? `${id}-${chosen}` : undefined}
      onPointerLeave={() => onPoint(undefined)}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1, Home: -fields.length, End: fields.length }[event.key]
        if (by === undefined) return
        event.preventDefault()
        onChoose(Math.min(Math.max(chosen + by, 0), fields.length - 1))
      }}
    >
      {groupsOf(fields).map(({ group, members }) => (
        <div key={`${group}-${members[0]?.index}`} role="group" aria-label={group}>
          <div className={own.group} aria-hidden="true">
            {group}
          </div>
          {members.map(({ field, index }) => (
            <div
              key={index}
              id={`${id}-${index}`}
              className={own.field}
              role="option"
              aria-selected={index === chosen}
              data-lit={index === lit ? '' : undefined}
              data-index={index}
              tabIndex={-1}
              onPointerEnter={() => onPoint(index)}
              onClick={() => onChoose(index)}
            >
              <span className={own.name}>{field.name}</span>
              <span className={own.value} translate={field.inWords ? 'yes' : 'no'}>
                {field.value}
              </span>
              <span className={own.offset}>{field.start}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

interface Member {
  readonly field: WireField
  readonly index: number
}

function groupsOf(
  fields: readonly WireField[],
): readonly { readonly group: string; readonly members: readonly Member[] }[] {
  const groups: { group: string; members: Member[] }[] = []
  fields.forEach((field, index) => {
    const last = groups.at(-1)
    if (last?.group === field.group) last.members.push({ field, index })
    else groups.push({ group: field.group, members: [{ field, index }] })
  })
  return groups
}
