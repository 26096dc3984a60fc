import { useMemo } from 'react'
import { concat, toText } from '../../base/octets'
import { spokenName } from '../../mail/address'
import { sheetText } from '../../messages/sheet'
import { type Compared, compareAddresses } from '../../view/message/addresses'
import type { Journey } from '../../view/message/journey'
import { type Layer, type Layers, type Origin, type Part, pileOf } from '../../view/message/layers'
import type { Names } from '../../view/run/names'
import type { HostSymbol } from '../../world/scenario'
import { useRunStore } from '../run/RunContext'
import { code, joined } from '../shell/rich'
import { upAndDown } from './arrowKeys'
import { HostSign } from './HostSign'
import { type Mark, marked } from './marks'
import styles from './sheets.module.css'

interface HeaderSheetProps {
  readonly journey: Journey
  readonly names: Names
  readonly now: Layers
  /** The layers at all stops of this way: those that come later are outlines. */
  readonly end: readonly Layers[]
  readonly origin: Origin | undefined
  onOrigin(by: Origin): void
}

/** The header as a pile, the newest note on top. Choosing a note chooses its hop; arrow keys go from note to note. */
export function HeaderSheet({ journey, names, now, end, origin, onOrigin }: HeaderSheetProps) {
  const pile = useMemo(() => pileOf(now), [now])
  const later = useMemo(() => {
    const known = end.map(({ stop }) => stop)
    const after = known.slice(known.indexOf(now.stop) + 1)
    const last = end.at(-1)
    return last ? pileOf(last).filter(({ by }) => typeof by === 'number' && after.includes(by)) : []
  }, [now, end])
  const compared = useMemo(() => {
    const stop = journey.stops[now.stop]
    return stop && compareAddresses(stop.envelope, concat(...now.parts.map(({ octets }) => octets)))
  }, [journey, now])
  const octets = pile.reduce((sum, layer) => sum + layer.octets, 0)
  const took = journey.stops[now.stop]
  return (
    <section className={styles.sheet} aria-label={sheetText('header')}>
      <div className={styles.head}>
        <h3>{sheetText('header')}</h3>
        <p>{sheetText('headerHint')}</p>
        <p className={styles.count}>{joined(sheetText.parts('octets', { count: octets, code }))}</p>
      </div>
      <ol className={styles.pile}>
        {[...later, ...pile].map((layer, n) => (
          <LayerRow
            key={`${n}-${layer.by}`}
            layer={layer}
            journey={journey}
            names={names}
            isTop={n === 0}
            isLater={n < later.length}
            isChosen={layer.by === origin}
            compared={compared}
            onChoose={() => onOrigin(layer.by)}
          />
        ))}
      </ol>
      {now.removed > 0 && took && (
        <p className={styles.tookOut}>{sheetText('tookOut', { host: names.short(took.host), count: now.removed })}</p>
      )}
    </section>
  )
}

interface LayerRowProps {
  readonly layer: Layer
  readonly journey: Journey
  readonly names: Names
  readonly isTop: boolean
  readonly isLater: boolean
  readonly isChosen: boolean
  readonly compared: Compared | undefined
  onChoose(): void
}

function LayerRow({ layer, journey, names, isTop, isLater, isChosen, compared, onChoose }: LayerRowProps) {
  const { by } = layer
  const { who, note, symbol } = useWho(journey, by, names)
  const hint = isLater ? sheetText('note.later') : isTop && typeof by === 'number' ? sheetText('note.last') : note
  return (
    <li data-chosen={isChosen ? '' : undefined} data-later={isLater ? '' : undefined}>
      {/* The keyboard reaches the button; a click anywhere on the note does the same. */}
      <div className={styles.layer} role="presentation" onClick={onChoose}>
        <div className={styles.who}>
          <HostSign symbol={symbol} />
          <button
            type="button"
            aria-pressed={isChosen}
            onKeyDown={upAndDown}
            onClick={(event) => {
              event.stopPropagation()
              onChoose()
            }}
          >
            <b>{who}</b>
            {hint !== '' && <small>{hint}</small>}
          </button>
          <span className={styles.added}>
            <code>{by === 'author' || by === 'before' ? layer.octets : `+${layer.octets}`}</code>
            <span className="unseen">{sheetText('added', { count: layer.octets })}</span>
          </span>
        </div>
        <pre translate="no">
          {layer.fields.map((field, n) => (
            <Field key={n} field={field} compared={compared} />
          ))}
        </pre>
      </div>
    </li>
  )
}

/** The origin of a layer in words, and the symbol of its machine. */
function useWho(
  { stops }: Journey,
  by: Origin,
  names: Names,
): { readonly who: string; readonly note: string; readonly symbol: HostSymbol } {
  const { scenario } = useRunStore()
  const [first] = stops
  const stop = typeof by === 'number' ? stops[by] : undefined
  const host = stop?.host ?? (first?.kind === 'written' ? first.host : (first?.client ?? first?.host ?? ''))
  const symbol = scenario.map.hosts[host]?.symbol ?? 'exchanger'
  if (stop) return { who: names.short(host), note: '', symbol }
  const title = names.title(host)
  if (by === 'program')
    return { who: sheetText('who.program'), note: sheetText('note.program', { host: title }), symbol }
  if (by === 'before') {
    const isNotice = first?.envelope.reversePath === ''
    return isNotice
      ? { who: names.short(host), note: sheetText('note.notice'), symbol }
      : { who: sheetText('who.before'), note: sheetText('note.before'), symbol }
  }
  return first?.kind === 'written'
    ? { who: spokenName(first.envelope.reversePath), note: sheetText('note.author'), symbol }
    : { who: sheetText('who.typed'), note: sheetText('note.typed', { host: title }), symbol }
}

/** Fields whose addresses stand beside the envelope's. */
const SENDERS = new Set(['return-path', 'from'])
const READERS = new Set(['to', 'cc', 'bcc'])

function Field({ field, compared }: { readonly field: Part; readonly compared: Compared | undefined }) {
  const { fieldName, octets } = field
  const text = toText(octets).replace(/\r?\n$/, '')
  const name = fieldName === '' ? '' : text.slice(0, text.indexOf(':') + 1)
  return (
    <span className={styles.field}>
      {name !== '' && <b>{name}</b>}
      {marked(text.slice(name.length), compared ? marksOf(fieldName.toLowerCase(), compared) : [])}
      {'\n'}
    </span>
  )
}

function marksOf(name: string, { sender, readers, onlyInHeader }: Compared): readonly Mark[] {
  if (SENDERS.has(name)) {
    const own: Mark = { text: sender.reversePath, className: styles.sender }
    const others = sender.fromField.map((text): Mark => ({ text, className: styles.otherSender }))
    return name === 'return-path' ? [{ ...own, text: own.text || '<>' }] : [own, ...others]
  }
  if (!READERS.has(name)) return []
  return [
    ...readers.map(({ forwardPath }): Mark => ({ text: forwardPath, className: styles.reader })),
    ...onlyInHeader.map((text): Mark => ({ text, className: styles.otherReader })),
  ]
}
